"""Who is here: whose browser listens, and was touched lately. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

SEEN_EVERY = timedelta(seconds=30)  # it is written down of everybody who listens
GONE_AFTER = timedelta(seconds=75)  # without a word: whoever comes back sooner, or flaps, was never gone
IDLE_AFTER = timedelta(minutes=10)  # without a key, a press or a touch


class Presence(StrEnum):
    HERE = "here"
    AWAY = "away"  # says so, wherever they are
    GONE = "gone"


def presence_of(*, is_here: bool, is_away: bool) -> Presence:
    """What colleagues are shown."""
    if is_away:
        return Presence.AWAY
    return Presence.HERE if is_here else Presence.GONE
