"""Service levels: how soon whom is to be answered, and what that comes to for one who waits. Pure.

They are asked in their order, and the first that fits holds. What is measured runs from when the customer began to
wait, which nothing of ours moves, to our answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.conversations.model import Priority
from dragoman.kit.errors import invalid
from dragoman.kit.text import is_name, one_line
from dragoman.service.business_time import after
from dragoman.team.work import Hours, is_same

MOST_LEVELS = 50  # in one workspace
MOST_NAMED = 100  # channels, languages or labels, in one of them
NAME_MAX = 60  # characters
LONGEST = 30 * 24 * 60  # minutes


class Measured(StrEnum):
    """By which clock."""

    BUSINESS = "business"  # while the house is open
    CALENDAR = "calendar"


class Reply(StrEnum):
    FIRST = "first"  # nobody of ours has answered in this episode yet
    NEXT = "next"


class State(StrEnum):
    RUNNING = "running"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"


GRAVITY = list(State)


class When(msgspec.Struct, frozen=True, kw_only=True):
    """Of which conversations; of what is empty, all."""

    channels: tuple[UUID, ...] = ()
    languages: tuple[str, ...] = ()
    labels: tuple[UUID, ...] = ()
    priorities: tuple[Priority, ...] = ()


class ServiceLevel(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes; None: that reply is not measured. ``warned``: so many minutes before it is due it is at risk."""

    name: str
    when: When = When()
    first_reply: int | None
    next_reply: int | None
    measured: Measured = Measured.CALENDAR
    warned: int = 0

    def minutes(self, reply: Reply) -> int | None:
        return self.first_reply if reply is Reply.FIRST else self.next_reply


class KeptLevel(msgspec.Struct, frozen=True):
    level_id: UUID
    level: ServiceLevel


class Book(msgspec.Struct, frozen=True):
    """All that a workspace goes by."""

    levels: tuple[KeptLevel, ...]
    hours: Hours


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation in which somebody waits for an answer. ``is_answered``: one was given in this episode already."""

    channel_id: UUID
    language: str | None
    labels: frozenset[UUID]
    priority: Priority
    since: datetime
    is_answered: bool

    @property
    def reply(self) -> Reply:
        return Reply.NEXT if self.is_answered else Reply.FIRST


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """What runs for one who waits. ``told``: how grave it was when somebody heard of it last."""

    level_id: UUID
    reply: Reply
    since: datetime
    at_risk_at: datetime
    due_at: datetime
    state: State = State.RUNNING
    told: State = State.RUNNING

    @property
    def is_urgent(self) -> bool:
        return self.state is not State.RUNNING

    @property
    def times(self) -> tuple[datetime, datetime, datetime]:
        return self.since, self.at_risk_at, self.due_at

    def state_at(self, now: datetime) -> State:
        if now >= self.due_at:
            return State.OVERDUE
        return State.AT_RISK if now >= self.at_risk_at else State.RUNNING

    @property
    def looked_at_next(self) -> datetime | None:
        """None: nothing more will come of it by itself."""
        if self.state is State.OVERDUE:
            return None
        return self.at_risk_at if self.state is State.RUNNING else self.due_at


def clock_of(waiting: Waiting, book: Book) -> Clock | None:
    """None: nothing is promised to them, or not before the house closes for a year."""
    kept = next((each for each in book.levels if fits(each.level.when, waiting)), None)
    minutes = kept.level.minutes(waiting.reply) if kept is not None else None
    if kept is None or minutes is None:
        return None
    due_at = _after(waiting.since, minutes, kept.level, book.hours)
    at_risk_at = _after(waiting.since, max(0, minutes - kept.level.warned), kept.level, book.hours)
    if due_at is None or at_risk_at is None:
        return None
    return Clock(
        level_id=kept.level_id,
        reply=waiting.reply,
        since=waiting.since,
        at_risk_at=at_risk_at,
        due_at=due_at,
    )


def fits(when: When, waiting: Waiting) -> bool:
    return (
        (not when.channels or waiting.channel_id in when.channels)
        and (not when.languages or _is_among(waiting.language, when.languages))
        and (not when.labels or not waiting.labels.isdisjoint(when.labels))
        and (not when.priorities or waiting.priority in when.priorities)
    )


def _is_among(language: str | None, languages: Sequence[str]) -> bool:
    return language is not None and any(is_same(each, language) for each in languages)


def _after(since: datetime, minutes: int, level: ServiceLevel, hours: Hours) -> datetime | None:
    length = timedelta(minutes=minutes)
    return since + length if level.measured is Measured.CALENDAR else after(since, length, hours)


def gone_on(before: Clock | None, clock: Clock | None, now: datetime, *, is_quiet: bool) -> Clock | None:
    """The clock as it runs on after something changed. One with other times begins anew. It grows graver by its timer
    alone, so that each is told once; ``is_quiet``: at once, and nobody is told, as where service levels changed."""
    if clock is None:
        return None
    goes_on = before is not None and before.times == clock.times
    told = before.told if before is not None and goes_on else State.RUNNING
    reached = before.state if before is not None and goes_on else State.RUNNING
    state = clock.state_at(now)
    if is_quiet:
        return replace(clock, state=state, told=max(told, state, key=GRAVITY.index))
    return replace(clock, state=min(state, reached, key=GRAVITY.index), told=told)


def looked_at(clock: Clock, now: datetime) -> Clock:
    """Its timer went off."""
    state = clock.state_at(now)
    return replace(clock, state=state, told=max(clock.told, state, key=GRAVITY.index))


def checked(level: ServiceLevel) -> ServiceLevel:
    """Raises Refused: what nobody can promise."""
    name = one_line(level.name)
    if not is_name(name, NAME_MAX):
        raise invalid(name=f"A service level’s name has 1 to {NAME_MAX} characters on one line.")
    promised = [each for each in (level.first_reply, level.next_reply) if each is not None]
    if not promised:
        raise invalid(first_reply="Say how soon the first reply is due, or the next one.")
    if not all(1 <= each <= LONGEST for each in promised):
        raise invalid(first_reply=f"A reply is due after 1 to {LONGEST} minutes.")
    if not 0 <= level.warned < min(promised):
        raise invalid(warned="It is at risk before it is due: take less than the shorter of the two.")
    return replace(level, name=name)
