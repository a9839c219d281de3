"""The freshness guard: what an answer, or closing, would pass over is shown first."""

from __future__ import annotations

from uuid import UUID

from dragoman.access.model import Membership
from dragoman.db.database import Transaction
from dragoman.kit.errors import Refused, invalid
from dragoman.outbound import store


class Stale(Refused):
    """The customer or a colleague wrote since. ``message_ids`` is just the difference."""

    def __init__(self, seq: int, message_ids: list[UUID]) -> None:
        super().__init__("stale", "Something was written since you looked.", 409)
        self.seq = seq
        self.message_ids = message_ids


async def refuse_stale(tx: Transaction, by: Membership, conversation_id: UUID, seen_seq: int) -> int:
    """Raises Stale. What was seen before the log begins cannot be compared: that is stale too.

    Returns how many seconds the workspace gives for undo, which stand in the same row.
    """
    seq, log_from, undo_seconds = await store.standing(tx)
    if seen_seq > seq:
        raise invalid(seen_seq="This number was not given out yet.")
    news = await store.news_since(tx, conversation_id, seen_seq, by.member_id)
    if news or seen_seq < log_from:
        raise Stale(seq, news)
    return undo_seconds
