"""Where a draft is kept: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any
from uuid import UUID

MOST_DRAFTS = 5  # of one member in one conversation
KEPT = timedelta(days=90)  # after it was saved last


@dataclass(frozen=True, slots=True)
class Words:
    """What was written so far. ``begun_*``: what its author had seen when they began."""

    text: str
    attachment_ids: tuple[UUID, ...]
    reply_to: UUID | None
    expects_answer: bool | None
    begun_seq: int | None
    begun_arrival: datetime | None
    choices: tuple[str, ...] = ()
    location: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it lies there."""

    draft_id: UUID
    member_id: UUID
    version: int
    words: Words


class Place(Enum):
    NEW = auto()
    OVER = auto()  # the one that it was written from
    BESIDE = auto()  # somebody else wrote over that one meanwhile: another tab, another device
    NOWHERE = auto()  # it lies there already


def place_of(words: Words, base_version: int, kept: Kept | None) -> Place:
    """Where words go that were written from this version of a draft. The later never replaces what it has not seen."""
    if kept is None:
        return Place.NEW
    if kept.words == words:
        return Place.NOWHERE
    return Place.OVER if kept.version == base_version else Place.BESIDE
