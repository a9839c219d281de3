"""When what is nobody's is routed again: set by whoever may have changed whom it could go to."""

from __future__ import annotations

from datetime import datetime, timedelta

from dragoman.db.database import Transaction
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

ROUTE_AGAIN = "route_again"
EVERY = timedelta(minutes=1)  # while anybody waits


async def route_again_at(tx: Transaction, at: datetime) -> None:
    """Then, whatever was settled before."""
    assert tx.workspace_id is not None
    lane = lane_of(tx.workspace_id, ROUTE_AGAIN)
    await jobs.schedule(tx, [Job(kind=ROUTE_AGAIN, subject=tx.workspace_id, lane=lane, due_at=at)])


async def keep_routing(tx: Transaction, at: datetime) -> None:
    """Then, unless it is settled already."""
    assert tx.workspace_id is not None
    if await jobs.due_at(tx, ROUTE_AGAIN, tx.workspace_id) is None:
        await route_again_at(tx, at)
