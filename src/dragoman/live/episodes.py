"""The stretches from opening to closing that a conversation has had."""

from __future__ import annotations

from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.live.rows import Row

MOST = 200


async def episodes(tx: Transaction, conversation_id: UUID) -> list[Row]:
    """The newest of them, oldest first. One that was opened again by a member has not been closed."""
    found = await tx.rows(
        """
        select episode_id, opened_at, closed_at, closed_by from episodes
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s
        order by opened_at desc limit %(most)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "most": MOST},
    )
    return [
        {"id": episode, "opened_at": opened, "closed_at": closed, "closed_by": by}
        for episode, opened, closed, by in reversed(found)
    ]
