"""WhatsApp as it is kept here: apps, accounts, numbers, people, chats, messages and events still to be delivered."""

from typing import Any

import msgspec

Json = dict[str, Any]


class App(msgspec.Struct, frozen=True):
    id: str
    secret: str
    name: str
    callback_url: str | None = None
    verify_token: str | None = None
    fields: list[str] = []
    changes_per_post: int = 1


class Account(msgspec.Struct, frozen=True):
    """A WhatsApp Business Account (WABA) and the apps that hear of it."""

    id: str
    name: str
    subscribed_apps: list[str] = []
    review: str = "APPROVED"  # PENDING while Meta looks at it


class Template(msgspec.Struct, frozen=True):
    """Words that an account wants to send, as Meta judged them. `components` are as the account wrote them."""

    id: str
    account_id: str
    name: str
    language: str
    category: str
    status: str
    components: list[Json]
    rejected_reason: str = "NONE"


class Number(msgspec.Struct, frozen=True):
    """A phone number of ours. `in_app`: it is used in the WhatsApp Business app as well."""

    id: str
    account_id: str
    display: str
    name: str
    in_app: bool = False


class Token(msgspec.Struct, frozen=True):
    """A system user's token for one account."""

    token: str
    app_id: str
    account_id: str
    revoked_subcode: int | None = None
    lacks: list[str] = []  # permissions that its maker did not give it


class Person(msgspec.Struct, frozen=True):
    """Who took a username hides the phone number; businesses know the `user_id` only."""

    id: str
    first_name: str
    last_name: str | None
    phone: str
    user_id: str
    username: str | None = None
    locale: str | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name or ''}".strip()

    @property
    def shown_phone(self) -> str | None:
        return None if self.username else self.phone


class Chat(msgspec.Struct, frozen=True):
    """A number of ours and a person. Times: epoch seconds."""

    number_id: str
    person_id: str
    customer_wrote_at: int | None = None
    has_blocked_us: bool = False
    seen_up_to: int = 0  # how far we have shown that we read


class Message(msgspec.Struct, frozen=True):
    """`content`: type and what belongs to it, as in the webhooks. Times: epoch seconds; `order` tells them apart."""

    wamid: str
    number_id: str
    person_id: str
    at: int
    order: int
    is_from_us: bool
    content: Json
    callback: str | None = None
    is_read: bool = False
    edited: bool = False
    is_deleted: bool = False
    customer_reaction: str | None = None
    our_reaction: str | None = None

    @property
    def text(self) -> str | None:
        kind = self.content.get("type")
        held = self.content.get(kind) if isinstance(kind, str) else None
        if not isinstance(held, dict):
            return None
        if kind == "template":
            words: str | None = self.content.get("words")
            return words
        return held.get("body") if kind == "text" else held.get("caption")


class Event(msgspec.Struct, frozen=True):
    """One item on its way to one app: a message, a status ... in the list `key` of a change of `field`. Without a key
    it is the change itself: something about the account."""

    id: str
    app_id: str
    account_id: str
    number_id: str
    person_id: str
    field: str
    key: str
    item: Json
    contacts: list[Json]
    at: int


class Upload(msgspec.Struct, frozen=True):
    """A media id: of what a customer sent, or of what we uploaded for one number."""

    id: str
    number_id: str
    file: str  # name of the bytes
    file_name: str
    mime_type: str
    at: int
    is_ours: bool
