"""When a token, sends or a delivery want somebody to look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dragoman.health.model import (
    Send,
    is_renewal_due,
    is_too_often,
    times_resubscribed,
    urgency_of_token,
    why_sends_fail,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
REFUSED = "The person is not available right now."


@pytest.mark.parametrize(("days", "urgency"), [(None, 0), (15, 0), (13.9, 1), (3.1, 1), (2.9, 2), (-1, 2)])
def test_the_end_of_a_token_is_said_two_weeks_and_again_three_days_before(
    days: float | None, urgency: int
) -> None:
    assert urgency_of_token(None if days is None else NOON + days * DAY, NOON) == urgency


def test_a_token_is_renewed_in_its_last_twenty_days_and_never_on_its_first() -> None:
    def is_due(age: float, left: float | None, tried: float | None = None) -> bool:
        until = None if left is None else NOON + left * DAY
        return is_renewal_due(NOON - age * DAY, until, None if tried is None else NOON - tried * DAY, NOON)

    assert is_due(40, 19)
    assert is_due(2, None), "its end is not known: renewing tells it"
    assert is_due(40, 19, tried=1.1)
    assert not is_due(40, 21)
    assert not is_due(0.5, 5)
    assert not is_due(40, 19, tried=0.5)


def sends(*reasons: str | None, customers: int = 9) -> list[Send]:
    return [Send(UUID(int=n % customers), reason is not None, reason) for n, reason in enumerate(reasons)]


def test_one_reason_for_different_customers_is_about_the_channel() -> None:
    assert why_sends_fail(sends(*[REFUSED] * 5, *[None] * 15)) == REFUSED


def test_a_few_failures_one_customers_and_what_we_refused_ourselves_are_not() -> None:
    ours = "The reply window shut before this left: nothing was sent, and the customer has to write first."
    assert why_sends_fail(sends(*[REFUSED] * 4, *[None] * 16)) is None
    assert why_sends_fail(sends(*[REFUSED] * 8, customers=2)) is None
    assert why_sends_fail(sends(*[ours] * 9)) is None
    assert why_sends_fail([]) is None


def test_a_delivery_that_is_begun_anew_thrice_within_days_is_too_often() -> None:
    assert times_resubscribed(0, None, NOON) == 1
    assert times_resubscribed(2, NOON - DAY / 2, NOON) == 3
    assert times_resubscribed(2, NOON - 2 * DAY, NOON) == 1
    assert [is_too_often(times) for times in (1, 2, 3)] == [False, False, True]
