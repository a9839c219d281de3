"""A rule is tried on what was said: the very function that running asks is asked about turns that settled long ago,
once with the rules as they are and once as they would be. Nothing comes of it but what is to be looked at."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.access.model import Membership, Right
from dragoman.db.away import is_away
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import first_id_at, new_id
from dragoman.rules import history, store
from dragoman.rules import rehearsal_store as rehearsals
from dragoman.rules.checking import checked
from dragoman.rules.evaluating import Compiled, compile_rules, plan
from dragoman.rules.history import PastTurn
from dragoman.rules.model import OF_TURNS, KeptRule, Rule
from dragoman.rules.rehearsal_store import Hit, Rehearsal
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

log = logging.getLogger(__name__)

REHEARSE = "rehearse"
MOST_AT_ONCE = 3  # in one workspace
MOST_DAYS = 90
CHUNK = 1000  # turns in one transaction
SECONDS_AT_A_TIME = 2.0  # then whatever else is due has its turn


async def begin(database: Database, by: Membership, rule: Rule, rule_id: UUID | None, days: int) -> UUID:
    """A worker goes through the turns of the last days. Raises Refused: what is wrong with the rule, or too many."""
    by.needs(Right.MANAGE_RULES)
    if rule.trigger not in OF_TURNS:
        raise invalid(trigger="Only what is done about a customer's turn can be tried on the past.")
    async with database.transaction(by.workspace_id) as tx:
        await store.hold_set(tx)
        if await rehearsals.how_many_run(tx) >= MOST_AT_ONCE:
            raise Refused("conflict", f"{MOST_AT_ONCE} rehearsals are running: stop one, or wait.", 409)
        run = await _new(tx, by, checked(rule, await store.known(tx)), rule_id or new_id(), days)
        await rehearsals.add(tx, run)
        await rehearsals.forget_old(tx)
        lane = lane_of(run.rehearsal_id, REHEARSE)
        await jobs.schedule(tx, [Job(kind=REHEARSE, subject=run.rehearsal_id, lane=lane, due_at=now())])
    return run.rehearsal_id


async def _new(tx: Transaction, by: Membership, rule: Rule, rule_id: UUID, days: int) -> Rehearsal:
    until = now()
    since = until - timedelta(days=days)
    return Rehearsal(
        rehearsal_id=new_id(),
        rule_id=rule_id,
        rule=replace(rule, enabled=True),
        days=days,
        state="running",
        since=since,
        until=until,
        total=await history.how_many(tx, first_id_at(since), first_id_at(until)),
        cursor=first_id_at(since),
        started_by=by.member_id,
        started_at=until,
    )


async def stop(database: Database, by: Membership, rehearsal_id: UUID) -> None:
    """What it has found so far stays to be looked at."""
    by.needs(Right.MANAGE_RULES)
    async with database.transaction(by.workspace_id) as tx:
        run = await rehearsals.lock(tx, rehearsal_id)
        if run is None:
            raise not_found("There is no such rehearsal any more.")
        if run.state == "running":
            await rehearsals.save(tx, replace(run, state="stopped", ended_at=now()))
            await jobs.done(tx, REHEARSE, [rehearsal_id])


async def rehearse(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Go on for a moment. Returns when to go on; None: it is over, or was stopped."""
    until = time.monotonic() + SECONDS_AT_A_TIME
    try:
        while time.monotonic() < until:
            async with services.database.transaction(workspace_id) as tx:
                if not await _go_on(tx, job.subject, now()):
                    return None
    except Exception as bug:
        if is_away(bug):
            raise
        log.exception("the rehearsal %s failed", job.subject)
        await _fail(services.database, workspace_id, job.subject)
        return None
    return timedelta(0)


async def _fail(database: Database, workspace_id: UUID, rehearsal_id: UUID) -> None:
    async with database.transaction(workspace_id) as tx:
        run = await rehearsals.lock(tx, rehearsal_id)
        if run is not None and run.state == "running":
            await rehearsals.save(tx, replace(run, state="failed", ended_at=now()))


async def _go_on(tx: Transaction, rehearsal_id: UUID, at: datetime) -> bool:
    run = await rehearsals.lock(tx, rehearsal_id)
    if run is None or run.state != "running":
        return False
    there = await store.rules(tx)
    past = await history.past_turns(tx, run.cursor, first_id_at(run.until), CHUNK)
    hits = hits_among(
        past, run.rule_id, compile_rules(there), compile_rules(with_rule(there, run.rule_id, run.rule))
    )
    await rehearsals.add_hits(tx, run, hits)
    run = _counted(run, past, hits)
    if len(past) < CHUNK:
        run = replace(run, state="done", ended_at=at)
    await rehearsals.save(tx, run)
    return run.state == "running"


def with_rule(there: Sequence[KeptRule], rule_id: UUID, rule: Rule) -> list[KeptRule]:
    """The rules as they would be: this one in its place, or after all others, and at work."""
    mine = KeptRule(rule_id=rule_id, rule=rule, version=0)
    if any(each.rule_id == rule_id for each in there):
        return [mine if each.rule_id == rule_id else each for each in there]
    return [*there, mine]


def hits_among(past: Sequence[PastTurn], rule_id: UUID, present: Compiled, would_be: Compiled) -> list[Hit]:
    """The turns about which this rule would do something, or does and would not. Pure."""
    hits = []
    for each in past:
        does, would = (_touches(each, rule_id, rules) for rules in (present, would_be))
        if does or would:
            kind: Literal["same", "added", "dropped"] = (
                "dropped" if not would else "same" if does else "added"
            )
            turn = each.turn
            hits.append(Hit(turn.turn_id, turn.conversation_id, turn.channel_id, kind, each.answered))
    return hits


def _touches(past: PastTurn, rule_id: UUID, rules: Compiled) -> bool:
    return any(act.rule_id == rule_id and act.actions for act in plan(past.turn, rules))


def _counted(run: Rehearsal, past: Sequence[PastTurn], hits: Sequence[Hit]) -> Rehearsal:
    would = [hit for hit in hits if hit.kind != "dropped"]
    return msgspec.structs.replace(
        run,
        cursor=past[-1].turn.turn_id if past else run.cursor,
        looked=run.looked + len(past),
        touched=run.touched + len(would),
        answered=run.answered + sum(hit.answered for hit in would),
        added=run.added + sum(hit.kind == "added" for hit in would),
        dropped=run.dropped + len(hits) - len(would),
    )
