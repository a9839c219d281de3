"""Somebody leaves, or sees less from now on: what they had is everybody's again, and finds somebody."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from dragoman.conversations import store as conversations
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.team import entries, store
from dragoman.team.entries import How
from dragoman.team.model import handed_back
from dragoman.team.owning import channels_seen
from dragoman.team.timers import route_again_at


async def hand_everything_back(tx: Transaction, member_id: UUID) -> None:
    """In the transaction in which they leave; whoever gives them something meanwhile waits for its end."""
    await _hand_back(tx, member_id, None)
    for team_id in await store.teams_of(tx, member_id):
        tx.changed("team", fields={"team_id": str(team_id)})
    await store.leave_all(tx, member_id)


async def hand_back_unseen(tx: Transaction, members: Collection[UUID]) -> None:
    """They have left a team, or it serves other channels: who does not see a conversation does not have it."""
    for member_id in await store.limited_members(tx, members):
        seen = await channels_seen(tx, [member_id])
        await _hand_back(tx, member_id, seen[member_id])


async def _hand_back(tx: Transaction, member_id: UUID, seen: frozenset[UUID] | None) -> None:
    """``seen``: what is said there they keep; None: nothing."""
    owned = await conversations.lock(tx, await store.owned_by(tx, member_id))
    theirs = [c for c in owned.values() if c.owner_id == member_id]
    lost = [c for c in theirs if seen is None or c.channel_id not in seen]
    pairs = [(c, handed_back(c)) for c in lost]
    await conversations.record_all(tx, pairs)
    await entries.write(tx, None, How.LEFT, pairs, now())
    if pairs:
        await route_again_at(tx, now())
