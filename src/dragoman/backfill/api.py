"""Routes of back-fills: leave one, have it go on, open whom nobody had answered."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.backfill import actions, offered
from dragoman.live import lists, rows
from dragoman.live.frames import encode
from dragoman.live.lists import MAX_PAGE, PAGE
from dragoman.live.shapes import ConversationPage

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["channels"])


class Chosen(BaseModel):
    conversation_ids: list[UUID] = Field(min_length=1, max_length=offered.MOST_AT_ONCE)


class Done(BaseModel):
    """With which of them it was done; the others were answered, or taken up, in the meantime."""

    conversation_ids: list[UUID]


@router.post("/channels/{channel_id}/past", status_code=204)
async def go_on(by: Member, services: SharedServices, channel_id: UUID) -> None:
    """Read what the platform remembers: from where it was left, or from the beginning."""
    await actions.go_on(services.database, by, channel_id)


@router.post("/backfills/{backfill_id}/stop", status_code=204)
async def stop(by: Member, services: SharedServices, backfill_id: UUID) -> None:
    """Leave it; what was read stays."""
    await actions.stop(services.database, by, backfill_id)


@router.get("/channels/{channel_id}/unanswered", response_model=ConversationPage)
async def unanswered(
    by: Member,
    services: SharedServices,
    channel_id: UUID,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> Response:
    """Whose last word before the channel was connected nobody answered, of the last 30 days, the oldest first."""
    async with services.database.reading(by.workspace_id) as tx:
        ids, next_cursor = await offered.page(tx, by, channel_id, cursor, limit)
        found = await rows.conversations(tx, ids)
        items = await lists.with_marks(tx, by, [found[each] for each in ids])
        return Response(
            encode({"seq": await lists.seq(tx), "items": items, "next_cursor": next_cursor}),
            media_type="application/json",
        )


@router.post("/channels/{channel_id}/unanswered/open")
async def open_them(by: Member, services: SharedServices, channel_id: UUID, asked: Chosen) -> Done:
    """Each waits for us from now on, since its first unanswered word."""
    done = await offered.open_them(services.database, by, channel_id, asked.conversation_ids)
    return Done(conversation_ids=done)


@router.post("/channels/{channel_id}/unanswered/put-back")
async def put_them_back(by: Member, services: SharedServices, channel_id: UUID, asked: Chosen) -> Done:
    """Opening taken back, where nothing was said or done since."""
    done = await offered.put_them_back(services.database, by, channel_id, asked.conversation_ids)
    return Done(conversation_ids=done)
