"""Routes that change a conversation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.conversations import actions

router = APIRouter(prefix="/api/w/{workspace_id}/conversations/{conversation_id}", tags=["conversations"])


class Seen(BaseModel):
    """The last change that the member had on screen."""

    seen_seq: int = Field(ge=0)


class ReadUpTo(BaseModel):
    """The row's ``last_arrived_at`` that was on screen."""

    read_up_to: datetime


@router.post("/close", status_code=204)
async def close(by: Member, services: SharedServices, conversation_id: UUID, seen: Seen) -> None:
    """409 ``stale`` when the customer wrote since."""
    await actions.close(services.database, by, conversation_id, seen.seen_seq)


@router.post("/reopen", status_code=204)
async def reopen(by: Member, services: SharedServices, conversation_id: UUID) -> None:
    await actions.reopen(services.database, by, conversation_id)


@router.post("/read", status_code=204)
async def read(by: Member, services: SharedServices, conversation_id: UUID, mark: ReadUpTo) -> None:
    await actions.read(services.database, by, conversation_id, mark.read_up_to)
