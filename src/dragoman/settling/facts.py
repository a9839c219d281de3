"""What is known of a customer's turn when it has settled: what routing and rules decide by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from dragoman.conversations.model import Priority, Status

LONGEST_TEXT = 20_000  # characters of a turn


def kinds_of(text: str | None, parts: Iterable[Sequence[Mapping[str, Any]]]) -> frozenset[str]:
    """What a turn is made of, by the parts of each of its messages."""
    kinds = {_kind(part) for some in parts for part in some}
    return frozenset(kinds | {"text"} if text and text.strip() else kinds)


def _kind(part: Mapping[str, Any]) -> str:
    return str(part["kind"] if part["type"] in ("attachment", "context") else part["type"])


class SettledTurn(msgspec.Struct, frozen=True, kw_only=True):
    """``text``: its fragments, oldest first, joined by line ends, ``LONGEST_TEXT`` characters at most. ``kinds``: what
    it is made of: text, image, animation, video, audio, voice, file, sticker, location, contact, link, choice, story,
    story_mention and other words of ``Context.kind``. ``noise`` None: it is work. ``language``: BCP 47, None where it
    is not known; ``language_said_by``: the member who said so, which is final. ``status_before``: the conversation's
    before this turn; ``opened``: this turn opened or reopened it. ``answered_before``: a person of ours has answered
    in this conversation at some time. ``in_open_hours``: it began while the house was open.
    """

    turn_id: UUID
    conversation_id: UUID
    channel_id: UUID
    identity_id: UUID
    contact_id: UUID
    lane: int
    platform: str
    text: str
    kinds: frozenset[str]
    fragments: int
    first_at: datetime
    settled_at: datetime
    noise: str | None
    language: str | None
    confidence: float
    language_said_by: UUID | None
    status_before: Status
    opened: bool
    owner_id: UUID | None
    team_id: UUID | None
    labels: frozenset[UUID]
    answered_before: bool
    contact_name: str | None
    in_open_hours: bool = True
    priority: Priority = Priority.NORMAL
    had_owner: UUID | None = None  # before routing looked at it
    had_team: UUID | None = None
    has_service_levels: bool = False  # the workspace
