"""Business time: nights, weekends, holidays and clocks that change, against counting every quarter of an hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.service.business_time import after
from dragoman.team.work import Holiday, Hours, Shift, Work, is_on_shift

MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)
COUNTED = timedelta(days=17)  # and no further
NINE_TO_FIVE = tuple(Shift(day, 9 * 60, 17 * 60) for day in range(1, 6))
WARSAW = Hours(zone="Europe/Warsaw", shifts=NINE_TO_FIVE)

quarters = st.integers(0, 95).map(lambda n: 15 * n)
shifts = st.lists(st.builds(Shift, st.integers(1, 7), quarters, quarters), min_size=1, max_size=5)
# Clocks change in all of these within the days that are tried, in one of them by half an hour.
zones = st.sampled_from(["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "UTC"])
SPRING, AUTUMN, LATER = (datetime(2026, *day, tzinfo=UTC) for day in ((3, 27), (10, 23), (10, 30)))
around = st.sampled_from([SPRING, AUTUMN, LATER])


@given(
    starts=around,
    began=st.integers(0, 6 * 96),
    length=st.integers(1, 60),
    zone=zones,
    shifts=shifts,
    holidays=st.lists(st.integers(0, 9), max_size=3),
)
@settings(max_examples=60)
@example(AUTUMN, 2 * 96, 20, "Europe/Warsaw", [Shift(7, 150, 300)], [])
@example(SPRING, 0, 1, "Asia/Beirut", [Shift(1, 0, 0)], [])
@example(SPRING, 96, 20, "Asia/Beirut", [Shift(6, 22 * 60, 4 * 60)], [])
def test_it_is_what_counting_every_open_quarter_gives(
    starts: datetime, began: int, length: int, zone: str, shifts: list[Shift], holidays: list[int]
) -> None:
    free = tuple(Holiday((starts + timedelta(days=each)).date(), "A day off") for each in holidays)
    hours = Hours(zone=zone, shifts=tuple(shifts), holidays=free)
    since = starts + began * QUARTER

    found = after(since, length * QUARTER, hours)

    counted = _counted(since, length, hours)
    assert found == counted or (counted is None and (found is None or found > since + COUNTED))


def _counted(since: datetime, length: int, hours: Hours) -> datetime | None:
    at = since
    while length and at < since + COUNTED:
        length -= is_on_shift(Work(), hours, at)
        at += QUARTER
    return None if length else at


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-20T10:00+01:00", "2026-11-20T12:00+01:00"),  # a Friday, in the open
        ("2026-11-20T16:30+01:00", "2026-11-23T10:30+01:00"),  # over the weekend
        ("2026-11-21T03:00+01:00", "2026-11-23T11:00+01:00"),  # while it is shut
        ("2026-11-20T15:00+01:00", "2026-11-20T17:00+01:00"),  # to the last minute
    ],
)
def test_two_hours_of_a_house_that_is_open_from_nine_to_five(since: str, due: str) -> None:
    assert after(datetime.fromisoformat(since), timedelta(hours=2), WARSAW) == datetime.fromisoformat(due)


def test_a_holiday_is_passed_over_and_so_is_the_night_that_begins_on_it() -> None:
    nights = Hours(
        shifts=tuple(Shift(day, 22 * 60, 6 * 60) for day in range(1, 8)),
        holidays=(Holiday(date(2026, 12, 24), "Christmas Eve"),),
    )
    since = datetime(2026, 12, 24, 5, tzinfo=UTC)

    assert after(since, timedelta(hours=2), nights) == datetime(2026, 12, 25, 23, tzinfo=UTC)


def test_a_house_that_never_shuts_runs_like_any_clock() -> None:
    since = datetime(2026, 10, 24, 20, tzinfo=UTC)

    assert after(since, timedelta(hours=30), Hours(zone="Europe/Warsaw")) == since + timedelta(hours=30)


def test_a_house_that_never_opens_promises_nothing() -> None:
    assert after(datetime(2026, 11, 20, tzinfo=UTC), MINUTE, Hours(shifts=())) is None
