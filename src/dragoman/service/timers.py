"""What time does to the clocks of those who wait: each grows graver once, and whoever is to know is told once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dragoman.alarms import raising
from dragoman.alarms.model import Cause as AlarmCause
from dragoman.conversations import store as conversations
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.rules.acting import run_at
from dragoman.rules.model import Trigger
from dragoman.service import clocks, store
from dragoman.service.clocks import ALARMS, Move
from dragoman.service.model import GRAVITY, Clock, State, looked_at
from dragoman.service.store import Standing
from dragoman.services import Services
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry
from dragoman.work.jobs import Job

AT_ONCE = 500  # in one transaction
RULES_AT = {State.AT_RISK: Trigger.AT_RISK, State.OVERDUE: Trigger.OVERDUE}


async def look(tx: Transaction, conversation_ids: Collection[UUID], now: datetime) -> None:
    """Their timers went off: what is at risk or overdue now is said, once."""
    await conversations.lock(tx, conversation_ids)
    found = await store.standing(tx, conversation_ids)
    moves = [Move(each, looked_at(each.clock, now)) for each in found if each.clock is not None]
    await clocks.write(tx, [move for move in moves if move.after != move.before], now)
    await _tell(tx, [move for move in moves if _is_news(move)], now)
    await clocks.set_timers(tx, [move for move in moves if move.after == move.before])


def _is_news(move: Move) -> bool:
    before, after = move.before, move.after
    return before is not None and after is not None and GRAVITY.index(after.told) > GRAVITY.index(before.told)


async def _tell(tx: Transaction, moves: Sequence[Move], at: datetime) -> None:
    """Whose conversation it is hears of it; of nobody's, everybody who may take it."""
    told = [(move.standing, move.after) for move in moves if move.after is not None]
    await trail.add(tx, [_entry(standing, clock, at) for standing, clock in told])
    await raising.begin(tx, [_alarm(standing, clock) for standing, clock in told], at)
    for state, trigger in RULES_AT.items():
        waits = [(standing.conversation_id, clock.since) for standing, clock in told if clock.state is state]
        await run_at(tx, trigger, {c: uuid5(c, f"{state} {since.isoformat()}") for c, since in waits}, at)


def _entry(standing: Standing, clock: Clock, at: datetime) -> Entry:
    return Entry(
        conversation_id=standing.conversation_id,
        at=at,
        kind=f"service_{clock.state.value}",
        cause=Cause.SYSTEM,
        what={"level": clock.level_id, "reply": clock.reply.value, "due_at": clock.due_at.isoformat()},
    )


def _alarm(standing: Standing, clock: Clock) -> AlarmCause:
    return AlarmCause(
        what=ALARMS[clock.state],
        subject=standing.conversation_id,
        subject_kind="conversation",
        channel_id=standing.channel_id,
        until=clock.due_at,
    )


async def reckon_all(services: Services, workspace_id: UUID, _: Job) -> timedelta | None:
    """Service levels, or the hours that they go by, are others now. Whom that makes late is shown so, and nobody is
    told: nobody has let them wait longer than before."""
    last: UUID | None = None
    while True:
        async with services.database.transaction(workspace_id) as tx:
            ids = await store.concerned(tx, last, AT_ONCE)
            await conversations.lock(tx, ids)
            await clocks.reckon(tx, ids, now(), is_quiet=True)
        if len(ids) < AT_ONCE:
            return None
        last = ids[-1]
