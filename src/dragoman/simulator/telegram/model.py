"""Telegram as it is kept here: bots, people, private chats, messages, updates, files."""

from typing import Any

import msgspec

Json = dict[str, Any]

# What a bot receives that asked for nothing in particular (`allowed_updates` empty or never given).
UPDATES_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Webhook(msgspec.Struct, frozen=True):
    url: str
    secret_token: str | None
    max_connections: int
    ip_address: str | None = None


class Bot(msgspec.Struct, frozen=True):
    id: int
    token: str
    username: str
    first_name: str
    next_update_id: int
    webhook: Webhook | None = None
    allowed_updates: list[str] = []
    last_error_date: int | None = None
    last_error_message: str | None = None

    def wants(self, kind: str) -> bool:
        if self.allowed_updates:
            return kind in self.allowed_updates
        return kind not in UPDATES_ONLY_ON_REQUEST


class Person(msgspec.Struct, frozen=True):
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    photo: str | None = None  # file name of their picture
    is_deactivated: bool = False


class Connection(msgspec.Struct, frozen=True):
    """An owner let a bot read, and perhaps answer, the chats of their own account. Its id may be replaced."""

    id: str
    bot_id: int
    owner_id: int
    date: int
    can_reply: bool = True
    is_enabled: bool = True


class Chat(msgspec.Struct, frozen=True):
    """A bot and a person, or the owner of a connected account and a person: `bot_id` is then the owner's id. Both
    sides' messages share one numbering."""

    bot_id: int
    person_id: int
    next_message_id: int = 1
    has_blocked_bot: bool = False


class Message(msgspec.Struct, frozen=True):
    """`content` is what distinguishes it, in the Bot API's own shape: text, photo, reply_to_message_id ..."""

    bot_id: int
    chat_id: int
    message_id: int
    date: int
    is_from_bot: bool
    content: Json
    edit_date: int | None = None
    is_deleted: bool = False
    customer_reaction: str | None = None
    bot_reaction: str | None = None
    for_owner_by: int | None = None  # the bot that said it in the name of the account's owner

    @property
    def text(self) -> str | None:
        """The words a person reads in it, caption or text."""
        return self.content.get("text", self.content.get("caption"))


class Update(msgspec.Struct, frozen=True):
    bot_id: int
    update_id: int
    chat_id: int
    kind: str
    body: Json  # what stands beside update_id, under `kind`


class StoredFile(msgspec.Struct, frozen=True):
    """A file as one bot sees it: `file_id` is that bot's own, `file_unique_id` is the same for all."""

    file_id: str
    file_unique_id: str
    bot_id: int
    name: str  # of the bytes
    path: str  # as getFile tells it
    size: int
    kind: str
    details: Json  # the object that messages carry: width, duration, mime_type ...
