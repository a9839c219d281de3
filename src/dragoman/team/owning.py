"""Who may have a conversation: looked up before it is given, and held until it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.team.model import Assignable, Assignment, Channels


async def assignable(
    tx: Transaction, assignments: Collection[Assignment], *, may_wait: bool = True
) -> Assignable:
    """Of those named. Before any conversation is locked: who leaves meanwhile waits, and then hands this back too.
    Where conversations are locked already nobody ``may_wait``: who is just being removed gets nothing."""
    owners = {each.owner_id for each in assignments if isinstance(each.owner_id, UUID)}
    held = HELD if may_wait else HELD + " skip locked"
    teams = {each.team_id for each in assignments if isinstance(each.team_id, UUID)}
    return Assignable(
        members=await _members(tx, owners, held) if owners else {},
        teams=await _teams(tx, teams, held) if teams else frozenset(),
    )


HELD: LiteralString = " for key share"


async def _members(tx: Transaction, ids: Collection[UUID], held: LiteralString) -> dict[UUID, Channels]:
    found = await tx.rows(
        """
        select member_id, sees_all_channels from members
        where workspace_id = %(workspace)s and member_id = any(%(ids)s) and left_at is null
        order by member_id"""
        + held,
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    seen = await channels_seen(tx, [row[0] for row in found if not row[1]])
    return {member: None if sees_all else seen[member] for member, sees_all in found}


async def channels_seen(tx: Transaction, members: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """By their teams, of each of these who does not see all."""
    seen: dict[UUID, frozenset[UUID]] = dict.fromkeys(members, frozenset())
    if members:
        found = await tx.rows(
            """
            select t.member_id, array_agg(distinct c.channel_id) from team_members t
            join team_channels c on c.workspace_id = t.workspace_id and c.team_id = t.team_id
            where t.workspace_id = %(workspace)s and t.member_id = any(%(ids)s) group by t.member_id""",
            {"workspace": tx.workspace_id, "ids": list(members)},
        )
        seen |= {member: frozenset(channels) for member, channels in found}
    return seen


async def _teams(tx: Transaction, ids: Collection[UUID], held: LiteralString) -> frozenset[UUID]:
    found = await tx.rows(
        """
        select team_id from teams where workspace_id = %(workspace)s and team_id = any(%(ids)s)
        order by team_id"""
        + held,
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return frozenset(row[0] for row in found)


async def takes_by_replying(tx: Transaction, member_id: UUID) -> bool:
    """Whether what nobody has is theirs once they answer it. Who is being removed at this moment takes nothing, and
    nobody waits for that: the conversation is locked already."""
    return (
        await tx.value(
            """
        select w.reply_takes from members m join workspaces w on w.workspace_id = m.workspace_id
        where m.workspace_id = %(workspace)s and m.member_id = %(member)s and m.left_at is null
        for key share of m skip locked""",
            {"workspace": tx.workspace_id, "member": member_id},
        )
        is True
    )
