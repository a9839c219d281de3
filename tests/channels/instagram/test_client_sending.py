"""Sending and asking over real HTTP: what is certain, what is doubtful, and that no token is told to anybody."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Accepted, Outgoing, Profile
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.instagram.client import InstagramClient
from tests.channels.instagram.conftest import ANN, IG, NOW, OWN_TOKEN, PAGE_TOKEN
from tests.channels.messenger.graph_server import Answer, GraphServer, Silence, answer, refusal

TEXT = Outgoing(to=ANN, correlation="c", text="Yes, in red.", last_customer_at=NOW)


async def test_a_text_goes_to_instagrams_host_with_its_own_token(
    own: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    instagram.says("POST", "me/messages", answer({"recipient_id": ANN, "message_id": "aWdf1"}))

    assert await own.send(IG, TEXT) == Accepted(external_id="aWdf1")

    [request] = instagram.requests
    assert request.headers["authorization"] == f"Bearer {OWN_TOKEN}"
    assert request.query == {}
    assert request.json["message"] == {"text": "Yes, in red."}
    assert facebook.requests == []


async def test_a_text_of_a_linked_account_goes_to_facebooks_host_with_the_apps_proof(
    linked: InstagramClient, instagram: GraphServer, facebook: GraphServer
) -> None:
    facebook.says("POST", "me/messages", answer({"recipient_id": ANN, "message_id": "aWdf1"}))

    await linked.send(IG, TEXT)

    [request] = facebook.requests
    assert request.headers["authorization"] == f"Bearer {PAGE_TOKEN}"
    assert len(request.query["appsecret_proof"]) == 64
    assert instagram.requests == []


@pytest.mark.parametrize(
    "said",
    [
        Silence.HANGS_UP,
        answer({}),
        Answer(200, b"no json"),
        Answer(502, b"<html>"),
        refusal(1),
        refusal(2, status=500),
        refusal(100, is_transient=True),
    ],
)
async def test_what_may_have_been_acted_on_is_doubtful(
    own: InstagramClient, instagram: GraphServer, said: Answer | Silence
) -> None:
    instagram.says("POST", "me/messages", said)

    with pytest.raises(MaybeSent):
        await own.send(IG, TEXT)


@pytest.mark.parametrize(
    ("code", "subcode", "kind"),
    [
        (10, 2534022, Undeliverable),
        (10, 2534077, NeedsReconnect),
        (100, 2534013, NeedsReconnect),
        (100, 2534014, Undeliverable),
        (100, 2534015, Undeliverable),
        (100, 2534025, Undeliverable),
        (100, 2534029, NeedsReconnect),
        (100, 2534037, Undeliverable),
        (200, 2534041, NeedsReconnect),
        (613, 2534040, TryLater),
        (36103, None, NeedsReconnect),
        (230, None, Undeliverable),
        (190, 463, NeedsReconnect),
        (190, None, NeedsReconnect),
        (10, None, NeedsReconnect),
        (368, None, NeedsReconnect),
        (551, None, Undeliverable),
        (4, None, TryLater),
        (424242, 7, Undeliverable),
    ],
)
async def test_a_refusal_goes_to_who_can_act(
    own: InstagramClient, instagram: GraphServer, code: int, subcode: int | None, kind: type[ChannelError]
) -> None:
    instagram.says("POST", "me/messages", refusal(code, subcode))

    with pytest.raises(ChannelError) as caught:
        await own.send(IG, TEXT)

    assert type(caught.value) is kind
    assert caught.value.reason.endswith((".", "?", ")"))


async def test_the_token_is_in_no_log_error_or_repr(
    own: InstagramClient, instagram: GraphServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    instagram.says("POST", "me/messages", refusal(424242, message=f"Malformed access token {OWN_TOKEN}"))

    with pytest.raises(ChannelError) as caught:
        await own.send(IG, TEXT)

    told = f"{caplog.text}{caught.value!r}{caught.value.__cause__!r}{caught.value.__context__!r}{own!r}"
    assert OWN_TOKEN not in told


async def test_typing_and_seen_travel_alone(own: InstagramClient, instagram: GraphServer) -> None:
    instagram.says("POST", "me/messages", answer({"recipient_id": ANN}))

    await own.show_typing(IG, ANN)
    await own.mark_seen(IG, ANN)

    assert [request.json for request in instagram.requests] == [
        {"recipient": {"id": ANN}, "sender_action": "typing_on"},
        {"recipient": {"id": ANN}, "sender_action": "mark_seen"},
    ]


# ----------------------------------------------------------------------------------------- a doubtful send


def a_message(mid: str, *, by: str = "9001", to: str = ANN, seconds: int = 1) -> dict[str, Any]:
    at = (NOW + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {
        "id": mid,
        "created_time": at,
        "from": {"id": by},
        "to": {"data": [{"id": to}]},
        "message": "Yes, in red.",
    }


def remembers(server: GraphServer, *messages: dict[str, Any]) -> None:
    server.says("GET", "me/conversations", answer({"data": [{"messages": {"data": list(messages)}}]}))


async def test_a_doubtful_text_is_found_whatever_the_account_is_called_there(
    own: InstagramClient, instagram: GraphServer
) -> None:
    remembers(instagram, a_message("aWdf2", by=ANN), a_message("aWdf1"))

    found = await own.find_sent(IG, TEXT, NOW)

    assert found == Accepted(external_id="aWdf1", at=NOW + timedelta(seconds=1))
    assert instagram.requests[0].query["platform"] == "instagram"


async def test_what_was_said_to_somebody_else_is_not_it(own: InstagramClient, instagram: GraphServer) -> None:
    remembers(instagram, a_message("aWdf1", to="somebody else"))

    assert await own.find_sent(IG, TEXT, NOW) is None


async def test_a_conversation_that_is_not_shown_proves_nothing(
    own: InstagramClient, instagram: GraphServer
) -> None:
    instagram.says("GET", "me/conversations", answer({"data": []}))

    with pytest.raises(MaybeSent):
        await own.find_sent(IG, TEXT, NOW)


# --------------------------------------------------------------------------------------------- who and where


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ({"name": "Ann Lee", "username": "ann"}, "Ann Lee"),
        ({"name": None, "username": "ann"}, "@ann"),
        ({"name": "ann", "username": "ann"}, "@ann"),
        ({}, None),
    ],
)
async def test_a_person_is_called_by_name_or_else_by_user_name(
    own: InstagramClient, instagram: GraphServer, shown: dict[str, Any], name: str | None
) -> None:
    instagram.says("GET", ANN, answer(shown))

    assert (await own.profile(IG, ANN)).name == name


async def test_a_profile_has_a_picture(own: InstagramClient, instagram: GraphServer) -> None:
    url = "https://scontent.cdninstagram.com/p.jpg"
    instagram.says("GET", ANN, answer({"name": "Ann Lee", "username": "ann", "profile_pic": url}))

    assert await own.profile(IG, ANN) == Profile(
        name="Ann Lee", username="ann", picture=Media(kind=MediaKind.IMAGE, source={"url": url})
    )


@pytest.mark.parametrize("said", [refusal(230), refusal(100, 33), refusal(10)])
async def test_a_profile_that_is_not_shown_is_empty_and_stops_nothing(
    own: InstagramClient, instagram: GraphServer, said: Answer
) -> None:
    instagram.says("GET", ANN, said)

    assert await own.profile(IG, ANN) == Profile()


async def test_a_lost_login_is_told_even_while_looking_up_a_name(
    own: InstagramClient, instagram: GraphServer
) -> None:
    instagram.says("GET", ANN, refusal(190))

    with pytest.raises(NeedsReconnect):
        await own.profile(IG, ANN)


async def test_files_come_from_metas_hosts_without_a_token(own: InstagramClient) -> None:
    media = Media(kind=MediaKind.IMAGE, source={"url": "https://lookaside.fbsbx.com/a"})

    address = await own.locate(IG, media)

    assert (address.headers, address.secret) == ({}, False)
    assert "*.fbsbx.com" in address.hosts


async def test_a_file_without_an_address_is_gone(own: InstagramClient) -> None:
    with pytest.raises(Undeliverable):
        await own.locate(IG, Media(kind=MediaKind.IMAGE, source={"url": "javascript:alert(1)"}))


async def test_instagram_cannot_be_polled(own: InstagramClient) -> None:
    with pytest.raises(Undeliverable, match="public address"):
        await own.poll(IG, None, 1)
