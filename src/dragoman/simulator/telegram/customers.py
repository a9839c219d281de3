"""What a customer does in their Telegram app, and what the bot hears of it."""

from msgspec.structs import replace

from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.entities import find_entities, utf16_length
from dragoman.simulator.telegram.model import Chat, Json, Message
from dragoman.simulator.telegram.shapes import message_json
from dragoman.simulator.telegram.subscribing import offer


class NotPossibleError(Exception):
    """The app would not let the customer do that; the text says why in one sentence."""


def write(
    office: Office,
    bot_id: int,
    person_id: int,
    text: str,
    reply_to: int | None = None,
    quote: str | None = None,
) -> Message:
    """A text message, with what the platform marks in it and what it replies to."""
    entities = find_entities(text)
    content: Json = {"text": text, **({"entities": entities} if entities else {})}
    return send(office, bot_id, person_id, content | replying(office, bot_id, person_id, reply_to, quote))


def send(office: Office, bot_id: int, person_id: int, content: Json) -> Message:
    """Any message from the customer; the bot hears of it as `message`."""
    chat = open_chat(office, bot_id, person_id)
    if chat.has_blocked_bot:
        raise NotPossibleError("This customer has blocked the bot and must unblock it first.")
    message = office.network.add_message(chat, content, is_from_bot=False)
    _tell(office, message, "message")
    return message


def open_chat(office: Office, bot_id: int, person_id: int) -> Chat:
    """The chat of these two, begun by the customer now if it was not before."""
    if bot_id not in office.network.bots:
        raise NotPossibleError(f"There is no bot {bot_id}.")
    if person_id not in office.network.people:
        raise NotPossibleError(f"There is no Telegram customer {person_id}.")
    return office.network.chat(bot_id, person_id) or office.network.keep_chat(Chat(bot_id, person_id))


def replying(office: Office, bot_id: int, person_id: int, reply_to: int | None, quote: str | None) -> Json:
    if reply_to is None:
        return {}
    replied = existing(office, bot_id, person_id, reply_to)
    if quote is None:
        return {"reply_to_message_id": reply_to}
    words = replied.text or ""
    if quote not in words:
        raise NotPossibleError("The quoted words do not occur in that message.")
    position = utf16_length(words[: words.index(quote)])
    return {
        "reply_to_message_id": reply_to,
        "quote": {"text": quote, "position": position, "is_manual": True},
    }


def existing(office: Office, bot_id: int, person_id: int, message_id: int) -> Message:
    message = office.network.message(bot_id, person_id, message_id)
    if message is None or message.is_deleted:
        raise NotPossibleError(f"There is no message {message_id} in this chat.")
    return message


def edit(office: Office, bot_id: int, person_id: int, message_id: int, text: str) -> Message:
    """The customer corrects their own words (a caption, where the message is a picture)."""
    message = existing(office, bot_id, person_id, message_id)
    if message.is_from_bot:
        raise NotPossibleError("A customer can edit only their own messages.")
    name = "text" if "text" in message.content else "caption"
    entities = find_entities(text)
    entities_name = "entities" if name == "text" else "caption_entities"
    content = {key: value for key, value in message.content.items() if key != entities_name}
    content |= {name: text, **({entities_name: entities} if entities else {})}
    edited = replace(message, content=content, edit_date=int(office.network.clock.seconds()))
    office.network.keep_message(edited)
    _tell(office, edited, "edited_message")
    return edited


def _tell(office: Office, message: Message, kind: str) -> None:
    body = message_json(office.network, message)
    offer(office, office.network.add_update(message.bot_id, message.chat_id, kind, body))
