"""What a platform can do, as data with numbers: read by composer, sender, documents and simulator alike."""

from __future__ import annotations

from datetime import timedelta
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


class WindowRule(Capability, frozen=True, kw_only=True):
    """May we write freely? ``free`` after the customer's last move; up to ``extended`` only as
    ``extended_as`` says."""

    free_seconds: int
    extended_seconds: int | None = None
    extended_as: str = ""

    @property
    def free(self) -> timedelta:
        return timedelta(seconds=self.free_seconds)


class Pace(Capability, frozen=True, kw_only=True):
    """How fast we send: at most ``per_second`` over the channel and ``per_conversation_second`` in one
    conversation."""

    per_second: float
    per_conversation_second: float


class Typing(Capability, frozen=True, kw_only=True):
    """The customer sees that somebody writes, for ``lasts_seconds`` after each time that we say so."""

    lasts_seconds: int

    @property
    def lasts(self) -> timedelta:
        return timedelta(seconds=self.lasts_seconds)


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
    edits_in: bool
    deletions_in: bool
    marks_seen: bool  # the customer can be shown that we have read
    typing: Typing | None  # None: the customer cannot be shown that we write
    notes: dict[str, str] = {}  # what is refused or degraded, and why, in words for people

    @property
    def can_be_asked(self) -> bool:
        """Whether the platform itself can say what became of a doubtful message."""
        return Reconcile.HISTORY in self.reconcile or Reconcile.KEY in self.reconcile
