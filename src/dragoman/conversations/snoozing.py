"""Snoozed conversations are out of sight until a time. A timer brings them back; a customer's word does so at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from dragoman.conversations import store
from dragoman.conversations.model import Conversation, Status, woken
from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid
from dragoman.work import jobs
from dragoman.work.jobs import Job

WAKE = "wake"
LONGEST = timedelta(days=366)


def refuse_time(until: datetime, now: datetime) -> None:
    """Raises Refused where nobody can snooze until then."""
    if until.tzinfo is None:
        raise invalid(until="A time needs its zone.")
    if until <= now:
        raise invalid(until="This time has passed already.")
    if until - now > LONGEST:
        raise invalid(until=f"At most {LONGEST.days} days ahead.")


async def set_timers(tx: Transaction, snoozed: Collection[Conversation]) -> None:
    """Have each of them woken at its time; a timer that is there already gets the new one."""
    timers = [
        Job(kind=WAKE, subject=c.conversation_id, lane=c.lane, due_at=c.snoozed_until)
        for c in snoozed
        if c.status is Status.SNOOZED and c.snoozed_until is not None
    ]
    await jobs.schedule(tx, timers)


async def wake(tx: Transaction, conversation_ids: Collection[UUID], now: datetime) -> None:
    """Their timers went off. Who was snoozed anew meanwhile sleeps on, who is awake already stays so."""
    locked = (await store.lock(tx, conversation_ids)).values()
    snoozed = [c for c in locked if c.status is Status.SNOOZED]
    due = [c for c in snoozed if c.snoozed_until is None or c.snoozed_until <= now]
    await store.record_all(tx, [(c, woken(c)) for c in due])
    for c in due:
        tx.changed(
            "snooze.over",
            conversation_id=c.conversation_id,
            channel_id=c.channel_id,
            member_id=c.snoozed_by,
        )
    await set_timers(tx, [c for c in snoozed if c not in due])
