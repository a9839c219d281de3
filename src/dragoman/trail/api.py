"""Why a conversation is where it is: its trail, page by page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from dragoman.access.http import Member, SharedServices
from dragoman.conversations.access import in_sight
from dragoman.trail import store
from dragoman.trail.reverting import can_be_reverted, revert

router = APIRouter(prefix="/api/w/{workspace_id}/conversations", tags=["trail"])

PAGE = 20
MAX_PAGE = 100


class TrailEntry(BaseModel):
    """One decision. ``kind`` names it and ``what`` holds its ids, codes and numbers; whose it was is said by ``cause``
    and by one of the ids. ``rule_name``: as the rule is called now, None where it is gone. ``can_revert``: it did
    something, which stands as it left it and can be taken back."""

    id: UUID
    at: datetime
    kind: str
    cause: Literal["member", "rule", "routing", "system"]
    turn_id: UUID | None
    rule_id: UUID | None
    rule_name: str | None
    member_id: UUID | None
    what: dict[str, Any]
    is_reverted: bool
    can_revert: bool


class TrailPage(BaseModel):
    items: list[TrailEntry]
    next_cursor: str | None


@router.get("/{conversation_id}/trail", response_model=TrailPage)
async def trail(
    by: Member,
    services: SharedServices,
    conversation_id: UUID,
    cursor: Annotated[UUID | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> Response:
    """The newest first; ``cursor`` is the last entry that one has."""
    async with services.database.reading(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        found = await store.of_conversation(tx, conversation_id, cursor, limit + 1)
    more = len(found) > limit
    items = [
        {**msgspec.structs.asdict(each), "can_revert": can_be_reverted(c, each)} for each in found[:limit]
    ]
    content = {"items": items, "next_cursor": str(found[limit - 1].id) if more else None}
    return Response(msgspec.json.encode(content), media_type="application/json")


@router.post("/{conversation_id}/trail/{entry_id}/revert", status_code=204)
async def take_back(by: Member, services: SharedServices, conversation_id: UUID, entry_id: UUID) -> None:
    """What a rule or routing did, as if it had not; 409 where it has been changed since."""
    await revert(services.database, by, conversation_id, entry_id)
