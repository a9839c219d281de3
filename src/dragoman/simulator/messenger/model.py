"""A network of Meta's as it is kept here: apps, pages, tokens, people, threads, messages, events on their way."""

from typing import Any

import msgspec

Json = dict[str, Any]

PAGE_INBOX_APP_ID = 263902037430900  # a person who answers in the Page's own inbox


BY_PAGE = "EAA"  # how the tokens of Pages and their owners begin


class App(msgspec.Struct, frozen=True):
    id: str
    secret: str
    name: str
    callback_url: str | None = None
    verify_token: str | None = None
    fields: list[str] = []
    instagram_secret: str | None = None  # of the product Instagram, which then signs
    entries_per_post: int = 1


class Page(msgspec.Struct, frozen=True):
    id: str
    name: str
    subscribed_apps: dict[str, list[str]] = {}  # app id → fields
    username: str | None = None
    by_page: bool = False  # an Instagram account that an app hears of by its linked Page
    linked_page: str | None = None  # of an Instagram account: the Page that speaks for it
    login_id: str | None = None  # and what an app that it logged in to calls it


class Token(msgspec.Struct, frozen=True):
    """A page token (with `page_id`) or a user token of the one person who runs all pages of an app."""

    token: str
    app_id: str
    page_id: str | None
    revoked_subcode: int | None = None  # 458 app removed, 460 password changed, 463 expired ...
    lacks: list[str] = []  # permissions that its maker did not give it
    made_at: float = 0.0  # seconds since 1970
    expires_at: float | None = None  # None: it has no end


class Person(msgspec.Struct, frozen=True):
    id: str
    first_name: str
    last_name: str | None = None
    locale: str | None = None
    username: str | None = None
    photo: str | None = None  # file name of their picture


class Thread(msgspec.Struct, frozen=True):
    """A page and a person, who is known to this page by their PSID only. Times: epoch milliseconds."""

    id: str
    page_id: str
    psid: str
    person_id: str
    window_opened_at: int | None = None  # the last thing that opened the 24 hours
    customer_wrote_at: int | None = None  # the last message; seven days for a human agent count from it
    has_blocked_page: bool = False
    owner_app_id: str | None = None  # None: every app may answer
    read_up_to: int = 0
    page_seen_up_to: int = 0


class Message(msgspec.Struct, frozen=True):
    """`content`: text, attachments, quick_reply, reply_to ... as in the webhooks. Times: epoch milliseconds."""

    mid: str
    page_id: str
    psid: str
    timestamp: int
    is_from_page: bool
    content: Json
    app_id: str | None = None
    metadata: str | None = None
    edits: int = 0
    customer_reaction: str | None = None
    page_reaction: str | None = None
    is_deleted: bool = False

    @property
    def text(self) -> str | None:
        return self.content.get("text")


class Event(msgspec.Struct, frozen=True):
    """One item on its way to one app."""

    id: str
    app_id: str
    page_id: str
    psid: str
    field: str  # the subscription it belongs to: messages, message_echoes ...
    item: Json
    at: int
    is_standby: bool = False


class SavedAttachment(msgspec.Struct, frozen=True):
    id: str
    page_id: str
    kind: str  # image, video, audio, file
    file: str  # name of the bytes
    file_name: str
    saved_at: int
