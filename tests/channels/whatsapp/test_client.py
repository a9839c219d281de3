"""Over real HTTP: what Meta is asked, and what each end of the asking means."""

import logging
import traceback
from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Accepted, AccountInfo, Credentials, Outgoing, OutgoingFile
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.whatsapp.client import WhatsAppClient
from tests.channels.messenger.graph_server import Answer, GraphServer, Silence, answer, refusal
from tests.channels.whatsapp.conftest import APP, NOW, NUMBER, SECRET, TOKEN, WABA

HOOK = "https://inbox.example/hooks/whatsapp/1"
TEXT = Outgoing(to="16505551234", correlation="0199-a", text="Yes", last_customer_at=NOW - timedelta(hours=1))
SENT = answer({"messaging_product": "whatsapp", "messages": [{"id": "wamid.OUT="}]})


async def failure(client: WhatsAppClient, outgoing: Outgoing = TEXT) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await client.send(NUMBER, outgoing)
    return caught.value


async def test_a_text_is_posted_to_the_number_and_its_id_comes_back(
    client: WhatsAppClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{NUMBER}/messages", SENT)

    assert await client.send(NUMBER, TEXT) == Accepted(external_id="wamid.OUT=")

    [request] = graph.asked("POST", f"{NUMBER}/messages")
    assert request.json["text"]["body"] == "Yes"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in request.target


async def test_a_file_is_uploaded_first_and_then_named(client: WhatsAppClient, graph: GraphServer) -> None:
    graph.says("POST", f"{NUMBER}/media", answer({"id": "4490709327384033"}))
    graph.says("POST", f"{NUMBER}/messages", SENT)
    content = bytes(range(256)) * 40
    file = OutgoingFile(
        kind=MediaKind.IMAGE, name="Käse.png", mime_type="image/png", size_bytes=len(content), content=content
    )

    await client.send(NUMBER, Outgoing(to="16505551234", correlation="c", file=file))

    upload, message = graph.requests
    assert upload.parts["file"].get_payload(decode=True) == content
    assert upload.parts["file"].get_content_type() == "image/png"
    assert upload.parts["messaging_product"].get_content().strip() == "whatsapp"
    assert upload.parts["type"].get_content().strip() == "image/png"
    assert message.json["image"] == {"id": "4490709327384033"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refusal(131053), Undeliverable),
        (Answer(502, b"<html>"), TryLater),
        (Silence.HANGS_UP, TryLater),
        (answer({}), Undeliverable),
    ],
)
async def test_what_goes_wrong_with_the_upload_has_certainly_shown_nothing(
    client: WhatsAppClient, graph: GraphServer, said: Any, kind: type[ChannelError]
) -> None:
    graph.says("POST", f"{NUMBER}/media", said)
    file = OutgoingFile(kind=MediaKind.IMAGE, name="a.png", mime_type="image/png", size_bytes=1, content=b"x")

    error = await failure(client, Outgoing(to="1", correlation="c", file=file))

    assert type(error) is kind
    assert not graph.asked("POST", f"{NUMBER}/messages")


async def test_after_a_day_meta_is_not_even_asked(client: WhatsAppClient, graph: GraphServer) -> None:
    late = Outgoing(to="1", correlation="c", text="Hello", last_customer_at=NOW - timedelta(days=2))

    assert isinstance(await failure(client, late), Undeliverable)
    assert graph.requests == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refusal(131047), Undeliverable),
        (refusal(131026), Undeliverable),
        (refusal(130403), Undeliverable),
        (refusal(131030), Undeliverable),
        (refusal(131050), Undeliverable),
        (refusal(131049), Undeliverable),
        (refusal(132001), Undeliverable),
        (refusal(131009), Undeliverable),
        (refusal(131056), TryLater),
        (refusal(130429), TryLater),
        (refusal(80007), TryLater),
        (refusal(4), TryLater),
        (refusal(131016, status=503), TryLater),
        (refusal(131057), TryLater),
        (refusal(131000, status=500), MaybeSent),
        (refusal(131000), MaybeSent),
        (refusal(2, status=500), MaybeSent),
        (refusal(190, status=401), NeedsReconnect),
        (refusal(190, 463, status=401), NeedsReconnect),
        (refusal(131005, status=403), NeedsReconnect),
        (refusal(10, status=403), NeedsReconnect),
        (refusal(131031), NeedsReconnect),
        (refusal(368), NeedsReconnect),
        (refusal(133010), NeedsReconnect),
        (refusal(131042), NeedsReconnect),
        (Answer(502, b"<html>Bad gateway</html>"), MaybeSent),
        (Answer(404, b"no such thing"), Undeliverable),
        (Answer(200, b"<html>Welcome to the hotel network</html>"), MaybeSent),
        (answer({"messages": []}), MaybeSent),
        (answer({"messages": [{"id": {}}]}), MaybeSent),
        (Silence.HANGS_UP, MaybeSent),
    ],
)
async def test_each_end_of_a_send_has_its_error(
    client: WhatsAppClient, graph: GraphServer, said: Answer | Silence, kind: type[ChannelError]
) -> None:
    graph.says("POST", f"{NUMBER}/messages", said)

    error = await failure(client)

    assert type(error) is kind
    assert error.reason.endswith((".", ")"))


async def test_too_much_for_one_person_does_not_hold_up_the_others(
    client: WhatsAppClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{NUMBER}/messages", refusal(131056))
    assert (await failure(client)).retry_after is None

    graph.says("POST", f"{NUMBER}/messages", refusal(130429))
    assert (await failure(client)).retry_after == timedelta(seconds=5)


async def test_the_numbers_of_the_account_are_its_channels(
    client: WhatsAppClient, graph: GraphServer
) -> None:
    numbers = [
        {"id": NUMBER, "display_phone_number": "+1 555-078-3881", "verified_name": "Espresso & Co."},
        {"id": "206540352242922", "display_phone_number": "+47 21 00 00 00"},
        {"display_phone_number": "without an id"},
    ]
    graph.says("GET", f"{WABA}/phone_numbers", answer({"data": numbers}))
    graph.says("GET", "app", answer({"id": APP}))

    assert await client.check() == (
        AccountInfo(account=NUMBER, name="Espresso & Co.", handle="+1 555-078-3881"),
        AccountInfo(account="206540352242922", name="+47 21 00 00 00", handle="+47 21 00 00 00"),
    )


@pytest.mark.parametrize(
    ("numbers", "app", "reason"),
    [
        (answer({"data": []}), answer({"id": APP}), "has no phone number yet"),
        (refusal(100, 33), answer({"id": APP}), "no such WhatsApp Business Account"),
        (refusal(190, 463, status=401), answer({"id": APP}), "no longer accepts the access token"),
        (refusal(200, status=403), answer({"id": APP}), "lacks a permission"),
        (answer({"data": [{"id": NUMBER}]}), answer({"id": "999"}), "made by the app 999"),
    ],
)
async def test_what_is_wrong_with_the_credentials_is_said(
    client: WhatsAppClient, graph: GraphServer, numbers: Answer, app: Answer, reason: str
) -> None:
    graph.says("GET", f"{WABA}/phone_numbers", numbers)
    graph.says("GET", "app", app)

    with pytest.raises(NeedsReconnect, match=reason):
        await client.check()


def all_is_well(graph: GraphServer, hook: str = HOOK) -> None:
    subscribed = {"data": [{"whatsapp_business_api_data": {"id": APP, "name": "inbox"}}]}
    hooks = {"data": [{"object": "whatsapp_business_account", "callback_url": hook, "active": True}]}
    graph.says("POST", f"{APP}/subscriptions", answer({"success": True}))
    graph.says("POST", f"{WABA}/subscribed_apps", answer({"success": True}))
    graph.says("GET", f"{WABA}/subscribed_apps", answer(subscribed))
    graph.says("GET", f"{APP}/subscriptions", answer(hooks))


async def test_app_and_account_are_both_subscribed(client: WhatsAppClient, graph: GraphServer) -> None:
    all_is_well(graph)

    await client.register(NUMBER, HOOK)

    [app] = graph.asked("POST", f"{APP}/subscriptions")
    assert (app.form["object"], app.form["callback_url"]) == ("whatsapp_business_account", HOOK)
    assert app.form["verify_token"] == "verify-me"
    assert {"messages", "smb_message_echoes", "history", "account_update"} <= set(
        app.form["fields"].split(",")
    )
    assert app.headers["authorization"] == f"Bearer {APP}|{SECRET}"
    assert len(graph.asked("POST", f"{WABA}/subscribed_apps")) == 1


async def test_the_account_that_was_forgotten_is_noticed(client: WhatsAppClient, graph: GraphServer) -> None:
    all_is_well(graph)
    assert await client.hook_health(NUMBER, HOOK) is None

    graph.says("GET", f"{WABA}/subscribed_apps", answer({"data": []}))
    assert "no longer delivers this account" in (await client.hook_health(NUMBER, HOOK) or "")

    all_is_well(graph, hook="https://elsewhere.example/")
    assert "another address" in (await client.hook_health(NUMBER, HOOK) or "")


@pytest.mark.parametrize(("others", "ends"), [([], 1), ([{"id": "206"}], 0)])
async def test_the_account_is_left_with_its_only_number(
    client: WhatsAppClient, graph: GraphServer, others: list[dict[str, str]], ends: int
) -> None:
    graph.says("GET", f"{WABA}/phone_numbers", answer({"data": [{"id": NUMBER}, *others]}))
    graph.says("DELETE", f"{WABA}/subscribed_apps", answer({"success": True}))

    await client.unregister(NUMBER)

    assert len(graph.asked("DELETE", f"{WABA}/subscribed_apps")) == ends


async def test_a_file_is_fetched_with_the_token_and_from_nowhere_else(
    client: WhatsAppClient, graph: GraphServer
) -> None:
    url = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1003"
    graph.says("GET", "1003", answer({"url": url, "mime_type": "image/jpeg", "file_size": "303833"}))

    address = await client.locate(NUMBER, Media(kind=MediaKind.IMAGE, source={"media_id": "1003"}))

    assert address.url == url
    assert address.headers == {"Authorization": f"Bearer {TOKEN}"}
    assert address.hosts[0] == "lookaside.fbsbx.com"
    assert TOKEN not in repr(address)
    assert graph.requests[0].query["phone_number_id"] == NUMBER


async def test_a_file_that_is_gone_is_no_reason_to_reconnect(
    client: WhatsAppClient, graph: GraphServer
) -> None:
    graph.says("GET", "1003", refusal(100, 33))

    with pytest.raises(Undeliverable):
        await client.locate(NUMBER, Media(kind=MediaKind.IMAGE, source={"media_id": "1003"}))


async def test_read_marks_and_dots_name_the_newest_message(
    client: WhatsAppClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{NUMBER}/messages", answer({"success": True}))

    await client.mark_seen(NUMBER, "16505551234", "wamid.IN=")
    await client.show_typing(NUMBER, "16505551234", "wamid.IN=")
    await client.mark_seen(NUMBER, "16505551234", None)

    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.IN="}
    assert [request.json for request in graph.requests] == [
        read,
        read | {"typing_indicator": {"type": "text"}},
    ]


@pytest.mark.parametrize(
    "said", [SENT, refusal(424242, message=f"Malformed access token {TOKEN}"), Silence.HANGS_UP]
)
async def test_no_secret_reaches_a_log_or_an_error(
    client: WhatsAppClient,
    credentials: Credentials,
    graph: GraphServer,
    said: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    graph.says("POST", f"{NUMBER}/messages", said)

    told = ""
    try:
        await client.send(NUMBER, TEXT)
    except ChannelError as error:
        told = "".join(traceback.format_exception(error)) + repr(error) + error.code

    everything = f"{told} {caplog.text} {client!r} {credentials!r}"
    assert TOKEN not in everything
    assert SECRET not in everything
