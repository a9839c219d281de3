from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dragoman.channels.contract import Accepted, Credentials, Outgoing, OutgoingFile
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import MediaKind
from dragoman.channels.telegram import client as telegram_client
from dragoman.channels.telegram.client import TelegramClient
from tests.channels.telegram.bot_server import Answer, BotServer, Silence, refusal, result
from tests.channels.telegram.conftest import BOT, TOKEN

HELLO = Outgoing(to="5551234567", correlation="c1", text="Yes, 220 V ☕")
SENT = {"message_id": 44, "date": 1767225600, "chat": {"id": 5551234567, "type": "private"}}


async def test_a_text_is_sent_as_it_is_and_named_by_chat_and_number(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("sendMessage", result(SENT))

    accepted = await client.send(BOT, HELLO)

    [call] = telegram.calls
    assert call.path == f"/telegram/bot{TOKEN}/sendMessage"
    assert call.fields == {"chat_id": 5551234567, "text": "Yes, 220 V ☕"}
    assert accepted == Accepted(
        external_id="5551234567:44", at=datetime(2026, 1, 1, tzinfo=UTC), platform_order=44
    )


async def test_a_file_is_uploaded_with_its_name_its_type_and_the_words_below_it(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("sendPhoto", result(SENT))
    content = bytes(range(256)) * 10
    photo = OutgoingFile(
        kind=MediaKind.IMAGE, name="wąż 蛇.png", mime_type="image/png", size_bytes=2560, content=content
    )

    await client.send(
        BOT,
        Outgoing(to="5551234567", correlation="c1", text="here", file=photo, reply_to="5551234567:41"),
    )

    parts = telegram.calls[0].parts
    assert parts["photo"].get_content() == content
    assert parts["photo"].get_content_type() == "image/png"
    assert "wąż 蛇.png".encode() in telegram.calls[0].body
    assert parts["chat_id"].get_content() == "5551234567"
    assert parts["caption"].get_content() == "here"
    assert (
        parts["reply_parameters"].get_content() == '{"message_id": 41, "allow_sending_without_reply": true}'
    )


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(429, "Too Many Requests: retry after 7", retry_after=7), TryLater),
        (refusal(401, "Unauthorized"), NeedsReconnect),
        (refusal(404, "Not Found"), NeedsReconnect),
        (refusal(409, "Conflict: something"), NeedsReconnect),
        (refusal(403, "Forbidden: bot was blocked by the user"), Undeliverable),
        (refusal(400, "Bad Request: chat not found"), Undeliverable),
        # One chat's connection is gone, not the account's: everybody else can still be written to.
        (refusal(400, "Bad Request: business connection not found"), Undeliverable),
        (refusal(500, "Internal Server Error"), MaybeSent),
        (Answer(502, b"<html>Bad Gateway</html>"), MaybeSent),
        (Answer(504, b""), MaybeSent),
        (Answer(407, b"<html>Who are you?</html>"), TryLater),
        (Answer(302, b"", {"location": "http://127.0.0.1:1/"}), TryLater),
        (Answer(413, b"<html>Request Entity Too Large</html>"), Undeliverable),
        (Answer(200, b"<html>Welcome to our network</html>"), MaybeSent),
        (result({"message_id": "none"}), MaybeSent),
        (Silence.HANGS_UP, MaybeSent),
        (Silence.SAYS_NOTHING, MaybeSent),
    ],
    ids=str,
)
async def test_a_refusal_tells_who_must_act(
    client: TelegramClient,
    telegram: BotServer,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer | Silence,
    error: type[ChannelError],
) -> None:
    if answer is Silence.SAYS_NOTHING:
        monkeypatch.setattr(telegram_client, "ANSWER_SECONDS", 0.2)
    telegram.says("sendMessage", answer)

    with pytest.raises(error) as raised:
        await client.send(BOT, HELLO)

    assert type(raised.value) is error
    assert raised.value.reason.endswith(".")


async def test_an_account_whose_connection_is_gone_needs_an_admin(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("sendMessage", refusal(400, "Bad Request: business connection not found"))

    with pytest.raises(NeedsReconnect, match="ended its connection"):
        await client.send("bc:bc_A1", HELLO)


async def test_telegrams_wait_is_passed_on(client: TelegramClient, telegram: BotServer) -> None:
    telegram.says("sendMessage", refusal(429, "Too Many Requests: retry after 7", retry_after=7))

    with pytest.raises(TryLater) as raised:
        await client.send(BOT, HELLO)

    assert raised.value.retry_after == timedelta(seconds=7)


async def test_what_could_not_even_be_asked_was_certainly_not_sent(credentials: Credentials) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}"
        client = TelegramClient(Credentials(secrets=credentials.secrets, api_base=address))

        with pytest.raises(TryLater, match=r"^Telegram cannot be reached\.$"):
            await client.send(BOT, HELLO)

        await client.aclose()


@pytest.mark.parametrize("address", ["no address at all", "ftp://telegram.example", "http://[half"])
async def test_an_address_that_is_none_is_never_asked(credentials: Credentials, address: str) -> None:
    client = TelegramClient(Credentials(secrets=credentials.secrets, api_base=address))

    with pytest.raises(TryLater):
        await client.send(BOT, HELLO)

    await client.aclose()


async def test_an_answer_without_end_is_read_no_further(
    client: TelegramClient, telegram: BotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_client, "MAX_ANSWER_BYTES", 1000)
    telegram.says("sendMessage", Answer(200, b"x" * 2000))

    with pytest.raises(MaybeSent):
        await client.send(BOT, HELLO)


async def test_a_message_that_telegram_still_prepares_has_a_name_of_its_own(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("sendMessage", result({**SENT, "message_id": 0}))

    assert (await client.send(BOT, HELLO)).external_id == "5551234567:0:c1"


async def test_what_telegram_would_refuse_anyhow_is_not_asked(
    client: TelegramClient, telegram: BotServer
) -> None:
    with pytest.raises(Undeliverable):
        await client.send(BOT, Outgoing(to="5551234567", correlation="c1", text="x" * 4097))

    assert telegram.calls == []


async def test_only_a_person_can_tell_whether_a_doubtful_message_arrived(client: TelegramClient) -> None:
    with pytest.raises(MaybeSent):
        await client.find_sent(BOT, HELLO, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("method", ["send", "check"])
async def test_no_error_log_or_name_ever_shows_the_token(
    client: TelegramClient,
    telegram: BotServer,
    credentials: Credentials,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    monkeypatch.setattr(telegram_client, "ANSWER_SECONDS", 0.2)
    caplog.set_level("DEBUG")
    told: list[str] = [repr(client), str(client), repr(credentials), str(credentials)]
    answers: list[Any] = [
        Silence.HANGS_UP,
        Silence.SAYS_NOTHING,
        refusal(401, "Unauthorized"),
        Answer(200, b"?"),
    ]

    for answer in answers:
        telegram.says("sendMessage", answer)
        telegram.says("getMe", answer)
        with pytest.raises(ChannelError) as raised:
            await (client.send(BOT, HELLO) if method == "send" else client.check())
        told += [repr(raised.value), raised.value.code, str(raised.getrepr(chain=True, showlocals=False))]
        assert raised.value.__context__ is None

    told += [record.getMessage() for record in caplog.records]
    assert any("HTTP Request: POST" in line and "/bot<token>/" in line for line in told)
    assert not [line for line in told if TOKEN.partition(":")[2] in line]
