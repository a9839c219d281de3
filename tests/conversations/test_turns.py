"""A burst is one turn, whatever the order in which its fragments come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.conversations.model import Place, Side
from dragoman.conversations.turns import Fragment, Turn, group, settles_at

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def a_fragment(at: float, side: Side = Side.CUSTOMER, *, arrival: int = 0) -> Fragment:
    """``at``: seconds after noon, on the platform's clock; ``arrival``: the how-manieth it was to reach us."""
    place = Place(NOON + timedelta(seconds=at), 0, UUID(int=1000 + (arrival or int(at * 10))))
    return Fragment(place, side, NOON + timedelta(seconds=at + 0.2))


def lengths(turns: list[Turn]) -> list[int]:
    return [len(turn.fragments) for turn in turns]


def test_gaps_under_ten_seconds_make_one_turn() -> None:
    turns = group([a_fragment(at) for at in (0, 3, 6, 7, 16.9)])

    assert lengths(turns) == [5]
    assert (turns[0].first_at, turns[0].last_at) == (NOON, NOON + timedelta(seconds=16.9))


def test_a_gap_of_ten_seconds_begins_a_new_turn() -> None:
    assert lengths(group([a_fragment(0), a_fragment(9.9), a_fragment(19.9)])) == [2, 1]


def test_the_other_side_begins_a_turn_of_its_own() -> None:
    turns = group([a_fragment(0), a_fragment(1, Side.TEAM), a_fragment(2)])

    assert [turn.side for turn in turns] == [Side.CUSTOMER, Side.TEAM, Side.CUSTOMER]


def test_a_turn_is_named_after_the_fragment_that_reached_us_first() -> None:
    first, second = a_fragment(0, arrival=5), a_fragment(1, arrival=2)

    (turn,) = group([first, second])

    assert turn.turn_id == second.place.id


def test_no_messages_are_no_turns() -> None:
    assert group([]) == []


fragments = st.lists(
    st.tuples(st.integers(0, 120), st.sampled_from(Side)),
    min_size=1,
    max_size=30,
    unique_by=lambda each: each[0],
)


@given(fragments)
def test_every_fragment_is_in_exactly_one_turn_and_in_order(said: list[tuple[int, Side]]) -> None:
    timeline = [a_fragment(at, side) for at, side in sorted(said)]

    turns = group(timeline)

    assert [fragment for turn in turns for fragment in turn.fragments] == timeline
    assert len({turn.turn_id for turn in turns}) == len(turns)


@given(fragments)
def test_grouping_the_stretch_around_a_turn_gives_that_turn_again(said: list[tuple[int, Side]]) -> None:
    for turn in group([a_fragment(at, side) for at, side in sorted(said)]):
        assert group(turn.fragments) == [turn]


@pytest.mark.parametrize(
    ("last_at", "first_came", "last_came", "expected"),
    [
        (5, 0.2, 5.2, 15.2),  # ten seconds after the last
        (44, 0.2, 44.2, 45.2),  # at the latest 45 after the first
        (0, 3600, 3600, 3600),  # at once when it came late
    ],
)
def test_a_turn_settles(last_at: float, first_came: float, last_came: float, expected: float) -> None:
    def after(seconds: float) -> datetime:
        return NOON + timedelta(seconds=seconds)

    assert settles_at(after(last_at), after(first_came), after(last_came)) == after(expected)
