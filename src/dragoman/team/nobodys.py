"""What is nobody's is routed again while somebody waits: who speaks it may have come back, learned it or got room."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms import store as alarms
from dragoman.alarms.model import What
from dragoman.conversations import store as conversations
from dragoman.db.database import Transaction
from dragoman.settling.store import facts, newest_turns
from dragoman.team import routing_store
from dragoman.team.acting import is_routed, route_turns, subjects
from dragoman.team.timers import EVERY, route_again_at

AT_ONCE = 120  # in one transaction: more would make a member's action wait for the conversations' locks


async def route_again(tx: Transaction, _: Collection[UUID], at: datetime) -> None:
    """In this transaction's workspace. The alarm about a language ends when nobody of it waits for somebody; a rule may
    have begun it where routing by itself is switched off."""
    is_on = await is_routed(tx)
    found = await _routed_again(tx, at) if is_on else 0
    waiting = await routing_store.languages_of_nobodys(tx)
    await raising.end_others(tx, What.UNROUTED, subjects(tx.workspace_id, waiting), at)
    if waiting and (is_on or await alarms.is_any(tx, What.UNROUTED)):
        await route_again_at(tx, at if found else at + EVERY)


async def _routed_again(tx: Transaction, at: datetime) -> int:
    """How many found somebody. Those whom somebody is just changing come the next time: who settles their turns may
    wait for us."""
    held = await conversations.lock_free(tx, await routing_store.nobodys(tx, AT_ONCE))
    turns = await facts(tx, (await newest_turns(tx, held)).values(), at)
    routed = await route_turns(tx, turns, is_again=True)
    return sum(turn.owner_id is not None for turn in routed)
