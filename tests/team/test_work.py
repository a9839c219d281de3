"""Who speaks what, and who is on shift: by the clock on their wall."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime

import pytest

from dragoman.kit.errors import Refused
from dragoman.team.work import (
    DaysOff,
    Holiday,
    Hours,
    Level,
    Shift,
    Spoken,
    Work,
    check_shifts,
    is_on_shift,
    level_in,
)

WORKDAYS = tuple(Shift(day, 9 * 60, 17 * 60) for day in range(1, 6))
MONDAY_NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_who_says_nothing_works_when_the_house_is_open_and_that_is_always_unless_it_says() -> None:
    assert is_on_shift(Work(), Hours(), MONDAY_NOON)
    assert is_on_shift(Work(), Hours(shifts=WORKDAYS), MONDAY_NOON)
    assert not is_on_shift(Work(), Hours(shifts=WORKDAYS), MONDAY_NOON.replace(hour=17))


def test_hours_go_by_the_zone_of_who_works_them() -> None:
    seoul = Work(zone="Asia/Seoul", shifts=WORKDAYS)

    assert not is_on_shift(seoul, Hours(), MONDAY_NOON), "it is nine in the evening there"
    assert is_on_shift(seoul, Hours(), MONDAY_NOON.replace(hour=1))


def test_a_night_shift_lasts_into_the_next_day_and_a_free_day_frees_all_of_it() -> None:
    night = Work(shifts=(Shift(1, 22 * 60, 6 * 60),))
    tuesday = datetime(2026, 11, 3, 5, tzinfo=UTC)

    assert is_on_shift(night, Hours(), tuesday)
    assert not is_on_shift(night, Hours(), tuesday.replace(hour=6))
    off = Work(shifts=night.shifts, days_off=(DaysOff(date(2026, 11, 2), date(2026, 11, 2)),))
    assert not is_on_shift(off, Hours(), tuesday)


def test_on_a_holiday_nobody_is_on_shift() -> None:
    house = Hours(holidays=(Holiday(date(2026, 11, 2), "All Souls"),))

    assert not is_on_shift(Work(), house, MONDAY_NOON)


@pytest.mark.parametrize(
    ("spoken", "wanted", "is_known"),
    [
        ("ko", "ko", True),
        ("zh", "zh-Hant", True),
        ("zh-Hans", "zh-Hant", False),
        ("zh-Hans", "zh", True),
        ("nb", "no", True),
        ("da", "no", False),
        ("pt-BR", "pt", True),
        ("en", "de", False),
    ],
)
def test_languages_are_told_apart_by_their_codes(spoken: str, wanted: str, is_known: bool) -> None:
    work = Work(languages=(Spoken(spoken, Level.WRITES),))

    assert (level_in(work, wanted) is Level.WRITES) is is_known


def test_the_best_of_what_fits_counts() -> None:
    work = Work(languages=(Spoken("zh", Level.READS), Spoken("zh-Hant", Level.NATIVE)))

    assert level_in(work, "zh-Hant") is Level.NATIVE
    assert level_in(work, "zh-Hans") is Level.READS


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        (Shift(1, 13 * 60, 17 * 60), False),
        (Shift(1, 12 * 60, 17 * 60), True),
        (Shift(1, 10 * 60, 11 * 60), True),
        (Shift(1, 9 * 60, 13 * 60), True),
        (Shift(7, 22 * 60, 9 * 60), False),
        (Shift(7, 22 * 60, 10 * 60), True),
        (Shift(7, 0, 0), False),
    ],
)
def test_hours_may_follow_each_other_and_never_overlap(second: Shift, overlaps: bool) -> None:
    morning = Shift(1, 9 * 60, 13 * 60)

    for shifts in ([morning, second], [second, morning]):
        with pytest.raises(Refused) if overlaps else nullcontext():
            check_shifts(shifts)
