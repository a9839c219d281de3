"""When rules are asked again: set by whoever brings the moment about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.rules import store
from dragoman.rules.model import Trigger
from dragoman.work import jobs
from dragoman.work.jobs import Job

RUN_ON_ASSIGNMENT = "rules_on_assignment"


async def ask_on_assignment(tx: Transaction, given: Sequence[tuple[UUID, int]], at: datetime) -> None:
    """In the transaction in which these conversations, each with its lane, are given to somebody."""
    if given and await store.is_any_waiting_for(tx, Trigger.ASSIGNED):
        await jobs.schedule(
            tx, [Job(kind=RUN_ON_ASSIGNMENT, subject=c, lane=lane, due_at=at) for c, lane in given]
        )
