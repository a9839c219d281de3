"""What is usual for a channel, hour by hour of the week, and whether a silence is not. Pure.

What is counted is in how many conversations customers wrote in an hour, so that a burst counts once. Days differ more
than chance alone would have it (holidays, a campaign, rain). How much, is learned with the rest, and how this day goes
is read from the hours before the silence: so its chance is a Poisson's whose rate is known no better than that (a
negative binomial's).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
HOURS_A_WEEK = 168
LEARNED_FROM = timedelta(weeks=8)
LEAST_HISTORY = timedelta(weeks=3)
LEAST_HEARD = 150  # conversations in hours, in all
LEAST_SILENCE = timedelta(hours=2)
UNUSUAL = 1e-5  # the chance of such a silence: docs/measurements.md says how often that is wrong
# Nobody's days are all alike, however few of them we have seen; and where they differ by more, silence must still be
# seen.
LEAST_UNEVENNESS, MOST_UNEVENNESS = 0.1, 0.2
LOOKED_BACK = timedelta(hours=12)  # from the silence, to see how this day goes

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)

Heard = Mapping[datetime, int]
"""By hour (UTC); hours in which nobody wrote may be left out."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``up_to``: how many usually write from Monday 00:00 UTC until each hour of the week begins, and until it is over.
    ``unevenness``: by how much days differ, as the variance of their rate around 1."""

    up_to: tuple[float, ...]
    unevenness: float

    def expected(self, start: datetime, end: datetime) -> float:
        """How many would usually have written in between."""
        return self._since_monday(end) - self._since_monday(start)

    def _since_monday(self, at: datetime) -> float:
        weeks, within = divmod(at - MONDAY, WEEK)
        hour, share = divmod(within / HOUR, 1)
        before, after = self.up_to[int(hour)], self.up_to[int(hour) + 1]
        return weeks * self.up_to[-1] + before + share * (after - before)


def is_unusual(rhythm: Rhythm, heard: Heard, heard_at: datetime, at: datetime) -> bool:
    """Nobody has written since ``heard_at``."""
    return at - heard_at >= LEAST_SILENCE and chance_of_silence(rhythm, heard, heard_at, at) < UNUSUAL


def chance_of_silence(rhythm: Rhythm, heard: Heard, heard_at: datetime, at: datetime) -> float:
    """That nobody writes for so long although all is well: a Poisson's, whose rate is a gamma's, as days are uneven.
    A slow day makes a silence likelier; a busy one does not make it less so, as the next day may be a holiday."""
    uneven = rhythm.unevenness
    expected = rhythm.expected(heard_at, at) * min(1.0, _pace_before(rhythm, heard, heard_at))
    return math.exp(-math.log1p(expected * uneven) / uneven)


def _pace_before(rhythm: Rhythm, heard: Heard, heard_at: datetime) -> float:
    """How the hours before the silence went, 1 being as usual; a little evidence moves it little."""
    begin = _hour_of(heard_at) - LOOKED_BACK
    hours = int(LOOKED_BACK / HOUR) + 1
    came = sum(heard.get(begin + n * HOUR, 0) for n in range(hours))
    known = 1 / rhythm.unevenness
    return (known + came) / (known + rhythm.expected(begin, heard_at))


def learned(heard: Heard, at: datetime) -> Rhythm | None:
    """From the whole hours before this time; None: there is too little to go by."""
    until = _hour_of(at)
    known = {hour: n for hour, n in heard.items() if until - LEARNED_FROM <= hour < until and n > 0}
    first = min(known, default=until)
    if until - first < LEAST_HISTORY or sum(known.values()) < LEAST_HEARD:
        return None
    counted, times = [0] * HOURS_A_WEEK, [0] * HOURS_A_WEEK
    for hour in (first + n * HOUR for n in range(int((until - first) / HOUR))):
        counted[hour_of_week(hour)] += known.get(hour, 0)
        times[hour_of_week(hour)] += 1
    raw = [n / of if of else 0.0 for n, of in zip(counted, times, strict=True)]
    usual = [_smoothed(raw, hour) for hour in range(HOURS_A_WEEK)]
    return Rhythm(tuple(accumulate(usual, initial=0.0)), _unevenness(known, usual, first, until))


def hour_of_week(hour: datetime) -> int:
    return hour.weekday() * 24 + hour.hour


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _smoothed(raw: list[float], hour: int) -> float:
    """With its neighbours: eight weeks are few, and clocks change."""
    before, after = raw[hour - 1], raw[(hour + 1) % HOURS_A_WEEK]
    return 0.25 * before + 0.5 * raw[hour] + 0.25 * after


def _unevenness(heard: Heard, usual: list[float], first: datetime, until: datetime) -> float:
    """What days vary by beyond chance: the variance of their counts over what a Poisson's would be."""
    counted: defaultdict[int, int] = defaultdict(int)
    wanted: defaultdict[int, float] = defaultdict(float)
    for n in range(int((until - first) / HOUR)):
        hour = first + n * HOUR
        counted[n // 24] += heard.get(hour, 0)
        wanted[n // 24] += usual[hour_of_week(hour)]
    beyond = sum((counted[day] - wanted[day]) ** 2 - wanted[day] for day in wanted)
    squares = sum(each**2 for each in wanted.values())
    return min(MOST_UNEVENNESS, max(LEAST_UNEVENNESS, beyond / squares if squares else 0.0))
