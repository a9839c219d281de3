"""How often a channel in trouble is looked at."""

from __future__ import annotations

from dragoman.connecting.trouble import wait_after


def test_a_channel_in_trouble_is_looked_at_less_and_less_often() -> None:
    assert [wait_after(looks).total_seconds() / 60 for looks in range(6)] == [1, 5, 15, 60, 60, 60]
