"""What a platform can do, as data with numbers: read by composer, sender, documents and simulator alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

MB = 1024 * 1024


class Capability(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    pass


class TextLimit(Capability, frozen=True, kw_only=True):
    """``unit``: what ``max`` counts: Unicode characters, UTF-16 code units or UTF-8 bytes."""

    max: int
    unit: str = "characters"


class FileLimit(Capability, frozen=True, kw_only=True):
    """``types`` are MIME types or ``image/*``; empty: any."""

    max_bytes: int
    types: tuple[str, ...] = ()


class Transfer(StrEnum):
    UPLOAD = "upload"  # we hand the bytes over
    LINK = "link"  # the platform fetches a signed link of ours


class MediaStorage(StrEnum):
    STORED = "stored"  # we may and do keep a copy
    LINK = "link"  # the platform's terms forbid a copy: shown through us, kept nowhere


class Reconcile(StrEnum):
    """How a doubtful send is cleared up."""

    KEY = "key"  # the platform takes an idempotency key
    ECHO = "echo"  # our correlation comes back with an echo
    HISTORY = "history"  # the platform's history can be asked
    PERSON = "person"  # only a person can tell


class Move(StrEnum):
    """What a customer does that a reply window may count from."""

    MESSAGE = "message"  # anything said: words, a file, an answer to a story, a mention in theirs
    BUTTON = "button"  # a button of ours pressed
    REACTION = "reaction"
    LINK = "link"  # a link or code that leads into the conversation


class Afterwards(StrEnum):
    """What may be sent once the window is shut."""

    NOTHING = "nothing"
    TEMPLATE = "template"  # words that the platform approved before


class WindowRule(Capability, frozen=True, kw_only=True):
    """When may we write? Freely for ``free_seconds`` after the newest move of those in ``opened_by``; then, until
    ``extended_seconds`` after the newest in ``extended_by``, only as ``extended_as`` says; then ``afterwards``."""

    free_seconds: int
    opened_by: tuple[Move, ...]
    extended_seconds: int | None = None
    extended_by: tuple[Move, ...] = ()
    extended_as: str = ""
    afterwards: Afterwards = Afterwards.NOTHING

    @property
    def closing(self) -> timedelta:
        """How long before an end the window is closing: 3 hours of a day."""
        return timedelta(seconds=self.free_seconds) / 8

    def free_until(self, moved_at: datetime | None) -> datetime | None:
        return moved_at + timedelta(seconds=self.free_seconds) if moved_at else None

    def extended_until(self, wrote_at: datetime | None) -> datetime | None:
        """None: this platform knows no such time, or nothing has begun it."""
        if wrote_at is None or self.extended_seconds is None:
            return None
        return wrote_at + timedelta(seconds=self.extended_seconds)


class Pace(Capability, frozen=True, kw_only=True):
    """How fast we send: at most ``per_second`` over the channel, of ``slow_kinds`` ``slow_per_second``; and
    ``per_conversation_second`` in one conversation, where ``conversation_burst`` may leave at once."""

    per_second: float
    per_conversation_second: float
    conversation_burst: int = 1
    slow_kinds: tuple[str, ...] = ()  # MediaKinds
    slow_per_second: float | None = None

    @property
    def conversation_interval(self) -> timedelta:
        """Between two messages in one conversation, in the long run."""
        return timedelta(seconds=1 / self.per_conversation_second)

    @property
    def conversation_credit(self) -> timedelta:
        """How far ahead of an even pace a conversation may run: what its burst takes."""
        return self.conversation_interval * (self.conversation_burst - 1)

    def slow_rate_of(self, kind: str | None) -> float | None:
        """None: only the channel's own pace holds for it."""
        return self.slow_per_second if kind in self.slow_kinds else None


class Typing(Capability, frozen=True, kw_only=True):
    """The customer sees that somebody writes, for ``lasts_seconds`` after each time that we say so."""

    lasts_seconds: int

    @property
    def lasts(self) -> timedelta:
        return timedelta(seconds=self.lasts_seconds)


class Past(Capability, frozen=True, kw_only=True):
    """What was said before can be asked for: the newest ``messages`` of each conversation, a page every
    ``seconds``."""

    messages: int
    seconds: float

    @property
    def pause(self) -> timedelta:
        return timedelta(seconds=self.seconds)


class TemplateRule(Capability, frozen=True, kw_only=True):
    """Templates are listed and sent. What fills a gap is one line, with ``spaces`` in a row at most; with all gaps
    filled in the body has ``words`` characters at most; a file at the head has the limits of ``head_files``."""

    words: int
    spaces: int
    head_files: dict[str, FileLimit]


class ChoicesRule(Capability, frozen=True, kw_only=True):
    """Answers that the customer need only press: ``most`` of them with ``title_max`` characters each, below a text of
    ``text`` (None: as long as any other)."""

    most: int
    title_max: int
    text: TextLimit | None = None


class LocationRule(Capability, frozen=True, kw_only=True):
    """A place by its coordinates; its name and address have so many characters at most."""

    name_max: int
    address_max: int


class ContactRule(Capability, frozen=True, kw_only=True):
    """A contact card: a phone number, and a name of so many characters at most."""

    name_max: int


class Capabilities(Capability, frozen=True, kw_only=True):
    text: TextLimit
    files: dict[str, FileLimit]  # by MediaKind; a missing kind is refused
    file_transfer: Transfer
    caption_max: int  # characters; 0: the text travels as a message of its own
    reply_to: bool
    reply_window: WindowRule | None  # None: never closes
    media: MediaStorage
    reconcile: tuple[Reconcile, ...]  # in the order in which they are tried
    pace: Pace
    delivery_receipts: bool
    read_receipts: bool
    reactions_in: bool
    reacts_with: tuple[str, ...]  # what members may put on a customer's message; empty: nothing
    edits_in: bool
    deletions_in: bool
    profiles: bool  # the platform can be asked how a customer is called or looks
    marks_seen: bool  # the customer can be shown that we have read
    typing: Typing | None  # None: the customer cannot be shown that we write
    past: Past | None = None  # None: the platform shows nothing of what was said before
    templates: TemplateRule | None = None  # None: the platform has none
    choices: ChoicesRule | None = None  # None: nothing can be offered to be pressed
    location: LocationRule | None = None  # None: it carries no places of ours
    contact: ContactRule | None = None  # None: it carries no contact cards of ours
    notes: dict[str, str] = {}  # what is refused or degraded, and why, in words for people

    @property
    def can_be_asked(self) -> bool:
        """Whether the platform itself can say what became of a doubtful message."""
        return Reconcile.HISTORY in self.reconcile or Reconcile.KEY in self.reconcile
