"""Who is told, how loudly, and when not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dragoman.kit.errors import Refused
from dragoman.notifications.model import (
    KEPT_AT_MOST,
    Listener,
    QuietHours,
    Settings,
    Telling,
    Told,
    Turn,
    Who,
    kept_for,
    telling,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
TURN = Turn(uuid4(), uuid4(), uuid4(), 3, NOON - timedelta(seconds=10), NOON - timedelta(seconds=20))
MARIA = Listener(uuid4(), Settings(), None, None)
WORKDAYS = frozenset(range(1, 6))


def test_who_has_settled_nothing_is_told_of_what_waits() -> None:
    assert telling(TURN, MARIA, NOON) is Telling.ALOUD


def test_who_wants_to_hear_nothing_or_nothing_of_this_channel_is_not_told() -> None:
    for settings in (Settings(who=Who.NOTHING), Settings(muted=frozenset({TURN.channel_id}))):
        assert telling(TURN, replace(MARIA, settings=settings), NOON) is None


def test_who_has_it_before_their_eyes_is_not_told() -> None:
    assert telling(TURN, replace(MARIA, read_up_to=TURN.arrived_at), NOON) is None


def test_who_had_looked_before_it_came_is_told() -> None:
    looked = replace(MARIA, read_up_to=TURN.arrived_at - timedelta(seconds=1))
    assert telling(TURN, looked, NOON) is Telling.ALOUD


def test_the_next_turn_of_a_conversation_that_was_not_opened_changes_what_stands_there_silently() -> None:
    later = replace(TURN, turn_id=uuid4(), arrived_at=NOON)
    told = Told(TURN.turn_id, 3, TURN.arrived_at, NOON - timedelta(seconds=5))

    assert telling(later, replace(MARIA, told=told), NOON) is Telling.SILENTLY
    assert telling(replace(TURN, fragments=4), replace(MARIA, told=told), NOON) is Telling.SILENTLY


def test_who_has_looked_since_they_were_told_is_told_aloud_again() -> None:
    later = replace(TURN, turn_id=uuid4(), arrived_at=NOON)
    told = Told(TURN.turn_id, 3, TURN.arrived_at, NOON - timedelta(seconds=5))

    assert telling(later, replace(MARIA, told=told, read_up_to=TURN.arrived_at), NOON) is Telling.ALOUD


def test_a_wait_that_began_after_they_were_told_is_a_new_one() -> None:
    long_ago = Told(
        uuid4(), 1, TURN.waiting_since - timedelta(days=1), TURN.waiting_since - timedelta(days=1)
    )

    assert telling(TURN, replace(MARIA, told=long_ago), NOON) is Telling.ALOUD


def test_the_same_is_never_told_twice() -> None:
    told = Told(TURN.turn_id, TURN.fragments, TURN.arrived_at, NOON)

    assert telling(TURN, replace(MARIA, told=told), NOON) is None


def test_nobody_is_told_in_their_quiet_hours() -> None:
    in_tokyo = QuietHours(
        WORKDAYS, 20 * 60, 8 * 60, "Asia/Tokyo"
    )  # noon in London is nine in the evening there

    assert telling(TURN, replace(MARIA, settings=Settings(quiet=in_tokyo)), NOON) is None


@pytest.mark.parametrize(
    ("day", "clock", "is_quiet"),
    [
        (23, "21:59", False),
        (23, "22:00", True),
        (24, "06:59", True),
        (24, "07:00", False),
        (28, "06:59", True),  # Saturday morning still belongs to Friday night
        (28, "22:30", False),
        (29, "06:30", False),
        (30, "06:30", False),  # Monday morning belongs to Sunday, which is not named
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(day: int, clock: str, is_quiet: bool) -> None:
    nights = QuietHours(WORKDAYS, 22 * 60, 7 * 60, "Europe/Warsaw")
    hour, minute = map(int, clock.split(":"))
    at = datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)

    assert nights.are_on(at) is is_quiet


def test_hours_that_end_where_they_begin_are_the_whole_day() -> None:
    sundays = QuietHours(frozenset({7}), 0, 0, "UTC")

    assert [sundays.are_on(NOON + timedelta(days=n)) for n in range(7)] == [False] * 6 + [True]


def test_a_push_service_keeps_nothing_into_the_quiet_hours() -> None:
    evening = QuietHours(WORKDAYS, 15 * 60, 7 * 60, "UTC")

    assert kept_for(Settings(quiet=evening), NOON) == timedelta(hours=3)
    assert kept_for(Settings(quiet=QuietHours(frozenset({7}), 0, 0, "UTC")), NOON) == KEPT_AT_MOST
    assert kept_for(Settings(), NOON) == KEPT_AT_MOST


@pytest.mark.parametrize(("days", "start", "end"), [({8}, 0, 0), ({1}, -1, 0), ({1}, 0, 1440)])
def test_there_are_no_other_days_and_times(days: set[int], start: int, end: int) -> None:
    with pytest.raises(Refused):
        QuietHours(frozenset(days), start, end, "UTC")
