"""What customers do in their app becomes the updates that the Bot API documents."""

from typing import Any

import pytest

from dragoman.simulator.acts import (
    Act,
    Delete,
    DeleteAccount,
    Edit,
    Press,
    React,
    SendContact,
    SendLocation,
    SendMedia,
    SendOther,
    Start,
    Unheard,
)
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import Simulator, SimulatorRefusedError
from dragoman.simulator.telegram.rarities import RARE_KINDS
from tests.simulator.telegram.bot import BotApiRefusal, Conversation


@pytest.fixture
async def chat(simulator: Simulator) -> Conversation:
    return await Conversation.begin(
        simulator, "Ana", last_name="Ruiz", username="anaruiz", language="es", with_picture=True
    )


async def test_a_text_says_who_wrote_it(chat: Conversation) -> None:
    await chat.says("¿y el precio?")

    message = await chat.one_update("message")
    person = {"id": chat.chat_id, "first_name": "Ana", "last_name": "Ruiz", "username": "anaruiz"}
    assert message["from"] == person | {"is_bot": False, "language_code": "es"}
    assert message["chat"] == person | {"type": "private"}
    assert (message["message_id"], message["text"]) == (2, "¿y el precio?")


async def test_entities_are_counted_in_utf16(chat: Conversation) -> None:
    await chat.says("😉 https://x.no and ana@x.no #seal @shop_no +47 40 01 23 45")

    assert (await chat.one_update("message"))["entities"] == [
        {"type": "url", "offset": 3, "length": 12},
        {"type": "email", "offset": 20, "length": 8},
        {"type": "hashtag", "offset": 29, "length": 5},
        {"type": "mention", "offset": 35, "length": 8},
        {"type": "phone_number", "offset": 44, "length": 15},
    ]


@pytest.mark.parametrize(
    ("act", "key"),
    [
        (SendMedia(kind="photo"), "photo"),
        (SendMedia(kind="screenshot"), "document"),
        (SendMedia(kind="document"), "document"),
        (SendMedia(kind="video"), "video"),
        (SendMedia(kind="voice"), "voice"),
        (SendMedia(kind="audio"), "audio"),
        (SendMedia(kind="video_note"), "video_note"),
        (SendMedia(kind="animation"), "animation"),
        (SendMedia(kind="sticker"), "sticker"),
        (SendLocation(), "location"),
        (SendLocation(live_seconds=900), "location"),
        (SendLocation(title="Cafe", address="Calle 1"), "venue"),
        (SendContact(), "contact"),
    ],
)
async def test_each_kind_of_message_has_its_key(chat: Conversation, act: Act, key: str) -> None:
    await chat.does(act)

    assert (await chat.one_update("message"))[key]


@pytest.mark.parametrize("kind", RARE_KINDS)
async def test_a_rare_kind_is_sent_too(chat: Conversation, kind: str) -> None:
    await chat.does(SendOther(kind=kind))

    message = await chat.one_update("message")
    assert set(message) - {"message_id", "from", "chat", "date", "text"}


async def test_a_customers_photo_can_be_downloaded_and_is_a_jpeg(chat: Conversation) -> None:
    await chat.does(SendMedia(kind="photo", caption="leaks here"))

    message = await chat.one_update("message")
    found = await chat.bot.call("getFile", file_id=message["photo"][-1]["file_id"])
    base = chat.bot.base.replace("/telegram/bot", "/telegram/file/bot")
    download = await chat.simulator.http.get(f"{base}/{found['file_path']}")

    assert message["caption"] == "leaks here"
    assert download.content[:3] == b"\xff\xd8\xff"
    assert len(download.content) == found["file_size"] == message["photo"][-1]["file_size"]


async def test_a_file_above_20_mb_is_announced_but_cannot_be_downloaded(chat: Conversation) -> None:
    big = SendMedia(kind="document", content=bytes(20 * 1024 * 1024 + 1), file_name="film.bin")
    await chat.does(big)

    message = await chat.one_update("message")
    with pytest.raises(BotApiRefusal, match="file is too big"):
        await chat.bot.call("getFile", file_id=message["document"]["file_id"])


async def test_an_album_is_several_updates_of_one_group(chat: Conversation) -> None:
    await chat.does(SendMedia(kind="photo", count=3, caption="all three"))

    messages = [update["message"] for update in await chat.updates()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["all three", None, None]


async def test_an_edit_repeats_the_message_with_its_edit_date(chat: Conversation) -> None:
    await chat.does(Edit(message="1", text="hola (fixed)"))

    message = await chat.one_update("edited_message")
    assert (message["message_id"], message["text"]) == (1, "hola (fixed)")
    assert message["edit_date"] >= message["date"]


async def test_a_reply_shows_what_it_replies_to_and_the_words_quoted(chat: Conversation) -> None:
    answer = await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Red or steel?")
    await chat.says("red", reply_to=str(answer["message_id"]), quote="Red")

    message = await chat.one_update("message")
    assert message["reply_to_message"]["text"] == "Red or steel?"
    assert message["quote"] == {"text": "Red", "position": 0, "is_manual": True}


async def test_a_reaction_comes_only_to_a_bot_that_asked_for_it(chat: Conversation) -> None:
    await chat.does(React(message="1", emoji="👍"))
    assert await chat.updates() == []

    await chat.bot.call("getUpdates", allowed_updates=["message", "message_reaction"])
    await chat.does(React(message="1", emoji="❤"))
    reaction = await chat.one_update("message_reaction")

    assert _emoji(reaction["old_reaction"]) == ["👍"]
    assert _emoji(reaction["new_reaction"]) == ["❤"]


def _emoji(reactions: list[dict[str, Any]]) -> list[str]:
    return [reaction["emoji"] for reaction in reactions]


async def test_a_pressed_button_is_answered_once(chat: Conversation) -> None:
    keyboard = {"inline_keyboard": [[{"text": "220 V", "callback_data": "volt:220"}]]}
    sent = await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Which?", reply_markup=keyboard)

    await chat.does(Press(message=str(sent["message_id"]), data="volt:220"))
    query = await chat.one_update("callback_query")

    assert (query["data"], query["message"]["message_id"]) == ("volt:220", sent["message_id"])
    await chat.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    with pytest.raises(BotApiRefusal, match="query is too old"):
        await chat.bot.call("answerCallbackQuery", callback_query_id=query["id"])


async def test_start_with_a_link_is_an_ordinary_text(chat: Conversation) -> None:
    await chat.does(Start(payload="promo42"))

    message = await chat.one_update("message")
    assert message["text"] == "/start promo42"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_an_event_of_an_unheard_kind_can_be_sent(chat: Conversation) -> None:
    await chat.does(Unheard(kind="hologram", body={"depth": 3}))

    assert await chat.one_update("hologram") == {"depth": 3}


async def test_a_picture_of_the_customer_can_be_looked_up(chat: Conversation) -> None:
    about = await chat.bot.call("getChat", chat_id=chat.chat_id)
    photos = await chat.bot.call("getUserProfilePhotos", user_id=chat.chat_id, limit=1)

    assert (about["first_name"], about["active_usernames"]) == ("Ana", ["anaruiz"])
    assert about["photo"]["big_file_id"] == photos["photos"][0][-1]["file_id"]


async def test_what_the_app_would_not_let_one_do_is_refused_in_a_sentence(chat: Conversation) -> None:
    with pytest.raises(SimulatorRefusedError, match="There is no message 77 in this chat"):
        await chat.does(Edit(message="77", text="x"))
    with pytest.raises(SimulatorRefusedError, match="Telegram knows nobody with the id 1"):
        await chat.simulator.says("telegram", "1", "2", "hello")
    with pytest.raises(SimulatorRefusedError, match="That order cannot be read"):
        await chat.simulator.post("/says", platform="telegraph")


async def test_a_message_taken_back_leaves_both_phones_and_the_bot_is_not_told(chat: Conversation) -> None:
    await chat.does(Delete(message="1"))

    assert await chat.updates() == []
    assert (await chat.phone()).lines == []
    with pytest.raises(BotApiRefusal, match="message to be replied not found"):
        await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="?", reply_parameters={"message_id": 1})


async def test_a_deleted_account_cannot_be_written_to(chat: Conversation) -> None:
    await chat.does(DeleteAccount())

    with pytest.raises(BotApiRefusal, match="user is deactivated"):
        await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Hello?")


async def test_a_download_can_fail_once(chat: Conversation) -> None:
    await chat.does(SendMedia(kind="photo"))
    message = await chat.one_update("message")
    found = await chat.bot.call("getFile", file_id=message["photo"][0]["file_id"])
    url = f"{chat.bot.base.replace('/telegram/bot', '/telegram/file/bot')}/{found['file_path']}"
    trouble = Fault(Trouble.ERROR, "api", account=chat.bot.id, method="file", status=503, times=1)
    await chat.simulator.trouble(trouble)

    statuses = [(await chat.simulator.http.get(url)).status_code for _ in range(2)]

    assert statuses == [503, 200]
