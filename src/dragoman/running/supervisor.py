"""Starts what must run, starts it again when it dies, and stops it all in order."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.errors import OperatorError

TEND_SECONDS = 0.1
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
"""What ran this long is well again: its next death is its first."""

Say = Callable[[str], None]


class Tended(Protocol):
    """Something that runs, may die, and can be started anew."""

    @property
    def name(self) -> str: ...

    def start(self) -> object: ...

    def has_died(self) -> bool: ...

    def how_it_ended(self) -> str: ...


@dataclass(slots=True)
class Watch:
    """What is remembered about one of them."""

    tended: Tended
    started_at: float
    deaths_in_a_row: int = 0
    start_again_at: float | None = None


def pause_before_start(deaths_in_a_row: int) -> float:
    """Seconds to wait before the next start: longer each time, never longer than half a minute."""
    return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(deaths_in_a_row - 1, 10))


def tend(all_tended: Sequence[Tended], say: Say) -> None:
    """Keep them running, for ever: an exception from a signal's handler is the way out."""
    watches = [Watch(each, started_at=time.monotonic()) for each in all_tended]
    while True:
        for watch in watches:
            look_after(watch, say, now=time.monotonic())
        time.sleep(TEND_SECONDS)


def look_after(watch: Watch, say: Say, *, now: float) -> None:
    """One glance at one of them: note a death, or start it again when its pause is over."""
    if watch.start_again_at is None:
        if watch.tended.has_died():
            _note_death(watch, say, watch.tended.how_it_ended(), now)
    elif now >= watch.start_again_at:
        _start_again(watch, say, now)


def _note_death(watch: Watch, say: Say, how: str, now: float) -> None:
    was_steady = now - watch.started_at >= STEADY_SECONDS
    watch.deaths_in_a_row = 1 if was_steady else watch.deaths_in_a_row + 1
    pause = pause_before_start(watch.deaths_in_a_row)
    watch.start_again_at = now + pause
    say(f"{watch.tended.name} {how}; it starts again in {pause:g} s.")


def _start_again(watch: Watch, say: Say, now: float) -> None:
    watch.start_again_at = None
    watch.started_at = now
    try:
        watch.tended.start()
    except OperatorError as error:
        _note_death(watch, say, f"could not start: {str(error).rstrip('.')}", now)
    else:
        say(f"{watch.tended.name} runs again.")
