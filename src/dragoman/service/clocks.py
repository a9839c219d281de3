"""The clocks of those who wait, reckoned anew with whatever they go by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms.model import What
from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.service import store
from dragoman.service.model import Clock, State, clock_of, gone_on
from dragoman.service.store import Kept, Standing
from dragoman.work import jobs
from dragoman.work.jobs import Job

SERVICE = "service"
AT_RISK = "at_risk"  # the counter of what is at risk or overdue
ALARMS = {State.AT_RISK: What.SERVICE_AT_RISK, State.OVERDUE: What.SERVICE_OVERDUE}


class Move(NamedTuple):
    """A conversation whose clock is another one now."""

    standing: Standing
    after: Clock | None

    @property
    def before(self) -> Clock | None:
        return self.standing.clock


async def follow(
    tx: Transaction, pairs: Collection[tuple[Conversation | None, Conversation]], at: datetime
) -> None:
    """Conversations that were changed and saved, before and after: where it matters, their clocks run otherwise."""
    moved = [after.conversation_id for before, after in pairs if _gone_by(before) != _gone_by(after)]
    await reckon(tx, moved, at)


def _gone_by(c: Conversation | None) -> object:
    return (c.waiting_since, c.priority) if c is not None and c.waiting_since is not None else None


async def reckon(
    tx: Transaction, conversation_ids: Collection[UUID], at: datetime, *, is_quiet: bool = False
) -> None:
    """Their clocks by what is known of them now. The caller holds them; whoever is shown them hears of it."""
    if not conversation_ids or not (is_quiet or await store.are_any(tx)):
        return
    found = await store.standing(tx, conversation_ids)
    book = await store.book(tx)
    wanted = [(each, clock_of(each.waiting, book) if each.waiting else None) for each in found]
    moves = [Move(each, gone_on(each.clock, clock, at, is_quiet=is_quiet)) for each, clock in wanted]
    await write(tx, [move for move in moves if move.after != move.before], at)
    results = [_result(move.standing) for move in moves if _has_ended(move.standing)]
    await store.note_results(tx, [each for each in results if each is not None])


def _has_ended(standing: Standing) -> bool:
    """They wait no more, or since later: what was promised them was kept or broken."""
    clock, waiting = standing.clock, standing.waiting
    return clock is not None and (waiting is None or waiting.since != clock.since)


def _result(standing: Standing) -> Kept | None:
    """None: it was neither kept nor broken, as where the customer took everything back in time."""
    clock, answered_at = standing.clock, standing.answered_at
    if clock is None or standing.episode_id is None:
        return None
    is_answered = answered_at is not None and answered_at >= clock.since
    if not is_answered and clock.state is not State.OVERDUE:
        return None
    was_met = is_answered and answered_at is not None and answered_at <= clock.due_at
    return Kept(episode_id=standing.episode_id, reply=clock.reply, due_at=clock.due_at, was_met=was_met)


async def write(tx: Transaction, moves: Sequence[Move], at: datetime) -> None:
    """The clocks as they are now, with their counter, their changes and timers; alarms end with what they say."""
    if not moves:
        return
    recorded = {change.conversation_id for change in tx.changes if change.kind == "conversation"}
    await store.set_clocks(tx, [(move.standing.conversation_id, move.after) for move in moves])
    for move in moves:
        was, now_is = _is_urgent(move.before), _is_urgent(move.after)
        if was != now_is:
            tx.count(move.standing.channel_id, AT_RISK, 1 if now_is else -1)
        if move.standing.conversation_id not in recorded:
            _changed(tx, move.standing)
    await _end_alarms(tx, moves, at)
    await set_timers(tx, moves)


def _changed(tx: Transaction, standing: Standing) -> None:
    tx.changed("conversation", conversation_id=standing.conversation_id, channel_id=standing.channel_id)


def _is_urgent(clock: Clock | None) -> bool:
    return clock is not None and clock.is_urgent


async def _end_alarms(tx: Transaction, moves: Sequence[Move], at: datetime) -> None:
    for state, what in ALARMS.items():
        over = [
            move.standing.conversation_id
            for move in moves
            if move.before is not None
            and move.before.state is state
            and (move.after is None or (move.after.state, move.after.due_at) != (state, move.before.due_at))
        ]
        if over:
            await raising.end(tx, what, over, at)


async def set_timers(tx: Transaction, moves: Sequence[Move]) -> None:
    """One that goes off too early sets itself anew."""
    await jobs.schedule(
        tx,
        [
            Job(kind=SERVICE, subject=move.standing.conversation_id, lane=move.standing.lane, due_at=due_at)
            for move in moves
            if move.after is not None and (due_at := move.after.looked_at_next) is not None
        ],
    )
