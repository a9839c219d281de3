"""How long the house has been open: business time, by the clock on its wall. Pure.

What begins on a holiday is closed to its end, as everywhere; an hour that a wall shows twice counts twice, one that it
skips not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dragoman.team.work import MINUTES_A_DAY, Hours, Shift, Work, is_free, length_of

LOOKED_AHEAD = 366  # days
DAY = timedelta(days=1)
EXACTLY = timedelta(seconds=1)  # clocks change on whole seconds

Stretch = tuple[datetime, datetime]


def after(since: datetime, length: timedelta, hours: Hours) -> datetime | None:
    """When the house has been open for that long from then on. None: not within a year."""
    if hours.shifts is None and not hours.holidays:
        return since + length
    left, reached = length, since
    for begins, ends in _open_from(since, hours):
        begins = max(begins, reached)
        if begins + left <= ends:
            return begins + left
        if ends > begins:
            left, reached = left - (ends - begins), ends
    return None


def _open_from(since: datetime, hours: Hours) -> Iterator[Stretch]:
    """Beginning with what began the day before: it may last into this one."""
    zone = ZoneInfo(hours.zone)
    first = since.astimezone(zone).date() - DAY
    for ahead in range(LOOKED_AHEAD + 2):
        yield from _open_on(first + ahead * DAY, hours, zone)


def _open_on(day: date, hours: Hours, zone: ZoneInfo) -> list[Stretch]:
    if is_free(Work(), hours, day):
        return []
    midnight = datetime.combine(day, time())
    walls = [
        (midnight + timedelta(minutes=begins), midnight + timedelta(minutes=ends))
        for begins, ends in _minutes(day, hours.shifts)
    ]
    return sorted(each for wall in walls for each in _shown(*wall, zone))


def _minutes(day: date, shifts: Sequence[Shift] | None) -> list[tuple[int, int]]:
    if shifts is None:
        return [(0, MINUTES_A_DAY)]
    return [(each.start, each.start + length_of(each)) for each in shifts if each.day == day.isoweekday()]


def _shown(begins: datetime, ends: datetime, zone: ZoneInfo) -> list[Stretch]:
    """When the wall shows a time between these: twice where its clock was put back meanwhile."""
    before, later = _offset(begins - DAY, zone), _offset(ends + DAY, zone)
    first = (begins - before).replace(tzinfo=UTC), (ends - before).replace(tzinfo=UTC)
    if before == later:
        return [first]
    second = (begins - later).replace(tzinfo=UTC), (ends - later).replace(tzinfo=UTC)
    turn = _turn(first[0] - 2 * DAY, second[1] + 2 * DAY, before, zone)
    pieces = (first[0], min(first[1], turn)), (max(second[0], turn), second[1])
    return [(start, end) for start, end in pieces if start < end]


def _turn(low: datetime, high: datetime, before: timedelta, zone: ZoneInfo) -> datetime:
    """When the clock changes from this, which it does once between these: two days around what may itself lie in the
    hour that is skipped."""
    while high - low > EXACTLY:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def _offset(wall: datetime, zone: ZoneInfo) -> timedelta:
    return wall.replace(tzinfo=zone).utcoffset() or timedelta()
