"""Many conversations at once: up to 200 steps in one request and one transaction, each with its own result.

A step that cannot be taken stops no other. Whatever a browser undoes, it undoes by such steps too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.conversations import reading, snoozing, store
from dragoman.conversations.model import (
    Conversation,
    Priority,
    Status,
    closed,
    prioritised,
    reopened,
    snoozed,
    unsnoozed,
)
from dragoman.conversations.prioritising import prioritised_by
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import invalid
from dragoman.outbound.freshness import News, news_of
from dragoman.team import entries
from dragoman.team.entries import How
from dragoman.team.model import Assignable, Assignment, assigned
from dragoman.team.owning import assignable
from dragoman.trail import store as trail

MOST_STEPS = 200

Outcome = Literal["done", "stale", "conflict", "not_found"]


class Act(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"
    SNOOZE = "snooze"
    UNSNOOZE = "unsnooze"
    READ = "read"
    UNREAD = "unread"
    ASSIGN = "assign"
    PRIORITISE = "prioritise"


MARKS = {Act.READ, Act.UNREAD}  # personal: they change nothing of the conversation itself
PUTS_ASIDE = {Act.CLOSE, Act.SNOOZE}  # what was written since one looked would go out of sight with it


class Step(msgspec.Struct, frozen=True):
    """``until`` belongs to snoozing, ``to`` to assigning, ``priority`` to prioritising."""

    conversation_id: UUID
    act: Act
    until: datetime | None = None
    to: Assignment = Assignment()
    priority: Priority | None = None


class Taken(msgspec.Struct, frozen=True):
    """What became of a step. ``new_messages``: how many were written since, where that made it stale."""

    conversation_id: UUID
    outcome: Outcome
    new_messages: int = 0


Change = Callable[[Conversation, Step, UUID, datetime], Conversation]

CHANGES: dict[Act, Change] = {
    Act.CLOSE: lambda c, _, by, at: c if c.status is Status.CLOSED else closed(c, by, at),
    Act.REOPEN: lambda c, *_: reopened(c) if c.status is Status.CLOSED else c,
    Act.SNOOZE: lambda c, step, by, _: snoozed(c, step.until, by) if step.until else c,
    Act.UNSNOOZE: lambda c, *_: unsnoozed(c),
    Act.ASSIGN: lambda c, step, *_: assigned(c, step.to),
    Act.PRIORITISE: lambda c, step, *_: prioritised(c, step.priority) if step.priority else c,
    Act.READ: lambda c, *_: c,
    Act.UNREAD: lambda c, *_: c,
}


async def take(
    database: Database, by: Membership, steps: Sequence[Step], seen_seq: int
) -> tuple[int, list[Taken]]:
    """Take all steps that can be taken, in their order. Returns the number to name as seen the next time."""
    at = now()
    _refuse_impossible(steps, at)
    async with database.transaction(by.workspace_id) as tx:
        there = await assignable(tx, [step.to for step in steps])
        before = await _visible(tx, by, steps)
        asided = {s.conversation_id for s in steps if s.act in PUTS_ASIDE and s.conversation_id in before}
        seq, news = await news_of(tx, by, asided, seen_seq)
        taken = [_judged(step, before.get(step.conversation_id), news, there) for step in steps]
        done = [step for step, each in zip(steps, taken, strict=True) if each.outcome == "done"]
        await _change(tx, by, before, done, at)
        await _mark(tx, by, before, done)
    return seq, taken


def _refuse_impossible(steps: Sequence[Step], at: datetime) -> None:
    for step in steps:
        if step.act is Act.SNOOZE:
            if step.until is None:
                raise invalid(until="Say until when.")
            snoozing.refuse_time(step.until, at)
        if step.act is Act.PRIORITISE and step.priority is None:
            raise invalid(priority="Say how urgent it is.")


async def _visible(tx: Transaction, by: Membership, steps: Sequence[Step]) -> dict[UUID, Conversation]:
    """Those that this member may see; locked where a step changes more than their own marks."""
    changing = {step.conversation_id for step in steps if step.act not in MARKS}
    found = await store.lock(tx, changing)
    found |= await store.find(tx, {step.conversation_id for step in steps} - changing)
    return {i: c for i, c in found.items() if by.sees(c.channel_id)}


def _judged(step: Step, c: Conversation | None, news: News, there: Assignable) -> Taken:
    if c is None:
        return Taken(step.conversation_id, "not_found")
    if c.status is Status.UNOPENED or not there.allows(c.channel_id, step.to):
        return Taken(step.conversation_id, "conflict")
    puts_aside = step.act in PUTS_ASIDE and c.status is not Status.CLOSED
    if puts_aside and c.conversation_id in news:
        return Taken(step.conversation_id, "stale", news[c.conversation_id])
    return Taken(step.conversation_id, "done")


async def _change(
    tx: Transaction,
    by: Membership,
    before: dict[UUID, Conversation],
    steps: Collection[Step],
    at: datetime,
) -> None:
    after = dict(before)
    for step in steps:
        c = after[step.conversation_id]
        after[step.conversation_id] = CHANGES[step.act](c, step, by.member_id, at)
    changed = [(before[i], c) for i, c in after.items() if c != before[i]]
    await store.record_all(tx, changed)
    await entries.write(tx, by.member_id, How.BY_HAND, changed, at)
    await trail.add(tx, prioritised_by(by.member_id, changed, at))
    await snoozing.set_timers(tx, [c for _, c in changed])


async def _mark(
    tx: Transaction, by: Membership, before: dict[UUID, Conversation], steps: Collection[Step]
) -> None:
    """The last word about each conversation counts."""
    wanted = {step.conversation_id: step.act for step in steps if step.act in MARKS}
    read = [before[i] for i, act in wanted.items() if act is Act.READ]
    unread = [before[i] for i, act in wanted.items() if act is Act.UNREAD]
    await reading.mark_read(tx, by, {c: c.last_arrived_at for c in read if c.last_arrived_at})
    await reading.mark_unread(tx, by, unread)
