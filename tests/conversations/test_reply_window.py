"""When a platform's reply window shuts and when that is near, decided over facts and data alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.channels.capabilities import Move, WindowRule
from dragoman.channels.registry import CHANNELS
from dragoman.conversations.model import Conversation
from dragoman.conversations.reply_window import (
    Allowance,
    allowance,
    held_until,
    looked_at_next,
    moved,
    near_end,
    shuts_at,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR, SECOND, DAY = timedelta(hours=1), timedelta(seconds=1), timedelta(days=1)
META = WindowRule(
    free_seconds=86_400,
    opened_by=(Move.MESSAGE, Move.BUTTON, Move.REACTION, Move.LINK),
    extended_seconds=7 * 86_400,
    extended_by=(Move.MESSAGE,),
    extended_as="HUMAN_AGENT",
)
NOBODY = Conversation(
    conversation_id=UUID(int=9),
    channel_id=UUID(int=8),
    identity_id=UUID(int=7),
    thread_key="",
    lane=0,
    created_at=NOON,
)
WROTE = moved(NOBODY, META, Move.MESSAGE, NOON)


def test_a_message_gives_a_day_of_anything_and_a_week_of_a_persons_own_words() -> None:
    assert allowance(META, WROTE, NOON + DAY) is Allowance.FREE
    assert allowance(META, WROTE, NOON + DAY + SECOND) is Allowance.EXTENDED
    assert allowance(META, WROTE, NOON + 7 * DAY) is Allowance.EXTENDED
    assert allowance(META, WROTE, NOON + 7 * DAY + SECOND) is Allowance.SHUT


@pytest.mark.parametrize("move", [Move.BUTTON, Move.REACTION, Move.LINK])
def test_what_is_no_message_gives_a_day_and_lengthens_no_week(move: Move) -> None:
    c = moved(WROTE, META, move, NOON + 6 * DAY)

    assert allowance(META, c, NOON + 7 * DAY) is Allowance.FREE
    assert allowance(META, c, NOON + 7 * DAY + SECOND) is Allowance.SHUT


def test_what_a_platform_does_not_count_moves_nothing() -> None:
    deaf = WindowRule(free_seconds=3600, opened_by=(Move.MESSAGE,))

    assert moved(NOBODY, deaf, Move.REACTION, NOON) == NOBODY


def test_where_there_is_no_window_nothing_is_noted_and_everything_allowed() -> None:
    assert moved(NOBODY, None, Move.MESSAGE, NOON) == NOBODY
    assert allowance(None, NOBODY, NOON) is Allowance.FREE
    assert looked_at_next(None, NOBODY, NOON) is None


@given(st.permutations(list(range(6))), st.lists(st.sampled_from(list(Move)), min_size=6, max_size=6))
def test_the_order_of_arrival_and_what_comes_twice_change_nothing(
    order: list[int], moves: list[Move]
) -> None:
    there = NOBODY
    for nth in range(6):
        there = moved(there, META, moves[nth], NOON + nth * HOUR)

    c = NOBODY
    for nth in [*order, *order]:
        c = moved(c, META, moves[nth], NOON + nth * HOUR)

    assert c == there


def test_an_end_is_near_for_three_hours_of_a_day() -> None:
    until = NOON + DAY
    assert near_end(META, WROTE, until - 3 * HOUR - SECOND) is None
    assert near_end(META, WROTE, until - 3 * HOUR) == until
    assert near_end(META, WROTE, until - SECOND) == until
    assert near_end(META, WROTE, until) is None, "until the last end comes near"
    assert near_end(META, WROTE, NOON + 7 * DAY - HOUR) == NOON + 7 * DAY


def test_time_alone_changes_something_at_four_moments_and_then_never() -> None:
    at, moments, c = NOON, [], WROTE
    while (following := looked_at_next(META, c, at)) is not None:
        moments.append(following - NOON)
        at, c = following, replace(c, window_closing_until=near_end(META, c, following))

    assert moments == [DAY - 3 * HOUR, DAY, 7 * DAY - 3 * HOUR, 7 * DAY]


def test_a_mark_that_is_not_as_it_should_be_is_looked_at_at_once() -> None:
    at = NOON + DAY - HOUR

    assert looked_at_next(META, WROTE, at) == at


def test_who_moves_while_the_window_closes_takes_the_mark_away() -> None:
    closing = replace(WROTE, window_closing_until=NOON + DAY)

    assert moved(closing, META, Move.MESSAGE, NOON + 23 * HOUR).window_closing_until is None
    assert moved(closing, META, Move.MESSAGE, NOON - HOUR) == closing, "a late copy is no news"


def test_a_hold_for_undo_ends_before_the_window_does() -> None:
    shut, hold = shuts_at(META, WROTE), timedelta(seconds=5)
    assert shut is not None

    assert held_until(META, WROTE, shut - HOUR, hold) == shut - HOUR + hold
    assert held_until(META, WROTE, shut - 3 * SECOND, hold) == shut - 2 * SECOND
    assert held_until(META, WROTE, shut - SECOND, hold) == shut - SECOND
    assert held_until(None, NOBODY, NOON, hold) == NOON + hold


@pytest.mark.parametrize("platform", sorted(CHANNELS))
def test_each_platform_says_what_its_window_counts(platform: str) -> None:
    rule = CHANNELS[platform].capabilities.reply_window

    if rule is None:
        assert platform == "telegram"
        return
    assert Move.MESSAGE in rule.opened_by
    assert set(rule.extended_by) <= set(rule.opened_by)
    assert bool(rule.extended_seconds) == bool(rule.extended_by) == bool(rule.extended_as)
