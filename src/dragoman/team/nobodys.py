"""What is nobody's is routed again while somebody waits: who speaks it may have come back, learned it or got room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms.model import What
from dragoman.conversations import store as conversations
from dragoman.db.database import Transaction
from dragoman.settling.facts import SettledTurn
from dragoman.settling.store import facts, newest_turns
from dragoman.team import routing_store
from dragoman.team.acting import is_routed, route_turns, subject
from dragoman.team.routing import Wanted
from dragoman.team.timers import EVERY, route_again_at

AT_ONCE = 120  # in one transaction: more would make a member's action wait for the conversations' locks


async def route_again(tx: Transaction, _: Collection[UUID], at: datetime) -> None:
    """In this transaction's workspace: everybody, or where routing by itself is switched off, for whom a rule asked. An
    alarm ends when nobody waits any more for whom it is about."""
    is_on = await is_routed(tx)
    found = await _routed_again(tx, at, is_on)
    waiting = await routing_store.sought_by_nobodys(tx, is_routed=is_on)
    await raising.end_others(tx, What.UNROUTED, [subject(tx.workspace_id, each) for each in waiting], at)
    if waiting:
        await route_again_at(tx, at if found else at + EVERY)


async def _routed_again(tx: Transaction, at: datetime, is_on: bool) -> int:
    """How many found somebody. Those whom somebody is just changing come the next time: who settles their turns may
    wait for us."""
    asked = await routing_store.nobodys(tx, AT_ONCE, is_routed=is_on)
    held = await conversations.lock_free(tx, list(asked))
    by_wanted: defaultdict[Wanted | None, list[SettledTurn]] = defaultdict(list)
    for turn in await facts(tx, (await newest_turns(tx, held)).values(), at):
        by_wanted[asked[turn.conversation_id]].append(turn)
    routed = [
        turn
        for wanted, turns in by_wanted.items()
        for turn in await route_turns(tx, turns, asked=wanted, is_again=True)
    ]
    return sum(turn.owner_id is not None for turn in routed)
