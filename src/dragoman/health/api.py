"""How the channels do, at one glance."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from dragoman.access.http import Member, SharedServices
from dragoman.health import store
from dragoman.kit.clock import now

router = APIRouter(prefix="/api/w/{workspace_id}/channels", tags=["channels"])


class ChannelHealth(BaseModel):
    """``sent`` and ``failed`` within the last 24 hours. ``resubscribed_at``: when the platform had ended its delivery
    and it was begun anew."""

    channel_id: UUID
    checked_at: datetime | None
    heard_at: datetime | None
    token_until: datetime | None
    resubscribed_at: datetime | None
    delivery: Literal["webhook", "polling"]
    sent: int
    failed: int


class ChannelsHealth(BaseModel):
    items: list[ChannelHealth]


@router.get("/health")
async def health(by: Member, services: SharedServices) -> ChannelsHealth:
    """Of the channels that this member sees. Not paged: a workspace has tens of them at most."""
    async with services.database.reading(by.workspace_id) as tx:
        found = await store.glances(tx, now())
    return ChannelsHealth(items=[ChannelHealth(**row) for row in found if by.sees(row["channel_id"])])
