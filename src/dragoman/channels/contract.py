"""What a channel is: the one contract that every platform's folder fulfils.

A channel's folder holds ``manifest.py`` (data), ``verify.py``, ``parse.py`` and ``render.py`` (pure) and
``client.py`` (the only
file that opens a socket). Nothing outside the folder knows the platform's words; nothing inside it knows the
database.
What comes in stands in ``events.py``, what goes wrong in ``errors.py``.
All times are aware and UTC. All ids of a platform are opaque strings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import msgspec

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.events import (
    Choice,
    ContactCard,
    InboundEvent,
    Location,
    Media,
    MediaKind,
    Value,
)

Json = Any


# -------------------------------------------------------------------------------------------------- the door


class Credentials(Value, frozen=True, kw_only=True):
    """The decrypted secrets and public settings of one connection. Never logged, never shown."""

    secrets: dict[str, str]
    settings: dict[str, str] = msgspec.field(default_factory=dict)
    api_base: str = ""  # the platform's API; the simulator's for a simulated connection
    further_bases: dict[str, str] = msgspec.field(default_factory=dict)  # of its further APIs, by their names

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


class FilledTemplate(Value, frozen=True, kw_only=True):
    """A template in one language, with what fills its gaps, by their names."""

    name: str
    language: str
    values: dict[str, str] = msgspec.field(default_factory=dict)


class Outgoing(Value, frozen=True, kw_only=True):
    """One bubble, one request: a text, one file, a location or a contact. ``correlation`` is ours and unique;
    platforms that carry it give it back. What stands below ``settings`` is for platforms whose capabilities have it."""

    to: str  # the customer's address
    correlation: str
    thread_key: str = ""
    text: str | None = None
    file: OutgoingFile | None = None
    reply_to: str | None = None  # external_id
    last_customer_at: datetime | None = None  # what the platform's reply window counts from
    customer_wrote_at: datetime | None = (
        None  # what the time after it counts from, where the platform has one
    )
    settings: dict[str, str] = msgspec.field(
        default_factory=dict
    )  # what the conversation needs to be reached (business connection ...)
    choices: tuple[Choice, ...] = ()  # answers to the text that the customer need only press
    location: Location | None = None
    contact: ContactCard | None = None
    template: FilledTemplate | None = None  # the words are its own; a file beside it is its head


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
    facts: dict[str, str] = msgspec.field(default_factory=dict)


class Rights(Value, frozen=True, kw_only=True):
    """What a token may do. ``missing``: the platform's own names of what it lacks and we need; None: it does not
    tell."""

    missing: tuple[str, ...] | None = None
    expires_at: datetime | None = None  # None: it has no end, or the platform does not say


class Renewed(Value, frozen=True, kw_only=True):
    """A token that lives on: the secrets that take the place of those of the same names, and until when they live."""

    secrets: dict[str, str]
    expires_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Renewed(secrets=<{', '.join(sorted(self.secrets))}>, expires_at={self.expires_at})"

    __str__ = __repr__


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
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    max_bytes: int
    secret: bool = False

    def __repr__(self) -> str:
        return f"MediaAddress({'<secret> at ' + ', '.join(self.hosts) if self.secret else self.url})"

    __str__ = __repr__


class Polled(Value, frozen=True, kw_only=True):
    """Raw bodies as the platform gave them (one per update), and where to go on once they are stored."""

    bodies: tuple[bytes, ...]
    cursor: str


class Span(Value, frozen=True, kw_only=True):
    """Of which time the past is asked for: what was said from ``since`` on, and before ``until`` (None: up to now).

    What was said before ``connected_at`` is imported, the rest merely late. Conversations in which nothing was said
    since ``touched_since`` are left out.
    """

    since: datetime
    until: datetime | None
    connected_at: datetime
    touched_since: datetime


class PastPage(Value, frozen=True, kw_only=True):
    """A few conversations, those with the newest words first: a body for each, which ``parse`` reads as it reads a
    webhook's, each thing in it under the same natural key. ``cursor`` None: that was the last page."""

    bodies: tuple[bytes, ...]
    cursor: str | None
    reached: datetime | None = None  # when the last of them was last written to


# ------------------------------------------------------------------------------------------------- templates


class TemplateState(StrEnum):
    """Only what is approved can be sent."""

    APPROVED = "approved"
    PENDING = "pending"  # the platform is still looking at it
    REJECTED = "rejected"
    PAUSED = "paused"  # for a time, or until it is edited
    DISABLED = "disabled"
    UNFIT = "unfit"  # approved, but it holds what we cannot fill in


class GapKind(StrEnum):
    TEXT = "text"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PLACE_NAME = "place_name"
    PLACE_ADDRESS = "place_address"


class Gap(Value, frozen=True, kw_only=True):
    """What is to be filled in; in the template's texts it stands as ``{{name}}``. ``label``: what its author called
    it, empty where it has a number only. A place is filled in by four gaps, a kind each."""

    name: str
    label: str = ""
    kind: GapKind = GapKind.TEXT
    example: str | None = None
    max: int  # characters


class TemplateButton(Value, frozen=True, kw_only=True):
    """``address``: where it leads, which may have a gap too. None: pressing it is an answer."""

    title: str
    address: str | None = None


class Template(Value, frozen=True, kw_only=True):
    """Words that the platform has to approve before they are sent, in one language. ``reason``: why it is as it
    is, a sentence. ``head_file``: a file of this kind stands at its head."""

    name: str
    language: str
    state: TemplateState
    body: str
    reason: str | None = None
    category: str = ""  # the platform's word
    head: str = ""
    head_file: MediaKind | None = None
    foot: str = ""
    buttons: tuple[TemplateButton, ...] = ()
    gaps: tuple[Gap, ...] = ()


class TemplatePage(Value, frozen=True, kw_only=True):
    """``after``: with what to ask for the next page; None: there is none."""

    templates: tuple[Template, ...] = ()
    after: str | None = None


# ---------------------------------------------------------------------------------------------- the contract


class Client(Protocol):
    """Speaks to the platform: auth, time-outs, their codes to our errors. No retries inside.

    Every method may raise a ChannelError; ``send`` raises MaybeSent whenever the request may have been acted
    on.
    """

    async def check(self) -> tuple[AccountInfo, ...]:
        """Try the credentials. The accounts that they can speak for (one bot; one or several pages)."""

    async def try_part(self) -> str | None:
        """Try what is known while some of the credentials are still missing. The name of what was found ("Espresso
        inbox", an app), or None: there is nothing to try yet."""

    async def rights(self) -> Rights:
        """What the token may do, where the platform tells."""

    async def renew(self) -> Renewed | None:
        """Have a token live on that would end by itself. None: this is no such token. Asked at most once a day, and
        never before the token is a day old."""

    async def connected_account(self, account: str) -> ConnectedAccount | None:
        """How an account stands that others connected to ours (``Manifest.brings_accounts``), by the name that
        bodies give it. None: the platform knows no such account."""

    async def register(self, account: str, address: str) -> None:
        """Have the platform deliver to ``address`` for this account, and verify that it does.

        Raises LeftToTheAdmin where a step is left that nobody but the account's owner can take.
        """

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

    async def mark_seen(self, account: str, customer: str, newest: str | None = None) -> None:
        """Show the customer that we have read, up to their ``newest`` message (its external id). Only where the
        capability ``marks_seen`` says so."""

    async def show_typing(self, account: str, customer: str, newest: str | None = None) -> None:
        """Show the customer that somebody writes. Only where there is a capability ``typing``."""

    async def react(self, account: str, customer: str, to: str, emoji: str | None) -> None:
        """Put ``emoji`` on the customer's message ``to`` (its external id), in place of any before; None takes it
        back. May be said twice. Only with what the capability ``reacts_with`` names.

        Raises Undeliverable: not on this message, or not any more."""

    async def templates(self, account: str, after: str | None) -> TemplatePage:
        """What may be sent when nothing else may, as the platform has it now, page by page. Only where there is a
        capability ``templates``."""

    async def poll(self, account: str, cursor: str | None, timeout_seconds: int) -> Polled:
        """Long polling, where there is no public address. Raises Undeliverable where the platform has
        none."""

    async def read_past(self, account: str, span: Span, cursor: str | None) -> PastPage:
        """One page of what was said before, after ``cursor`` (None: the first). Only where there is a capability
        ``past``. Raises Undeliverable where the platform does not show it to us; never NeedsReconnect for that."""

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

    def capabilities_of(self, account: str) -> Capabilities:
        """The platform's, less what it keeps from an account of this kind."""


class Field(Value, frozen=True, kw_only=True):
    """One entry of the form that connects a channel. ``secret`` ones are encrypted and never shown again."""

    name: str
    label: str
    hint: str = ""
    secret: bool = True
    optional: bool = False


class Api(Value, frozen=True, kw_only=True):
    """An API of the platform beside its first. ``setting`` holds its address."""

    setting: str
    simulator_path: str


class Way(Value, frozen=True, kw_only=True):
    """One of several ways to log in: it decides which steps and fields there are."""

    name: str
    title: str
    words: str


class Step(Value, frozen=True, kw_only=True):
    """One step of the guide that connects a channel: what to do and where, and what of it to write down here.

    ``fields`` are tried as soon as they are written. ``shows``: what is to be entered at the platform, which is
    ``address`` (our webhook's) or one of ``Manifest.generated``. ``ways``: only with these; empty: with all.
    """

    name: str
    title: str
    words: tuple[str, ...] = ()
    link: str = ""  # the page at the platform where it is done
    fields: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


class Approval(Value, frozen=True, kw_only=True):
    """What the platform itself has to allow, which may take days, while the channel is live for some already."""

    name: str
    title: str
    words: str
    link: str = ""


class Practice(Value, frozen=True, kw_only=True):
    """Where the simulator opens an account, and which of its answer's names fills which field."""

    path: str
    fields: dict[str, str]
    account: str  # the answer's name of the account itself
    way: str = ""


class Manifest(Value, frozen=True, kw_only=True):
    platform: str
    title: str  # "Telegram"
    fields: tuple[Field, ...]
    api_setting: str  # name of the setting that holds the address of the platform's API
    simulator_path: str  # where the simulator stands in for that API
    steps: tuple[Step, ...]  # how to connect it, in order
    needs: tuple[str, ...]  # what one must have before beginning
    minutes: int  # how long it takes, without the approvals
    first_word: str  # how to write to it as a customer would, to see that it works
    practice: Practice
    ways: tuple[Way, ...] = ()
    approvals: tuple[Approval, ...] = ()
    afterwards: tuple[str, ...] = ()  # what one may do once it is live
    further_apis: dict[str, Api] = msgspec.field(default_factory=dict)  # where it speaks at several addresses
    polls: bool = False  # can be read without a public address
    ends_deliveries: bool = False  # in silence, after failures of ours: they are begun anew by ourselves
    brings_accounts: bool = False  # others may connect accounts of theirs to ours, and take them away
    generated: tuple[str, ...] = ()  # names of secrets that we make up ourselves and hand to the platform

    def steps_of(self, way: str) -> tuple[Step, ...]:
        """Those of one way to log in."""
        return tuple(step for step in self.steps if not step.ways or way in step.ways)
