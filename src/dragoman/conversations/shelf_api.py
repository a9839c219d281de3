"""Routes about the shelf that change something: what is work after all, and what each channel takes for noise."""

from __future__ import annotations

from uuid import UUID

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Right
from dragoman.conversations import shelf_actions
from dragoman.conversations.verdicts import CLASSES

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["shelf"])


class NoiseSettings(BaseModel):
    """``opening``: classes of noise that open a conversation on this channel all the same; ``classes``: all there
    are."""

    opening: list[str]
    classes: list[str]


class NoiseAsked(BaseModel):
    opening: list[str] = Field(max_length=len(CLASSES))


@router.post("/shelf/{item_id}/open", status_code=204)
async def open_item(by: Member, services: SharedServices, item_id: UUID) -> None:
    await shelf_actions.open_item(services.database, by, item_id)


@router.post("/shelf/{item_id}/put-back", status_code=204)
async def put_item_back(by: Member, services: SharedServices, item_id: UUID) -> None:
    """Opening it taken back."""
    await shelf_actions.put_item_back(services.database, by, item_id)


@router.get("/channels/{channel_id}/noise", response_model=NoiseSettings)
async def noise(by: Member, services: SharedServices, channel_id: UUID) -> Response:
    return _settings(await shelf_actions.opening_classes(services.database, by, channel_id))


@router.post("/channels/{channel_id}/noise", response_model=NoiseSettings)
async def set_noise(by: Member, services: SharedServices, channel_id: UUID, asked: NoiseAsked) -> Response:
    """For what is judged from now on: what comes, and what is not answered yet where something else comes to it."""
    by.needs(Right.MANAGE_CHANNELS)
    await shelf_actions.set_opening_classes(services.database, by, channel_id, asked.opening)
    return _settings(frozenset(asked.opening))


def _settings(opening: frozenset[str]) -> Response:
    content = {"opening": sorted(opening), "classes": CLASSES}
    return Response(msgspec.json.encode(content), media_type="application/json")
