"""Every statement about days of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg.types.json import Json

from dragoman.db.database import Transaction
from dragoman.inbound.ledger import ALARM_SECONDS
from dragoman.inbound.model import Unaccounted
from dragoman.ledger.model import Check, Count, Span

Channels = frozenset[UUID] | None
"""Those that may be seen; None: all."""

# Noise lies in its conversation like everything else that was said: that it is on the shelf, its turn says there.
WHERE_IT_IS: LiteralString = """
    select a.arrival_id, a.envelope_id, a.received_at, a.channel_id, a.kind, a.reason, a.conversation_id,
           a.message_id,
           case when a.outcome is null then 'in_progress' when s.item_id is not null then 'shelved'
                else a.outcome end as outcome,
           case when a.outcome is null then
                     case when a.received_at < now() - make_interval(secs => %(alarm)s) then 'overdue' else 'moving' end
                when s.item_id is not null then s.class
                when a.outcome = 'conversation' then
                     case when c.status = 'open' then
                               case c.waiting_for when 'us' then 'waiting' when 'expert' then 'expert'
                                                  else 'answered' end
                          when c.status is null then 'unopened' else c.status end
                when a.outcome = 'shelved' then
                     case when a.reason = 'dismissed' then 'dismissed' else 'not_for_us' end
                when a.outcome = 'applied' then a.kind
                when a.outcome = 'duplicate' and a.reason = 'it is what we sent' then 'ours'
                else '' end as detail
    from arrivals a
    left join messages m on m.workspace_id = a.workspace_id and m.message_id = a.message_id
         and a.outcome = 'conversation'
    left join shelf s on s.workspace_id = m.workspace_id and s.item_id = m.turn_id and s.kind = 'turn'
         and s.opened_at is null
    left join conversations c on c.workspace_id = a.workspace_id and c.conversation_id = a.conversation_id
         and a.outcome = 'conversation'
    where a.workspace_id = %(workspace)s and a.envelope_id >= %(first)s and a.envelope_id < %(last)s
      and (%(everything)s or a.channel_id = any(%(channels)s))"""


async def zone(tx: Transaction) -> str:
    found: str = await tx.value(
        "select zone from workspaces where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return found


async def channel_names(tx: Transaction) -> dict[UUID, tuple[str, str]]:
    """Name and platform of every channel that there was."""
    rows = await tx.rows(
        "select channel_id, name, platform from channels where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def counts(tx: Transaction, span: Span, visible: Channels) -> list[Count]:
    """Where all arrivals of these envelopes are now."""
    rows = await tx.rows(
        "select channel_id, outcome, detail, count(*) from ("
        + WHERE_IT_IS
        + ") as placed group by 1, 2, 3 order by 1, 4 desc, 2, 3",
        _named(tx, span, visible),
    )
    return [Count(*row) for row in rows]


async def arrivals(tx: Transaction, span: Span, visible: Channels) -> int:
    found: int = await tx.value(
        """
        select count(*) from arrivals
        where workspace_id = %(workspace)s and envelope_id >= %(first)s and envelope_id < %(last)s
          and (%(everything)s or channel_id = any(%(channels)s))""",
        _named(tx, span, visible),
    )
    return found


async def unread(tx: Transaction, span: Span, visible: Channels) -> tuple[int, int]:
    """Envelopes of which nobody knows yet what is in them, and those of them that wait for too long: of those that
    connections deliver which carry these channels."""
    row = await tx.row(
        """
        select count(*), count(*) filter (where received_at < now() - make_interval(secs => %(alarm)s))
        from envelopes
        where workspace_id = %(workspace)s and due_at is not null
          and envelope_id >= %(first)s and envelope_id < %(last)s
          and (%(everything)s or connection_id in (
              select connection_id from channels
              where workspace_id = %(workspace)s and channel_id = any(%(channels)s)))""",
        _named(tx, span, visible),
    )
    assert row is not None
    return row[0], row[1]


async def page(
    tx: Transaction,
    span: Span,
    visible: Channels,
    *,
    channel_id: UUID | None,
    outcome: str,
    detail: str,
    before: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Arrivals of this fate, the newest first."""
    rows = await tx.rows(
        "select arrival_id, received_at, kind, reason, conversation_id, message_id from ("
        + WHERE_IT_IS
        + """) as placed
        where channel_id is not distinct from %(channel)s and outcome = %(outcome)s and detail = %(detail)s
          and (%(before)s::uuid is null or arrival_id < %(before)s)
        order by arrival_id desc limit %(limit)s""",
        {
            **_named(tx, span, visible),
            "channel": channel_id,
            "outcome": outcome,
            "detail": detail,
            "before": before,
            "limit": limit,
        },
    )
    names = ("id", "at", "kind", "reason", "conversation_id", "message_id")
    return [dict(zip(names, row, strict=True)) for row in rows]


async def how_many_envelopes(tx: Transaction, span: Span) -> int:
    """Those that are kept and were taken up."""
    found: int = await tx.value(
        """
        select count(*) from envelopes
        where workspace_id = %(workspace)s and due_at is null
          and envelope_id >= %(first)s and envelope_id < %(last)s""",
        _named(tx, span, None),
    )
    return found


CHECK: LiteralString = """
    select day, first_id, last_id, state, cursor, total, verified, arrivals, unaccounted, missing, asked_by,
           started_at, ended_at
    from ledger_days where workspace_id = %(workspace)s"""


async def begin(tx: Transaction, check: Check) -> None:
    """Anew, where the day was looked up before."""
    await tx.execute(
        """
        insert into ledger_days (workspace_id, day, first_id, last_id, state, cursor, total, asked_by, started_at)
        values (%(workspace)s, %(day)s, %(first)s, %(last)s, %(state)s, %(cursor)s, %(total)s, %(by)s, %(at)s)
        on conflict (workspace_id, day) do update
            set first_id = excluded.first_id, last_id = excluded.last_id, state = excluded.state,
                cursor = excluded.cursor, total = excluded.total, asked_by = excluded.asked_by,
                started_at = excluded.started_at, verified = 0, arrivals = null, unaccounted = 0, missing = '[]',
                ended_at = null""",
        {
            "workspace": tx.workspace_id,
            "day": check.day,
            "first": check.span.first,
            "last": check.span.last,
            "state": check.state,
            "cursor": check.cursor,
            "total": check.total,
            "by": check.asked_by,
            "at": check.started_at,
        },
    )


async def save(tx: Transaction, check: Check) -> None:
    """How far it has come."""
    await tx.execute(
        """
        update ledger_days set state = %(state)s, cursor = %(cursor)s, verified = %(verified)s,
               arrivals = %(arrivals)s, unaccounted = %(unaccounted)s, missing = %(missing)s, ended_at = %(ended)s
        where workspace_id = %(workspace)s and day = %(day)s""",
        {
            "workspace": tx.workspace_id,
            "day": check.day,
            "state": check.state,
            "cursor": check.cursor,
            "verified": check.verified,
            "arrivals": check.arrivals,
            "unaccounted": check.unaccounted,
            "missing": Json(msgspec.to_builtins(check.missing)),
            "ended": check.ended_at,
        },
    )


async def checks(tx: Transaction, days: Sequence[date]) -> dict[date, Check]:
    """Of these days those that were, or are being, looked up."""
    rows = await tx.rows(
        CHECK + " and day = any(%(days)s)", {"workspace": tx.workspace_id, "days": list(days)}
    )
    return {row[0]: _check(row) for row in rows}


async def lock(tx: Transaction, day: date) -> Check | None:
    row = await tx.row(CHECK + " and day = %(day)s for update", {"workspace": tx.workspace_id, "day": day})
    return _check(row) if row else None


async def forget_before(tx: Transaction, day: date) -> None:
    await tx.execute(
        "delete from ledger_days where workspace_id = %(workspace)s and day < %(day)s",
        {"workspace": tx.workspace_id, "day": day},
    )


def _check(row: Sequence[Any]) -> Check:
    (
        day,
        first,
        last,
        state,
        cursor,
        total,
        verified,
        arrived,
        unaccounted,
        missing,
        by,
        started_at,
        ended_at,
    ) = row
    return Check(
        day=day,
        span=Span(first, last),
        state=state,
        cursor=cursor,
        total=total,
        verified=verified,
        arrivals=arrived,
        unaccounted=unaccounted,
        missing=msgspec.convert(missing, list[Unaccounted]),
        asked_by=by,
        started_at=started_at,
        ended_at=ended_at,
    )


def _named(tx: Transaction, span: Span, visible: Channels) -> dict[str, Any]:
    return {
        "workspace": tx.workspace_id,
        "first": span.first,
        "last": span.last,
        "alarm": ALARM_SECONDS,
        "everything": visible is None,
        "channels": list(visible or ()),
    }
