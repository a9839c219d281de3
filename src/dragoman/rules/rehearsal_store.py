"""SQL about rehearsals, and about what they found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec
from psycopg.types.json import Json

from dragoman.db.database import Transaction
from dragoman.rules.model import Rule

KEPT = 20  # of one workspace, the newest
MOST_LISTED = 10_000  # of one rehearsal; all are counted

State = Literal["running", "stopped", "done", "failed"]


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    rehearsal_id: UUID
    rule_id: UUID
    rule: Rule
    days: int
    state: State
    since: datetime
    until: datetime
    total: int
    cursor: UUID
    looked: int = 0
    touched: int = 0
    answered: int = 0
    added: int = 0
    dropped: int = 0
    started_by: UUID
    started_at: datetime
    ended_at: datetime | None = None


class Hit(msgspec.Struct, frozen=True):
    """A turn that the rule would touch (``same``: it does already), or would not any more."""

    turn_id: UUID
    conversation_id: UUID
    channel_id: UUID
    kind: Literal["same", "added", "dropped"]
    answered: bool


COLUMNS: LiteralString = (
    "rehearsal_id, rule_id, content, days, state, since, until, total, cursor, looked, touched, answered, added,"
    " dropped, started_by, started_at, ended_at"
)
NAMES = (
    "rehearsal_id", "rule_id", "rule", "days", "state", "since", "until", "total", "cursor", "looked", "touched",
    "answered", "added", "dropped", "started_by", "started_at", "ended_at",
)  # fmt: skip


async def add(tx: Transaction, run: Rehearsal) -> None:
    await tx.execute(
        f"""
        insert into rehearsals (workspace_id, {COLUMNS})
        values (%(workspace)s, %(rehearsal_id)s, %(rule_id)s, %(rule)s, %(days)s, %(state)s, %(since)s, %(until)s,
                %(total)s, %(cursor)s, %(looked)s, %(touched)s, %(answered)s, %(added)s, %(dropped)s,
                %(started_by)s, %(started_at)s, %(ended_at)s)""",
        {"workspace": tx.workspace_id, **msgspec.structs.asdict(run), "rule": Json(run.rule)},
    )


async def save(tx: Transaction, run: Rehearsal) -> None:
    """How far it has come."""
    await tx.execute(
        """
        update rehearsals set state = %(state)s, cursor = %(cursor)s, looked = %(looked)s, touched = %(touched)s,
               answered = %(answered)s, added = %(added)s, dropped = %(dropped)s, ended_at = %(ended_at)s
        where workspace_id = %(workspace)s and rehearsal_id = %(rehearsal_id)s""",
        {"workspace": tx.workspace_id, **msgspec.structs.asdict(run), "rule": None},
    )


FIND: LiteralString = (
    "select " + COLUMNS + " from rehearsals"
    " where workspace_id = %(workspace)s and rehearsal_id = %(rehearsal)s"
)  # fmt: skip


async def one(tx: Transaction, rehearsal_id: UUID) -> Rehearsal | None:
    return _run(await tx.row(FIND, {"workspace": tx.workspace_id, "rehearsal": rehearsal_id}))


async def lock(tx: Transaction, rehearsal_id: UUID) -> Rehearsal | None:
    named = {"workspace": tx.workspace_id, "rehearsal": rehearsal_id}
    return _run(await tx.row(FIND + " for update", named))


def _run(row: Sequence[Any] | None) -> Rehearsal | None:
    if row is None:
        return None
    found = dict(zip(NAMES, row, strict=True))
    return Rehearsal(**{**found, "rule": msgspec.convert(found["rule"], Rule)})


async def how_many_run(tx: Transaction) -> int:
    found: int = await tx.value(
        "select count(*) from rehearsals where workspace_id = %(workspace)s and state = 'running'",
        {"workspace": tx.workspace_id},
    )
    return found


async def forget_old(tx: Transaction) -> None:
    """Beyond the newest, with what they found."""
    await tx.execute(
        """
        delete from rehearsals where workspace_id = %(workspace)s and state <> 'running' and rehearsal_id in (
            select rehearsal_id from rehearsals where workspace_id = %(workspace)s
            order by started_at desc offset %(kept)s)""",
        {"workspace": tx.workspace_id, "kept": KEPT},
    )


async def add_hits(tx: Transaction, run: Rehearsal, hits: Sequence[Hit]) -> None:
    """As many as anybody looks at."""
    room = max(0, MOST_LISTED - run.touched - run.dropped)
    some = hits[:room]
    await tx.execute(
        """
        insert into rehearsal_hits
            (workspace_id, rehearsal_id, turn_id, conversation_id, channel_id, kind, answered)
        select %(workspace)s, %(rehearsal)s, h.*
        from unnest(%(turns)s::uuid[], %(conversations)s::uuid[], %(channels)s::uuid[], %(kinds)s::text[],
                    %(answered)s::boolean[]) as h
        on conflict do nothing""",
        {
            "workspace": tx.workspace_id,
            "rehearsal": run.rehearsal_id,
            "turns": [hit.turn_id for hit in some],
            "conversations": [hit.conversation_id for hit in some],
            "channels": [hit.channel_id for hit in some],
            "kinds": [hit.kind for hit in some],
            "answered": [hit.answered for hit in some],
        },
    )


async def hits(
    tx: Transaction,
    rehearsal_id: UUID,
    visible: frozenset[UUID] | None,
    before: UUID | None,
    limit: int,
    *,
    only_answered: bool,
) -> list[Any]:
    """The newest first, of the channels that may be seen (None: all), with the words of each."""
    return await tx.rows(
        """
        select h.turn_id, h.conversation_id, h.kind, h.answered, t.first_at, coalesce(p.name, i.username), m.text,
               t.noise
        from rehearsal_hits h
        join turns t on t.workspace_id = h.workspace_id and t.turn_id = h.turn_id
        join conversations c on c.workspace_id = h.workspace_id and c.conversation_id = h.conversation_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        cross join lateral (
            select left(string_agg(m.text, ' ' order by m.sent_at, m.platform_order, m.message_id), 200) as text
            from messages m
            where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
              and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
              and m.deleted_at is null) as m
        where h.workspace_id = %(workspace)s and h.rehearsal_id = %(rehearsal)s
          and (%(all)s or h.turn_id < %(before)s) and (%(everything)s or h.channel_id = any(%(channels)s))
          and (not %(only_answered)s or h.answered)
        order by h.turn_id desc limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "rehearsal": rehearsal_id,
            "all": before is None,
            "before": before,
            "everything": visible is None,
            "channels": list(visible or ()),
            "only_answered": only_answered,
            "limit": limit,
        },
    )
