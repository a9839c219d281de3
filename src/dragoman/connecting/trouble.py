"""A channel in trouble says so, and is looked at again until the trouble is over: then what passed us by is fetched."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from dragoman.backfill.beginning import catch_up
from dragoman.connecting import store
from dragoman.db.database import Transaction
from dragoman.health.store import note_checked
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

CHECK = "check_channel"
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))  # the last one again and again


def wait_after(looks: int) -> timedelta:
    """How long until the next look, after so many that found the trouble still there."""
    return WAITS[min(looks, len(WAITS) - 1)]


async def tell_trouble(tx: Transaction, channel_id: UUID, trouble: str, at: datetime) -> None:
    """The channel needs attention. Nobody has to tell us when that is over: the platform is asked."""
    is_there = await store.set_state(tx, channel_id, "attention", trouble)
    if is_there and await jobs.due_at(tx, CHECK, channel_id) is None:
        lane = lane_of(channel_id, CHECK)
        await jobs.schedule(tx, [Job(kind=CHECK, subject=channel_id, lane=lane, due_at=at + wait_after(0))])


async def is_well(tx: Transaction, channel_id: UUID, at: datetime) -> None:
    """The channel is live, for the first time or again."""
    troubled = await store.troubled_since(tx, channel_id)
    if await store.set_state(tx, channel_id, "live"):
        await jobs.done(
            tx, CHECK, [channel_id]
        )  # a new trouble sets it anew, also while the old look is still in hand
        await note_checked(tx, [channel_id], at)
        await catch_up(tx, channel_id, troubled, at)
