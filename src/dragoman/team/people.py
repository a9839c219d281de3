"""What members and the house settle about work: languages, hours, days off, how much at once, what routing does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import to_builtins
from msgspec.structs import replace
from psycopg.types.json import Json

from dragoman.access.model import Membership, Right
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import invalid, not_found
from dragoman.kit.text import folded, one_line
from dragoman.language.codes import is_code
from dragoman.service.reckoning import reckon_later_if_any
from dragoman.team import store
from dragoman.team.timers import route_again_at
from dragoman.team.work import (
    MOST_LANGUAGES,
    MOST_SKILLS,
    SKILL_MAX,
    DaysOff,
    Hours,
    Work,
    check_shifts,
    check_zone,
)


async def set_work(database: Database, by: Membership, member_id: UUID, work: Work) -> None:
    """One's own, or with the right for it a colleague's. Whether somebody is away is theirs to say: ``set_away``."""
    if member_id != by.member_id:
        by.needs(Right.MANAGE_MEMBERS)
    work = _checked(work)
    async with database.transaction(by.workspace_id) as tx:
        work = replace(work, skills=_as_written_here(work.skills, await _skills_of_others(tx, member_id)))
        if not await _save_work(tx, member_id, work):
            raise not_found("There is no such member.")
        await route_again_at(tx, now())


async def set_away(database: Database, by: Membership, is_away: bool) -> None:
    """Nothing is routed to who is away; what they have already may go to somebody who is there."""
    async with database.transaction(by.workspace_id) as tx:
        moved = await tx.execute(
            """
            insert into member_work as w (workspace_id, member_id, away_since)
            values (%(workspace)s, %(member)s, %(since)s)
            on conflict (workspace_id, member_id) do update set away_since = excluded.away_since
                where (w.away_since is null) <> (excluded.away_since is null)""",
            {"workspace": tx.workspace_id, "member": by.member_id, "since": now() if is_away else None},
        )
        if moved:
            tx.changed("presence", member_id=by.member_id)
        if not is_away:
            await route_again_at(tx, now())


async def set_house(
    database: Database,
    by: Membership,
    hours: Hours,
    *,
    is_routing: bool,
    reply_takes: bool,
    fallback: UUID | None,
) -> None:
    """When the house is open, and what becomes of what comes in. Raises Refused."""
    by.needs(Right.MANAGE_MEMBERS)
    check_zone(hours.zone)
    check_shifts(hours.shifts)
    async with database.transaction(by.workspace_id) as tx:
        if fallback is not None and not await store.lock(tx, fallback):
            raise not_found("There is no such team.")
        # First: whoever is at it now holds the timers, and takes the workspace's row last.
        await reckon_later_if_any(tx)
        await route_again_at(tx, now())
        await tx.execute(
            """
            update workspaces
            set zone = %(zone)s, shifts = %(shifts)s, holidays = %(holidays)s, routing = %(routing)s,
                reply_takes = %(reply_takes)s, fallback_team = %(fallback)s
            where workspace_id = %(workspace)s""",
            {
                "workspace": tx.workspace_id,
                "zone": hours.zone,
                "shifts": None if hours.shifts is None else Json(to_builtins(hours.shifts)),
                "holidays": Json(to_builtins(hours.holidays)),
                "routing": is_routing,
                "reply_takes": reply_takes,
                "fallback": fallback,
            },
        )


def _checked(work: Work) -> Work:
    """Raises Refused for what nobody can mean."""
    check_zone(work.zone)
    check_shifts(work.shifts)
    if len(work.languages) > MOST_LANGUAGES:
        raise invalid(languages=f"A member speaks {MOST_LANGUAGES} languages at most.")
    if not all(is_code(each.language) for each in work.languages):
        raise invalid(languages="There is no such language.")
    if any(each.last < each.first for each in work.days_off):
        raise invalid(days_off="Days off end after they begin.")
    spoken = {each.language: each for each in work.languages}
    return Work(
        languages=tuple(spoken.values()),
        skills=_checked_skills(work.skills),
        zone=work.zone,
        shifts=work.shifts,
        days_off=_in_order(work.days_off),
        capacity=work.capacity,
    )


def _in_order(days_off: Collection[DaysOff]) -> tuple[DaysOff, ...]:
    return tuple(sorted(days_off, key=lambda each: (each.first, each.last)))


def _checked_skills(written: Sequence[str]) -> tuple[str, ...]:
    """Each once, whatever the size of its letters."""
    skills = {folded(each): each for each in map(one_line, written)}
    if any(not 1 <= len(each) <= SKILL_MAX for each in skills.values()):
        raise invalid(skills=f"A skill has 1 to {SKILL_MAX} characters on one line.")
    if len(skills) > MOST_SKILLS:
        raise invalid(skills=f"A member has {MOST_SKILLS} skills at most.")
    return tuple(skills.values())


def _as_written_here(skills: Sequence[str], others: Collection[str]) -> tuple[str, ...]:
    """A workspace has each skill under one spelling: that of who had it first."""
    known = {folded(each): each for each in others}
    return tuple(known.get(folded(each), each) for each in skills)


async def _save_work(tx: Transaction, member_id: UUID, work: Work) -> bool:
    touched = await tx.execute(
        """
        insert into member_work (workspace_id, member_id, languages, skills, zone, shifts, days_off, capacity)
        select workspace_id, member_id, %(languages)s, %(skills)s, %(zone)s, %(shifts)s, %(days_off)s, %(capacity)s
        from members where workspace_id = %(workspace)s and member_id = %(member)s and left_at is null
        on conflict (workspace_id, member_id) do update
            set languages = excluded.languages, skills = excluded.skills, zone = excluded.zone,
                shifts = excluded.shifts, days_off = excluded.days_off, capacity = excluded.capacity""",
        {
            "workspace": tx.workspace_id,
            "member": member_id,
            "languages": Json(to_builtins(work.languages)),
            "skills": Json(list(work.skills)),
            "zone": work.zone,
            "shifts": None if work.shifts is None else Json(to_builtins(work.shifts)),
            "days_off": Json(to_builtins(work.days_off)),
            "capacity": work.capacity,
        },
    )
    return touched > 0


async def _skills_of_others(tx: Transaction, member_id: UUID) -> list[str]:
    found = await tx.rows(
        """
        select distinct skill from member_work w cross join jsonb_array_elements_text(w.skills) as skill
        where w.workspace_id = %(workspace)s and w.member_id <> %(member)s order by skill""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return [row[0] for row in found]
