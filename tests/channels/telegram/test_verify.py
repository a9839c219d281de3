from __future__ import annotations

import pytest

from dragoman.channels.contract import Credentials, Hook
from dragoman.channels.telegram.channel import TELEGRAM

SECRET = "dR4g0man_secret-of-thirty-two-chr"
CREDENTIALS = Credentials(secrets={"token": "1:a", "webhook_secret": SECRET})


def a_request(**headers: str) -> Hook:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Hook(method="POST", query={}, headers=named, body=b"{}")


def test_a_request_with_our_secret_is_theirs() -> None:
    assert TELEGRAM.verify(a_request(x_telegram_bot_api_secret_token=SECRET), CREDENTIALS)


@pytest.mark.parametrize("shown", ["", SECRET[:-1], SECRET + "x", SECRET.upper(), "ünïcode", "\ud800"])
def test_a_request_with_another_secret_is_not(shown: str) -> None:
    assert not TELEGRAM.verify(a_request(x_telegram_bot_api_secret_token=shown), CREDENTIALS)


def test_a_request_without_the_header_is_not() -> None:
    assert not TELEGRAM.verify(a_request(authorization=SECRET), CREDENTIALS)


def test_without_a_secret_of_ours_nothing_is_theirs() -> None:
    nothing_kept = Credentials(secrets={"token": "1:a"})

    assert not TELEGRAM.verify(a_request(x_telegram_bot_api_secret_token=""), nothing_kept)
    assert not TELEGRAM.verify(a_request(), nothing_kept)


def test_telegram_has_no_handshake() -> None:
    assert TELEGRAM.handshake(a_request(), CREDENTIALS) is None
