"""What comes in: envelopes, the arrivals in them, and what became of each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from dragoman.channels.events import Media


class Envelope(msgspec.Struct, frozen=True):
    envelope_id: UUID
    connection_id: UUID
    received_at: datetime
    body: bytes
    attempts: int


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in an envelope. ``outcome`` None: still to be placed."""

    arrival_id: UUID
    envelope_id: UUID
    connection_id: UUID
    channel_id: UUID | None
    account: str
    natural_key: str
    kind: str
    lane: int
    received_at: datetime
    outcome: str | None = None
    reason: str | None = None
    duplicate_of: UUID | None = None
    attempts: int = 0


class Unaccounted(msgspec.Struct, frozen=True):
    """Something that came in and cannot be found again."""

    envelope_id: UUID
    natural_key: str
    what: str  # the arrival is missing, its message is missing, it is unreadable
    channel_id: UUID | None = None  # None: of an account that nobody had connected, or unreadable


class Outcome(msgspec.Struct, frozen=True):
    """What became of an arrival. ``again_at`` instead of an outcome: it is tried again then."""

    arrival_id: UUID
    outcome: str | None
    reason: str | None = None
    conversation_id: UUID | None = None
    message_id: UUID | None = None
    again_at: datetime | None = None


class NewAttachment(msgspec.Struct, frozen=True):
    attachment_id: UUID
    message_id: UUID
    channel_id: UUID
    media: Media


class Watermark(msgspec.Struct, frozen=True):
    conversation_id: UUID
    rank: int
    up_to: datetime
