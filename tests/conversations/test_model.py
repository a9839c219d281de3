"""Who waits, decided over facts alone, the same whatever the order in which they came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.conversations.model import (
    Conversation,
    Place,
    Side,
    Status,
    Unanswered,
    WaitingFor,
    answered_up_to,
    appended,
    closed,
    counted_in,
    customer_said,
    cut,
    is_late,
    reopened,
    waits,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EPISODE, ANOTHER = UUID(int=1), UUID(int=2)
MARIA = UUID(int=3)
TEAM = UUID(int=7)


def place(seconds: float, order: int = 0, arrival: int | None = None) -> Place:
    """``arrival``: the how-manieth it was to reach us."""
    return Place(NOON + seconds * SECOND, order, UUID(int=1000 + (arrival or int(seconds))))


def a_conversation(*said: Place) -> Conversation:
    c = Conversation(
        conversation_id=UUID(int=9),
        channel_id=UUID(int=8),
        identity_id=UUID(int=7),
        thread_key="",
        lane=0,
        created_at=NOON,
    )
    for each in said:
        c = says(c, each)
    return c


def says(c: Conversation, at: Place, episode: UUID = EPISODE) -> Conversation:
    c = customer_said(c, at, new_episode=episode, now=NOON)
    return appended(c, at, Side.CUSTOMER, at.id, at.at)


def test_the_first_word_opens_and_waits_for_us() -> None:
    c = a_conversation(place(0))

    assert (c.status, c.waiting_for, c.waiting_since) == (Status.OPEN, WaitingFor.US, NOON)
    assert c.episode_id == EPISODE


def test_a_conversation_in_which_nothing_opened_waits_for_nobody() -> None:
    assert a_conversation().waiting_for is WaitingFor.NOBODY
    assert counted_in(a_conversation()) == frozenset()


@given(st.permutations([place(n) for n in range(6)]))
def test_the_clock_runs_from_the_first_fragment_in_whatever_order_they_come(fragments: list[Place]) -> None:
    c = a_conversation(*fragments)

    assert c.unanswered == Unanswered(place(0), place(5), 6)
    assert c.waiting_since == NOON


@given(st.permutations([place(n, arrival=n) for n in range(6)]), st.integers(0, 5), st.integers(0, 6))
def test_an_answer_is_never_followed_by_waiting_for_what_stood_before_it(
    fragments: list[Place], answered: int, comes_after: int
) -> None:
    c = a_conversation(*fragments[:comes_after])
    c = answered_up_to(c, place(answered))

    for fragment in fragments[comes_after:]:
        was = c.unanswered
        c = says(c, fragment)
        if fragment <= place(answered):
            assert c.unanswered == was


def test_an_older_answer_does_not_take_a_newer_one_back() -> None:
    c = answered_up_to(a_conversation(place(0)), place(10))

    assert answered_up_to(c, place(5)) == c


def test_closing_and_taking_it_back_leaves_no_trace() -> None:
    c = a_conversation(place(0), place(5))

    assert reopened(closed(c, MARIA, NOON)) == c
    assert closed(c, MARIA, NOON).waiting_since is None


def test_who_writes_after_closing_begins_a_new_episode_and_waits_from_there() -> None:
    c = closed(a_conversation(place(0), place(5)), MARIA, NOON)

    c = says(c, place(100), ANOTHER)

    assert c.unanswered == Unanswered(place(100), place(100), 1)
    assert (c.status, c.episode_id, c.closed_at, c.closed_by) == (Status.OPEN, ANOTHER, None, None)


def test_a_second_word_after_closing_joins_the_first_even_from_before_the_closing() -> None:
    c = closed(a_conversation(place(0), place(50)), MARIA, NOON)

    c = says(c, place(100, arrival=101))
    c = says(c, place(20, arrival=102))

    assert c.unanswered == Unanswered(place(20, arrival=102), place(100, arrival=101), 2)


def test_a_late_word_that_was_answered_already_reopens_nothing() -> None:
    c = closed(answered_up_to(a_conversation(place(0)), place(50)), MARIA, NOON)

    assert customer_said(c, place(30, arrival=60), new_episode=ANOTHER, now=NOON).status is Status.CLOSED


def test_each_state_stands_in_its_counters() -> None:
    waiting = a_conversation(place(0))
    answered = replace(answered_up_to(waiting, place(1)), unanswered=None)

    assert counted_in(waiting) == {"open", "waiting", "unassigned"}
    assert counted_in(answered) == {"open"}
    assert counted_in(replace(waiting, owner_id=MARIA)) == {"open", "waiting", f"owned:{MARIA}"}
    assert counted_in(replace(answered, owner_id=MARIA, team_id=TEAM)) == {"open", f"owned:{MARIA}"}
    assert counted_in(replace(waiting, team_id=TEAM)) == {"open", "waiting", "unassigned", f"team:{TEAM}"}
    assert counted_in(closed(waiting, MARIA, NOON)) == {"closed"}


def test_the_newest_message_is_the_last_one_in_the_timeline_not_the_last_to_come() -> None:
    c = a_conversation(place(10, arrival=1), place(5, arrival=2))

    assert c.last == place(10, arrival=1)
    assert c.newest_id == place(5, arrival=2).id


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(-3600, -3600), (0, 0), (60, 60), (60.001, 0), (86_400, 0)],
)
def test_a_clock_may_run_a_minute_ahead_and_no_more(ahead: float, expected: float) -> None:
    assert cut(NOON + ahead * SECOND, NOON) == NOON + expected * SECOND


def test_what_has_no_time_has_that_of_its_arrival() -> None:
    assert cut(None, NOON) == NOON


def test_ten_minutes_on_the_way_are_not_late_and_a_moment_more_is() -> None:
    assert not is_late(NOON, NOON + timedelta(minutes=10))
    assert is_late(NOON, NOON + timedelta(minutes=10, seconds=1))


def test_a_week_old_message_waits_and_an_older_one_does_not() -> None:
    assert waits(NOON, NOON + timedelta(days=7))
    assert not waits(NOON, NOON + timedelta(days=7, seconds=1))
