"""When a platform is asked for its past: a channel is live for the first time, or is well again after a trouble.

Written in the transaction of what it follows from; the reading itself is a job.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from dragoman.backfill import store
from dragoman.backfill.model import Backfill, State, Why, begun, gap_since, widened
from dragoman.channels.registry import channel
from dragoman.db.database import Transaction
from dragoman.kit.ids import new_id
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

READ_PAST = "read_past"


async def catch_up(tx: Transaction, channel_id: UUID, troubled: datetime | None, at: datetime) -> None:
    """The channel is live: what came before it is read in once, and after a trouble what passed us by meanwhile."""
    if not await _shows_past(tx, channel_id):
        return
    if await store.newest(tx, channel_id, Why.CONNECTED) is None and await begin_import(tx, channel_id, at):
        return  # this reads up to now, a trouble at the beginning included
    if troubled is not None:
        await fetch_missed(tx, channel_id, troubled, at)


async def _shows_past(tx: Transaction, channel_id: UUID) -> bool:
    """Of a channel that is there; nobody else begins a run of it until this transaction is over."""
    source = await store.locked_source(tx, channel_id)
    return source is not None and channel(source.platform).capabilities.past is not None


async def begin_import(tx: Transaction, channel_id: UUID, at: datetime) -> bool:
    """False: this workspace wants nothing of the time before."""
    days = await store.history_days(tx)
    if days > 0:
        await start(tx, begun(new_id(), channel_id, Why.CONNECTED, at - timedelta(days=days), at, at))
    return days > 0


async def fetch_missed(tx: Transaction, channel_id: UUID, unsure_since: datetime, at: datetime) -> None:
    """Read what may have passed us by since then, and what an earlier reading had left."""
    if not await _shows_past(tx, channel_id):
        return
    before = await store.newest(tx, channel_id, Why.GAP)
    since = gap_since(before, unsure_since, at)
    if before is not None and before.state == State.RUNNING:
        await start(tx, widened(before, since, at))
    else:
        await start(tx, begun(new_id(), channel_id, Why.GAP, since, None, at))


async def start(tx: Transaction, run: Backfill) -> None:
    await store.save(tx, run)
    lane = lane_of(run.channel_id, READ_PAST)
    await jobs.schedule(
        tx, [Job(kind=READ_PAST, subject=run.backfill_id, lane=lane, due_at=run.pass_began_at)]
    )
