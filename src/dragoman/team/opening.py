"""When the house opens next. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dragoman.team.work import Hours, Work, is_free

LOOKED_AHEAD = 60  # days
ANYBODY = Work()  # who works as the house has it


def opens_at(house: Hours, at: datetime) -> datetime | None:
    """The next time at which it opens, by the clock on its wall. None: not within 60 days."""
    zone = ZoneInfo(house.zone)
    there = at.astimezone(zone).replace(tzinfo=None)
    days = [there.date() + timedelta(days=ahead) for ahead in range(LOOKED_AHEAD)]
    open_days = [day for day in days if not is_free(ANYBODY, house, day)]
    beginnings = (begins for day in open_days for begins in _beginnings(house, day) if begins > there)
    found = next(beginnings, None)
    return found.replace(tzinfo=zone) if found else None


def _beginnings(house: Hours, day: date) -> Iterator[datetime]:
    if house.shifts is None:
        yield datetime.combine(day, time())
        return
    for start in sorted(shift.start for shift in house.shifts if shift.day == day.isoweekday()):
        yield datetime.combine(day, time()) + timedelta(minutes=start)
