"""SQL about the trail: why a conversation is where it is, in ids, codes and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.kit.ids import new_id


class Cause(StrEnum):
    MEMBER = "member"
    RULE = "rule"
    ROUTING = "routing"
    SYSTEM = "system"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about a conversation. ``kind`` names it, ``what`` holds its ids, codes and numbers, never words
    of customers; ``rule_id`` and ``member_id`` say whose it was."""

    conversation_id: UUID
    at: datetime
    kind: str
    cause: Cause
    what: dict[str, Any]
    turn_id: UUID | None = None
    rule_id: UUID | None = None
    member_id: UUID | None = None


STORED = Columns({
    "entry_id": "uuid", "conversation_id": "uuid", "turn_id": "uuid", "at": "timestamptz", "kind": "text",
    "cause": "text", "rule_id": "uuid", "member_id": "uuid", "what": "jsonb",
})  # fmt: skip


async def add(tx: Transaction, entries: Sequence[Entry]) -> list[UUID]:
    """Write these decisions down, in the transaction that carries them out. Returns the entries' ids."""
    if not entries:
        return []
    rows = [
        (new_id(), e.conversation_id, e.turn_id, e.at, e.kind, e.cause.value, e.rule_id, e.member_id, e.what)
        for e in entries
    ]
    await tx.execute(
        f"""
        insert into trail ({STORED.names}, workspace_id)
        select t.*, %(workspace)s from json_to_recordset(%(rows)s) as t({STORED.typed})""",
        {"workspace": tx.workspace_id, "rows": STORED(rows)},
    )
    return [row[0] for row in rows]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is read; ``rule_name`` as the rule is called now."""

    id: UUID
    at: datetime
    kind: str
    cause: Cause
    turn_id: UUID | None
    rule_id: UUID | None
    rule_name: str | None
    member_id: UUID | None
    what: dict[str, Any]
    is_reverted: bool


async def mark_reverted(tx: Transaction, entry_id: UUID, at: datetime) -> bool:
    """False: it was already."""
    marked = await tx.execute(
        """
        update trail set reverted_at = %(at)s
        where workspace_id = %(workspace)s and entry_id = %(entry)s and reverted_at is null""",
        {"workspace": tx.workspace_id, "entry": entry_id, "at": at},
    )
    return marked > 0


async def one(tx: Transaction, conversation_id: UUID, entry_id: UUID) -> Written | None:
    row = await tx.row(
        WRITTEN
        + " where t.workspace_id = %(workspace)s and t.conversation_id = %(conversation)s"
        + " and t.entry_id = %(entry)s",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "entry": entry_id},
    )
    return _written(row) if row else None


async def of_conversation(
    tx: Transaction, conversation_id: UUID, before: UUID | None, limit: int
) -> list[Written]:
    """The newest first; ids grow with time, so that the last id that one has is where one goes on."""
    rows = await tx.rows(
        WRITTEN
        + """
        where t.workspace_id = %(workspace)s and t.conversation_id = %(conversation)s
          and (%(before)s::uuid is null or t.entry_id < %(before)s)
        order by t.entry_id desc limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "before": before,
            "limit": limit,
        },
    )
    return [_written(row) for row in rows]


WRITTEN: LiteralString = """
    select t.entry_id, t.at, t.kind, t.cause, t.turn_id, t.rule_id, r.content ->> 'name', t.member_id, t.what,
           t.reverted_at is not null
    from trail t
    left join rules r on r.workspace_id = t.workspace_id and r.rule_id = t.rule_id"""


def _written(row: Sequence[Any]) -> Written:
    return Written(
        id=row[0],
        at=row[1],
        kind=row[2],
        cause=Cause(row[3]),
        turn_id=row[4],
        rule_id=row[5],
        rule_name=row[6],
        member_id=row[7],
        what=row[8],
        is_reverted=row[9],
    )
