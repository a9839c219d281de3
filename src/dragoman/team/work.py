"""What members speak, when they work and how much at once; when the house is open. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dragoman.kit.errors import invalid
from dragoman.kit.text import folded

MINUTES_A_DAY = 24 * 60
MOST_LANGUAGES = 30  # of one member
MOST_SKILLS = 30
MOST_SHIFTS = 28  # four stretches a day
MOST_DAYS_OFF = 60
MOST_HOLIDAYS = 200
SKILL_MAX = 40  # characters
CAPACITY = 20  # open conversations at a time, unless somebody says otherwise
MOST_CAPACITY = 1000


class Level(StrEnum):
    READS = "reads"  # understands it, and would rather not answer in it
    WRITES = "writes"
    NATIVE = "native"


class Spoken(msgspec.Struct, frozen=True):
    """``language`` is BCP 47: ``ko``, ``zh-Hant``, or ``zh`` for either script."""

    language: str
    level: Level


class Shift(msgspec.Struct, frozen=True):
    """On one day of each week, Monday is 1; minutes after midnight. ``end`` not after ``start``: of the day after."""

    day: int
    start: int
    end: int


class DaysOff(msgspec.Struct, frozen=True):
    first: date
    last: date


class Holiday(msgspec.Struct, frozen=True):
    day: date
    name: str


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """One member's. ``zone`` and ``shifts`` None: as the house has them."""

    languages: tuple[Spoken, ...] = ()
    skills: tuple[str, ...] = ()
    zone: str | None = None
    shifts: tuple[Shift, ...] | None = None
    days_off: tuple[DaysOff, ...] = ()
    capacity: int = CAPACITY
    is_away: bool = False


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """The house's. ``shifts`` None: at all times."""

    zone: str = "UTC"
    shifts: tuple[Shift, ...] | None = None
    holidays: tuple[Holiday, ...] = ()


def is_on_shift(work: Work, house: Hours, at: datetime) -> bool:
    """By the clock on the member's wall. What begins on a free day is free to its end."""
    there = at.astimezone(ZoneInfo(work.zone or house.zone)).replace(tzinfo=None)
    shifts = work.shifts if work.shifts is not None else house.shifts
    if shifts is None:
        return not is_free(work, house, there.date())
    days = [there.date() - timedelta(days=back) for back in (0, 1)]
    return any(_covers(shifts, day, there) for day in days if not is_free(work, house, day))


def is_open(house: Hours, at: datetime) -> bool:
    """Whether the house is, for everybody who writes to it."""
    return is_on_shift(Work(), house, at)


def is_free(work: Work, house: Hours, day: date) -> bool:
    """A day off of theirs, or a holiday of everybody's."""
    has_off = any(each.first <= day <= each.last for each in work.days_off)
    return has_off or any(each.day == day for each in house.holidays)


def has_day_off(work: Work, house: Hours, at: datetime) -> bool:
    return is_free(work, house, at.astimezone(ZoneInfo(work.zone or house.zone)).date())


def _covers(shifts: Sequence[Shift], day: date, there: datetime) -> bool:
    midnight = datetime.combine(day, time())
    for shift in shifts:
        begins = midnight + timedelta(minutes=shift.start)
        ends = begins + timedelta(minutes=length_of(shift))
        if shift.day == day.isoweekday() and begins <= there < ends:
            return True
    return False


def level_in(work: Work, language: str) -> Level | None:
    """How well they know it; the best of what fits. Who said ``zh`` knows both scripts, who said which knows that."""
    known = [each.level for each in work.languages if is_same(each.language, language)]
    return max(known, key=list(Level).index, default=None)


def has_skills(work: Work, wanted: Sequence[str]) -> bool:
    return {folded(each) for each in wanted} <= {folded(each) for each in work.skills}


def is_same(one: str, other: str) -> bool:
    first, second = _folded(one), _folded(other)
    if first == second:
        return True
    return first[0] == second[0] and 1 in (len(first), len(second))


ALSO = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl"}


def _folded(language: str) -> tuple[str, ...]:
    first, *rest = language.lower().split("-")
    return (ALSO.get(first, first), *rest)


def check_zone(zone: str | None) -> None:
    """Raises Refused."""
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid(zone="There is no such time zone.") from None


def check_shifts(shifts: Sequence[Shift] | None) -> None:
    """Raises Refused."""
    for shift in shifts or ():
        is_time = 0 <= shift.start < MINUTES_A_DAY and 0 <= shift.end <= MINUTES_A_DAY
        if not (1 <= shift.day <= 7 and is_time):
            raise invalid(shifts="Working hours need days of the week and times of day.")
        if (
            shift.start == shift.end != 0
        ):  # from midnight to midnight is meant so; at another time somebody mistyped
            raise invalid(
                shifts="Working hours begin and end at different times; from midnight to midnight is a whole day."
            )
    if _overlap(shifts or ()):
        raise invalid(
            shifts="Some of these working hours are there twice: let one end before the next begins."
        )


def _overlap(shifts: Sequence[Shift]) -> bool:
    """Round the week: a night from Sunday to Monday counts as well."""
    begins = [(shift.day - 1) * MINUTES_A_DAY + shift.start for shift in shifts]
    ends = [begin + length_of(shift) for begin, shift in zip(begins, shifts, strict=True)]
    order = sorted(zip(begins, ends, strict=True))
    following = [*order[1:], *((begin + 7 * MINUTES_A_DAY, end) for begin, end in order[:1])]
    return any(end > begin for (_, end), (begin, _) in zip(order, following, strict=True))


def length_of(shift: Shift) -> int:
    """In minutes."""
    return shift.end - shift.start + (0 if shift.end > shift.start else MINUTES_A_DAY)
