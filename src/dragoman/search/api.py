"""The route that searches."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from dragoman.access.http import Member, SharedServices
from dragoman.live import lists
from dragoman.live.frames import encode
from dragoman.live.shapes import Conversation
from dragoman.search.finding import find
from dragoman.search.query import read_query

PAGE = 30
MAX_PAGE = 100
LONGEST_QUERY = 200  # characters

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["search"])


class Mark(BaseModel):
    """From ``start`` to before ``end``, in UTF-16 units of the text."""

    start: int
    end: int


class Hit(BaseModel):
    """A message, and the piece of it where the words stand. ``kind``: of its first part, when there is one."""

    message_id: UUID
    conversation_id: UUID
    side: Literal["customer", "team"]
    author_id: UUID | None
    sent_at: datetime
    text: str
    marks: list[Mark]
    kind: str | None
    is_note: bool


class Found(BaseModel):
    """``people``: conversations with somebody of that name, on the first page; ``conversations``: of all that is
    named here."""

    seq: int
    people: list[UUID]
    conversations: list[Conversation]
    items: list[Hit]
    next_cursor: str | None


@router.get("/search", response_model=Found)
async def search(
    by: Member,
    services: SharedServices,
    q: Annotated[str, Query(max_length=LONGEST_QUERY)],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> Response:
    """Messages with all these words, newest first. Filters: ``from:``, ``channel:``, ``before:``, ``after:`` (a day),
    ``has:file``, ``is:note``."""
    query = read_query(q)
    async with services.database.reading(by.workspace_id) as tx:
        found = await find(tx, by, query, cursor, limit)
        content = {"seq": await lists.seq(tx), **found}
    return Response(encode(content), media_type="application/json")
