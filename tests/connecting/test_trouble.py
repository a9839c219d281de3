"""How often a channel in trouble is looked at."""

from __future__ import annotations

import pytest

from dragoman.connecting.actions import may_be_begun_anew
from dragoman.connecting.trouble import wait_after


def test_a_channel_in_trouble_is_looked_at_less_and_less_often() -> None:
    assert [wait_after(looks).total_seconds() / 60 for looks in range(6)] == [1, 5, 15, 60, 60, 60]


@pytest.mark.parametrize(
    ("trouble", "may_be"),
    [
        ("Facebook no longer delivers this Page's messages to our app: connect it again.", True),
        ("Meta has switched the app's webhook off: connect it again.", True),
        ("The app delivers to another address: does a second installation use the same app?", False),
    ],
)
def test_only_what_the_platform_ended_is_begun_anew(trouble: str, may_be: bool) -> None:
    assert may_be_begun_anew("messenger", trouble) is may_be
