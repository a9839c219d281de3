"""What a bot sends is checked as Telegram checks it, and lies on the customer's phone afterwards."""

import io

import pytest
from msgspec.structs import replace
from PIL import Image

from dragoman.simulator.acts import Block, Unblock
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import Simulator
from tests.simulator.receiver import Receiver
from tests.simulator.telegram.bot import BotApiRefusal, Conversation


@pytest.fixture
async def chat(simulator: Simulator) -> Conversation:
    return await Conversation.begin(simulator)


def png(width: int = 400, height: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 40, 40)).save(out, "PNG")
    return out.getvalue()


async def test_an_answer_is_on_the_phone_and_in_the_notes(chat: Conversation) -> None:
    sent = await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Yes, 220 V.")

    assert (sent["message_id"], sent["from"]["is_bot"], sent["chat"]["id"]) == (2, True, chat.chat_id)
    assert [(line.mine, line.text) for line in (await chat.phone()).lines] == [
        (True, "hola"),
        (False, "Yes, 220 V."),
    ]
    assert [(event.chat, event.key, event.text) for event in await chat.received()] == [
        (chat.customer, "2", "Yes, 220 V.")
    ]


async def test_both_sides_share_one_numbering(chat: Conversation) -> None:
    await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Yes.")

    assert await chat.says("gracias") == ["3"]


@pytest.mark.parametrize(
    ("parameters", "code", "complaint"),
    [
        ({"text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ({"text": "  "}, 400, "Bad Request: message text is empty"),
        ({"text": "a", "chat_id": 12345}, 400, "Bad Request: chat not found"),
        ({"text": "a", "chat_id": ""}, 400, "Bad Request: chat_id is empty"),
        ({"text": "<b>a", "parse_mode": "HTML"}, 400, "Bad Request: can't parse entities"),
        ({"text": "1.5", "parse_mode": "MarkdownV2"}, 400, "Bad Request: can't parse entities"),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, 400, "message to be replied not found"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "x" * 65}]]}},
            400,
            "BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_what_telegram_refuses_is_refused_in_its_words(
    chat: Conversation, parameters: dict[str, object], code: int, complaint: str
) -> None:
    with pytest.raises(BotApiRefusal, match=complaint) as refusal:
        await chat.bot.call("sendMessage", **{"chat_id": chat.chat_id, **parameters})

    assert refusal.value.code == code
    assert await chat.received() == []


async def test_the_longest_text_and_a_reply_to_something_gone_go_through_when_allowed(
    chat: Conversation,
) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}

    sent = await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="x" * 4096, reply_parameters=reply)

    assert "reply_to_message" not in sent


async def test_a_reply_quotes_the_customers_own_words(chat: Conversation) -> None:
    [message] = await chat.says("😉 is it 220 V?")

    sent = await chat.bot.call(
        "sendMessage",
        chat_id=chat.chat_id,
        text="It is.",
        reply_parameters={"message_id": int(message), "quote": "220 V"},
    )

    assert sent["reply_to_message"]["text"] == "😉 is it 220 V?"
    assert sent["quote"] == {"text": "220 V", "position": 9}


async def test_html_becomes_entities_counted_in_utf16(chat: Conversation) -> None:
    sent = await chat.bot.call(
        "sendMessage", chat_id=chat.chat_id, text="😉 <b>220 V</b> &amp; <a href='https://x.no/'>more</a>",
        parse_mode="HTML",
    )  # fmt: skip

    assert sent["text"] == "😉 220 V & more"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "text_link", "offset": 11, "length": 4, "url": "https://x.no/"},
    ]


async def test_a_customer_who_blocked_the_bot_gets_nothing_until_they_let_it_in_again(
    chat: Conversation,
) -> None:
    await chat.does(Block())
    told = await chat.one_update("my_chat_member")

    with pytest.raises(BotApiRefusal, match="Forbidden: bot was blocked by the user") as refusal:
        await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Hello?")

    assert refusal.value.code == 403
    assert told["new_chat_member"]["status"] == "kicked"
    await chat.does(Unblock())
    assert (await chat.one_update("my_chat_member"))["new_chat_member"]["status"] == "member"
    await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Hello again.")


async def test_a_bot_cannot_write_first(simulator: Simulator, chat: Conversation) -> None:
    stranger = await simulator.new_customer("telegram", "Bruno")

    with pytest.raises(BotApiRefusal, match="bot can't initiate conversation with a user") as refusal:
        await chat.bot.call("sendMessage", chat_id=int(stranger), text="Hello!")

    assert refusal.value.code == 403


async def test_more_than_a_burst_a_second_is_told_when_to_come_back(
    simulator: Simulator, chat: Conversation
) -> None:
    async with simulator.standing_still():
        for number in range(5):
            await chat.bot.call("sendMessage", chat_id=chat.chat_id, text=str(number))

        with pytest.raises(BotApiRefusal, match="Too Many Requests: retry after 1") as refusal:
            await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="too much")

    assert (refusal.value.code, refusal.value.parameters) == (429, {"retry_after": 1})


async def test_an_uploaded_photo_comes_back_in_sizes_and_can_be_sent_again_by_its_id(
    chat: Conversation,
) -> None:
    sent = await chat.bot.upload(
        "sendPhoto", {"photo": ("red.png", png(), "image/png")}, chat_id=chat.customer, caption="the red one"
    )
    again = await chat.bot.call("sendPhoto", chat_id=chat.chat_id, photo=sent["photo"][-1]["file_id"])

    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(90, 68), (400, 300)]
    assert sent["caption"] == "the red one"
    assert again["photo"] == sent["photo"]
    assert [line.media for line in (await chat.phone()).lines] == [None, "photo", "photo"]


async def test_a_document_is_found_again_byte_for_byte(chat: Conversation) -> None:
    sent = await chat.bot.upload(
        "sendDocument",
        {"document": ("prices.csv", b"a;b\n", "text/csv")},
        chat_id=chat.customer,
    )

    found = await chat.bot.call("getFile", file_id=sent["document"]["file_id"])
    download = await chat.simulator.http.get(f"{_file_base(chat)}/{found['file_path']}")

    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == ("prices.csv", "text/csv")
    assert (download.content, found["file_size"]) == (b"a;b\n", 4)
    assert download.headers["x-simulated"] == "1"


async def test_a_photo_by_address_is_really_fetched(chat: Conversation, receiver: Receiver) -> None:
    receiver.answer = lambda request: (200, png()) if request.path == "/red.png" else (404, b"")

    sent = await chat.bot.call("sendPhoto", chat_id=chat.chat_id, photo=f"{receiver.url}/red.png")

    assert sent["photo"][-1]["width"] == 400
    with pytest.raises(BotApiRefusal, match="failed to get HTTP URL content"):
        await chat.bot.call("sendPhoto", chat_id=chat.chat_id, photo=f"{receiver.url}/none.png")


async def test_an_album_is_several_messages_with_one_group(chat: Conversation) -> None:
    files = {"a": ("a.png", png(), "image/png"), "b": ("b.png", png(), "image/png")}
    media = '[{"type":"photo","media":"attach://a","caption":"two"},{"type":"photo","media":"attach://b"}]'

    sent = await chat.bot.upload("sendMediaGroup", files, chat_id=chat.customer, media=media)

    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.get("caption") for message in sent] == ["two", None]


@pytest.mark.parametrize(
    ("method", "files", "complaint"),
    [
        ("sendPhoto", {"photo": ("a.png", b"no picture", "image/png")}, "IMAGE_PROCESS_FAILED"),
        ("sendDocument", {"document": ("a.txt", b"", "text/plain")}, "file must be non-empty"),
    ],
)
async def test_a_broken_file_is_refused(
    chat: Conversation, method: str, files: dict[str, object], complaint: str
) -> None:
    with pytest.raises(BotApiRefusal, match=complaint):
        await chat.bot.upload(method, files, chat_id=chat.customer)


async def test_a_file_of_another_bot_is_unknown(chat: Conversation) -> None:
    sent = await chat.bot.upload("sendPhoto", {"photo": ("r.png", png(), "image/png")}, chat_id=chat.customer)
    other = await Conversation.begin(chat.simulator)

    with pytest.raises(BotApiRefusal, match="wrong file identifier"):
        await other.bot.call("sendPhoto", chat_id=other.chat_id, photo=sent["photo"][0]["file_id"])


async def test_every_way_to_send_a_file_reaches_the_phone(chat: Conversation) -> None:
    await chat.simulator.post("/limits", platform="telegram", enabled=False)
    for kind in ("video", "audio", "voice", "animation", "sticker"):
        upload = {kind: (f"file.{kind}", b"some bytes", "application/octet-stream")}
        await chat.bot.upload(f"send{kind.title()}", upload, chat_id=chat.customer)
    await chat.bot.call("sendLocation", chat_id=chat.chat_id, latitude=59.9, longitude=10.7)
    await chat.simulator.post("/limits", platform="telegram", enabled=True)

    shown = [line.media for line in (await chat.phone()).lines][1:]
    assert shown == ["video", "audio", "voice", "animation", "sticker", "location"]


async def test_an_edited_answer_changes_on_the_phone_and_a_deleted_one_leaves_it(
    chat: Conversation,
) -> None:
    first = await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Firday 2 pm?")
    second = await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="oops")

    edited = await chat.bot.call(
        "editMessageText", chat_id=chat.chat_id, message_id=first["message_id"], text="Friday 2 pm?"
    )
    await chat.bot.call("deleteMessage", chat_id=chat.chat_id, message_id=second["message_id"])

    assert edited["edit_date"]
    shown = [(line.text, line.edited) for line in (await chat.phone()).lines]
    assert shown == [("hola", False), ("Friday 2 pm?", True)]
    with pytest.raises(BotApiRefusal, match="message is not modified"):
        await chat.bot.call(
            "editMessageText", chat_id=chat.chat_id, message_id=first["message_id"], text="Friday 2 pm?"
        )


async def test_a_bots_reaction_is_seen_on_the_phone(chat: Conversation) -> None:
    heart = [{"type": "emoji", "emoji": "❤"}]

    await chat.bot.call("setMessageReaction", chat_id=chat.chat_id, message_id=1, reaction=heart)

    assert (await chat.phone()).lines[0].their_reaction == "❤"
    with pytest.raises(BotApiRefusal, match="REACTION_INVALID"):
        await chat.bot.call(
            "setMessageReaction",
            chat_id=chat.chat_id,
            message_id=1,
            reaction=[{"type": "emoji", "emoji": "☕"}],
        )


@pytest.mark.parametrize(
    ("trouble", "status", "arrives"),
    [
        (Fault(Trouble.ERROR, "api", status=502, times=1), 502, False),
        (Fault(Trouble.RATE_LIMITED, "api", retry_after=7, times=1), 429, False),
        (Fault(Trouble.DONE_BUT_ERROR, "api", status=504, times=1), 504, True),
    ],
)
async def test_a_trouble_answers_with_an_error_and_the_notes_tell_whether_it_arrived(
    chat: Conversation, trouble: Fault, status: int, arrives: bool
) -> None:
    await chat.simulator.trouble(_only_here(trouble, chat))

    with pytest.raises(BotApiRefusal) as refusal:
        await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Yes.")

    assert refusal.value.code == status
    assert [event.text for event in await chat.received()] == (["Yes."] if arrives else [])


@pytest.mark.parametrize("kind", [Trouble.LOST_ANSWER, Trouble.TIMEOUT])
async def test_an_answer_that_never_comes_leaves_a_message_that_did_arrive(
    chat: Conversation, kind: Trouble
) -> None:
    await chat.simulator.trouble(_only_here(Fault(kind, "api", seconds=0.1, times=1), chat))

    with pytest.raises(Exception, match="peer closed connection"):
        await chat.bot.call("sendMessage", chat_id=chat.chat_id, text="Yes.")

    assert [event.text for event in await chat.received()] == ["Yes."]


def _only_here(trouble: Fault, chat: Conversation) -> Fault:
    return replace(trouble, account=chat.bot.id, method="sendMessage")


def _file_base(chat: Conversation) -> str:
    return chat.bot.base.replace("/telegram/bot", "/telegram/file/bot")
