"""Rules run: once for each turn that settles, in the very transaction in which it does; others at their own moments.

A rule that fails takes back what it did, and nothing else; one that fails again and again parks itself.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from dragoman.conversations import store as conversations
from dragoman.conversations.shelf_actions import shelve
from dragoman.db.away import is_away, is_collision
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.labels import store as labels
from dragoman.rules import runs, store
from dragoman.rules.due import Deed, Done, Due, deeds_among, ids_in
from dragoman.rules.effects import Effects, assignee_in, wanted_in
from dragoman.rules.evaluating import Compiled, compile_rules, plan, plan_among
from dragoman.rules.model import MOST_AN_HOUR, Do, Trigger
from dragoman.rules.speaking import SAYS, speak
from dragoman.settling.facts import SettledTurn
from dragoman.settling.store import facts, newest_turns
from dragoman.team.acting import route_turns
from dragoman.team.model import Assignable, Assignment
from dragoman.team.owning import assignable
from dragoman.team.routing import Wanted

log = logging.getLogger(__name__)

SETS_REMEMBERED = 1000  # of as many workspaces, in one process

_compiled: dict[UUID, tuple[int, Compiled]] = {}


async def run_rules(tx: Transaction, turns: Sequence[SettledTurn]) -> None:
    """Do what this workspace's rules say about turns that settle in this transaction. Twice is once."""

    def due(rules: Compiled) -> list[Due]:
        return [Due(turn, act, _settled_so_far(turn)) for turn in turns for act in plan(turn, rules)]

    await _run(tx, due)


def _settled_so_far(turn: SettledTurn) -> UUID:
    """A turn that grows settles again, and is asked about anew."""
    return uuid5(turn.turn_id, str(turn.fragments))


async def run_at(tx: Transaction, trigger: Trigger, subjects: Mapping[UUID, UUID], at: datetime) -> None:
    """What rules say at a moment of these conversations (``{conversation: what makes the moment one of its kind}``)."""
    if not subjects:
        return
    await conversations.lock(tx, subjects)
    turns = await newest_turns(tx, subjects)
    known = await facts(tx, turns.values(), at)

    def due(rules: Compiled) -> list[Due]:
        return [
            Due(turn, act, subjects[turn.conversation_id])
            for turn in known
            for act in plan_among(turn, rules[trigger])
        ]

    await _run(tx, due)


async def _run(tx: Transaction, planned: Callable[[Compiled], list[Due]]) -> None:
    try:
        async with taken_back_if_it_fails(tx):
            due = planned(await compiled_rules(tx))
    except Exception as bug:
        if is_away(bug):
            raise
        log.exception(
            "the rules of workspace %s cannot be asked: nothing is held up by that", tx.workspace_id
        )
        return
    if not due:
        return
    at = now()
    fresh = await runs.begin(tx, [(*each.key, each.turn.conversation_id) for each in due], at)
    await carry_out(tx, [each for each in due if each.key in fresh], at)


async def carry_out(tx: Transaction, due: Sequence[Due], at: datetime) -> None:
    """Runs that were begun in this transaction."""
    if not due:
        return
    try:
        async with taken_back_if_it_fails(tx):
            await _do(tx, due, at)
    except Exception as bug:
        if is_away(bug):
            raise
        log.exception("rules failed; they are tried one by one")
        await _one_by_one(tx, due, at)


async def compiled_rules(tx: Transaction) -> Compiled:
    """This workspace's, compiled anew only when they have changed."""
    assert tx.workspace_id is not None
    version = await store.version_of_set(tx)
    known = _compiled.get(tx.workspace_id)
    if known is None or known[0] != version:
        if len(_compiled) >= SETS_REMEMBERED:
            _compiled.clear()
        known = version, compile_rules(await store.rules(tx) if version else [])
        _compiled[tx.workspace_id] = known
    return known[1]


async def _do(tx: Transaction, due: Sequence[Due], at: datetime) -> None:
    ids = {each.turn.conversation_id for each in due}
    ran = await runs.within_the_hour(tx, ids, at - timedelta(hours=1))
    allowed = [each for each in due if ran.get(each.turn.conversation_id, 0) < MOST_AN_HOUR]
    asked = await conversations.lock(tx, ids)
    by_themselves = await _shelve(tx, allowed, at) | await _find_owners(tx, allowed)
    by_themselves |= await speak(tx, deeds_among(allowed, SAYS), at)
    there = await _assignable(tx, allowed)
    locked = await conversations.lock(tx, ids)
    effects = Effects(
        locked,
        await runs.labels_on(tx, locked),
        await _known_labels(tx, due),
        there,
        by_themselves,
        asked,
        at,
    )
    outcomes = {each.key: _outcome(each, effects, ran) for each in due}
    await effects.write(tx)
    await runs.end(tx, outcomes)


async def _shelve(tx: Transaction, due: Sequence[Due], at: datetime) -> Done:
    """What is noise by itself lies on the shelf already, and needs no rule."""
    done: Done = {}
    for deed in deeds_among(due, {Do.SHELVE}):
        turn = deed.turn
        if turn.noise is not None:
            continue
        before = await conversations.lock_one(tx, turn.conversation_id)
        if before is None:
            continue
        as_it_was = replace(before, owner_id=turn.had_owner, team_id=turn.had_team) if turn.opened else before
        after = await shelve(tx, as_it_was, turn.turn_id, deed.act.rule_id, turn.status_before, at)
        if after is not as_it_was:
            await conversations.record(tx, before, after)
            done[deed.key] = {}
    return done


async def _find_owners(tx: Transaction, due: Sequence[Due]) -> Done:
    """Routing does it, and writes down whom it found and why."""
    by_wanted: defaultdict[Wanted, list[Deed]] = defaultdict(list)
    for deed in deeds_among(due, {Do.ASSIGN}):
        if assignee_in(deed.action) is None:
            by_wanted[wanted_in(deed.action)].append(deed)
    done: Done = {}
    for wanted, deeds in by_wanted.items():
        done |= await _route(tx, deeds, wanted)
    return done


async def _route(tx: Transaction, deeds: Sequence[Deed], wanted: Wanted) -> Done:
    found = await route_turns(tx, [deed.turn for deed in deeds], asked=wanted)
    return {
        deed.key: {
            "owner": after.owner_id,
            "team": after.team_id,
            "was": deed.turn.owner_id,
            "team_was": deed.turn.team_id,
        }
        for deed, after in zip(deeds, found, strict=True)
        if (after.owner_id, after.team_id) != (deed.turn.owner_id, deed.turn.team_id)
    }


async def _assignable(tx: Transaction, due: Sequence[Due]) -> Assignable:
    named = {
        given for deed in deeds_among(due, {Do.ASSIGN}) if (given := assignee_in(deed.action)) is not None
    }
    return await assignable(
        tx,
        [*(Assignment(owner_id=each) for each in named), *(Assignment(team_id=each) for each in named)],
        may_wait=False,
    )


async def _known_labels(tx: Transaction, due: Sequence[Due]) -> frozenset[UUID]:
    named = {each for deed in deeds_among(due, {Do.LABEL}) for each in ids_in(deed.action)}
    return frozenset(row["id"] for row in await labels.labels(tx, named)) if named else frozenset()


def _outcome(due: Due, effects: Effects, ran: dict[UUID, int]) -> str:
    conversation_id = due.turn.conversation_id
    if ran.get(conversation_id, 0) >= MOST_AN_HOUR:
        return "too_many"
    did = [effects.do(deed) for deed in effects.possible(due)]
    if not any(did):
        return "nothing"
    ran[conversation_id] = ran.get(conversation_id, 0) + 1
    return "done"


async def _one_by_one(tx: Transaction, due: Sequence[Due], at: datetime) -> None:
    await store.hold_set(tx)
    for each in due:
        try:
            async with taken_back_if_it_fails(tx):
                await _do(tx, [each], at)
        except Exception as bug:
            if is_away(bug) or is_collision(bug):
                raise
            log.exception("the rule %s failed", each.act.rule_id)
            await runs.fail(tx, *each.key, type(bug).__name__, at)


@asynccontextmanager
async def taken_back_if_it_fails(tx: Transaction) -> AsyncIterator[None]:
    """What a failure leaves is what there was: in the database, and of what is to be told at COMMIT."""
    changes, counts, wakes = len(tx.changes), dict(tx.counts), set(tx.wakes)
    await tx.execute("savepoint rules")
    try:
        yield
    except BaseException:
        del tx.changes[changes:]
        tx.counts.clear()
        tx.counts.update(counts)
        tx.wakes = wakes
        if not tx.connection.closed:
            await tx.execute("rollback to savepoint rules")
        raise
    await tx.execute("release savepoint rules")
