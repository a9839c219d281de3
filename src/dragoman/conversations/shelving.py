"""SQL about the shelf: where quiet arrivals are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns

COUNTER = "shelved"


class Item(NamedTuple):
    """A quiet turn or reaction. ``at``: the platform's time."""

    item_id: UUID
    conversation_id: UUID
    channel_id: UUID
    kind: str  # turn, reaction
    class_: str
    at: datetime
    rule_id: UUID | None = None


class Shelved(msgspec.Struct, frozen=True):
    """An item as it stands there. ``opened_at``: a person took it off; ``status_before`` the conversation's then."""

    item_id: UUID
    conversation_id: UUID
    channel_id: UUID
    kind: str
    class_: str
    at: datetime
    rule_id: UUID | None
    opened_at: datetime | None
    status_before: str | None
    begins: datetime | None  # the message that a reaction stands at


STORED = Columns({
    "item_id": "uuid", "conversation_id": "uuid", "channel_id": "uuid", "kind": "text", "class": "text",
    "at": "timestamptz", "rule_id": "uuid",
})  # fmt: skip


async def put(tx: Transaction, items: Sequence[Item], now: datetime) -> None:
    """These lie on the shelf; those that lie there already are as they are now."""
    if not items:
        return
    lying = await tx.rows(
        """
        select item_id from shelf
        where workspace_id = %(workspace)s and item_id = any(%(ids)s) and opened_at is null""",
        {"workspace": tx.workspace_id, "ids": [item.item_id for item in items]},
    )
    await tx.execute(
        f"""
        insert into shelf ({STORED.names}, workspace_id, shelved_at)
        select s.*, %(workspace)s, %(now)s from json_to_recordset(%(rows)s) as s({STORED.typed})
        on conflict (workspace_id, item_id) do update
            set class = excluded.class, at = excluded.at, opened_at = null,
                rule_id = case when excluded.rule_id is null then shelf.rule_id else excluded.rule_id end,
                opened_by = null""",
        {"workspace": tx.workspace_id, "now": now, "rows": STORED(items)},
    )
    before = {row[0] for row in lying}
    for item in items:
        if item.item_id not in before:
            _moved(tx, item.item_id, item.conversation_id, item.channel_id, +1)


async def take_off(
    tx: Transaction, ids: Collection[UUID], *, by: UUID | None = None, now: datetime | None = None
) -> list[Item]:
    """They are work after all. What a person takes off stays known, so that it can be put back."""
    if not ids:
        return []
    change = "delete from shelf" if by is None else "update shelf set opened_at = %(now)s, opened_by = %(by)s"
    rows = await tx.rows(
        change
        + """
        where workspace_id = %(workspace)s and item_id = any(%(ids)s) and opened_at is null
        returning item_id, conversation_id, channel_id, kind, class, at, rule_id""",
        {"workspace": tx.workspace_id, "ids": list(ids), "by": by, "now": now},
    )
    items = [Item(*row) for row in rows]
    for item in items:
        _moved(tx, item.item_id, item.conversation_id, item.channel_id, -1)
    return items


async def take_off_empty(tx: Transaction, turns: Collection[UUID]) -> set[UUID]:
    """Those of these turns of which nothing is left, since all was taken back, are no noise and lie nowhere. Returns
    the conversations in which there was one."""
    if not turns:
        return set()
    rows = await tx.rows(
        """
        update turns t set noise = null
        where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s) and t.noise is not null
          and not exists (select from messages m
                          where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
                            and m.sent_at between t.first_at and t.last_at and m.turn_id = t.turn_id
                            and m.deleted_at is null)
        returning t.turn_id, t.conversation_id""",
        {"workspace": tx.workspace_id, "turns": list(turns)},
    )
    await take_off(tx, {row[0] for row in rows})
    return {row[1] for row in rows}


def _moved(tx: Transaction, item_id: UUID, conversation_id: UUID, channel_id: UUID, delta: int) -> None:
    tx.count(channel_id, COUNTER, delta)
    tx.changed(
        "shelf", conversation_id=conversation_id, channel_id=channel_id, fields={"item_id": str(item_id)}
    )


async def find(tx: Transaction, item_id: UUID) -> Shelved | None:
    return await tx.one(
        Shelved,
        """
        select s.item_id, s.conversation_id, s.channel_id, s.kind, s.class as class_, s.at, s.rule_id, s.opened_at,
               s.status_before,
               case when s.kind = 'turn' then s.at else (
                   select m.sent_at from reactions r
                   join messages m on m.workspace_id = r.workspace_id and m.message_id = r.message_id
                   where r.workspace_id = s.workspace_id and r.reaction_id = s.item_id) end as begins
        from shelf s where s.workspace_id = %(workspace)s and s.item_id = %(item)s""",
        {"workspace": tx.workspace_id, "item": item_id},
    )


async def keep(tx: Transaction, item: Shelved, by: UUID | None, status_before: str | None) -> None:
    """A person says that this is work, or (``by`` None) takes that back. Verdicts are made by it from now on."""
    params = {"workspace": tx.workspace_id, "item": item.item_id, "by": by, "status": status_before}
    if item.kind == "turn":
        await tx.execute(
            "update turns set opened_by = %(by)s where workspace_id = %(workspace)s and turn_id = %(item)s",
            params,
        )
    else:
        await tx.execute(
            "update reactions set opened_by = %(by)s where workspace_id = %(workspace)s and reaction_id = %(item)s",
            params,
        )
    await tx.execute(
        "update shelf set status_before = %(status)s where workspace_id = %(workspace)s and item_id = %(item)s",
        params,
    )


async def shelve_by_rule(tx: Transaction, turn_id: UUID, rule_id: UUID) -> datetime | None:
    """Mark the turn; when it ended, or None where there is no such turn, or a person keeps it off the shelf."""
    row = await tx.row(
        """
        update turns set shelved_by = %(rule)s
        where workspace_id = %(workspace)s and turn_id = %(turn)s and opened_by is null returning last_at""",
        {"workspace": tx.workspace_id, "turn": turn_id, "rule": rule_id},
    )
    return row[0] if row else None


async def forget_rules(tx: Transaction, edited: Collection[UUID]) -> set[UUID]:
    """Of messages that were edited: a rule shelved other words than these. Returns the conversations."""
    if not edited:
        return set()
    rows = await tx.rows(
        """
        update turns t set shelved_by = null from messages m
        where m.workspace_id = %(workspace)s and m.message_id = any(%(messages)s) and m.side = 'customer'
          and t.workspace_id = m.workspace_id and t.turn_id = m.turn_id and t.shelved_by is not null
        returning t.conversation_id""",
        {"workspace": tx.workspace_id, "messages": list(edited)},
    )
    return {row[0] for row in rows}


async def class_of_turn(tx: Transaction, turn_id: UUID) -> str | None:
    """Why it is quiet already; None: it is work."""
    found: str | None = await tx.value(
        "select noise from turns where workspace_id = %(workspace)s and turn_id = %(turn)s",
        {"workspace": tx.workspace_id, "turn": turn_id},
    )
    return found


async def wanted(tx: Transaction, channels: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Classes of noise that are work on these channels."""
    rows = await tx.rows(
        """
        select channel_id, class from wanted_classes
        where workspace_id = %(workspace)s and channel_id = any(%(channels)s)""",
        {"workspace": tx.workspace_id, "channels": list(channels)},
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for channel_id, class_ in rows:
        found[channel_id].add(class_)
    return {channel_id: frozenset(classes) for channel_id, classes in found.items()}


async def is_channel(tx: Transaction, channel_id: UUID) -> bool:
    found: bool = await tx.value(
        "select exists (select from channels where workspace_id = %(workspace)s and channel_id = %(channel)s)",
        {"workspace": tx.workspace_id, "channel": channel_id},
    )
    return found


async def set_wanted(tx: Transaction, channel_id: UUID, classes: Collection[str]) -> None:
    params = {"workspace": tx.workspace_id, "channel": channel_id, "classes": sorted(classes)}
    await tx.execute(
        "delete from wanted_classes where workspace_id = %(workspace)s and channel_id = %(channel)s", params
    )
    await tx.execute(
        """
        insert into wanted_classes (workspace_id, channel_id, class)
        select %(workspace)s, %(channel)s, unnest(%(classes)s::text[])""",
        params,
    )
