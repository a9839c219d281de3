"""Numbers that work is shared and tried again by."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from dragoman.work.jobs import retry_after
from dragoman.work.lanes import LANES, lane_of

CHANNEL = UUID("01890000-0000-7000-8000-000000000001")


def test_tries_grow_rarer_and_end() -> None:
    waits = [retry_after(tries) for tries in range(4)]

    assert waits == [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15), None]


def test_a_customers_lane_is_the_same_in_every_process_and_version() -> None:
    assert [lane_of(CHANNEL, address) for address in ("7001001", "7001002", "ü")] == [35, 25, 49]


def test_customers_are_spread_over_all_lanes() -> None:
    assert {lane_of(CHANNEL, str(n)) for n in range(2000)} == set(range(LANES))
