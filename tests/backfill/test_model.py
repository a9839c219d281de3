"""How far back a gap reaches, and how long a reading waits for what it cannot help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dragoman.backfill.model import OVERLAP, Backfill, State, Why, begun, ended, gap_since, going_on, held_up

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_gap(since: datetime = NOON - 9 * HOUR) -> Backfill:
    return begun(UUID(int=1), UUID(int=2), Why.GAP, since, None, NOON - 8 * HOUR)


@pytest.mark.parametrize("state", [State.STOPPED, State.FAILED])
def test_a_gap_that_was_not_read_is_read_with_the_next(state: State) -> None:
    left = ended(a_gap(), state, NOON)
    done = ended(a_gap(), State.DONE, NOON)

    assert gap_since(left, NOON - HOUR, NOON) == left.since
    assert gap_since(done, NOON - HOUR, NOON) == gap_since(None, NOON - HOUR, NOON) == NOON - HOUR - OVERLAP


def test_a_gap_is_no_longer_than_a_month() -> None:
    assert gap_since(None, NOON - timedelta(days=90), NOON) == NOON - timedelta(days=30)


def test_who_waits_says_for_what_and_gives_up_after_half_a_day() -> None:
    waiting = held_up(a_gap(), "Busy.", NOON)
    still = held_up(waiting, "Busy.", NOON + 11 * HOUR)
    over = held_up(still, "Busy.", NOON + 12 * HOUR)

    assert (waiting.state, waiting.reason) == (State.RUNNING, "Busy.")
    assert still == waiting
    assert (over.state, over.reason) == (State.FAILED, "Busy.")
    assert held_up(going_on(over, NOON + 20 * HOUR), "Busy.", NOON + 20 * HOUR).state is State.RUNNING
