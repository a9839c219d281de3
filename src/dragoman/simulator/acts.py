"""What a customer may do on their phone, on either platform: the words of the control API and of the page."""

from typing import Any, Literal

import msgspec

MediaKind = Literal[
    "photo", "screenshot", "video", "animation", "voice", "audio", "video_note", "document", "sticker"
]


class NotPossibleError(Exception):
    """The app would not let the customer do that; the text says why in one sentence."""


class Act(msgspec.Struct, frozen=True, tag_field="act", forbid_unknown_fields=True):
    """One thing done."""


class Write(Act, frozen=True, tag="write"):
    text: str
    reply_to: str | None = None
    quote: str | None = None  # Telegram: these words of the message replied to


class SendMedia(Act, frozen=True, tag="send_media"):
    """A file drawn on the spot, or this one (`content`, Base64). `count` above 1: an album, sent as one."""

    kind: MediaKind
    caption: str | None = None
    count: int = 1
    content: bytes | None = None
    file_name: str | None = None
    mime_type: str | None = None
    reply_to: str | None = None


class SendLocation(Act, frozen=True, tag="send_location"):
    latitude: float = 59.9139
    longitude: float = 10.7522
    title: str | None = None  # with an address: a place with a name
    address: str | None = None
    live_seconds: int | None = None


class SendContact(Act, frozen=True, tag="send_contact"):
    phone_number: str = "+4740012345"
    first_name: str = "Kari"


class SendOther(Act, frozen=True, tag="send_other"):
    """One of the rarer kinds that the platform documents, by its key: dice, poll, reel, fallback ..."""

    kind: str


class Edit(Act, frozen=True, tag="edit"):
    message: str
    text: str


class Delete(Act, frozen=True, tag="delete"):
    """Taken back for everybody. Neither platform tells us of it."""

    message: str


class React(Act, frozen=True, tag="react"):
    """No emoji takes the reaction back."""

    message: str
    emoji: str | None = None


class Press(Act, frozen=True, tag="press"):
    """A button under a message: its callback data or payload, and on Messenger its title."""

    message: str
    data: str
    title: str = "Button"


class QuickReply(Act, frozen=True, tag="quick_reply"):
    """Messenger: a tap on one of the answers offered."""

    title: str
    payload: str


class Start(Act, frozen=True, tag="start"):
    """Telegram: the Start button (with the payload of a link). Messenger: Get started, or an m.me link."""

    payload: str | None = None


class Block(Act, frozen=True, tag="block"):
    pass


class Unblock(Act, frozen=True, tag="unblock"):
    pass


class DeleteAccount(Act, frozen=True, tag="delete_account"):
    """Gone for good: whoever writes to them is refused."""


class Read(Act, frozen=True, tag="read"):
    """Messenger: everything up to now is read."""


class Unheard(Act, frozen=True, tag="unheard"):
    """An event of a kind that nobody knows yet, with this body."""

    kind: str
    body: dict[str, Any] = {}


AnyAct = (
    Write
    | SendMedia
    | SendLocation
    | SendContact
    | SendOther
    | Edit
    | Delete
    | React
    | Press
    | QuickReply
    | Start
    | Block
    | Unblock
    | DeleteAccount
    | Read
    | Unheard
)
