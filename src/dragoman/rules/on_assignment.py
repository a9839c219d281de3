"""Rules that wait for a conversation to be given to somebody: by a person or by routing, never by another rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.rules.acting import run_at
from dragoman.rules.model import Trigger


async def run(tx: Transaction, conversations: Collection[UUID], now: datetime) -> None:
    """Once for each time that it was given; where it is nobody's again by now there is nothing to say."""
    await run_at(tx, Trigger.ASSIGNED, await _given(tx, conversations), now)


async def _given(tx: Transaction, conversations: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest entry of the trail that says whose each of them is."""
    rows = await tx.rows(
        """
        select c.conversation_id, t.entry_id from conversations c
        cross join lateral (
            select entry_id from trail
            where workspace_id = c.workspace_id and conversation_id = c.conversation_id
              and kind in ('assigned', 'routed')
            order by entry_id desc limit 1) as t
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and (c.owner_id is not null or c.team_id is not null)""",
        {"workspace": tx.workspace_id, "ids": list(conversations)},
    )
    return {row[0]: row[1] for row in rows}
