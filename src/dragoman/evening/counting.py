"""How days went and who waits, on the channels that a member may see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dragoman.db.database import Transaction
from dragoman.evening.model import DAYS_SHOWN, NAMED, DayCount, Line, Waiting, day_of

Channels = frozenset[UUID] | None
"""Those that may be seen; None: all."""


async def line(tx: Transaction, visible: Channels, zone: str, day: date, at: datetime) -> Line:
    """How this day of that zone went until now, and who waits now."""
    count = await one_day(tx, visible, zone, day, at)
    waiting, ids = await _who_waits(tx, visible)
    return Line(count, waiting, await named(tx, visible, ids), at)


async def one_day(tx: Transaction, visible: Channels, zone: str, day: date, at: datetime) -> DayCount:
    """With the longest wait of those who wait still."""
    since, until = day_of(zone, day)
    row = await tx.row(
        """
        select a.answered, s.shelved, greatest(a.longest, coalesce(extract(epoch from %(at)s - w.since), 0)::int)
        from (select count(distinct conversation_id) as answered, coalesce(max(waited_seconds), 0) as longest
              from messages
              where workspace_id = %(workspace)s and state = 'sent'
                and origin in ('member', 'elsewhere') and sent_at >= %(since)s and sent_at < %(until)s
                and (%(everything)s or channel_id = any(%(channels)s))) as a,
             (select count(*) as shelved from shelf
              where workspace_id = %(workspace)s and opened_at is null
                and shelved_at >= %(since)s and shelved_at < %(until)s
                and (%(everything)s or channel_id = any(%(channels)s))) as s,
             (select min(waiting_since) as since from conversations
              where workspace_id = %(workspace)s and status = 'open' and waiting_for = 'us'
                and (%(everything)s or channel_id = any(%(channels)s))) as w""",
        {**_named(tx, visible), "since": since, "until": until, "at": at},
    )
    assert row is not None
    return DayCount(day, *row)


async def last_days(tx: Transaction, visible: Channels, zone: str, at: datetime) -> list[DayCount]:
    """The newest first; what was answered and shelved on each."""
    today = at.astimezone(ZoneInfo(zone)).date()
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN)]
    named = {**_named(tx, visible), "zone": zone, "since": day_of(zone, days[-1])[0]}
    answered = await tx.rows(
        """
        select (sent_at at time zone %(zone)s)::date, count(distinct conversation_id),
               coalesce(max(waited_seconds), 0)
        from messages
        where workspace_id = %(workspace)s and state = 'sent'
          and origin in ('member', 'elsewhere') and sent_at >= %(since)s
          and (%(everything)s or channel_id = any(%(channels)s))
        group by 1""",
        named,
    )
    shelved = await tx.rows(
        """
        select (shelved_at at time zone %(zone)s)::date, count(*) from shelf
        where workspace_id = %(workspace)s and opened_at is null and shelved_at >= %(since)s
          and (%(everything)s or channel_id = any(%(channels)s))
        group by 1""",
        named,
    )
    answers = {row[0]: row[1:] for row in answered}
    quiet = {row[0]: row[1] for row in shelved}
    return [
        DayCount(day, answers.get(day, (0, 0))[0], quiet.get(day, 0), answers.get(day, (0, 0))[1])
        for day in days
    ]


async def _who_waits(tx: Transaction, visible: Channels) -> tuple[int, list[UUID]]:
    """How many, and the first of them, the longest first."""
    rows = await tx.rows(
        """
        select conversation_id, count(*) over () from conversations
        where workspace_id = %(workspace)s and status = 'open' and waiting_for = 'us'
          and (%(everything)s or channel_id = any(%(channels)s))
        order by waiting_since, conversation_id limit %(limit)s""",
        {**_named(tx, visible), "limit": NAMED},
    )
    return (rows[0][1] if rows else 0), [row[0] for row in rows]


async def named(tx: Transaction, visible: Channels, ids: Collection[UUID]) -> list[Waiting]:
    """Of these conversations those that (still) wait, with the name that each goes by."""
    rows = await tx.rows(
        """
        select c.conversation_id, coalesce(p.name, i.username), c.waiting_since
        from conversations c
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and c.status = 'open' and c.waiting_for = 'us' and c.waiting_since is not null
          and (%(everything)s or c.channel_id = any(%(channels)s))
        order by c.waiting_since, c.conversation_id""",
        {**_named(tx, visible), "ids": list(ids)},
    )
    return [Waiting(*row) for row in rows]


def _named(tx: Transaction, visible: Channels) -> dict[str, object]:
    return {
        "workspace": tx.workspace_id,
        "everything": visible is None,
        "channels": list(visible or ()),
    }
