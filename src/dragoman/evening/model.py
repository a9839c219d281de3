"""When an evening line is due, and what it tells. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from dragoman.kit.errors import invalid

MINUTES_A_DAY = 24 * 60
TOO_LATE = timedelta(hours=6)  # after that nobody wants to read how the day went
NAMED = 10  # of those who wait; of the others how many they are
DAYS_SHOWN = 7


class Trouble(StrEnum):
    """Why a line was not mailed; the mail server's own words are in our log."""

    ADDRESS = "address"  # no mail is taken for it
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Evening:
    """When a member wants the line: on these days (Monday is 1), minutes after midnight, by the clock of the zone."""

    days: frozenset[int]
    minute: int
    zone: str

    def __post_init__(self) -> None:
        """Raises Refused for what is no day of a week or no time of a day."""
        if not self.days or not self.days <= frozenset(range(1, 8)) or not 0 <= self.minute < MINUTES_A_DAY:
            raise invalid(evening="The evening line needs days of the week and a time of day.")


@dataclass(frozen=True, slots=True)
class Due:
    """``day`` is the one that the line is about."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """How a day went so far. A wait counts when it ended with an answer, and while it lasts."""

    day: date
    answered: int  # conversations in which somebody of ours answered
    shelved: int  # quiet arrivals laid on the shelf, and not taken from there since
    longest_wait_seconds: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits. ``name`` None: they have none."""

    conversation_id: UUID
    name: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """``named``: the first of who waits, the longest first."""

    count: DayCount
    waiting: int
    named: Sequence[Waiting]
    at: datetime


def next_due(evening: Evening, after: datetime) -> Due:
    """The first one after that time."""
    day = after.astimezone(ZoneInfo(evening.zone)).date() - timedelta(days=1)
    while True:
        due = _of(evening, day)
        if due is not None and due.at > after:
            return due
        day += timedelta(days=1)


def due_now(evening: Evening, at: datetime) -> Due | None:
    """The last one until that time, as long as it is of interest."""
    today = at.astimezone(ZoneInfo(evening.zone)).date()
    for day in (today, today - timedelta(days=1)):
        due = _of(evening, day)
        if due is not None and due.at <= at:
            return due if at - due.at < TOO_LATE else None
    return None


def day_of(zone: str, day: date) -> tuple[datetime, datetime]:
    """From its midnight to the next one: where clocks are changed it is not 24 hours long."""
    return _midnight(zone, day), _midnight(zone, day + timedelta(days=1))


def _midnight(zone: str, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _of(evening: Evening, day: date) -> Due | None:
    """A time that the clock leaves out in spring comes an hour later; one that comes twice counts the first time."""
    if day.isoweekday() not in evening.days:
        return None
    clock = time(evening.minute // 60, evening.minute % 60)
    return Due(day, datetime.combine(day, clock, ZoneInfo(evening.zone)).astimezone(ZoneInfo("UTC")))
