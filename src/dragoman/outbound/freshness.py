"""The freshness guard: what an answer, or closing, would pass over is shown first."""

from __future__ import annotations

from collections.abc import Collection
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


News = dict[UUID, int]  # by conversation: how many messages were written since; what is not there is fresh


async def news_of(
    tx: Transaction, by: Membership, conversation_ids: Collection[UUID], seen_seq: int
) -> tuple[int, News]:
    """What would be passed over in each of many, and the number to name as seen the next time."""
    seq, log_from, _ = await store.standing(tx)
    _refuse_future(seen_seq, seq)
    news = await store.news_of_many(tx, conversation_ids, seen_seq, by.member_id)
    unknown = dict.fromkeys(conversation_ids, 0) if seen_seq < log_from else {}
    return seq, unknown | news


async def refuse_stale(tx: Transaction, by: Membership, conversation_id: UUID, seen_seq: int) -> int:
    """Raises Stale. What was seen before the log begins cannot be compared: that is stale too.

    Returns how many seconds the workspace gives for undo, which stand in the same row.
    """
    seq, log_from, undo_seconds = await store.standing(tx)
    _refuse_future(seen_seq, seq)
    news = await store.news_since(tx, conversation_id, seen_seq, by.member_id)
    if news or seen_seq < log_from:
        raise Stale(seq, news)
    return undo_seconds


def _refuse_future(seen_seq: int, seq: int) -> None:
    if seen_seq > seq:
        raise invalid(seen_seq="This number was not given out yet.")
