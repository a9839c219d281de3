"""When it is evening, also where clocks are changed and at the edges of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dragoman.evening.model import Evening, day_of, due_now, next_due
from dragoman.kit.errors import Refused

DAILY = frozenset(range(1, 8))
WARSAW = "Europe/Warsaw"


def test_the_next_line_comes_at_that_time_of_the_members_own_clock() -> None:
    evening = Evening(DAILY, 18 * 60, WARSAW)

    summer = next_due(evening, datetime(2026, 7, 1, 12, tzinfo=UTC))
    winter = next_due(evening, datetime(2026, 12, 1, 12, tzinfo=UTC))

    assert summer.at == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert winter.at == datetime(2026, 12, 1, 17, tzinfo=UTC)


def test_it_comes_once_a_day_through_both_changes_of_the_clock() -> None:
    """02:30 is left out on 29 March 2026 and comes twice on 25 October."""
    for first in (date(2026, 3, 27), date(2026, 10, 23)):
        evening = Evening(DAILY, 2 * 60 + 30, WARSAW)
        at = datetime.combine(first, datetime.min.time(), UTC) - timedelta(hours=3)
        told = []
        for _ in range(5):
            due = next_due(evening, at)
            at = due.at
            told.append(due.day)

        assert told == [first + timedelta(days=n) for n in range(5)]


def test_days_that_are_not_wanted_are_passed_over() -> None:
    working = Evening(frozenset({1, 2, 3, 4, 5}), 17 * 60, WARSAW)

    friday_evening = datetime(2026, 11, 20, 20, tzinfo=UTC)

    assert next_due(working, friday_evening).day == date(2026, 11, 23)


def test_far_east_it_is_another_day() -> None:
    evening = Evening(DAILY, 18 * 60, "Pacific/Kiritimati")

    assert next_due(evening, datetime(2026, 11, 22, 3, tzinfo=UTC)).day == date(2026, 11, 22)
    assert next_due(evening, datetime(2026, 11, 22, 5, tzinfo=UTC)).day == date(2026, 11, 23)


def test_a_line_that_is_late_is_told_until_nobody_wants_it_any_more() -> None:
    evening = Evening(DAILY, 22 * 60, "UTC")
    due = datetime(2026, 11, 22, 22, tzinfo=UTC)

    after_midnight = due_now(evening, due + timedelta(hours=3))

    assert after_midnight is not None
    assert after_midnight.day == date(2026, 11, 22)
    assert due_now(evening, due + timedelta(hours=7)) is None
    assert due_now(evening, due - timedelta(minutes=1)) is None


def test_a_day_is_as_long_as_the_clock_makes_it() -> None:
    lengths = [
        (until - since) / timedelta(hours=1)
        for since, until in (
            tuple(each.astimezone(UTC) for each in day_of(WARSAW, day))
            for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 22))
        )
    ]

    assert lengths == [23, 25, 24]


@pytest.mark.parametrize(("days", "minute"), [(frozenset(), 60), (frozenset({8}), 60), (DAILY, 1440)])
def test_what_is_no_day_and_no_time_is_refused(days: frozenset[int], minute: int) -> None:
    with pytest.raises(Refused):
        Evening(days, minute, "UTC")
