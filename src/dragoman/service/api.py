"""Routes of service levels. Every member may read them; changing needs ``manage_rules``."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.conversations.model import Priority
from dragoman.live.shapes import ServiceLevelShown
from dragoman.service import actions, store
from dragoman.service.model import LONGEST, MOST_LEVELS, MOST_NAMED, Measured, ServiceLevel, When

router = APIRouter(prefix="/api/w/{workspace_id}/service-levels", tags=["service levels"])

Minutes = Annotated[int | None, Field(ge=1, le=LONGEST)]
Ids = Annotated[list[UUID], Field(max_length=MOST_NAMED)]
Language = Annotated[str, Field(max_length=35)]


class ServiceLevelAsked(BaseModel):
    """Minutes; null: that reply is not measured. Of what is empty, all."""

    name: Annotated[str, Field(max_length=1000)]
    channel_ids: Ids
    languages: Annotated[list[Language], Field(max_length=MOST_NAMED)]
    label_ids: Ids
    priorities: Annotated[list[Priority], Field(max_length=len(Priority))]
    first_reply: Minutes
    next_reply: Minutes
    measured: Measured
    warned: Annotated[int, Field(ge=0, le=LONGEST)]

    def level(self) -> ServiceLevel:
        when = When(
            channels=tuple(self.channel_ids),
            languages=tuple(self.languages),
            labels=tuple(self.label_ids),
            priorities=tuple(self.priorities),
        )
        return ServiceLevel(
            name=self.name,
            when=when,
            first_reply=self.first_reply,
            next_reply=self.next_reply,
            measured=self.measured,
            warned=self.warned,
        )


class ServiceLevels(BaseModel):
    items: list[ServiceLevelShown]


class LevelMade(BaseModel):
    id: UUID


class LevelOrder(BaseModel):
    ids: Annotated[list[UUID], Field(max_length=MOST_LEVELS)]


@router.get("")
async def service_levels(by: Member, services: SharedServices) -> ServiceLevels:
    """All in their order; not paged, since there are no more than 50."""
    async with services.database.reading(by.workspace_id) as tx:
        return ServiceLevels(items=[ServiceLevelShown.model_validate(each) for each in await store.shown(tx)])


@router.post("", status_code=201)
async def create(by: Member, services: SharedServices, asked: ServiceLevelAsked) -> LevelMade:
    return LevelMade(id=await actions.create(services.database, by, asked.level()))


@router.post("/order", status_code=204)
async def put_in_order(by: Member, services: SharedServices, asked: LevelOrder) -> None:
    """409 ``conflict`` unless ``ids`` are all of them."""
    await actions.put_in_order(services.database, by, asked.ids)


@router.post("/{level_id}", status_code=204)
async def change(by: Member, services: SharedServices, level_id: UUID, asked: ServiceLevelAsked) -> None:
    await actions.change(services.database, by, level_id, asked.level())


@router.post("/{level_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, level_id: UUID) -> None:
    await actions.remove(services.database, by, level_id)
