"""What a bot sends: every send* method, checked as the platform checks, delivered to the customer's phone."""

import math

from dragoman.simulator.journal import Event, Kind
from dragoman.simulator.telegram.accounts import chat_of_account, tell_of_message
from dragoman.simulator.telegram.call import Call
from dragoman.simulator.telegram.entities import parse_markup, utf16_length
from dragoman.simulator.telegram.errors import bad_request, forbidden, too_many_requests
from dragoman.simulator.telegram.model import Chat, Json, Message
from dragoman.simulator.telegram.shapes import message_json

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_CALLBACK_DATA_BYTES = 64
TYPING_SECONDS = 5


async def send_message(call: Call) -> Json:
    text, entities = words_of(call, "text", "entities")
    if not text.strip():
        raise bad_request("message text is empty")
    if utf16_length(text) > MOST_TEXT:
        raise bad_request("message is too long")
    return deliver(call, {"text": text, **({"entities": entities} if entities else {})})


async def send_location(call: Call) -> Json:
    latitude, longitude = _degrees(call, "latitude", 90), _degrees(call, "longitude", 180)
    return deliver(call, {"location": {"latitude": latitude, "longitude": longitude}})


async def send_venue(call: Call) -> Json:
    location = {"latitude": _degrees(call, "latitude", 90), "longitude": _degrees(call, "longitude", 180)}
    title = call.parameters.required_text("title", "venue title must be non-empty")
    address = call.parameters.required_text("address", "venue address must be non-empty")
    venue = {"location": location, "title": title, "address": address}
    return deliver(call, {"venue": venue, "location": location})


async def send_contact(call: Call) -> Json:
    number = call.parameters.required_text("phone_number", "phone number must be non-empty")
    name = call.parameters.required_text("first_name", "first name must be non-empty")
    return deliver(call, {"contact": {"phone_number": number, "first_name": name}})


async def send_chat_action(call: Call) -> bool:
    chat = chat_to_write_to(call)
    if call.parameters.required_text("action", "wrong parameter action in request") == "typing":
        until = call.network.clock.seconds() + TYPING_SECONDS
        call.office.typing_until[chat.bot_id, chat.person_id] = until
    return True


def caption_of(call: Call) -> Json:
    text, entities = words_of(call, "caption", "caption_entities")
    if utf16_length(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text, **({"caption_entities": entities} if entities else {})} if text else {}


def deliver(call: Call, content: Json) -> Json:
    """Put one message on the customer's phone and note it; the Message as the method's result."""
    chat = chat_to_write_to(call)
    extras = {**reply_of(call, chat), **keyboard_of(call)}
    refuse_above_limit(call, chat)
    return message_json(call.network, put_on_phone(call, chat, content | extras))


def put_on_phone(call: Call, chat: Chat, content: Json) -> Message:
    by = None if chat.bot_id == call.bot_id else call.bot_id
    message = call.network.add_message(chat, content, is_from_bot=True, for_owner_by=by)
    call.office.typing_until.pop((chat.bot_id, chat.person_id), None)
    call.office.journal.add(Kind.RECEIVED, _received(message))
    if by is not None:
        tell_of_message(call.office, message, "message")
    return message


def chat_to_write_to(call: Call) -> Chat:
    """Raises: chat not found, the bot was never started, blocked, or the person is gone."""
    if call.parameters.text("chat_id") in (None, ""):
        raise bad_request("chat_id is empty")
    person_id = call.parameters.integer("chat_id") or 0
    person = call.network.people.get(person_id)
    if person is None:
        raise bad_request("chat not found")
    if person.is_deactivated:
        raise forbidden("user is deactivated")
    if connection := call.parameters.text("business_connection_id"):
        return chat_of_account(call, connection, person_id)
    chat = call.network.chat(call.bot_id, person_id)
    if chat is None:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.has_blocked_bot:
        raise forbidden("bot was blocked by the user")
    return chat


def refuse_above_limit(call: Call, chat: Chat, messages: int = 1) -> None:
    for _ in range(messages):
        wait = call.office.limits.retry_after_seconds(
            call.bot_id, chat.person_id, call.network.clock.seconds()
        )
        if wait is not None:
            raise too_many_requests(wait)


def words_of(call: Call, name: str, entities_name: str) -> tuple[str, list[Json]]:
    raw = call.parameters.text(name) or ""
    given = call.parameters.structure(entities_name)
    if given:
        if not isinstance(given, list):
            raise bad_request(f"can't parse {entities_name}: expected an array")
        return raw, given
    return parse_markup(raw, call.parameters.text("parse_mode"))


def reply_of(call: Call, chat: Chat) -> Json:
    """The replied-to message, and the quoted words if they really occur in it."""
    wanted = call.parameters.structure("reply_parameters")
    if not isinstance(wanted, dict):
        return {}
    replied = call.network.message(chat.bot_id, chat.person_id, wanted.get("message_id", 0))
    if replied is None or replied.is_deleted:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    quote = wanted.get("quote")
    if not quote:
        return {"reply_to_message_id": replied.message_id}
    words = replied.text or ""
    if quote not in words:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = utf16_length(words[: words.index(quote)])
    return {"reply_to_message_id": replied.message_id, "quote": {"text": quote, "position": position}}


def keyboard_of(call: Call) -> Json:
    markup = call.parameters.structure("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return {}
    for button in (button for row in markup["inline_keyboard"] for button in row):
        if not button.get("text"):
            raise bad_request(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            )
        if len(button.get("callback_data", "").encode()) > MOST_CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    return {"reply_markup": {"inline_keyboard": markup["inline_keyboard"]}}


def _degrees(call: Call, name: str, most: float) -> float:
    try:
        value = float(call.parameters.required_text(name, f"{name} is empty"))
    except ValueError as error:
        raise bad_request(f"can't parse {name}") from error
    if not math.isfinite(value) or abs(value) > most:
        raise bad_request(f"wrong {name} specified")
    return value


def _received(message: Message) -> Event:
    media = next((kind for kind in message.content if kind in MEDIA_KINDS), None)
    return Event(
        platform="telegram",
        account=str(message.bot_id),
        chat=str(message.chat_id),
        event="message",
        key=str(message.message_id),
        text=message.text,
        platform_time=message.date,
        details={"media": media} if media else None,
    )


MEDIA_KINDS = frozenset(
    {"photo", "document", "video", "audio", "voice", "animation", "sticker", "location", "venue", "contact"}
)
