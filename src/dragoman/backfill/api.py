"""Routes of back-fills: leave one, have it go on."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from dragoman.access.http import Member, SharedServices
from dragoman.backfill import actions

router = APIRouter(prefix="/api/w/{workspace_id}", tags=["channels"])


@router.post("/channels/{channel_id}/past", status_code=204)
async def go_on(by: Member, services: SharedServices, channel_id: UUID) -> None:
    """Read what the platform remembers: from where it was left, or from the beginning."""
    await actions.go_on(services.database, by, channel_id)


@router.post("/backfills/{backfill_id}/stop", status_code=204)
async def stop(by: Member, services: SharedServices, backfill_id: UUID) -> None:
    """Leave it; what was read stays."""
    await actions.stop(services.database, by, backfill_id)
