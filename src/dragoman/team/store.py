"""SQL about teams, and about what belongs to a team or a member."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from dragoman.db.database import Transaction

Row = dict[str, Any]


async def teams(tx: Transaction, ids: Collection[UUID] | None = None) -> list[Row]:
    """As a browser gets them: all of the workspace, or those of these that there are, with who is in them."""
    found = await tx.rows(
        """
        select t.team_id, t.name,
               array(select m.member_id from team_members m
                     join members p on p.workspace_id = m.workspace_id and p.member_id = m.member_id
                          and p.left_at is null
                     where m.workspace_id = t.workspace_id and m.team_id = t.team_id order by m.member_id)
        from teams t
        where t.workspace_id = %(workspace)s and (%(all)s or t.team_id = any(%(ids)s)) order by t.name, t.team_id""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    return [{"id": row[0], "name": row[1], "member_ids": row[2]} for row in found]


async def add(tx: Transaction, team_id: UUID, name: str) -> None:
    await tx.execute(
        "insert into teams (workspace_id, team_id, name) values (%(workspace)s, %(team)s, %(name)s)",
        {"workspace": tx.workspace_id, "team": team_id, "name": name},
    )


async def rename(tx: Transaction, team_id: UUID, name: str) -> None:
    await tx.execute(
        "update teams set name = %(name)s where workspace_id = %(workspace)s and team_id = %(team)s",
        {"workspace": tx.workspace_id, "team": team_id, "name": name},
    )


async def lock(tx: Transaction, team_id: UUID) -> bool:
    """Nobody gives it anything meanwhile. False: there is no such team."""
    found = await tx.row(
        "select from teams where workspace_id = %(workspace)s and team_id = %(team)s for update",
        {"workspace": tx.workspace_id, "team": team_id},
    )
    return found is not None


async def remove(tx: Transaction, team_id: UUID) -> None:
    """With who is in it and what it serves; its conversations have left it already."""
    team = {"workspace": tx.workspace_id, "team": team_id}
    await tx.execute(
        "delete from team_members where workspace_id = %(workspace)s and team_id = %(team)s", team
    )
    await tx.execute(
        "delete from team_channels where workspace_id = %(workspace)s and team_id = %(team)s", team
    )
    await tx.execute("delete from teams where workspace_id = %(workspace)s and team_id = %(team)s", team)


async def members_of(tx: Transaction, team_id: UUID) -> frozenset[UUID]:
    found = await tx.rows(
        "select member_id from team_members where workspace_id = %(workspace)s and team_id = %(team)s",
        {"workspace": tx.workspace_id, "team": team_id},
    )
    return frozenset(row[0] for row in found)


async def serves_channels(tx: Transaction, team_id: UUID) -> bool:
    """Whether somebody may see by it what they would not see otherwise."""
    found = await tx.row(
        "select from team_channels where workspace_id = %(workspace)s and team_id = %(team)s limit 1",
        {"workspace": tx.workspace_id, "team": team_id},
    )
    return found is not None


async def teams_of(tx: Transaction, member_id: UUID) -> list[UUID]:
    found = await tx.rows(
        "select team_id from team_members where workspace_id = %(workspace)s and member_id = %(member)s",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return [row[0] for row in found]


async def put_in(tx: Transaction, team_id: UUID, members: Collection[UUID]) -> int:
    """How many of them are members who have not left."""
    return await tx.execute(
        """
        insert into team_members (workspace_id, team_id, member_id)
        select workspace_id, %(team)s, member_id from members
        where workspace_id = %(workspace)s and member_id = any(%(members)s) and left_at is null""",
        {"workspace": tx.workspace_id, "team": team_id, "members": list(members)},
    )


async def take_out(tx: Transaction, team_id: UUID, members: Collection[UUID]) -> None:
    await tx.execute(
        """
        delete from team_members
        where workspace_id = %(workspace)s and team_id = %(team)s and member_id = any(%(members)s)""",
        {"workspace": tx.workspace_id, "team": team_id, "members": list(members)},
    )


async def leave_all(tx: Transaction, member_id: UUID) -> None:
    await tx.execute(
        "delete from team_members where workspace_id = %(workspace)s and member_id = %(member)s",
        {"workspace": tx.workspace_id, "member": member_id},
    )


async def owned_by(tx: Transaction, member_id: UUID) -> list[UUID]:
    """Every conversation of theirs, closed ones too."""
    found = await tx.rows(
        "select conversation_id from conversations where workspace_id = %(workspace)s and owner_id = %(member)s",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return [row[0] for row in found]


async def in_queue_of(tx: Transaction, team_id: UUID) -> list[UUID]:
    """Every conversation of the team, closed ones too."""
    found = await tx.rows(
        "select conversation_id from conversations where workspace_id = %(workspace)s and team_id = %(team)s",
        {"workspace": tx.workspace_id, "team": team_id},
    )
    return [row[0] for row in found]


async def limited_members(tx: Transaction, members: Collection[UUID]) -> list[UUID]:
    """Of these, those who see the channels of their teams only."""
    found = await tx.rows(
        """
        select member_id from members
        where workspace_id = %(workspace)s and member_id = any(%(members)s) and not sees_all_channels
        order by member_id""",
        {"workspace": tx.workspace_id, "members": list(members)},
    )
    return [row[0] for row in found]
