"""SQL about turns: how the messages of a timeline are grouped, kept in step with ``turns.group``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.conversations import shelving
from dragoman.conversations.model import Conversation, Place, Side, said_later
from dragoman.conversations.turns import GAP, Fragment, Turn, group
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns

TURN = Columns({
    "turn_id": "uuid", "conversation_id": "uuid", "side": "text", "first_at": "timestamptz", "last_at": "timestamptz",
    "fragments": "integer", "arrived_first_at": "timestamptz", "arrived_last_at": "timestamptz",
    "noise": "text",
})  # fmt: skip

UPSERT_TURNS: LiteralString = f"""
    insert into turns ({TURN.names}, workspace_id)
    select t.*, %(workspace)s from json_to_recordset(%(rows)s) as t({TURN.typed})
    on conflict (workspace_id, turn_id) do update set """


class Timing(msgspec.Struct, frozen=True):
    """When the fragments of a turn were said and came: what its settling counts from."""

    turn_id: UUID
    conversation_id: UUID
    side: Side
    last_at: datetime
    arrived_first_at: datetime
    arrived_last_at: datetime
    fragments: int


async def grow_turns(tx: Transaction, turns: Collection[tuple[UUID, Turn, str | None]]) -> list[Timing]:
    """Add these fragments to turns at the end of their conversations: new ones, or ones that are there. Each comes
    with the class of what is nothing but noise so far: a turn that grows is noise while everything in it is."""
    return await _upsert(
        tx,
        turns,
        UPSERT_TURNS
        + """
        last_at = greatest(turns.last_at, excluded.last_at), fragments = turns.fragments + excluded.fragments,
        arrived_last_at = greatest(turns.arrived_last_at, excluded.arrived_last_at), settled_at = null,
        noise = case when excluded.noise is not null then turns.noise end, shelved_by = null""",
    )


async def replace_turns(tx: Transaction, turns: Collection[tuple[UUID, Turn, None]]) -> list[Timing]:
    """Write turns as they are now, after a stretch of the timeline was grouped again. They are judged after that."""
    return await _upsert(
        tx,
        turns,
        UPSERT_TURNS
        + """
        first_at = excluded.first_at, last_at = excluded.last_at,
        settled_at = case when turns.fragments = excluded.fragments then turns.settled_at end,
        shelved_by = case when turns.fragments = excluded.fragments then turns.shelved_by end,
        fragments = excluded.fragments, arrived_first_at = excluded.arrived_first_at,
        arrived_last_at = excluded.arrived_last_at""",
    )


RETURNING: LiteralString = """
    returning turn_id, conversation_id, side, last_at, arrived_first_at, arrived_last_at, fragments, settled_at"""


async def _upsert(
    tx: Transaction, turns: Collection[tuple[UUID, Turn, str | None]], statement: LiteralString
) -> list[Timing]:
    """Those that are not settled (any more)."""
    if not turns:
        return []
    rows = [
        (t.turn_id, conversation_id, t.side.value, t.first_at, t.last_at, len(t.fragments),
         t.arrived_first_at, t.arrived_last_at, noise)
        for conversation_id, t, noise in turns
    ]  # fmt: skip
    found = await tx.rows(statement + RETURNING, {"workspace": tx.workspace_id, "rows": TURN(rows)})
    return [Timing(row[0], row[1], Side(row[2]), *row[3:7]) for row in found if row[7] is None]


async def regroup(tx: Transaction, c: Conversation, start: datetime, end: datetime) -> list[Timing]:
    """Group the turns around a stretch of the timeline again, after something came into the middle of it.

    Returns those turns of the stretch that are not settled (any more).
    """
    rows = await _stretch(tx, c.conversation_id, start, end)
    turns = group(
        Fragment(Place(at, order, mid), Side(side), arrived) for mid, at, order, side, arrived, _ in rows
    )
    was = {row[0]: row[5] for row in rows}
    moved = [(f.place.id, t.turn_id) for t in turns for f in t.fragments if was[f.place.id] != t.turn_id]
    await tx.execute(
        """
        update messages m set turn_id = n.turn_id
        from unnest(%(messages)s::uuid[], %(turns)s::uuid[]) as n(message_id, turn_id)
        where m.workspace_id = %(workspace)s and m.message_id = n.message_id""",
        {"workspace": tx.workspace_id, "messages": [m for m, _ in moved], "turns": [t for _, t in moved]},
    )
    gone = set(was.values()) - {t.turn_id for t in turns}
    await tx.execute(
        "delete from turns where workspace_id = %(workspace)s and turn_id = any(%(gone)s)",
        {"workspace": tx.workspace_id, "gone": list(gone)},
    )
    for message_id, _ in moved:
        tx.changed(
            "message.state", conversation_id=c.conversation_id, message_id=message_id, channel_id=c.channel_id
        )
    await shelving.take_off(tx, gone)
    timings = await replace_turns(tx, [(c.conversation_id, t, None) for t in turns])
    await shelving.take_off_empty(tx, [t.turn_id for t in turns])
    return timings


async def newest(tx: Transaction, c: Conversation) -> Conversation:
    """The conversation with its newest message, and with when something was last said that is no noise and not said by
    itself, by the order of the timeline, read afresh."""
    said_at = await tx.value(
        """
        select m.sent_at from messages m
        join turns t on t.workspace_id = m.workspace_id and t.turn_id = m.turn_id
        where m.workspace_id = %(workspace)s and m.conversation_id = %(conversation)s and t.noise is null
          and m.origin <> 'automatic'
        order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1""",
        {"workspace": tx.workspace_id, "conversation": c.conversation_id},
    )
    c = msgspec.structs.replace(c, said_at=said_later(c, said_at))
    row = await tx.row(
        """
        select sent_at, platform_order, message_id, side, turn_id from messages
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s
        order by sent_at desc, platform_order desc, message_id desc limit 1""",
        {"workspace": tx.workspace_id, "conversation": c.conversation_id},
    )
    if row is None:
        return msgspec.structs.replace(c, last=None, last_side=None, last_turn_id=None)
    at, order, message_id, side, turn_id = row
    return msgspec.structs.replace(
        c, last=Place(at, order, message_id), last_side=Side(side), last_turn_id=turn_id
    )


async def _stretch(tx: Transaction, conversation_id: UUID, start: datetime, end: datetime) -> list[Any]:
    """All messages from the turn that the start touches to the turn that the end touches, whole turns only."""
    return await tx.rows(
        """
        with edges as (
            select coalesce(min(first_at), %(start)s) as first_at, coalesce(max(last_at), %(end)s) as last_at
            from turns
            where workspace_id = %(workspace)s and conversation_id = %(conversation)s
              and last_at >= %(start)s - %(gap)s and first_at <= %(end)s + %(gap)s
        )
        select m.message_id, m.sent_at, m.platform_order, m.side, m.arrived_at, m.turn_id
        from messages m, edges
        where m.workspace_id = %(workspace)s and m.conversation_id = %(conversation)s
          and m.sent_at between least(edges.first_at, %(start)s) and greatest(edges.last_at, %(end)s)
        order by m.sent_at, m.platform_order, m.message_id""",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "start": start,
            "end": end,
            "gap": GAP,
        },
    )


async def drop_if_empty(tx: Transaction, turn_id: UUID) -> None:
    """A turn whose last message was taken out is no turn."""
    await tx.execute(
        """
        delete from turns t where t.workspace_id = %(workspace)s and t.turn_id = %(turn)s
          and not exists (select from messages m
                          where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
                            and m.sent_at between t.first_at and t.last_at and m.turn_id = t.turn_id)""",
        {"workspace": tx.workspace_id, "turn": turn_id},
    )
