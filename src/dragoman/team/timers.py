"""When what is nobody's is routed again: set by whoever may have changed whom it could go to."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

ROUTE_AGAIN = "route_again"
EVERY = timedelta(minutes=1)  # while anybody waits


async def route_again_at(tx: Transaction, at: datetime) -> None:
    """Then, whatever was settled before."""
    await jobs.schedule(tx, [_job(tx.workspace_id, at)])


async def keep_routing(tx: Transaction, at: datetime) -> None:
    """Then at the latest. Whoever is routing again is waited for: they do not see who waits in this transaction."""
    await jobs.schedule_at_latest(tx, _job(tx.workspace_id, at))


def _job(workspace_id: UUID | None, at: datetime) -> Job:
    assert workspace_id is not None
    return Job(kind=ROUTE_AGAIN, subject=workspace_id, lane=lane_of(workspace_id, ROUTE_AGAIN), due_at=at)
