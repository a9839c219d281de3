"""Routes of rehearsals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.db.database import Transaction
from dragoman.kit.errors import not_found
from dragoman.rules import rehearsal_store as rehearsals
from dragoman.rules import rehearsing
from dragoman.rules.rehearsal_store import Rehearsal
from dragoman.rules.rehearsing import MOST_DAYS
from dragoman.rules.shapes import RuleContent

router = APIRouter(prefix="/api/w/{workspace_id}/rehearsals", tags=["rules"])


class RehearsalAsked(BaseModel):
    """A rule as it would be: a new one, or ``rule_id`` in its place."""

    content: RuleContent
    rule_id: UUID | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)]


class RehearsalShown(BaseModel):
    """``looked`` of about ``total`` turns; ``touched``: it would do something about so many, ``answered`` of them
    were answered by a person; ``added`` and ``dropped``: beside what the present rules do."""

    id: UUID
    days: int
    state: Literal["running", "stopped", "done", "failed"]
    total: int
    looked: int
    touched: int
    answered: int
    added: int
    dropped: int
    started_at: datetime
    ended_at: datetime | None


class HitShown(BaseModel):
    turn_id: UUID
    conversation_id: UUID
    kind: Literal["same", "added", "dropped"]
    answered: bool
    at: datetime
    name: str | None
    text: str | None
    noise: str | None


class Hits(BaseModel):
    items: list[HitShown]
    next_cursor: UUID | None


@router.post("", status_code=201)
async def begin(by: Member, services: SharedServices, asked: RehearsalAsked) -> RehearsalShown:
    """A worker goes through them; nothing comes of it but what is to be looked at. Needs ``manage_rules``."""
    rule = asked.content.rule()
    made = await rehearsing.begin(services.database, by, rule, asked.rule_id, asked.days)
    async with services.database.reading(by.workspace_id) as tx:
        return _shown(await _there(tx, made))


@router.get("/{rehearsal_id}")
async def one(by: Member, services: SharedServices, rehearsal_id: UUID) -> RehearsalShown:
    async with services.database.reading(by.workspace_id) as tx:
        return _shown(await _there(tx, rehearsal_id))


@router.post("/{rehearsal_id}/stop", status_code=204)
async def stop(by: Member, services: SharedServices, rehearsal_id: UUID) -> None:
    """What it has found so far stays to be looked at."""
    await rehearsing.stop(services.database, by, rehearsal_id)


@router.get("/{rehearsal_id}/hits")
async def hits(
    by: Member,
    services: SharedServices,
    rehearsal_id: UUID,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    answered: bool = False,
) -> Hits:
    """The newest first, 10,000 at most; ``answered``: only those that a person answered."""
    async with services.database.reading(by.workspace_id) as tx:
        await _there(tx, rehearsal_id)
        found = await rehearsals.hits(
            tx, rehearsal_id, by.channels, cursor, limit + 1, only_answered=answered
        )
    items = [
        HitShown(
            turn_id=row[0], conversation_id=row[1], kind=row[2], answered=row[3], at=row[4], name=row[5],
            text=row[6], noise=row[7],
        )
        for row in found[:limit]
    ]  # fmt: skip
    return Hits(items=items, next_cursor=items[-1].turn_id if len(found) > limit else None)


async def _there(tx: Transaction, rehearsal_id: UUID) -> Rehearsal:
    found = await rehearsals.one(tx, rehearsal_id)
    if found is None:
        raise not_found("There is no such rehearsal any more.")
    return found


def _shown(run: Rehearsal) -> RehearsalShown:
    return RehearsalShown(
        id=run.rehearsal_id,
        days=run.days,
        state=run.state,
        total=run.total,
        looked=run.looked,
        touched=run.touched,
        answered=run.answered,
        added=run.added,
        dropped=run.dropped,
        started_at=run.started_at,
        ended_at=run.ended_at,
    )
