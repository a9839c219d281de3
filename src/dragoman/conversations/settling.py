"""Turns settle: ten seconds after its last fragment a burst is complete, and whoever waits for it is told once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from dragoman.conversations.model import Conversation, Side
from dragoman.conversations.turn_store import Timing
from dragoman.conversations.turns import settles_at
from dragoman.db.database import Transaction
from dragoman.notifications.telling import tell_later
from dragoman.work import jobs
from dragoman.work.jobs import Job

SETTLE = "settle_turn"


async def wait_for(
    tx: Transaction, turns: Sequence[Timing], conversations: dict[UUID, Conversation], now: datetime
) -> None:
    """Settle the customers' turns that are over, and set the timers of the others."""
    due = [
        (t, settles_at(t.last_at, t.arrived_first_at, t.arrived_last_at))
        for t in turns
        if t.side is Side.CUSTOMER
    ]
    await settle(tx, [t.turn_id for t, at in due if at <= now], now)
    timers = [
        Job(kind=SETTLE, subject=t.turn_id, lane=conversations[t.conversation_id].lane, due_at=at)
        for t, at in due
        if at > now
    ]
    await jobs.schedule(tx, timers)


async def settle(tx: Transaction, turn_ids: Collection[UUID], now: datetime) -> None:
    """These turns are complete. A turn that vanished into another one has nothing to settle."""
    if not turn_ids:
        return
    rows = await tx.rows(
        """
        update turns t set settled_at = %(now)s, settled_fragments = t.fragments
        from conversations c
        where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s) and t.settled_at is null
          and c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
        returning t.turn_id, t.conversation_id, c.channel_id, t.fragments, c.lane""",
        {"workspace": tx.workspace_id, "turns": list(turn_ids), "now": now},
    )
    for turn_id, conversation_id, channel_id, fragments, _ in rows:
        tx.changed(
            "turn.settled",
            conversation_id=conversation_id,
            turn_id=turn_id,
            channel_id=channel_id,
            fields={"fragments": fragments},
        )
    await tell_later(tx, [(row[0], row[4]) for row in rows], now)
