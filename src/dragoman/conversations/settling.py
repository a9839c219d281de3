"""When a burst is complete: ten seconds after its last fragment. A timer wakes the stage that it goes through then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dragoman.conversations.model import Conversation, Side
from dragoman.conversations.turn_store import Timing
from dragoman.conversations.turns import settles_at
from dragoman.db.database import Transaction
from dragoman.work import jobs
from dragoman.work.jobs import Job

SETTLE = "settle_turn"


async def wait_for(
    tx: Transaction, turns: Sequence[Timing], conversations: dict[UUID, Conversation], now: datetime
) -> None:
    """Set the timers of the customers' turns; what came late is complete at once."""
    timers = [
        Job(
            kind=SETTLE,
            subject=t.turn_id,
            lane=conversations[t.conversation_id].lane,
            due_at=max(now, settles_at(t.last_at, t.arrived_first_at, t.arrived_last_at)),
        )
        for t in turns
        if t.side is Side.CUSTOMER
    ]
    await jobs.schedule(tx, timers)
