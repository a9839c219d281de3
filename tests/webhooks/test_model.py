"""What is decided about webhooks and their calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dragoman.config_values import HostPort
from dragoman.kit.errors import Refused
from dragoman.settling.facts import LONGEST_TEXT
from dragoman.webhooks.content import fragments_of
from dragoman.webhooks.model import (
    MOST_ATTEMPTS,
    PAUSES,
    Attempt,
    CallState,
    Endpoint,
    Fate,
    checked,
    fate_of,
)
from dragoman.webhooks.signing import new_secret, signed
from tests.webhooks.receiver import page_for_receivers

AT = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
FAILED = Attempt(status=503, trouble="It answered 503.", is_passing=True)


def test_pauses_grow_and_the_eighth_attempt_is_the_last() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    fates = [fate_of(FAILED, nth, AT) for nth in range(1, MOST_ATTEMPTS + 1)]
    assert fates == [*(Fate(CallState.WAITING, AT + pause) for pause in PAUSES), Fate(CallState.GIVEN_UP)]


def test_who_asks_us_to_wait_is_waited_for() -> None:
    wait = timedelta(minutes=2)
    assert fate_of(Attempt(status=429, trouble="-", is_passing=True, wait=wait), 1, AT).again == AT + wait


def test_a_refusal_is_the_end_of_it() -> None:
    assert fate_of(Attempt(status=404, trouble="It answered 404."), 1, AT) == Fate(CallState.GIVEN_UP)


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.net/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://me:secret@hooks.example.net/",
        "ftp://hooks.example.net/",
        "hooks.example.net",
        "https://localhost/hook",
        "https://crm.localhost:8443/",
        f"https://hooks.example.net/{'a' * 2000}",
    ],
)
def test_an_address_that_cannot_be_called_is_refused(address: str) -> None:
    with pytest.raises(Refused) as refused:
        checked("CRM", address, frozenset())
    assert set(refused.value.details["fields"]) == {"address"}


def test_all_that_is_wrong_is_said_at_once_and_how_an_address_begins() -> None:
    with pytest.raises(Refused) as refused:
        checked("", "crm.example.com/hook", frozenset())
    assert refused.value.details["fields"] == {
        "name": "A webhook's name has 1 to 60 characters on one line.",
        "address": "A webhook's address begins with https://.",
    }


def test_the_operator_may_allow_an_address_in_the_own_network() -> None:
    allowed = frozenset({HostPort("10.0.0.8", 9000)})
    assert checked(" CRM ", " http://10.0.0.8:9000/crm ", allowed) == ("CRM", "http://10.0.0.8:9000/crm")


def test_it_signs_as_the_specification_shows() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        at,
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


def test_the_ten_lines_for_receivers_tell_ours_from_others() -> None:
    read: dict[str, Any] = {}
    exec(page_for_receivers("python"), read)
    is_ours, secret, body = read["is_ours"], new_secret(), b'{"type": "test"}'
    headers = signed("1", datetime.now(UTC), body, [new_secret(), secret])

    assert is_ours(headers, body, secret)
    assert not is_ours(headers, body + b" ", secret)
    assert not is_ours(headers, body, new_secret())
    assert not is_ours(signed("1", AT - timedelta(days=365), body, [secret]), body, secret)


def test_the_secret_before_signs_until_its_day_is_over() -> None:
    endpoint = Endpoint("https://a.example", new_secret(), new_secret(), AT)
    assert endpoint.signing_at(AT - timedelta(seconds=1)) == [endpoint.secret, endpoint.old_secret]
    assert endpoint.signing_at(AT) == [endpoint.secret]


def test_of_a_very_long_turn_the_beginning_is_told() -> None:
    rows: list[tuple[object, ...]] = [
        (1, AT, "a" * (LONGEST_TEXT - 1), []),
        (2, AT, "bcd", []),
        (3, AT, None, []),
    ]
    assert [len(each["text"] or "") for each in fragments_of(rows)] == [LONGEST_TEXT - 1, 1, 0]
