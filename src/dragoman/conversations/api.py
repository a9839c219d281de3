"""Routes that change a conversation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.conversations import actions
from dragoman.conversations.bulk import MOST_STEPS, Act, Outcome, Step, take
from dragoman.conversations.model import Priority
from dragoman.team.api import AssignmentAsked

router = APIRouter(prefix="/api/w/{workspace_id}/conversations", tags=["conversations"])


class Seen(BaseModel):
    """The last change that the member had on screen."""

    seen_seq: int = Field(ge=0)


class Snooze(Seen):
    until: datetime


class StepAsked(AssignmentAsked):
    """``until`` belongs to ``snooze``, ``owner_id`` and ``team_id`` to ``assign``, ``priority`` to ``prioritise``."""

    conversation_id: UUID
    act: Act
    until: datetime | None = None
    priority: Priority | None = None


class Bulk(Seen):
    steps: list[StepAsked] = Field(min_length=1, max_length=MOST_STEPS)


class StepTaken(BaseModel):
    """``new_messages``: how many were written since one looked, where that made the step ``stale``."""

    conversation_id: UUID
    outcome: Outcome
    new_messages: int


class BulkTaken(BaseModel):
    """``seq`` is what to name as seen the next time."""

    seq: int
    items: list[StepTaken]


class ReadUpTo(BaseModel):
    """The row's ``last_arrived_at`` that was on screen."""

    read_up_to: datetime


@router.post("/{conversation_id}/close", status_code=204)
async def close(by: Member, services: SharedServices, conversation_id: UUID, seen: Seen) -> None:
    """409 ``stale`` when the customer wrote since."""
    await actions.close(services.database, by, conversation_id, seen.seen_seq)


@router.post("/{conversation_id}/reopen", status_code=204)
async def reopen(by: Member, services: SharedServices, conversation_id: UUID) -> None:
    await actions.reopen(services.database, by, conversation_id)


@router.post("/{conversation_id}/snooze", status_code=204)
async def snooze(by: Member, services: SharedServices, conversation_id: UUID, asked: Snooze) -> None:
    """409 ``stale`` when the customer wrote since; who is closed is opened by it."""
    await actions.snooze(services.database, by, conversation_id, asked.until, asked.seen_seq)


@router.post("/{conversation_id}/unsnooze", status_code=204)
async def unsnooze(by: Member, services: SharedServices, conversation_id: UUID) -> None:
    await actions.unsnooze(services.database, by, conversation_id)


@router.post("/{conversation_id}/read", status_code=204)
async def read(by: Member, services: SharedServices, conversation_id: UUID, mark: ReadUpTo) -> None:
    await actions.read(services.database, by, conversation_id, mark.read_up_to)


@router.post("/{conversation_id}/unread", status_code=204)
async def unread(by: Member, services: SharedServices, conversation_id: UUID) -> None:
    """The customer's newest turn is new again, for this member."""
    await actions.unread(services.database, by, conversation_id)


@router.post("/bulk", response_model=BulkTaken)
async def bulk(by: Member, services: SharedServices, asked: Bulk) -> Response:
    """All in one transaction. A step that cannot be taken says why and stops no other."""
    steps = [
        Step(step.conversation_id, step.act, step.until, step.assignment(), step.priority)
        for step in asked.steps
    ]
    seq, taken = await take(services.database, by, steps, asked.seen_seq)
    return Response(msgspec.json.encode({"seq": seq, "items": taken}), media_type="application/json")
