"""SQL that routing decides by: everybody of a workspace, as they are now, read once for a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.conversations.model import OWNED
from dragoman.db.database import Transaction
from dragoman.team.model import Channels
from dragoman.team.owning import channels_seen
from dragoman.team.presence import GONE_AFTER
from dragoman.team.routing import SPEAKER, Sought, Wanted, sought_by
from dragoman.team.work import DaysOff, Holiday, Hours, Shift, Spoken, Work

MOST_SEEN = 100  # languages


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A member who has not left. ``open``: how many open conversations they have."""

    member_id: UUID
    channels: Channels
    work: Work
    here_since: datetime | None
    seen_at: datetime | None
    given_at: datetime | None
    open: int

    def sees(self, channel_id: UUID) -> bool:
        return self.channels is None or channel_id in self.channels

    def is_online(self, at: datetime) -> bool:
        """Whoever wrote down that they are here may have died since."""
        return self.here_since is not None and self.seen_at is not None and at - self.seen_at < GONE_AFTER


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A workspace and its people. ``teams``: who is in each."""

    is_routing: bool
    reply_takes: bool
    fallback: UUID | None
    hours: Hours
    people: tuple[Person, ...]
    teams: Mapping[UUID, frozenset[UUID]]


async def office(tx: Transaction) -> Office:
    row = await tx.row(
        """
        select w.routing, w.reply_takes, t.team_id from workspaces w
        left join teams t on t.workspace_id = w.workspace_id and t.team_id = w.fallback_team
        where w.workspace_id = %(workspace)s""",
        {"workspace": tx.workspace_id},
    )
    assert row is not None
    routing, reply_takes, fallback = row
    return Office(
        is_routing=routing,
        reply_takes=reply_takes,
        fallback=fallback,
        hours=await house_hours(tx),
        people=await _people(tx),
        teams=await _teams(tx),
    )


async def house_hours(tx: Transaction) -> Hours:
    """When this workspace is open."""
    row = await tx.row(
        "select zone, shifts, holidays from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    assert row is not None
    zone, shifts, holidays = row
    return Hours(zone=zone, shifts=_shifts(shifts), holidays=msgspec.convert(holidays, tuple[Holiday, ...]))


async def _people(tx: Transaction) -> tuple[Person, ...]:
    found = await tx.rows(
        """
        select m.member_id, m.sees_all_channels, p.here_since, p.seen_at, p.given_at, w.languages, w.skills, w.zone,
               w.shifts, w.days_off, w.capacity, w.away_since is not null
        from members m
        left join member_work w on w.workspace_id = m.workspace_id and w.member_id = m.member_id
        left join member_presence p on p.workspace_id = m.workspace_id and p.member_id = m.member_id
        where m.workspace_id = %(workspace)s and m.left_at is null order by m.member_id""",
        {"workspace": tx.workspace_id},
    )
    seen = await channels_seen(tx, [row[0] for row in found if not row[1]])
    load = await _load(tx)
    return tuple(
        Person(
            member_id=member,
            channels=None if sees_all else seen[member],
            work=_work(*work),
            here_since=here_since,
            seen_at=seen_at,
            given_at=given_at,
            open=load.get(member, 0),
        )
        for member, sees_all, here_since, seen_at, given_at, *work in found
    )


def _work(
    languages: Any,
    skills: Any,
    zone: str | None,
    shifts: Any,
    days_off: Any,
    capacity: int | None,
    away: bool,
) -> Work:
    if capacity is None:
        return Work()
    return Work(
        languages=msgspec.convert(languages, tuple[Spoken, ...]),
        skills=tuple(skills),
        zone=zone,
        shifts=_shifts(shifts),
        days_off=msgspec.convert(days_off, tuple[DaysOff, ...]),
        capacity=capacity,
        is_away=away,
    )


def _shifts(stored: Any) -> tuple[Shift, ...] | None:
    return None if stored is None else msgspec.convert(stored, tuple[Shift, ...])


async def _load(tx: Transaction) -> dict[UUID, int]:
    """On all channels, whatever the one who asks may see."""
    found = await tx.rows(
        """
        select name, sum(value)::bigint from counters
        where workspace_id = %(workspace)s and left(name, %(length)s) = %(owned)s group by name""",
        {"workspace": tx.workspace_id, "owned": OWNED, "length": len(OWNED)},
    )
    return {UUID(name.removeprefix(OWNED)): count for name, count in found}


async def _teams(tx: Transaction) -> dict[UUID, frozenset[UUID]]:
    found = await tx.rows(
        "select team_id, member_id from team_members where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    teams: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for team, member in found:
        teams[team].add(member)
    return {team: frozenset(members) for team, members in teams.items()}


async def answered_by_owner(tx: Transaction, conversations: Collection[UUID]) -> frozenset[UUID]:
    """Those whose owner has written to the customer since the present episode began."""
    if not conversations:
        return frozenset()
    found = await tx.rows(
        """
        select c.conversation_id from conversations c
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and exists (select from messages m
                      where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                        and m.sent_at >= c.opened_at and m.side = 'team' and m.author_id = c.owner_id)""",
        {"workspace": tx.workspace_id, "ids": list(conversations)},
    )
    return frozenset(row[0] for row in found)


# Whom a rule asked for since the conversation was opened is asked for again, also where routing by itself is switched
# off. What a person made nobody's since the customer wrote last stays so: what a person did stands.
NOBODYS: LiteralString = """
    from conversations c
    join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
    left join lateral (
        select e.what -> 'asked' as asked from trail e
        where e.workspace_id = c.workspace_id and e.conversation_id = c.conversation_id
          and e.kind = 'routed' and e.what ? 'asked' and e.at >= c.opened_at
        order by e.entry_id desc limit 1) as rule on true
    where c.workspace_id = %(workspace)s and c.status = 'open' and c.waiting_for = 'us' and c.owner_id is null
      and c.team_id is null and (p.language is not null or not (rule.asked -> 'speaks')::boolean)
      and not exists (select from trail e
                      where e.workspace_id = c.workspace_id and e.conversation_id = c.conversation_id
                        and e.cause = 'member' and e.at >= c.last_arrived_at
                        and (e.kind = 'assigned' and e.what ->> 'owner' is null
                             or e.kind = 'reverted' and e.what ->> 'kind' in ('assign', 'routed')))"""


async def nobodys(tx: Transaction, limit: int, *, is_routed: bool) -> dict[UUID, Wanted | None]:
    """Who waits and is in nobody's hands, and for whom a rule asked; unless everything ``is_routed``, only where one
    did. The languages of each channel take turns, who has waited longest first: whom nobody can take stands before
    nobody else."""
    found = await tx.rows(
        "select c.conversation_id, rule.asked" + NOBODYS + " and (%(all)s or rule.asked is not null)"
        " order by row_number() over (partition by p.language, rule.asked, c.channel_id"
        " order by c.waiting_since, c.conversation_id), c.waiting_since limit %(limit)s",
        {"workspace": tx.workspace_id, "limit": limit, "all": is_routed},
    )
    return {row[0]: _wanted(row[1]) for row in found}


async def sought_by_nobodys(tx: Transaction, *, is_routed: bool) -> list[Sought]:
    """Whom those wait for."""
    found = await tx.rows(
        "select distinct p.language, rule.asked" + NOBODYS + " and (%(all)s or rule.asked is not null)",
        {"workspace": tx.workspace_id, "all": is_routed},
    )
    sought = {sought_by(language, _wanted(asked) or SPEAKER) for language, asked in found}
    return sorted(each for each in sought if each is not None)


def _wanted(asked: Any) -> Wanted | None:
    return None if asked is None else msgspec.convert(asked, Wanted)


async def asked_for(tx: Transaction, conversations: Collection[UUID]) -> dict[UUID, Wanted]:
    """For whom a rule asked last, since each was opened."""
    found = await tx.rows(
        """
        select distinct on (c.conversation_id) c.conversation_id, e.what -> 'asked'
        from conversations c
        join trail e on e.workspace_id = c.workspace_id and e.conversation_id = c.conversation_id
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and e.kind = 'routed' and e.what ? 'asked' and e.at >= c.opened_at
        order by c.conversation_id, e.entry_id desc""",
        {"workspace": tx.workspace_id, "ids": list(conversations)},
    )
    return {row[0]: msgspec.convert(row[1], Wanted) for row in found}


async def waiting_by_language(
    tx: Transaction, visible: Channels, most_named: int
) -> list[tuple[str, int, UUID, str | None]]:
    """Who waits and is in nobody's hands: language, how many of it, conversation and name of those who have waited
    longest, so many of each language."""
    found = await tx.rows(
        """
        select language, count, conversation_id, name from (
            select p.language, c.conversation_id, coalesce(p.name, i.username) as name,
                   count(*) over (partition by p.language) as count,
                   row_number() over (partition by p.language order by c.waiting_since, c.conversation_id) as nth"""
        + NOBODYS
        + """ and p.language is not null and coalesce(rule.asked -> 'skills' = '[]', true)
              and (%(everything)s or c.channel_id = any(%(channels)s))) as waiting
        where nth <= %(most_named)s order by count desc, language, nth limit %(most)s""",
        {
            "workspace": tx.workspace_id,
            "everything": visible is None,
            "channels": list(visible or ()),
            "most_named": most_named,
            "most": MOST_SEEN * most_named,
        },
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def note_given(tx: Transaction, members: Collection[UUID], at: datetime) -> None:
    await tx.execute(
        """
        insert into member_presence (workspace_id, member_id, given_at)
        select %(workspace)s, member, %(at)s from unnest(%(members)s::uuid[]) as member order by member
        on conflict (workspace_id, member_id) do update set given_at = excluded.given_at""",
        {"workspace": tx.workspace_id, "members": sorted(members), "at": at},
    )


async def languages_seen(
    tx: Transaction, visible: Channels, since: datetime, most: int = MOST_SEEN
) -> list[tuple[str, int]]:
    """Of turns of customers since then, by how many there were."""
    found = await tx.rows(
        """
        select t.language, count(*) from turns t
        join conversations c on c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
        where t.workspace_id = %(workspace)s and t.side = 'customer' and t.language is not null
          and t.first_at > %(since)s and (%(everything)s or c.channel_id = any(%(channels)s))
        group by t.language order by 2 desc, 1 limit %(most)s""",
        {
            "workspace": tx.workspace_id,
            "since": since,
            "everything": visible is None,
            "channels": list(visible or ()),
            "most": most,
        },
    )
    return [(row[0], row[1]) for row in found]
