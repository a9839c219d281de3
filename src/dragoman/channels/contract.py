"""What a channel is: the one contract that every platform's folder fulfils.

A channel's folder holds ``manifest.py`` (data), ``verify.py``, ``parse.py`` and ``render.py`` (pure) and
``client.py`` (the only
file that opens a socket). Nothing outside the folder knows the platform's words; nothing inside it knows the
database.
All times are aware and UTC. All ids of a platform are opaque strings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol

import msgspec

from dragoman.channels.capabilities import Capabilities

Json = Any


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


class Context(Value, tag="context", tag_field="type", frozen=True, kw_only=True):
    """Where the message comes from: a story, a forwarded message, a quote, an advertisement.

    ``kind``: story, forward, quote, advertisement, product, referral, comment, control. ``text`` is for
    people.
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
    """The customer on the other side, as this event names them. Absent fields are unknown, not empty."""

    address: str  # the platform's id of them: one identity per channel and address
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
    edited: bool = False


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


class ReceiptEvent(Event, tag="receipt", tag_field="kind", frozen=True, kw_only=True):
    """Our messages reached this rank: those named, and all up to the watermark (the platform's time)."""

    rank: ReceiptRank
    customer: Person
    thread_key: str = ""
    external_ids: tuple[str, ...] = ()
    watermark: datetime | None = None


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
    """The customer's own data changed, or they opened a thread from a link (``referral``)."""

    customer: Person
    referral: str | None = None
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
    | Unrecognised
)


# -------------------------------------------------------------------------------------------------- the door


class Credentials(Value, frozen=True, kw_only=True):
    """The decrypted secrets and public settings of one connection. Never logged, never shown."""

    secrets: dict[str, str]
    settings: dict[str, str] = {}
    api_base: str = ""  # the platform's API; the simulator's for a simulated connection

    def __repr__(self) -> str:
        return f"Credentials(secrets=<{', '.join(sorted(self.secrets))}>, settings={self.settings!r})"

    __str__ = __repr__


class Hook(Value, frozen=True, kw_only=True):
    """One request at the door, before anything was parsed. Header names are lower-case."""

    method: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes


class HookAnswer(Value, frozen=True, kw_only=True):
    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"


# --------------------------------------------------------------------------------------------------- sending


class OutgoingFile(Value, frozen=True, kw_only=True):
    """A file of ours. ``content`` is loaded where the capability says ``upload``; ``link`` is a signed https
    address that lives 10
    minutes, given where the platform fetches itself."""

    kind: MediaKind
    name: str
    mime_type: str
    size_bytes: int
    content: bytes | None = None
    link: str | None = None


class Outgoing(Value, frozen=True, kw_only=True):
    """One bubble, one request: a text, or one file. ``correlation`` is ours and unique; platforms that carry
    it give it back."""

    to: str  # the customer's address
    correlation: str
    thread_key: str = ""
    text: str | None = None
    file: OutgoingFile | None = None
    reply_to: str | None = None  # external_id
    last_customer_at: datetime | None = None  # what the platform's reply window counts from
    settings: dict[str, str] = {}  # what the conversation needs to be reached (business connection ...)


class Accepted(Value, frozen=True, kw_only=True):
    """The platform took it. ``at`` and ``platform_order`` as the platform says, where it says."""

    external_id: str
    at: datetime | None = None
    platform_order: int = 0


class AccountInfo(Value, frozen=True, kw_only=True):
    """What the platform says of the account behind the credentials."""

    account: str
    name: str
    handle: str | None = None
    facts: dict[str, str] = {}


class ConnectedAccount(Value, frozen=True, kw_only=True):
    """An account that its owner connected to one of ours, without any credentials of its own.

    ``account`` is what bodies call it at present, and may be replaced; ``lasting_id`` never changes.
    ``trouble`` is a sentence for an admin, None: all is well. ``enabled`` False: its owner took it away.
    """

    account: str
    lasting_id: str
    name: str
    handle: str | None = None
    connected_at: datetime | None = None
    enabled: bool = True
    trouble: str | None = None


class Profile(Value, frozen=True, kw_only=True):
    name: str | None = None
    username: str | None = None
    locale: str | None = None
    picture: Media | None = None


class MediaAddress(Value, frozen=True, kw_only=True):
    """Where to fetch a file from, for the one guarded fetch. ``hosts`` are the only ones it may come from;
    ``secret`` marks an
    address that holds a token and must never be shown or logged."""

    url: str
    hosts: tuple[str, ...]
    headers: dict[str, str] = {}
    max_bytes: int
    secret: bool = False

    def __repr__(self) -> str:
        return f"MediaAddress({'<secret> at ' + ', '.join(self.hosts) if self.secret else self.url})"

    __str__ = __repr__


class Polled(Value, frozen=True, kw_only=True):
    """Raw bodies as the platform gave them (one per update), and where to go on once they are stored."""

    bodies: tuple[bytes, ...]
    cursor: str


# ---------------------------------------------------------------------------------------------------- errors


class ChannelError(Exception):
    """``reason`` is one plain sentence for the person who can act."""

    def __init__(self, reason: str, *, code: str = "", retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code  # the platform's own code, for the log
        self.retry_after = retry_after


class TryLater(ChannelError):
    """Nobody need act: certainly not sent; the pipeline tries again, not before ``retry_after``."""


class MaybeSent(ChannelError):
    """The pipeline: it may have arrived. Ask the platform, or a person, before sending again."""


class NeedsReconnect(ChannelError):
    """An admin: the account's credentials or rights are gone. The channel pauses."""


class Undeliverable(ChannelError):
    """The agent: this message cannot arrive like this. Certainly not sent."""


class MalformedPayload(ChannelError):
    """A developer: the body is not what the platform promises (not JSON, no object). The envelope is
    parked."""


# ---------------------------------------------------------------------------------------------- the contract


class Client(Protocol):
    """Speaks to the platform: auth, time-outs, their codes to our errors. No retries inside.

    Every method may raise a ChannelError; ``send`` raises MaybeSent whenever the request may have been acted
    on.
    """

    async def check(self) -> tuple[AccountInfo, ...]:
        """Try the credentials. The accounts that they can speak for (one bot; one or several pages)."""

    async def connected_account(self, account: str) -> ConnectedAccount | None:
        """How an account stands that others connected to ours (``Manifest.brings_accounts``), by the name that
        bodies give it. None: the platform knows no such account."""

    async def register(self, account: str, address: str) -> None:
        """Have the platform deliver to ``address`` for this account, and verify that it does."""

    async def unregister(self, account: str) -> None: ...

    async def hook_health(self, account: str, address: str) -> str | None:
        """A sentence that says what is wrong with the delivery as the platform sees it, or None."""

    async def send(self, account: str, outgoing: Outgoing) -> Accepted: ...

    async def find_sent(
        self, account: str, outgoing: Outgoing, since: datetime, others: Collection[str] = ()
    ) -> Accepted | None:
        """Reconcile: did this one arrive? None: certainly not there. Only where ``reconcile`` is HISTORY.

        ``others``: the external ids of messages that are known to be other ones, though they may say the same.
        """

    async def locate(self, account: str, media: Media) -> MediaAddress: ...

    async def profile(self, account: str, address: str) -> Profile: ...

    async def acknowledge(self, account: str, answer_token: str) -> None:
        """Tell the customer's app that a pressed button was heard (where the platform wants it)."""

    async def mark_seen(self, account: str, customer: str) -> None:
        """Show the customer that we have read. Only where the capability ``marks_seen`` says so."""

    async def show_typing(self, account: str, customer: str) -> None:
        """Show the customer that somebody writes. Only where there is a capability ``typing``."""

    async def poll(self, account: str, cursor: str | None, timeout_seconds: int) -> Polled:
        """Long polling, where there is no public address. Raises Undeliverable where the platform has
        none."""

    async def aclose(self) -> None: ...


class Channel(Protocol):
    """One platform: its data and its pure functions. ``registry.py`` holds one per folder."""

    platform: str  # "telegram"
    capabilities: Capabilities
    manifest: Manifest
    sentences: Mapping[str, str]  # all that it says to people in plain English, by a code

    def verify(self, hook: Hook, credentials: Credentials) -> bool:
        """Is this request really theirs? Over the raw bytes, in constant time."""

    def handshake(self, hook: Hook, credentials: Credentials) -> HookAnswer | None:
        """The platform's verification request, answered; None: an ordinary delivery."""

    def parse(self, body: bytes, account: str) -> list[InboundEvent]:
        """Total: unknown things give Unrecognised; a body that is no such thing raises MalformedPayload.

        ``account`` is the connection's account where the body does not name one (Telegram), else ignored.
        """

    def client(self, credentials: Credentials) -> Client: ...


class Field(Value, frozen=True, kw_only=True):
    """One entry of the form that connects a channel. ``secret`` ones are encrypted and never shown again."""

    name: str
    label: str
    hint: str = ""
    secret: bool = True
    optional: bool = False


class Manifest(Value, frozen=True, kw_only=True):
    platform: str
    title: str  # "Telegram"
    fields: tuple[Field, ...]
    api_setting: str  # name of the setting that holds the address of the platform's API
    simulator_path: str  # where the simulator stands in for that API
    polls: bool = False  # can be read without a public address
    brings_accounts: bool = False  # others may connect accounts of theirs to ours, and take them away
    generated: tuple[str, ...] = ()  # names of secrets that we make up ourselves and hand to the platform
    steps: tuple[str, ...] = ()  # how to get the credentials, one sentence a step
