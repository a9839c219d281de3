"""What comes in, in our words: the parts of a message, and the events that every channel's ``parse`` gives.

All times are aware and UTC. All ids of a platform are opaque strings.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An immutable value that can be written as JSON; fields at their default are left out."""


# ---------------------------------------------------------------------------------------- parts of a message


class MediaKind(StrEnum):
    IMAGE = "image"
    ANIMATION = "animation"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    FILE = "file"
    STICKER = "sticker"


class Media(Value, tag="media", tag_field="type", frozen=True, kw_only=True):
    """A picture, voice message, file ... that still lies at the platform.

    ``source`` is what the channel's own client needs to fetch it: ``{"file_id": ...}`` or ``{"url": ...}``.
    It never leaves
    the server. Sizes are bytes, lengths of time seconds, measures pixels; all are the platform's claims.
    """

    kind: MediaKind
    source: dict[str, str]
    name: str | None = None
    mime_type: str | None = None
    size_bytes: int | None = None
    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    emoji: str | None = None  # of a sticker: what it stands for


class Location(Value, tag="location", tag_field="type", frozen=True, kw_only=True):
    latitude: float
    longitude: float
    title: str | None = None
    address: str | None = None
    live: bool = False


class ContactCard(Value, tag="contact", tag_field="type", frozen=True, kw_only=True):
    name: str
    phone: str | None = None
    vcard: str | None = None


class Link(Value, tag="link", tag_field="type", frozen=True, kw_only=True):
    """A shared link, post, reel or product, as far as the platform describes it."""

    url: str | None = None
    title: str | None = None
    kind: str = "link"


class Choice(Value, tag="choice", tag_field="type", frozen=True, kw_only=True):
    """The customer pressed a button or a quick reply; ``title`` is what they read on it."""

    title: str
    payload: str | None = None


CHOICE_PREFIX = "choice:"  # of what a choice of ours carries: its question and its place there


def choice_payload(question: str, nth: int) -> str:
    """``question``: the correlation of the message that offers it. Short enough for every platform, and unique."""
    return f"{CHOICE_PREFIX}{question}:{nth}"


def question_of(payload: str | None) -> str | None:
    """The correlation of the message of ours that offered what was pressed; None: it is none of ours."""
    if payload is None or not payload.startswith(CHOICE_PREFIX):
        return None
    return payload.removeprefix(CHOICE_PREFIX).partition(":")[0]


class Context(Value, tag="context", tag_field="type", frozen=True, kw_only=True):
    """Where the message comes from: a story, a forwarded message, a quote, an advertisement.

    ``kind``: story, story_mention, forward, quote, advertisement, product, referral, comment, control. ``text``
    is for people.
    """

    kind: str
    text: str | None = None
    url: str | None = None


class Unsupported(Value, tag="unsupported", tag_field="type", frozen=True, kw_only=True):
    """Something that we cannot show yet; ``kind`` is the platform's word for it. The raw body is kept."""

    kind: str
    text: str | None = None


Part = Media | Location | ContactCard | Link | Choice | Context | Unsupported


# -------------------------------------------------------------------------------------------- inbound events


class Person(Value, frozen=True, kw_only=True):
    """The customer on the other side, as this event names them. Absent fields are unknown, not empty.

    ``also``: other ids of the same person, by any of which a later event may name them alone.
    """

    address: str  # the platform's id of them: one identity per channel and address
    also: tuple[str, ...] = ()
    name: str | None = None
    username: str | None = None
    locale: str | None = None  # BCP 47, the profile's claim: a hint for language, never proof


class Event(Value, frozen=True, kw_only=True):
    """One thing in an envelope.

    ``account`` names which of the connection's channels it belongs to (bot id, page id); ``natural_key`` is
    the same for every
    delivery of the same thing and different for different things, within one account.
    """

    kind: ClassVar[str]
    account: str
    natural_key: str
    at: datetime | None = None  # the platform's own time, uncut


class Direction(StrEnum):
    IN = "in"  # the customer said it
    OUT = "out"  # our side said it: an echo of our own, or typed in the platform's own app


class MessageEvent(Event, tag="message", tag_field="kind", frozen=True, kw_only=True):
    """Something was said. A pressed button is a message too (kind ``postback``, see PostbackEvent)."""

    external_id: str  # unique within the channel; the channel composes it
    customer: Person
    direction: Direction = Direction.IN
    thread_key: str = ""
    text: str | None = None
    parts: tuple[Part, ...] = ()
    reply_to: str | None = None  # external_id of the quoted message
    platform_order: int = 0  # the platform's own order within the conversation where it has one
    correlation: str | None = None  # echoes: what we gave the platform with our send
    automatic: bool = False  # greeting, away message, another bot: never an answer
    ours: bool = False  # an echo of what our own app sent
    may_be_ours: bool = False  # nothing says who of us sent it
    edited: bool = False
    imported: bool = False  # of the time before we were connected: nobody waits for an answer to it


class PostbackEvent(MessageEvent, tag="postback", tag_field="kind", frozen=True, kw_only=True):
    """A button was pressed: said like a message, shown as the button's words. ``answer_token`` asks for an
    acknowledgement."""

    answer_token: str | None = None


class EditEvent(Event, tag="edit", tag_field="kind", frozen=True, kw_only=True):
    """The whole new content of a message. An edit of a message that we never saw *is* that message."""

    external_id: str
    customer: Person
    direction: Direction = Direction.IN
    thread_key: str = ""
    text: str | None = None
    parts: tuple[Part, ...] | None = None  # None: the event does not speak of parts, they stay as they are
    sent_at: datetime | None = None  # when the message itself was sent, where the event says so
    platform_order: int = 0


class DeletionEvent(Event, tag="deletion", tag_field="kind", frozen=True, kw_only=True):
    """A message was taken back. Its ``natural_key`` is ``deletion_key(external_id)``: by it a deletion that came
    long before its message is found once that comes."""

    external_id: str
    customer: Person
    thread_key: str = ""


def deletion_key(external_id: str) -> str:
    return f"deletion:{external_id}"


class ReactionEvent(Event, tag="reaction", tag_field="kind", frozen=True, kw_only=True):
    """What stands now: ``emoji`` None means that the reaction was taken back."""

    external_id: str
    customer: Person
    thread_key: str = ""
    by: Direction = Direction.IN
    emoji: str | None = None


class ReceiptRank(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"  # taken by the platform, and given up: no rank, and final


class ReceiptEvent(Event, tag="receipt", tag_field="kind", frozen=True, kw_only=True):
    """Our messages reached this rank: those named, and all up to the watermark (the platform's time).

    Where it names one message and gives back what we sent with it (``correlation``), that message was accepted, even
    if no answer to our request said so. ``reason``: why one failed, a sentence for whoever wrote it.
    """

    rank: ReceiptRank
    customer: Person
    thread_key: str = ""
    external_ids: tuple[str, ...] = ()
    watermark: datetime | None = None
    all_before: bool = (
        False  # as well all before the named ones; of one unknown to us, before the event's time
    )
    correlation: str | None = None
    reason: str | None = None


class FollowEvent(Event, tag="follow", tag_field="kind", frozen=True, kw_only=True):
    """The customer can be reached (again): started or unblocked us."""

    customer: Person


class UnfollowEvent(Event, tag="unfollow", tag_field="kind", frozen=True, kw_only=True):
    """The customer blocked us: nothing that we send will arrive."""

    customer: Person


class ControlEvent(Event, tag="control", tag_field="kind", frozen=True, kw_only=True):
    """Who may answer a conversation changed (thread control, standby)."""

    customer: Person | None = None
    ours: bool | None = None  # True: we hold it now, False: another app does
    text: str | None = None


class ProfileEvent(Event, tag="profile", tag_field="kind", frozen=True, kw_only=True):
    """The customer's own data changed, or they opened a thread from a link (``referral``).

    ``moved_from``: an address that is no longer theirs, in the place of which ``customer.address`` stands now.
    """

    customer: Person
    referral: str | None = None
    moved_from: str | None = None
    moves_window: bool = False  # a click that opens the platform's reply window


class AccountEvent(Event, tag="account", tag_field="kind", frozen=True, kw_only=True):
    """The channel itself changed: rights, policy, disabled. ``trouble`` is a sentence for an admin, None: all
    is well.

    ``connected`` names another account that came, changed or went by the same connection: then nothing here
    speaks of the channel itself, and the platform is asked how that one stands.
    """

    trouble: str | None = None
    facts: dict[str, str] = {}
    connected: str | None = None


class TemplatesEvent(Event, tag="templates", tag_field="kind", frozen=True, kw_only=True):
    """Templates of the account were approved, refused or changed: the platform is asked how they stand."""


class Unrecognised(Event, tag="unrecognised", tag_field="kind", frozen=True, kw_only=True):
    """Well-formed and not for us: kept, counted, never dropped. ``what`` names the platform's word.

    ``known``: we know what it is and leave it (what happens in a group, say); else it waits for a person.
    """

    what: str
    known: bool = False


InboundEvent = (
    MessageEvent
    | PostbackEvent
    | EditEvent
    | DeletionEvent
    | ReactionEvent
    | ReceiptEvent
    | FollowEvent
    | UnfollowEvent
    | ControlEvent
    | ProfileEvent
    | AccountEvent
    | TemplatesEvent
    | Unrecognised
)
