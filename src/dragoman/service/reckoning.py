"""All clocks of a workspace are reckoned anew by a worker, a moment later."""

from __future__ import annotations

from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.service import store
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

RECKON = "reckon_service"


async def reckon_later(tx: Transaction) -> None:
    """What everybody's clock goes by has changed in this transaction."""
    assert tx.workspace_id is not None
    lane = lane_of(tx.workspace_id, RECKON)
    await jobs.schedule(tx, [Job(kind=RECKON, subject=tx.workspace_id, lane=lane, due_at=now())])


async def reckon_later_if_any(tx: Transaction) -> None:
    """The same for what matters only where there is a service level."""
    if await store.are_any(tx):
        await reckon_later(tx)
