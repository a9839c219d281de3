"""SQL about labels, and about which conversations carry them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.labels.model import Carried

Row = dict[str, Any]

USES_COUNTED = 1000  # of one label; who has more is told "1000 or more"


async def labels(tx: Transaction, ids: Collection[UUID] | None = None) -> list[Row]:
    """As a browser gets them: all of the workspace, or those of these that there are."""
    found = await tx.rows(
        """
        select label_id, name, colour from labels
        where workspace_id = %(workspace)s and (%(all)s or label_id = any(%(ids)s)) order by folded""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    return [{"id": row[0], "name": row[1], "colour": row[2]} for row in found]


async def how_many(tx: Transaction) -> int:
    found: int = await tx.value(
        "select count(*) from labels where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return found


async def uses(tx: Transaction, visible: frozenset[UUID] | None) -> dict[UUID, int]:
    """How many conversations carry each, on the channels that may be seen (None: all); counted up to a bound."""
    found = await tx.rows(
        """
        select l.label_id, u.used from labels l, lateral (
            select count(*) as used from (
                select from conversation_labels c
                where c.workspace_id = l.workspace_id and c.label_id = l.label_id
                  and (%(everything)s or c.channel_id = any(%(channels)s)) limit %(most)s) as counted) as u
        where l.workspace_id = %(workspace)s""",
        {
            "workspace": tx.workspace_id,
            "everything": visible is None,
            "channels": list(visible or ()),
            "most": USES_COUNTED,
        },
    )
    return {row[0]: row[1] for row in found}


async def add(
    tx: Transaction, label_id: UUID, name: str, folded: str, colour: str, created_at: datetime
) -> None:
    """Raises UniqueViolation where the name is taken."""
    await tx.execute(
        """
        insert into labels (workspace_id, label_id, name, folded, colour, created_at)
        values (%(workspace)s, %(label)s, %(name)s, %(folded)s, %(colour)s, %(at)s)""",
        {
            "workspace": tx.workspace_id,
            "label": label_id,
            "name": name,
            "folded": folded,
            "colour": colour,
            "at": created_at,
        },
    )


async def change(tx: Transaction, label_id: UUID, name: str, folded: str, colour: str) -> bool:
    """False: there is no such label. Raises UniqueViolation where the name is taken."""
    touched = await tx.execute(
        """
        update labels set name = %(name)s, folded = %(folded)s, colour = %(colour)s
        where workspace_id = %(workspace)s and label_id = %(label)s""",
        {
            "workspace": tx.workspace_id,
            "label": label_id,
            "name": name,
            "folded": folded,
            "colour": colour,
        },
    )
    return touched > 0


async def remove(tx: Transaction, label_id: UUID) -> bool:
    """With it from every conversation. Locked first, so that nobody puts it on one meanwhile."""
    label = {"workspace": tx.workspace_id, "label": label_id}
    there = await tx.row(
        "select from labels where workspace_id = %(workspace)s and label_id = %(label)s for update", label
    )
    if there is None:
        return False
    await tx.execute(
        "delete from conversation_labels where workspace_id = %(workspace)s and label_id = %(label)s", label
    )
    await tx.execute("delete from labels where workspace_id = %(workspace)s and label_id = %(label)s", label)
    return True


async def on(tx: Transaction, conversation_id: UUID) -> frozenset[UUID]:
    found = await tx.rows(
        """
        select label_id from conversation_labels
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id},
    )
    return frozenset(row[0] for row in found)


async def put(tx: Transaction, carried: Collection[Carried]) -> bool:
    """False where one of the labels does not exist: the caller then takes everything back, or leaves it out."""
    if not carried:
        return True
    touched = await tx.execute(
        """
        insert into conversation_labels (workspace_id, conversation_id, channel_id, label_id)
        select l.workspace_id, c.conversation_id, c.channel_id, l.label_id
        from unnest(%(conversations)s::uuid[], %(channels)s::uuid[], %(labels)s::uuid[])
             as c(conversation_id, channel_id, label_id)
        join labels l on l.workspace_id = %(workspace)s and l.label_id = c.label_id
        for key share of l""",
        {
            "workspace": tx.workspace_id,
            "conversations": [each.conversation_id for each in carried],
            "channels": [each.channel_id for each in carried],
            "labels": [each.label_id for each in carried],
        },
    )
    return touched == len(carried)


async def take_off(tx: Transaction, carried: Collection[Carried]) -> None:
    if carried:
        await tx.execute(
            """
            delete from conversation_labels l
            using unnest(%(conversations)s::uuid[], %(labels)s::uuid[]) as c(conversation_id, label_id)
            where l.workspace_id = %(workspace)s and l.conversation_id = c.conversation_id
              and l.label_id = c.label_id""",
            {
                "workspace": tx.workspace_id,
                "conversations": [each.conversation_id for each in carried],
                "labels": [each.label_id for each in carried],
            },
        )
