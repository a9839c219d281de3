from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dragoman.channels.contract import AccountInfo, ConnectedAccount, Credentials, MediaAddress, Profile
from dragoman.channels.errors import NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.telegram import client as telegram_client
from dragoman.channels.telegram.client import TelegramClient
from dragoman.channels.telegram.manifest import ALLOWED_UPDATES
from tests.channels.telegram.bot_server import Answer, BotServer, Silence, refusal, result
from tests.channels.telegram.conftest import BOT, TOKEN, WEBHOOK_SECRET

HOOK = "https://inbox.example/hooks/c7"
PHOTO = Media(kind=MediaKind.IMAGE, source={"file_id": "AgAC"})


def delivering_to(url: str, **more: Any) -> Answer:
    info = {"url": url, "has_custom_certificate": False, "pending_update_count": 0}
    return result({**info, "allowed_updates": list(ALLOWED_UPDATES), **more})


async def test_a_token_names_its_bot(client: TelegramClient, telegram: BotServer) -> None:
    me = {"id": int(BOT), "is_bot": True, "first_name": "Brew Bar", "username": "brewbar_bot"}
    telegram.says("getMe", result({**me, "can_connect_to_business": True}))

    assert await client.check() == (
        AccountInfo(
            account=BOT,
            name="Brew Bar",
            handle="@brewbar_bot",
            facts={"can_connect_to_business": "true"},
        ),
    )


@pytest.mark.parametrize(
    "token", ["", "brewbar_bot", "123:", "1:a/../b", "1:a b", "https://t.me/brewbar_bot"]
)
async def test_what_cannot_be_a_token_is_said_without_asking(telegram: BotServer, token: str) -> None:
    client = TelegramClient(Credentials(secrets={"token": token}, api_base=telegram.address))

    with pytest.raises(NeedsReconnect, match="no bot token"):
        await client.check()

    assert telegram.calls == []
    await client.aclose()


async def test_a_token_that_was_revoked_needs_an_admin(client: TelegramClient, telegram: BotServer) -> None:
    telegram.says("getMe", refusal(401, "Unauthorized"))

    with pytest.raises(NeedsReconnect, match="@BotFather"):
        await client.check()


@pytest.mark.parametrize(
    "answer", [Silence.HANGS_UP, Silence.SAYS_NOTHING, refusal(500, "Oops"), Answer(200, b"<html>")], ids=str
)
async def test_a_question_without_an_answer_is_asked_again_later(
    client: TelegramClient, telegram: BotServer, monkeypatch: pytest.MonkeyPatch, answer: Answer | Silence
) -> None:
    monkeypatch.setattr(telegram_client, "ANSWER_SECONDS", 0.2)
    telegram.says("getFile", answer)

    with pytest.raises(TryLater):
        await client.locate(BOT, PHOTO)


async def test_a_connected_account_is_asked_for_by_its_connection(
    client: TelegramClient, telegram: BotServer
) -> None:
    owner = {"id": 900, "is_bot": False, "first_name": "Marta", "username": "marta"}
    held = {"id": "bc_A1", "user": owner, "user_chat_id": 900, "date": 1767220000, "is_enabled": True}
    telegram.says("getBusinessConnection", result({**held, "rights": {"can_reply": True}}))

    assert await client.connected_account("bc:bc_A1") == ConnectedAccount(
        account="bc:bc_A1",
        lasting_id="900",
        name="Marta",
        handle="@marta",
        connected_at=datetime.fromtimestamp(1767220000, UTC),
    )
    assert telegram.calls[-1].fields == {"business_connection_id": "bc_A1"}


async def test_a_connection_that_telegram_does_not_know_is_nobodys(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("getBusinessConnection", refusal(400, "Bad Request: business connection not found"))

    assert await client.connected_account("bc:bc_A1") is None
    assert await client.connected_account(BOT) is None


async def test_while_telegram_is_in_trouble_nothing_is_said_of_a_connection(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("getBusinessConnection", refusal(500, "Oops"))

    with pytest.raises(TryLater):
        await client.connected_account("bc:bc_A1")


@pytest.mark.parametrize(("account", "named"), [(BOT, {}), ("bc:bc_A1", {"business_connection_id": "bc_A1"})])
async def test_typing_is_shown_in_the_name_of_who_answers(
    client: TelegramClient, telegram: BotServer, account: str, named: dict[str, str]
) -> None:
    telegram.says("sendChatAction", result(True))

    await client.show_typing(account, "5551234567")

    assert telegram.calls[-1].fields == {"chat_id": 5551234567, "action": "typing", **named}


async def test_who_never_met_the_bot_has_an_empty_profile(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("getChat", refusal(400, "Bad Request: chat not found"))

    assert await client.profile("bc:bc_A1", "5551234567") == Profile()


async def test_registering_gives_telegram_our_secret_and_names_every_update_that_we_read(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("setWebhook", result(True))
    telegram.says("getWebhookInfo", delivering_to(HOOK))

    await client.register(BOT, HOOK)

    assert telegram.methods == ["setWebhook", "getWebhookInfo"]
    assert telegram.calls[0].fields == {
        "url": HOOK,
        "secret_token": WEBHOOK_SECRET,
        "allowed_updates": list(ALLOWED_UPDATES),
    }


async def test_an_address_that_telegram_did_not_keep_is_no_success(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("setWebhook", result(True))
    telegram.says("getWebhookInfo", delivering_to(""))

    with pytest.raises(TryLater):
        await client.register(BOT, HOOK)


async def test_an_address_that_telegram_refuses_is_told_in_its_words(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says(
        "setWebhook", refusal(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
    )

    with pytest.raises(Undeliverable, match="HTTPS url must be provided"):
        await client.register(BOT, "http://inbox.example/hooks/c7")


async def test_without_a_secret_nothing_is_registered(telegram: BotServer) -> None:
    client = TelegramClient(Credentials(secrets={"token": TOKEN}, api_base=telegram.address))

    with pytest.raises(NeedsReconnect):
        await client.register(BOT, HOOK)

    assert telegram.calls == []
    await client.aclose()


@pytest.mark.parametrize(
    ("info", "said"),
    [
        (delivering_to(HOOK), None),
        (delivering_to(HOOK, last_error_message="Connection timed out", last_error_date=1), None),
        (delivering_to(""), "to no address"),
        (delivering_to("https://elsewhere.example"), "to another address"),
        (delivering_to(HOOK, allowed_updates=["message"]), "edited_message"),
        (delivering_to(HOOK, allowed_updates=None), "message_reaction"),
        (delivering_to(HOOK, pending_update_count=3, last_error_message="Connection timed out"), "timed out"),
    ],
)
async def test_the_health_of_the_delivery_is_one_sentence(
    client: TelegramClient, telegram: BotServer, info: Answer, said: str | None
) -> None:
    telegram.says("getWebhookInfo", info)

    trouble = await client.hook_health(BOT, HOOK)

    assert (trouble is None) == (said is None)
    assert said is None or (trouble is not None and said in trouble)


async def test_a_file_is_located_at_an_address_that_is_secret(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says(
        "getFile", result({"file_id": "AgAC", "file_unique_id": "u", "file_path": "photos/a b.jpg"})
    )

    found = await client.locate(BOT, PHOTO)

    host = telegram.address.removeprefix("http://").removesuffix("/telegram")
    assert telegram.calls[0].fields == {"file_id": "AgAC"}
    assert found == MediaAddress(
        url=f"http://{host}/telegram/file/bot{TOKEN}/photos/a%20b.jpg",
        hosts=(host,),
        max_bytes=20 * 2**20,
        secret=True,
    )
    assert TOKEN not in f"{found} {found!r}"


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, "Bad Request: file is too big"),
        result({"file_id": "AgAC", "file_unique_id": "u"}),
        result({"file_id": "AgAC", "file_unique_id": "u", "file_path": "/var/lib/telegram/a.jpg"}),
    ],
)
async def test_a_file_that_cannot_be_fetched_is_told_as_such(
    client: TelegramClient, telegram: BotServer, answer: Answer
) -> None:
    telegram.says("getFile", answer)

    with pytest.raises(Undeliverable, match=r"\.$"):
        await client.locate(BOT, PHOTO)


async def test_a_customer_is_looked_up_with_their_picture(
    client: TelegramClient, telegram: BotServer
) -> None:
    chat = {
        "id": 5551234567,
        "type": "private",
        "first_name": "Ana",
        "last_name": "Ruiz",
        "username": "anaruiz",
    }
    telegram.says("getChat", result({**chat, "photo": {"small_file_id": "s", "big_file_id": "b"}}))

    assert await client.profile(BOT, "5551234567") == Profile(
        name="Ana Ruiz",
        username="anaruiz",
        picture=Media(kind=MediaKind.IMAGE, source={"file_id": "b"}, mime_type="image/jpeg"),
    )


@pytest.mark.parametrize(
    "answer",
    [result(True), refusal(400, "Bad Request: query is too old and response timeout expired")],
)
async def test_a_pressed_button_is_acknowledged_as_long_as_it_helps(
    client: TelegramClient, telegram: BotServer, answer: Answer
) -> None:
    telegram.says("answerCallbackQuery", answer)

    await client.acknowledge(BOT, "4382")

    assert telegram.calls[0].fields == {"callback_query_id": "4382"}


async def test_polling_keeps_each_update_as_telegram_wrote_it_and_asks_behind_the_last(
    client: TelegramClient, telegram: BotServer
) -> None:
    first = b'{"update_id":7, "message":{"text":"a  b", "date":1.50}}'
    second = '{"message":{"text":"안녕"},"update_id":9}'.encode()
    telegram.says("getUpdates", Answer(200, b'{"ok":true,"result":[' + first + b" , " + second + b"]}"))

    polled = await client.poll(BOT, None, 50)
    await client.poll(BOT, polled.cursor, 0)

    assert polled.bodies == (first, second)
    assert polled.cursor == "10"
    updates = {"limit": 100, "allowed_updates": list(ALLOWED_UPDATES)}
    assert [call.fields for call in telegram.calls] == [
        {"timeout": 50, **updates},
        {"timeout": 0, "offset": 10, **updates},
    ]


async def test_polling_an_empty_line_leaves_the_place_where_it_is(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("getUpdates", result([]))

    assert (await client.poll(BOT, "10", 0)).cursor == "10"


async def test_one_odd_update_does_not_hold_up_its_neighbours(
    client: TelegramClient, telegram: BotServer
) -> None:
    odd = b'{"update_id":8,"message":{"text":"half \\ud83d","n":' + b"9" * 5000 + b"}}"
    telegram.says("getUpdates", Answer(200, b'{"ok":true,"result":[{"update_id":7},' + odd + b"]}"))

    polled = await client.poll(BOT, None, 0)

    assert polled.bodies == (b'{"update_id":7}', odd)
    assert polled.cursor == "9"


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"ok":true,"result":{}}', b'{"ok":true,"result":[{]}'])
async def test_an_answer_without_updates_in_it_is_asked_for_again(
    client: TelegramClient, telegram: BotServer, body: bytes
) -> None:
    telegram.says("getUpdates", Answer(200, body))

    with pytest.raises(TryLater):
        await client.poll(BOT, None, 0)


async def test_polling_takes_a_bot_back_from_the_address_that_it_was_delivered_to(
    client: TelegramClient, telegram: BotServer
) -> None:
    conflict = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
    telegram.says("getUpdates", refusal(409, conflict), result([{"update_id": 7}]))
    telegram.says("deleteWebhook", result(True))

    polled = await client.poll(BOT, None, 0)

    assert telegram.methods == ["getUpdates", "deleteWebhook", "getUpdates"]
    assert polled.cursor == "8"


async def test_a_second_program_that_polls_is_waited_for_and_named(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("getUpdates", refusal(409, "Conflict: terminated by other getUpdates request"))

    with pytest.raises(TryLater, match="Another program") as raised:
        await client.poll(BOT, None, 0)

    assert raised.value.retry_after is not None
    assert telegram.methods == ["getUpdates"]


async def test_polling_with_a_revoked_token_needs_an_admin(
    client: TelegramClient, telegram: BotServer
) -> None:
    telegram.says("getUpdates", refusal(401, "Unauthorized"))

    with pytest.raises(NeedsReconnect):
        await client.poll(BOT, None, 0)
