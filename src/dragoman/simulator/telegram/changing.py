"""What a bot does to messages that are already there: edit, delete, react, answer a button."""

from typing import Any

from msgspec.structs import replace

from dragoman.simulator.telegram.call import Call
from dragoman.simulator.telegram.entities import utf16_length
from dragoman.simulator.telegram.errors import bad_request
from dragoman.simulator.telegram.model import Json, Message
from dragoman.simulator.telegram.reactions import ALLOWED_REACTIONS
from dragoman.simulator.telegram.sending import MOST_TEXT, chat_to_write_to, keyboard_of, words_of
from dragoman.simulator.telegram.shapes import message_json

DELETABLE_SECONDS = 48 * 3600
MOST_CALLBACK_TEXT = 200
CALLBACK_SECONDS = 60


async def edit_message_text(call: Call) -> Json:
    message = _own_message(call, "edit")
    text, entities = words_of(call, "text", "entities")
    if not text.strip():
        raise bad_request("message text is empty")
    if utf16_length(text) > MOST_TEXT:
        raise bad_request("message is too long")
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edited(call, message, {"text": text}, "entities", entities)


async def edit_message_caption(call: Call) -> Json:
    message = _own_message(call, "edit")
    caption, entities = words_of(call, "caption", "caption_entities")
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, message, {"caption": caption}, "caption_entities", entities)


async def edit_message_reply_markup(call: Call) -> Json:
    message = _own_message(call, "edit")
    return _edited(call, message, {}, None, [])


async def delete_message(call: Call) -> bool:
    """In a private chat a bot may take back anything younger than two days, the customer's words too."""
    _delete(call, _message(call, "delete", call.parameters.integer("message_id")))
    return True


async def delete_messages(call: Call) -> bool:
    chosen = call.parameters.structure("message_ids")
    if not isinstance(chosen, list) or not 1 <= len(chosen) <= 100:
        raise bad_request("message_ids must be 1 to 100 identifiers")
    chat = chat_to_write_to(call)
    for message_id in chosen:
        message = call.network.message(chat.bot_id, chat.person_id, int(message_id))
        if message and not message.is_deleted:
            _delete(call, message)
    return True


async def set_message_reaction(call: Call) -> bool:
    message = _message(call, "react", call.parameters.integer("message_id"))
    reactions: Any = call.parameters.structure("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = reactions[0].get("emoji") if reactions else None
    if reactions and emoji not in ALLOWED_REACTIONS:
        raise bad_request("REACTION_INVALID")
    call.network.keep_message(replace(message, bot_reaction=emoji))
    return True


async def answer_callback_query(call: Call) -> bool:
    query = call.parameters.required_text("callback_query_id", "query_id is empty")
    asked_at = call.office.open_callbacks.pop(query, None)
    if asked_at is None or call.network.clock.seconds() - asked_at > CALLBACK_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.parameters.text("text") or ""
    if len(text) > MOST_CALLBACK_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    call.office.answered_callbacks[query] = text
    return True


def _edited(
    call: Call, message: Message, words: Json, entities_name: str | None, entities: list[Json]
) -> Json:
    content = {name: value for name, value in message.content.items() if name != entities_name}
    content.pop("reply_markup", None)
    content |= words | keyboard_of(call)
    if entities_name and entities:
        content[entities_name] = entities
    if content == message.content:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    edited = replace(message, content=content, edit_date=int(call.network.clock.seconds()))
    return message_json(call.network, call.network.keep_message(edited))


def _delete(call: Call, message: Message) -> None:
    if call.network.clock.seconds() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    call.network.keep_message(replace(message, is_deleted=True))


def _own_message(call: Call, deed: str) -> Message:
    message = _message(call, deed, call.parameters.integer("message_id"))
    if not message.is_from_bot:
        raise bad_request(f"message can't be {deed}ed")
    return message


def _message(call: Call, deed: str, message_id: int | None) -> Message:
    chat = chat_to_write_to(call)
    message = call.network.message(chat.bot_id, chat.person_id, message_id or 0)
    if message is None or message.is_deleted:
        raise bad_request(f"message to {deed} not found")
    return message
