"""A deletion may come long before its message, so long that it was given up. It is honoured all the same."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from dragoman.channels.events import deletion_key
from dragoman.db.database import Transaction


async def take_up_again(tx: Transaction, messages: Collection[tuple[UUID, str]]) -> None:
    """Deletions of these new messages, each by its channel and external id, come due again, and are then applied like
    any other: at once, and in the lane of their customer, which the caller holds."""
    if not messages:
        return
    found = await tx.execute(
        """
        update arrivals a set outcome = null, reason = null, due_at = now(), attempts = 0
        from unnest(%(channels)s::uuid[], %(keys)s::text[]) as k(channel_id, natural_key)
        where a.workspace_id = %(workspace)s and a.channel_id = k.channel_id and a.natural_key = k.natural_key
          and a.duplicate_of is null and a.outcome = 'applied' and a.message_id is null""",
        {
            "workspace": tx.workspace_id,
            "channels": [channel for channel, _ in messages],
            "keys": [deletion_key(external_id) for _, external_id in messages],
        },
    )
    if found:
        tx.wake_worker("arrivals")
