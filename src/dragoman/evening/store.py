"""Every statement about evening lines and who wants them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.access.workspace_store import membership
from dragoman.db.database import Transaction
from dragoman.evening.model import DayCount, Evening, Line, Trouble


@dataclass(frozen=True, slots=True)
class Wanted:
    """``stop_key``: whoever names it in an address ends these mails."""

    member_id: UUID
    evening: Evening
    locale: str
    stop_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets the line, as they are now."""

    membership: Membership
    email: str
    workspace: str


async def wanted(tx: Transaction, members: Collection[UUID]) -> list[Wanted]:
    """Of those of these members who have not left."""
    rows = await tx.rows(
        """
        select s.member_id, s.days, s.minute, s.zone, s.locale, s.stop_key
        from evening_settings s
        join members m on m.workspace_id = s.workspace_id and m.member_id = s.member_id
        where s.workspace_id = %(workspace)s and s.member_id = any(%(members)s) and m.left_at is null""",
        {"workspace": tx.workspace_id, "members": list(members)},
    )
    return [
        Wanted(member, Evening(_days_in(days), minute, zone), locale, key)
        for member, days, minute, zone, locale, key in rows
    ]


async def keep(tx: Transaction, mine: Wanted) -> None:
    """The address that ends it stays the one that earlier mails carry."""
    await tx.execute(
        """
        insert into evening_settings (workspace_id, member_id, days, minute, zone, locale, stop_key)
        values (%(workspace)s, %(member)s, %(days)s, %(minute)s, %(zone)s, %(locale)s, %(key)s)
        on conflict (workspace_id, member_id) do update
            set days = excluded.days, minute = excluded.minute, zone = excluded.zone, locale = excluded.locale""",
        {
            "workspace": tx.workspace_id,
            "member": mine.member_id,
            "days": sum(1 << (day - 1) for day in mine.evening.days),
            "minute": mine.evening.minute,
            "zone": mine.evening.zone,
            "locale": mine.locale,
            "key": mine.stop_key,
        },
    )


async def forget(tx: Transaction, member_id: UUID) -> None:
    await tx.execute(
        "delete from evening_settings where workspace_id = %(workspace)s and member_id = %(member)s",
        {"workspace": tx.workspace_id, "member": member_id},
    )


async def zone_of(tx: Transaction, member_id: UUID) -> str:
    """Where a member's day begins, unless they say: as they want the line, as they work, as the house does."""
    found: str = await tx.value(
        """
        select coalesce(s.zone, k.zone, w.zone) from workspaces w
        left join evening_settings s on s.workspace_id = w.workspace_id and s.member_id = %(member)s
        left join member_work k on k.workspace_id = w.workspace_id and k.member_id = %(member)s
        where w.workspace_id = %(workspace)s""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return found


async def reader(tx: Transaction, member_id: UUID) -> Reader | None:
    """None: they have left."""
    row = await tx.row(
        """
        select m.account_id, m.email, w.name from members m
        join workspaces w on w.workspace_id = m.workspace_id
        where m.workspace_id = %(workspace)s and m.member_id = %(member)s and m.left_at is null""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    if row is None or tx.workspace_id is None:
        return None
    found = await membership(tx, tx.workspace_id, row[0])
    return Reader(found, row[1], row[2]) if found else None


async def add_line(tx: Transaction, member_id: UUID, line: Line) -> bool:
    """False: there is one about this day already."""
    added = await tx.execute(
        """
        insert into evening_lines (workspace_id, member_id, day, told_at, answered, shelved, longest_wait_seconds,
                                   waiting, conversation_ids)
        values (%(workspace)s, %(member)s, %(day)s, %(at)s, %(answered)s, %(shelved)s, %(longest)s, %(waiting)s,
                %(ids)s)
        on conflict do nothing""",
        {
            "workspace": tx.workspace_id,
            "member": member_id,
            "day": line.count.day,
            "at": line.at,
            "answered": line.count.answered,
            "shelved": line.count.shelved,
            "longest": line.count.longest_wait_seconds,
            "waiting": line.waiting,
            "ids": [each.conversation_id for each in line.named],
        },
    )
    return added > 0


@dataclass(frozen=True, slots=True)
class KeptLine:
    count: DayCount
    waiting: int
    conversation_ids: list[UUID]
    told_at: datetime
    is_mailed: bool


async def kept(tx: Transaction, member_id: UUID, day: date) -> KeptLine | None:
    row = await tx.row(
        """
        select answered, shelved, longest_wait_seconds, waiting, conversation_ids, told_at, mailed_at is not null
        from evening_lines
        where workspace_id = %(workspace)s and member_id = %(member)s and day = %(day)s""",
        {"workspace": tx.workspace_id, "member": member_id, "day": day},
    )
    if row is None:
        return None
    answered, shelved, longest, waiting, ids, told_at, is_mailed = row
    return KeptLine(DayCount(day, answered, shelved, longest), waiting, ids, told_at, is_mailed)


async def note_mailed(
    tx: Transaction, member_id: UUID, day: date, at: datetime | None, trouble: Trouble | None
) -> None:
    """``at`` None: it was not sent, and ``trouble`` says why."""
    await tx.execute(
        """
        update evening_lines set mailed_at = %(at)s, trouble = %(trouble)s
        where workspace_id = %(workspace)s and member_id = %(member)s and day = %(day)s""",
        {"workspace": tx.workspace_id, "member": member_id, "day": day, "at": at, "trouble": trouble},
    )


async def last_trouble(tx: Transaction, member_id: UUID) -> Trouble | None:
    """Why the newest line was not mailed; None: it was."""
    found: str | None = await tx.value(
        """
        select trouble from evening_lines where workspace_id = %(workspace)s and member_id = %(member)s
        order by day desc limit 1""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return Trouble(found) if found else None


def _days_in(bits: int) -> frozenset[int]:
    return frozenset(day for day in range(1, 8) if bits & 1 << (day - 1))
