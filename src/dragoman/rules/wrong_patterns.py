"""What is wrong with a pattern, and where, as the engine tells it, in words of ours. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import re2

from dragoman.rules.folding import compiled

SHOWN = 60  # characters of the part at which it fails


def wrong_in(pattern: str) -> str | None:
    """None: it can be read."""
    try:
        compiled(pattern)
    except re2.error as problem:
        reason, _, part = _told(problem).partition(": ")
        return _sentence(reason, part if len(part) <= SHOWN else f"{part[:SHOWN]}…")
    return None


def _told(problem: re2.error) -> str:
    """``missing ): (refund``."""
    (told,) = problem.args
    return told.decode(errors="replace") if isinstance(told, bytes) else str(told)


def _sentence(reason: str, part: str) -> str:
    is_group = reason.startswith("invalid perl operator") or "capture group" in reason
    say = SENTENCES.get("group" if is_group else reason)
    return say(part) if say else "This is no pattern that we can read."


# By the engine's reason.
SENTENCES: Mapping[str, Callable[[str], str]] = {
    "missing )": lambda part: f"This pattern opens a round bracket and never closes it: {part}",
    "unexpected )": lambda part: f"This pattern closes a round bracket that it never opened: {part}",
    "missing ]": lambda part: f"This pattern opens a square bracket and never closes it: {part}",
    "no argument for repetition operator": lambda part: (
        f"In this pattern nothing that could be repeated stands before {part}"
    ),
    "bad repetition operator": lambda part: f"This pattern repeats what is repeated already: {part}",
    "invalid repetition size": lambda part: (
        f"This pattern repeats something too often, or less often than at least: {part}"
    ),
    "invalid character class range": lambda part: f"This pattern has a range of signs that is none: {part}",
    "invalid escape sequence": lambda part: (
        f"This pattern has a backslash before something that it does not go with: {part}"
    ),
    "trailing \\": lambda _: "This pattern ends in a backslash: what it belongs to is missing.",
    "group": lambda part: f"This pattern has a group of a kind that we do not know: {part}",
}
