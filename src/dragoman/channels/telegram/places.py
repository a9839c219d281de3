"""Where in Telegram something happened: the account it belongs to, the customer's chat, the message in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from dragoman.channels.events import Direction, Person
from dragoman.kit.json_reading import Record, integer, record_in, text

MAX_ID = 200  # characters; Telegram's own ids are far shorter, an index bears no more than some kilobytes
MAX_SECONDS = 253_402_300_799  # the last second of the year 9999
BUSINESS_PREFIX = "bc:"

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}")


@dataclass(frozen=True, slots=True)
class Place:
    """One message's place. ``message_id`` is unique, and grows, within the chat only."""

    account: str
    customer: Person
    message_id: int
    direction: Direction

    @property
    def external_id(self) -> str:
        return message_key(self.customer.address, self.message_id)


def place_of(message: Record, bot: str) -> Place | None:
    """None: not in a private chat, or without the ids that every message has."""
    chat = private_chat_of(message)
    message_id = integer(message, "message_id")
    if chat is None or message_id is None:
        return None
    return Place(
        account_of(message, bot), customer_of(message, chat), message_id, direction_of(message, chat)
    )


def private_chat_of(record: Record) -> Record | None:
    chat = record_in(record, "chat")
    if chat is None or chat.get("type") != "private" or integer(chat, "id") is None:
        return None
    return chat


def account_of(message: Record, bot: str) -> str:
    """The bot, or the connected account: of that one a message names only the connection."""
    connection = text(message, "business_connection_id")
    return business_account(connection) if connection else bot


def business_account(connection: str) -> str:
    return BUSINESS_PREFIX + bounded(connection)


def customer_of(message: Record, chat: Record) -> Person:
    """A private chat *is* the customer; who wrote themselves shows more of them, their app's language too."""
    sender = record_in(message, "from") or {}
    return person(sender if integer(sender, "id") == integer(chat, "id") else chat)


def person(chat_or_user: Record) -> Person:
    language = text(chat_or_user, "language_code")
    return Person(
        address=str(integer(chat_or_user, "id")),
        name=name_of(chat_or_user),
        username=text(chat_or_user, "username"),
        locale=language if language and _LANGUAGE_TAG.fullmatch(language) else None,
    )


def name_of(chat_or_user: Record) -> str | None:
    """None where the name is empty, as it is of a deleted account: the stored one shall stay."""
    names = (text(chat_or_user, "first_name"), text(chat_or_user, "last_name"))
    return " ".join(name for name in names if name) or text(chat_or_user, "title")


def direction_of(message: Record, chat: Record) -> Direction:
    """In a private chat all that the customer did not say was said by our side: the owner, or a bot for them."""
    sender = record_in(message, "from")
    said_by_customer = sender is None or integer(sender, "id") == integer(chat, "id")
    return Direction.IN if said_by_customer and "sender_business_bot" not in message else Direction.OUT


def message_key(chat_id: str | int, message_id: int) -> str:
    return f"{chat_id}:{message_id}"


def time_of(record: Record, key: str) -> datetime | None:
    """Telegram's whole seconds since 1970. It writes 0 for "not known"."""
    seconds = integer(record, key)
    return datetime.fromtimestamp(seconds, UTC) if seconds and 0 < seconds <= MAX_SECONDS else None


def bounded(opaque: str) -> str:
    """An id that fits into an index: itself, or its digest where it is longer than any that Telegram gives."""
    if len(opaque) <= MAX_ID:
        return opaque
    return "sha256:" + hashlib.sha256(opaque.encode()).hexdigest()
