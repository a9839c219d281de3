"""SQL about automatic messages: what is to be said, and how far the burst is that it would answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from dragoman.automatic.model import Automatic
from dragoman.db.database import Transaction


async def settings(tx: Transaction) -> Automatic:
    found = await tx.value(
        "select content from automatic_settings where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return Automatic() if found is None else msgspec.convert(found, Automatic)


async def lock(tx: Transaction) -> Automatic:
    """The same, to be changed: whoever else changes it waits."""
    await tx.execute(
        """
        insert into automatic_settings (workspace_id, content, changed_at)
        values (%(workspace)s, '{}', now()) on conflict do nothing""",
        {"workspace": tx.workspace_id},
    )
    found = await tx.value(
        "select content from automatic_settings where workspace_id = %(workspace)s for update",
        {"workspace": tx.workspace_id},
    )
    return msgspec.convert(found, Automatic)


async def save(tx: Transaction, content: Automatic, by: UUID, at: datetime) -> None:
    await tx.execute(
        """
        update automatic_settings set content = %(content)s, changed_by = %(by)s, changed_at = %(at)s
        where workspace_id = %(workspace)s""",
        {
            "workspace": tx.workspace_id,
            "content": Jsonb(msgspec.to_builtins(content, str_keys=True)),
            "by": by,
            "at": at,
        },
    )


async def channels(tx: Transaction) -> frozenset[UUID]:
    """Those that are connected."""
    rows = await tx.rows(
        "select channel_id from channels where workspace_id = %(workspace)s and state <> 'removed'",
        {"workspace": tx.workspace_id},
    )
    return frozenset(row[0] for row in rows)


class Burst(msgspec.Struct, frozen=True):
    """A customer's turn. ``goes_on``: it, or one that the customer began after it, has not settled."""

    turn_id: UUID
    last_at: datetime
    arrived_first_at: datetime
    arrived_last_at: datetime
    goes_on: bool


async def bursts(tx: Transaction, turn_ids: Collection[UUID]) -> dict[UUID, Burst]:
    found = await tx.all(
        Burst,
        """
        select t.turn_id, t.last_at, t.arrived_first_at, t.arrived_last_at,
               exists (select from turns o
                       where o.workspace_id = t.workspace_id and o.conversation_id = t.conversation_id
                         and o.first_at >= t.first_at and o.side = 'customer' and o.settled_at is null) as goes_on
        from turns t where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s)""",
        {"workspace": tx.workspace_id, "turns": list(turn_ids)},
    )
    return {each.turn_id: each for each in found}
