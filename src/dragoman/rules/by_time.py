"""Rules that wait for a time: a customer has waited for us for so long, or nobody has said anything for so long.

Each is asked once about each wait and each silence, at the moment when it has lasted long enough.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.rules import runs
from dragoman.rules.acting import carry_out, compiled_rules
from dragoman.rules.due import Due
from dragoman.rules.evaluating import CompiledRule, compile_rules, plan_among
from dragoman.rules.model import TIMED, KeptRule, Trigger
from dragoman.services import Services
from dragoman.settling.store import facts, newest_turns
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

RUN_BY_TIME = "rules_by_time"
EVERY = timedelta(minutes=1)
AT_ONCE = 200  # conversations in one transaction
MOST_COUNTED = 1000
SECONDS_AT_A_TIME = 2.0  # then whatever else is due has its turn


async def keep_running(tx: Transaction, rules: Sequence[KeptRule]) -> None:
    """From now on, where one of these rules waits for a time."""
    assert tx.workspace_id is not None
    if any(each.is_at_work and each.rule.trigger in TIMED for each in rules):
        lane = lane_of(tx.workspace_id, RUN_BY_TIME)
        await jobs.schedule(tx, [Job(kind=RUN_BY_TIME, subject=tx.workspace_id, lane=lane, due_at=now())])


async def run_by_time(services: Services, workspace_id: UUID, _: Job) -> timedelta | None:
    """Look at all of them. Returns when to look again; None: no rule waits for a time any more."""
    until = time.monotonic() + SECONDS_AT_A_TIME
    async with services.database.transaction(workspace_id) as tx:
        compiled = await compiled_rules(tx)
    rules = [rule for trigger in TIMED for rule in compiled[trigger]]
    has_more = False
    for rule in rules:  # each at least once, however long the others take
        found = AT_ONCE
        while found == AT_ONCE:
            async with services.database.transaction(workspace_id) as tx:
                found = await _run(tx, rule, now())
            if time.monotonic() > until:
                break
        has_more |= found == AT_ONCE
    if has_more:
        return timedelta(0)
    return EVERY if rules else None


async def _run(tx: Transaction, rule: CompiledRule, at: datetime) -> int:
    """About as many as are taken at once. Returns how many there were."""
    subjects = await _ripe(tx, rule, at, AT_ONCE, locked=True)
    fresh = await runs.begin(tx, [(rule.rule_id, subject, c) for c, subject in subjects.items()], at)
    turns = await newest_turns(tx, subjects)
    due = [
        Due(turn, act, subjects[turn.conversation_id])
        for turn in await facts(tx, turns.values(), at)
        for act in plan_among(turn, [rule])
    ]
    await carry_out(tx, [each for each in due if each.key in fresh], at)
    return len(subjects)


async def how_many_now(tx: Transaction, kept: KeptRule, visible: frozenset[UUID] | None, at: datetime) -> int:
    """The conversations that this rule would act on at once if it were switched on, on the channels that may be seen
    (None: all); counted up to ``MOST_COUNTED``."""
    (rule,) = compile_rules([kept])[kept.rule.trigger]
    turns = await newest_turns(tx, await _ripe(tx, rule, at, MOST_COUNTED, locked=False))
    known = await facts(tx, turns.values(), at)
    seen = [turn for turn in known if visible is None or turn.channel_id in visible]
    return sum(bool(plan_among(turn, [rule])) for turn in seen)


async def _ripe(
    tx: Transaction, rule: CompiledRule, at: datetime, limit: int, *, locked: bool
) -> dict[UUID, UUID]:
    """Conversations about which this rule was not asked yet, and what it is asked about. ``locked``: those that
    somebody is just changing come the next time."""
    assert rule.after is not None
    rows = await tx.rows(
        RIPE[rule.trigger] + (" for update of c skip locked" if locked else ""),
        {
            "workspace": tx.workspace_id,
            "rule": rule.rule_id,
            "since": at - timedelta(minutes=rule.after),
            "limit": limit,
        },
    )
    return {row[0]: row[1] for row in rows}


# A wait begins with a message; a silence with the time at which something was said last.
RIPE: dict[Trigger, LiteralString] = {
    Trigger.WAITING: """
        select c.conversation_id, c.first_unanswered_id from conversations c
        where c.workspace_id = %(workspace)s and c.status = 'open' and c.waiting_for = 'us'
          and c.waiting_since <= %(since)s
          and not exists (select from rule_runs r where r.workspace_id = c.workspace_id
                            and r.rule_id = %(rule)s and r.subject = c.first_unanswered_id)
        order by c.waiting_since, c.conversation_id limit %(limit)s""",
    Trigger.SILENT: """
        select c.conversation_id, q.subject from conversations c
        cross join lateral (
            select md5(c.conversation_id::text || ' ' || extract(epoch from c.said_at)::text)::uuid as subject) as q
        where c.workspace_id = %(workspace)s and c.status = 'open' and c.waiting_for = 'them'
          and c.said_at <= %(since)s
          and not exists (select from rule_runs r where r.workspace_id = c.workspace_id
                            and r.rule_id = %(rule)s and r.subject = q.subject)
        order by c.said_at, c.conversation_id limit %(limit)s""",
}
