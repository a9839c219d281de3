"""Sending over real HTTP: what Meta is asked, and what each end of the asking means."""

import json
import logging
import traceback
from datetime import timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Accepted, Credentials, Outgoing, OutgoingFile
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import MediaKind
from dragoman.channels.messenger.client import MessengerClient
from dragoman.channels.meta import graph as graph_module
from tests.channels.messenger.conftest import APP, NOW, SECRET, TOKEN
from tests.channels.messenger.graph_server import Answer, GraphServer, Silence, answer, refusal

PAGE = "104857600123456"

# printf '%s' "$TOKEN" | openssl dgst -sha256 -hmac "$SECRET"
PROOF = "dbae4024d5e970af3fb3e801994ceb198036e030d32255891b6758ee3983126e"

TEXT = Outgoing(to="765", correlation="0199-a", text="Yes 👍", last_customer_at=NOW - timedelta(hours=1))


async def failure(client: MessengerClient, outgoing: Outgoing = TEXT) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await client.send(PAGE, outgoing)
    return caught.value


async def test_a_text_is_posted_to_the_page_and_its_mid_comes_back(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{PAGE}/messages", answer({"recipient_id": "765", "message_id": "m_new"}))

    accepted = await client.send(PAGE, TEXT)

    assert accepted == Accepted(external_id="m_new")
    [request] = graph.asked("POST", f"{PAGE}/messages")
    assert request.json == {
        "recipient": {"id": "765"},
        "messaging_type": "RESPONSE",
        "message": {"text": "Yes 👍", "metadata": "dragoman:0199-a"},
    }


async def test_the_token_travels_in_the_header_and_its_proof_in_the_address(
    client: MessengerClient, graph: GraphServer
) -> None:
    graph.says("POST", f"{PAGE}/messages", answer({"message_id": "m_new"}))

    await client.send(PAGE, TEXT)

    [request] = graph.requests
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.query == {"appsecret_proof": PROOF}
    assert TOKEN not in request.target
    assert TOKEN.encode() not in request.body


async def test_a_file_is_uploaded_beside_its_fields(client: MessengerClient, graph: GraphServer) -> None:
    graph.says("POST", f"{PAGE}/messages", answer({"message_id": "m_new", "attachment_id": "9"}))
    content = bytes(range(256)) * 40
    file = OutgoingFile(
        kind=MediaKind.IMAGE, name="Käse.png", mime_type="image/png", size_bytes=len(content), content=content
    )

    accepted = await client.send(PAGE, Outgoing(to="765", correlation="0199-b", file=file))

    assert accepted.external_id == "m_new"
    parts = graph.requests[0].parts
    assert parts["filedata"].get_payload(decode=True) == content
    assert parts["filedata"].get_filename() == "Kase.png"
    assert parts["filedata"].get_content_type() == "image/png"
    assert {name: parts[name].get_content().strip() for name in ("messaging_type",)} == {
        "messaging_type": "RESPONSE"
    }
    assert json.loads(parts["recipient"].get_content()) == {"id": "765"}
    assert json.loads(parts["message"].get_content()) == {
        "attachment": {"type": "image", "payload": {}},
        "metadata": "dragoman:0199-b",
    }


async def test_after_a_week_meta_is_not_even_asked(client: MessengerClient, graph: GraphServer) -> None:
    late = Outgoing(to="765", correlation="c", text="Hello", last_customer_at=NOW - timedelta(days=8))

    assert isinstance(await failure(client, late), Undeliverable)
    assert graph.requests == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refusal(10, 2018278), Undeliverable),
        (refusal(190, 463, status=401), NeedsReconnect),
        (refusal(613), TryLater),
        (refusal(2, status=500, is_transient=True), MaybeSent),
        (refusal(100, is_transient=True), MaybeSent),
        (refusal(100, 2018001, status=200), Undeliverable),
        (Answer(502, b"<html>Bad gateway</html>"), MaybeSent),
        (Answer(429, b"slow down"), TryLater),
        (Answer(404, b"no such thing"), Undeliverable),
        (Answer(200, b"<html>Welcome to the hotel network</html>"), MaybeSent),
        (Answer(200, b"[]"), MaybeSent),
        (answer({"recipient_id": "765"}), MaybeSent),
        (answer({"message_id": {"a": 1}}), MaybeSent),
        (Silence.HANGS_UP, MaybeSent),
    ],
)
async def test_each_end_of_a_send_has_its_error(
    client: MessengerClient, graph: GraphServer, said: Answer | Silence, kind: type[ChannelError]
) -> None:
    graph.says("POST", f"{PAGE}/messages", said)

    assert type(await failure(client)) is kind


async def test_a_send_that_nobody_answers_may_have_arrived(
    client: MessengerClient, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_module, "SEND_SECONDS", 0.2)
    graph.says("POST", f"{PAGE}/messages", Silence.SAYS_NOTHING)

    assert isinstance(await failure(client), MaybeSent)


async def test_an_answer_without_end_is_cut_off_and_the_message_may_have_arrived(
    client: MessengerClient, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_module, "MAX_ANSWER_BYTES", 1000)
    graph.says("POST", f"{PAGE}/messages", answer({"message_id": "m_new", "noise": "x" * 5000}))

    assert isinstance(await failure(client), MaybeSent)


async def test_what_never_left_us_is_tried_again(credentials: Credentials) -> None:
    nobody_listens = Credentials(
        secrets=credentials.secrets, settings=credentials.settings, api_base="http://127.0.0.1:1/graph"
    )
    client = MessengerClient(nobody_listens, now=lambda: NOW)

    assert isinstance(await failure(client), TryLater)
    await client.aclose()


async def test_a_limit_is_kept_for_as_long_as_meta_says(client: MessengerClient, graph: GraphServer) -> None:
    usage = '{"77":[{"type":"messenger","estimated_time_to_regain_access":4}]}'
    limited = refusal(613)
    graph.says("POST", f"{PAGE}/messages", Answer(400, limited.body, {"x-business-use-case-usage": usage}))

    error = await failure(client)

    assert error.retry_after == timedelta(minutes=4)


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ключ", "nul\x00"])
async def test_what_cannot_be_a_token_is_never_sent(
    credentials: Credentials, graph: GraphServer, token: str
) -> None:
    secrets = {**credentials.secrets, "page_token": token}
    client = MessengerClient(
        Credentials(secrets=secrets, settings=credentials.settings, api_base=credentials.api_base)
    )

    assert isinstance(await failure(client, Outgoing(to="765", correlation="c", text="Hi")), NeedsReconnect)
    assert graph.requests == []
    await client.aclose()


@pytest.mark.parametrize(
    "said",
    [
        answer({"message_id": "m_new"}),
        refusal(424242, message=f"Malformed access token {TOKEN} of {APP}|{SECRET}"),
        Silence.HANGS_UP,
        Answer(502, b"<html>"),
    ],
)
async def test_no_secret_reaches_a_log_or_an_error(
    client: MessengerClient,
    credentials: Credentials,
    graph: GraphServer,
    said: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    graph.says("POST", f"{PAGE}/messages", said)

    told = ""
    try:
        await client.send(PAGE, TEXT)
    except ChannelError as error:
        told = "".join(traceback.format_exception(error)) + repr(error) + error.code

    everything = f"{told} {caplog.text} {client!r} {vars(client)!r} {credentials!r}"
    assert TOKEN not in everything
    assert SECRET not in everything
