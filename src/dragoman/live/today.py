"""Today's numbers, for the empty view: how many were answered, and how long the longest of them had waited."""

from __future__ import annotations

from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.live.rows import Row


async def so_far(tx: Transaction, visible: frozenset[UUID] | None) -> Row:
    """Conversations answered in the last 24 hours, on the channels that may be seen (None: all)."""
    row = await tx.row(
        """
        select count(distinct conversation_id), coalesce(max(waited_seconds), 0)
        from messages
        where workspace_id = %(workspace)s and origin = 'member' and state = 'sent'
          and sent_at > now() - interval '24 hours' and (%(everything)s or channel_id = any(%(channels)s))""",
        {
            "workspace": tx.workspace_id,
            "everything": visible is None,
            "channels": list(visible or ()),
        },
    )
    assert row is not None
    return {"answered": row[0], "longest_wait_seconds": row[1]}
