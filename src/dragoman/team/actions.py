"""Conversations are given to somebody, and teams made, changed and removed. One transaction each."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from dragoman.access.model import Membership, Right
from dragoman.conversations import store as conversations
from dragoman.conversations.access import visible
from dragoman.conversations.model import Status
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.kit.text import folded
from dragoman.team import entries, store
from dragoman.team.entries import How
from dragoman.team.leaving import hand_back_unseen
from dragoman.team.model import (
    MOST_IN_TEAM,
    MOST_TEAMS,
    Assignable,
    Assignment,
    assigned,
    checked_team_name,
)
from dragoman.team.owning import assignable


async def assign(database: Database, by: Membership, conversation_id: UUID, to: Assignment) -> None:
    """It is theirs from now on, and in that team's queue; twice is once. Raises Refused."""
    async with database.transaction(by.workspace_id) as tx:
        there = await assignable(tx, [to])
        before = await visible(tx, by, conversation_id)
        if before.status is Status.UNOPENED:
            raise Refused("conflict", "This conversation was never opened.", 409)
        _refuse_impossible(there, before.channel_id, to)
        after = assigned(before, to)
        if after != before:
            await conversations.record(tx, before, after)
            await entries.write(tx, by.member_id, How.BY_HAND, [(before, after)], now())


def _refuse_impossible(there: Assignable, channel_id: UUID, to: Assignment) -> None:
    if not there.has_team(to):
        raise not_found("There is no such team.")
    if not there.has_owner(to):
        raise not_found("There is no such member.")
    if not there.owner_sees(channel_id, to):
        raise Refused("conflict", "Who does not see this channel cannot have its conversations.", 409)


async def create_team(database: Database, by: Membership, name: str, members: Collection[UUID]) -> UUID:
    """Raises Refused."""
    by.needs(Right.MANAGE_MEMBERS)
    name, team_id = checked_team_name(name), new_id()
    async with database.transaction(by.workspace_id) as tx:
        there = await store.teams(tx)
        if len(there) >= MOST_TEAMS:
            raise Refused("conflict", f"A workspace has {MOST_TEAMS} teams at most: remove one first.", 409)
        _refuse_taken(there, team_id, name)
        await store.add(tx, team_id, name)
        await _set_members(tx, team_id, members)
        _changed(tx, team_id)
    return team_id


async def change_team(
    database: Database, by: Membership, team_id: UUID, name: str, members: Collection[UUID]
) -> None:
    """Another name, other members. Raises Refused."""
    by.needs(Right.MANAGE_MEMBERS)
    name = checked_team_name(name)
    async with database.transaction(by.workspace_id) as tx:
        await _locked(tx, team_id)
        _refuse_taken(await store.teams(tx), team_id, name)
        await store.rename(tx, team_id, name)
        await _set_members(tx, team_id, members)
        _changed(tx, team_id)


async def remove_team(database: Database, by: Membership, team_id: UUID) -> None:
    """Who had one of its conversations keeps it; those of nobody are nobody's, in no queue. Raises Refused."""
    by.needs(Right.MANAGE_MEMBERS)
    async with database.transaction(by.workspace_id) as tx:
        await _locked(tx, team_id)
        queue = await conversations.lock(tx, await store.in_queue_of(tx, team_id))
        out = Assignment(team_id=None)
        left = [(c, assigned(c, out)) for c in queue.values() if c.team_id == team_id]
        await conversations.record_all(tx, left)
        await entries.write(tx, by.member_id, How.TEAM_REMOVED, left, now())
        members = await store.members_of(tx, team_id)
        served = await store.serves_channels(tx, team_id)
        await store.remove(tx, team_id)
        if served:
            await _see_otherwise(tx, members)
        _changed(tx, team_id)


async def _locked(tx: Transaction, team_id: UUID) -> None:
    if not await store.lock(tx, team_id):
        raise not_found("There is no such team.")


def _refuse_taken(there: list[store.Row], team_id: UUID, name: str) -> None:
    if any(folded(each["name"]) == folded(name) for each in there if each["id"] != team_id):
        raise invalid(name="There is a team of this name already.")


async def _set_members(tx: Transaction, team_id: UUID, members: Collection[UUID]) -> None:
    wanted, before = frozenset(members), await store.members_of(tx, team_id)
    if len(wanted) > MOST_IN_TEAM:
        raise invalid(member_ids=f"A team has {MOST_IN_TEAM} members at most.")
    joining, leaving = wanted - before, before - wanted
    if await store.put_in(tx, team_id, joining) != len(joining):
        raise not_found("There is no such member.")
    await store.take_out(tx, team_id, leaving)
    if await store.serves_channels(tx, team_id):
        await _see_otherwise(tx, joining | leaving)


async def _see_otherwise(tx: Transaction, members: Collection[UUID]) -> None:
    """What those see who see their teams' channels only is something else now: their streams begin anew."""
    for member_id in await store.limited_members(tx, members):
        tx.changed("member", member_id=member_id)
    await hand_back_unseen(tx, members)


def _changed(tx: Transaction, team_id: UUID) -> None:
    tx.changed("team", fields={"team_id": str(team_id)})
