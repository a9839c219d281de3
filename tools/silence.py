"""How often "unusually silent" is wrong, and how soon it is right: simulated channels of many rhythms.

    .venv/bin/python -m tools.silence [YEARS]

Each lives YEARS years (2) without any trouble, looked at every hour: what is said then is a false alarm. Then it falls
silent at random times, and what is measured is how long it takes until that is said.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

from dragoman.health.rhythm import HOUR, LEARNED_FROM, Rhythm, is_unusual, learned

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
STOPS = 60  # times that each falls silent
LONGEST_HOURS = 24 * 14


@dataclass(frozen=True, slots=True)
class Channel:
    """``a_week``: conversations. ``hours``: how the day goes, with weekends. ``uneven``: how much days differ by.
    ``holidays``: the share of days on which next to nobody writes."""

    name: str
    a_week: float
    hours: Callable[[datetime], float]
    uneven: float = 0.3
    holidays: float = 0.02
    growth: float = 1.0  # a year


def day_and_night(at: datetime) -> float:
    return 1.0 if 7 <= at.hour < 22 else 0.05


def office_hours(at: datetime) -> float:
    return (1.0 if 8 <= at.hour < 18 else 0.01) * (0.05 if at.weekday() >= 5 else 1.0)


def evenings_and_weekends(at: datetime) -> float:
    return (2.0 if at.hour >= 18 else 0.4 if at.hour >= 9 else 0.02) * (2.0 if at.weekday() >= 5 else 1.0)


def around_the_clock(_: datetime) -> float:
    return 1.0


CHANNELS = (
    Channel("shop, day and night", 400, day_and_night),
    Channel(
        "shop, summer time comes and goes", 400, lambda at: day_and_night(at + HOUR * (3 < at.month < 11))
    ),
    Channel("office hours", 300, office_hours),
    Channel("evenings and weekends", 700, evenings_and_weekends),
    Channel("around the clock, busy", 5000, around_the_clock),
    Channel("bursts: campaigns triple a day", 400, day_and_night, uneven=0.8),
    Channel("grows threefold a year", 300, day_and_night, growth=3.0),
    Channel("shrinks to a third a year", 600, day_and_night, growth=1 / 3),
    Channel("small", 40, office_hours),
    Channel("many holidays", 400, office_hours, holidays=0.06),
)


def lived(channel: Channel, years: int, chance: random.Random) -> tuple[list[int], set[int]]:
    """Hour by hour, in how many conversations somebody wrote; and which days were holidays."""
    week = [channel.hours(BEGIN + n * HOUR) for n in range(168)]
    scale = channel.a_week / sum(week)
    counts: list[int] = []
    holidays: set[int] = set()
    for day in range(365 * years):
        shape = 1 / channel.uneven**2
        mood = chance.gammavariate(shape, 1 / shape) * channel.growth ** (day / 365)
        if chance.random() < channel.holidays:
            holidays.add(day)
            mood *= 0.05
        for hour in range(24):
            at = BEGIN + timedelta(days=day, hours=hour)
            counts.append(_poisson(scale * channel.hours(at) * mood, chance))
    return counts, holidays


def _poisson(rate: float, chance: random.Random) -> int:
    if rate > 30:
        return max(0, round(chance.gauss(rate, rate**0.5)))
    n, left = 0, chance.expovariate(1.0)
    while left < rate:
        n, left = n + 1, left + chance.expovariate(1.0)
    return n


def rhythm_at(counts: list[int], nth: int) -> Rhythm | None:
    first = max(0, nth - int(LEARNED_FROM / HOUR))
    return learned(heard_of(counts, first, nth), BEGIN + nth * HOUR)


def heard_of(counts: list[int], first: int, beyond: int) -> dict[datetime, int]:
    return {BEGIN + n * HOUR: counts[n] for n in range(max(0, first), beyond) if counts[n]}


def false_alarms(counts: list[int], rhythms: list[Rhythm | None], holidays: set[int]) -> tuple[int, int]:
    """Silences that were called unusual although all was well; and how many of them touched a holiday."""
    alarms, on_holidays, heard_at, is_on = 0, 0, BEGIN, False
    for nth, n in enumerate(counts):
        at = BEGIN + (nth + 1) * HOUR
        if n:
            heard_at, is_on = at - HOUR / 2, False
        rhythm = rhythms[nth // 24]
        if n or is_on or rhythm is None:
            continue
        if is_unusual(rhythm, heard_of(counts, nth - 26 - int((at - heard_at) / HOUR), nth), heard_at, at):
            alarms, is_on = alarms + 1, True
            on_holidays += bool({nth // 24, int((heard_at - BEGIN) / HOUR) // 24} & holidays)
    return alarms, on_holidays


def delays(counts: list[int], rhythms: list[Rhythm | None], chance: random.Random) -> list[float]:
    """Hours from a random end of everything to the alarm; LONGEST_HOURS where none comes."""
    found = []
    for _ in range(STOPS):
        nth = chance.randrange(24 * 60, len(counts) - LONGEST_HOURS)
        rhythm = rhythms[nth // 24]
        last = next(n for n in range(nth, -1, -1) if counts[n])
        heard_at, stopped = BEGIN + last * HOUR + HOUR / 2, BEGIN + nth * HOUR
        heard = heard_of(counts, last - 25, last + 1)
        hours = (n / 4 for n in range(1, LONGEST_HOURS * 4))
        found.append(
            next(
                (h for h in hours if rhythm and is_unusual(rhythm, heard, heard_at, stopped + h * HOUR)),
                float(LONGEST_HOURS),
            )
        )
    return found


def main(arguments: list[str]) -> int:
    years = int(arguments[0]) if arguments else 2
    total = quiet = 0
    print(
        "| channel | a week | false alarms a year | of them on holidays | said after (median) | 90th |"
        "\n|---|---|---|---|---|---|"
    )
    for nth, channel in enumerate(CHANNELS):
        chance = random.Random(nth)
        counts, holidays = lived(channel, years, chance)
        rhythms = [rhythm_at(counts, day * 24) for day in range(365 * years)]
        wrong, festive = false_alarms(counts, rhythms, holidays)
        waited = delays(counts, rhythms, chance)
        total, quiet = total + wrong, quiet + festive
        print(
            f"| {channel.name} | {channel.a_week:.0f} | {wrong / years:.1f} | {festive / years:.1f} "
            f"| {median(waited):.1f} h | {quantiles(waited, n=10)[-1]:.1f} h |",
            flush=True,
        )
    print(
        f"\n{total / years / len(CHANNELS):.2f} false alarms per channel and year,"
        f" {(total - quiet) / years / len(CHANNELS):.2f} of them on ordinary days"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
