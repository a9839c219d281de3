"""Routes of labels."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.labels import actions, store
from dragoman.labels.model import MOST_LABELS, Colour
from dragoman.live.shapes import Label

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["labels"])

Ids = Annotated[list[UUID], Field(default_factory=list, max_length=MOST_LABELS)]


class LabelAsked(BaseModel):
    name: Annotated[str, Field(max_length=1000)]
    colour: Colour


class LabelUsed(Label):
    """``used``: on how many conversations, of those that the member may see; counted up to 1000."""

    used: int


class LabelsUsed(BaseModel):
    items: list[LabelUsed]


class LabelsPut(BaseModel):
    put: Ids
    take_off: Ids


@router.get("/labels")
async def labels(by: Member, services: SharedServices) -> LabelsUsed:
    """All of them by name; not paged, since there are no more than 200."""
    async with services.database.reading(by.workspace_id) as tx:
        found, used = await store.labels(tx), await store.uses(tx, by.channels)
    return LabelsUsed(items=[LabelUsed(**each, used=used.get(each["id"], 0)) for each in found])


@router.post("/labels", status_code=201)
async def create(by: Member, services: SharedServices, asked: LabelAsked) -> Label:
    label_id = await actions.create(services.database, by, asked.name, asked.colour)
    async with services.database.reading(by.workspace_id) as tx:
        (made,) = await store.labels(tx, [label_id])
    return Label(**made)


@router.post("/labels/{label_id}", status_code=204)
async def change(by: Member, services: SharedServices, label_id: UUID, asked: LabelAsked) -> None:
    """Needs ``manage_labels``."""
    await actions.change(services.database, by, label_id, asked.name, asked.colour)


@router.post("/labels/{label_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, label_id: UUID) -> None:
    """Needs ``manage_labels``."""
    await actions.remove(services.database, by, label_id)


@router.post("/conversations/{conversation_id}/labels", status_code=204)
async def label(by: Member, services: SharedServices, conversation_id: UUID, asked: LabelsPut) -> None:
    await actions.label(services.database, by, conversation_id, asked.put, asked.take_off)
