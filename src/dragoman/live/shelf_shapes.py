"""The shapes of the shelf, for OpenAPI."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from dragoman.live.shapes import Contact


class ShelvedFragment(BaseModel):
    text: str | None
    kind: str | None


class ShelvedReaction(BaseModel):
    """``to`` and ``kind``: the message of ours that it stands at."""

    emoji: str | None
    to: str | None
    kind: str | None


class ShelfItem(BaseModel):
    """A quiet turn, or a reaction. ``class``: why it is quiet; ``rule_id``: the rule that put it there."""

    id: UUID
    conversation_id: UUID
    channel_id: UUID
    kind: Literal["turn", "reaction"]
    class_: str = Field(alias="class")
    rule_id: UUID | None
    at: datetime
    shelved_at: datetime
    contact: Contact
    status: Literal["unopened", "open", "snoozed", "closed"]
    fragments: list[ShelvedFragment]
    reaction: ShelvedReaction | None


class ShelfPage(BaseModel):
    seq: int
    items: list[ShelfItem]
    next_cursor: str | None


class ShelfClass(BaseModel):
    class_: str = Field(alias="class")
    count: int


class ShelfClasses(BaseModel):
    items: list[ShelfClass]
