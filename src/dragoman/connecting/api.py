"""Routes about channels: which platforms there are, connect, check, remove."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices, SignedIn
from dragoman.access.model import Right
from dragoman.channels.registry import CHANNELS
from dragoman.connecting import actions
from dragoman.connecting.guide import Platform, platform_shown
from dragoman.kit.errors import not_found
from dragoman.live import lists
from dragoman.live.channel_shapes import Channel
from dragoman.live.message_shapes import Wording, worded

router = APIRouter(prefix="/api", tags=["channels"])


class ConnectAsked(BaseModel):
    platform: str = Field(max_length=50)
    fields: dict[str, str]
    delivery: Literal["webhook", "polling"] | None = None
    simulated: bool = False


class Channels(BaseModel):
    channels: list[Channel]


class Checked(BaseModel):
    ok: bool
    sentence: str | None
    wording: Wording | None = None


@router.get("/platforms")
async def platforms(_: SignedIn, services: SharedServices) -> list[Platform]:
    """Every platform with the guide that connects it."""
    return [platform_shown(each.manifest, services.settings) for each in CHANNELS.values()]


@router.get("/w/{workspace_id}/channels")
async def channels(by: Member, services: SharedServices) -> Channels:
    """Not paged: a workspace has as many channels as it has accounts, tens at most."""
    async with services.database.reading(by.workspace_id) as tx:
        return Channels(channels=[Channel(**row) for row in await lists.channels(tx, by)])


@router.post("/w/{workspace_id}/channels", status_code=201)
async def connect(by: Member, services: SharedServices, asked: ConnectAsked) -> Channels:
    by.needs(Right.MANAGE_CHANNELS)
    made = await actions.connect(
        services,
        by.workspace_id,
        asked.platform,
        asked.fields,
        delivery=asked.delivery,
        simulated=asked.simulated,
    )
    async with services.database.reading(by.workspace_id) as tx:
        return Channels(channels=[Channel(**row) for row in await lists.channels(tx, by, made)])


@router.post("/w/{workspace_id}/channels/{channel_id}/check")
async def check(by: Member, services: SharedServices, channel_id: UUID) -> Checked:
    if not by.sees(channel_id):
        raise not_found("There is no such channel.")
    trouble = await actions.check(services, by.workspace_id, channel_id)
    return Checked(ok=trouble is None, sentence=trouble, wording=worded(trouble))


@router.post("/w/{workspace_id}/channels/{channel_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, channel_id: UUID) -> None:
    by.needs(Right.MANAGE_CHANNELS)
    await actions.remove(services, by.workspace_id, channel_id)
