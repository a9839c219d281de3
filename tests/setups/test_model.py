"""Where a set-up stands, and when it is looked at by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dragoman.setups.model import Check, Name, Outcome, State, next_look, state_after, with_check

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def a_check(name: Name, outcome: Outcome = Outcome.OK) -> Check:
    return Check(name=name, outcome=outcome, at=AT)


UP_TO_DELIVERY = [a_check(name) for name in list(Name)[:4]]


@pytest.mark.parametrize(
    ("checks", "state"),
    [
        ([], State.WAITING_FOR_YOU),
        ([a_check(Name.CREDENTIALS, Outcome.FAILED)], State.WAITING_FOR_YOU),
        ([a_check(Name.CREDENTIALS)], State.WAITING_FOR_YOU),
        ([a_check(Name.CREDENTIALS, Outcome.PENDING)], State.WAITING_FOR_PLATFORM),
        (UP_TO_DELIVERY, State.TESTING),
        ([*UP_TO_DELIVERY, a_check(Name.HEARD)], State.TESTING),
        ([*UP_TO_DELIVERY, a_check(Name.HEARD), a_check(Name.ANSWERED)], State.LIVE),
    ],
)
def test_it_waits_for_whoever_has_the_next_thing_to_do(checks: list[Check], state: State) -> None:
    assert state_after(checks) is state


def test_what_is_tried_again_takes_back_all_that_was_found_after_it() -> None:
    again = with_check(UP_TO_DELIVERY, a_check(Name.RIGHTS, Outcome.FAILED))

    assert [(each.name, each.outcome) for each in again] == [
        (Name.CREDENTIALS, Outcome.OK),
        (Name.RIGHTS, Outcome.FAILED),
    ]


def test_a_message_is_looked_for_often_at_first_then_seldom_and_at_last_no_more() -> None:
    waited = [timedelta(0), timedelta(hours=2), timedelta(days=31)]

    assert [next_look(State.TESTING, each) for each in waited] == [
        timedelta(seconds=20),
        timedelta(minutes=15),
        None,
    ]
    assert next_look(State.WAITING_FOR_PLATFORM, timedelta(days=3)) == timedelta(minutes=15)
    assert next_look(State.WAITING_FOR_YOU, timedelta(0)) is None
