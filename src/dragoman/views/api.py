"""Routes of saved views."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.conversations.model import Priority
from dragoman.live import pages
from dragoman.live.shapes import BaseView
from dragoman.live.shapes import Filter as FilterShown
from dragoman.live.shapes import SavedView as ViewShown
from dragoman.views import actions, store
from dragoman.views.actions import Wanted
from dragoman.views.model import MOST_CHOSEN, Filter

router = APIRouter(prefix="/api/w/{workspace_id}/views", tags=["views"])

Chosen = Annotated[list[UUID], Field(default_factory=list, max_length=MOST_CHOSEN)]


class FilterAsked(FilterShown):
    channel_ids: Chosen
    label_ids: Chosen
    team_ids: Chosen
    priorities: Annotated[list[Priority], Field(default_factory=list, max_length=len(Priority))]


class ViewAsked(BaseModel):
    """``shared``: for the whole workspace, else for oneself. ``place``: the smaller, the higher it stands."""

    name: Annotated[str, Field(max_length=1000)]
    shared: bool
    base: BaseView
    filter: FilterAsked
    place: int = Field(default=0, ge=-1_000_000, le=1_000_000)

    def wanted(self) -> Wanted:
        return Wanted(
            name=self.name,
            shared=self.shared,
            base=self.base,
            filter=msgspec.convert(self.filter.model_dump(), Filter),
            place=self.place,
        )


class ViewCount(BaseModel):
    """``count`` stops at 1000."""

    id: UUID
    count: int


class ViewCounts(BaseModel):
    items: list[ViewCount]


@router.get("/counts")
async def counts(by: Member, services: SharedServices) -> ViewCounts:
    """Of each view that the member has, how many conversations stand in it that they may see. Views themselves come
    with the snapshot and the stream; their counts are asked for."""
    async with services.database.reading(by.workspace_id) as tx:
        found = await store.views(tx, by.member_id)
        items = [
            ViewCount(
                id=view["id"],
                count=await pages.count(tx, by, view["base"], msgspec.convert(view["filter"], Filter)),
            )
            for view in found
        ]
    return ViewCounts(items=items)


@router.post("", status_code=201)
async def create(by: Member, services: SharedServices, asked: ViewAsked) -> ViewShown:
    view_id = await actions.create(services.database, by, asked.wanted())
    async with services.database.reading(by.workspace_id) as tx:
        (made,) = await store.views(tx, by.member_id, [view_id])
    return ViewShown(**made)


@router.post("/{view_id}", status_code=204)
async def change(by: Member, services: SharedServices, view_id: UUID, asked: ViewAsked) -> None:
    """By who made it; a shared one also with ``manage_views``."""
    await actions.change(services.database, by, view_id, asked.wanted())


@router.post("/{view_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, view_id: UUID) -> None:
    await actions.remove(services.database, by, view_id)
