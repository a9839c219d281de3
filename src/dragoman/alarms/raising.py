"""Alarms begin and end with their cause, in the transaction in which that comes or goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dragoman.alarms import store
from dragoman.alarms.model import TOLD_AFTER, Cause, What
from dragoman.alarms.store import Touched
from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

TELL_ALARM = "tell_alarm"


async def begin(tx: Transaction, causes: Collection[Cause], at: datetime) -> None:
    """What stands already with the same facts is left alone; with others it says those from now on."""
    touched = await store.open_or_change(tx, causes, at)
    _changed(tx, touched)
    await jobs.schedule(tx, [_telling(each, at) for each in touched])


async def end(tx: Transaction, what: What, subjects: Collection[UUID], at: datetime) -> None:
    """Their cause is gone, if there was one."""
    await _over(tx, await store.close(tx, what, subjects, at))


async def end_others(tx: Transaction, what: What, subjects: Collection[UUID], at: datetime) -> None:
    """Only these have a cause, if they stand at all."""
    await _over(tx, await store.close_others(tx, what, subjects, at))


async def end_all_of(tx: Transaction, channel_id: UUID, at: datetime) -> None:
    """The channel is gone, and its conversations with it."""
    await _over(tx, await store.close_all_of(tx, channel_id, at))


async def follow_windows(
    tx: Transaction, pairs: Sequence[tuple[Conversation | None, Conversation]], at: datetime
) -> None:
    """Of conversations that changed, before and after: somebody waits whose window shuts, or not any more."""
    moved = [(before, after) for before, after in pairs if _end_of(before) != _end_of(after)]
    begun = [_cause(after) for _, after in moved if after.is_window_closing]
    over = [after.conversation_id for _, after in moved if not after.is_window_closing]
    if over:
        await end(tx, What.WINDOW_CLOSING, over, at)
    if begun:
        await begin(tx, begun, at)


def _end_of(c: Conversation | None) -> datetime | None:
    return c.window_closing_until if c is not None and c.is_window_closing else None


def _cause(c: Conversation) -> Cause:
    return Cause(
        what=What.WINDOW_CLOSING,
        subject=c.conversation_id,
        subject_kind="conversation",
        channel_id=c.channel_id,
        until=c.window_closing_until,
    )


def _changed(tx: Transaction, touched: Collection[Touched]) -> None:
    for each in touched:
        tx.changed("alarm", channel_id=each.channel_id, fields={"alarm_id": str(each.alarm_id)})


async def _over(tx: Transaction, touched: Collection[Touched]) -> None:
    _changed(tx, touched)
    if touched:
        await jobs.done(tx, TELL_ALARM, [each.alarm_id for each in touched])


def _telling(alarm: Touched, at: datetime) -> Job:
    began_at = at if alarm.is_new else alarm.since
    due_at = max(at, began_at + TOLD_AFTER.get(alarm.what, timedelta()))
    lane = lane_of(alarm.alarm_id, TELL_ALARM)
    return Job(kind=TELL_ALARM, subject=alarm.alarm_id, lane=lane, due_at=due_at)
