"""The updates in one answer of long polling, each as a body like those that a webhook brings. Pure."""

from __future__ import annotations

from dragoman.channels.contract import Polled
from dragoman.channels.errors import TryLater
from dragoman.kit.json_reading import NotAnObject, integer, objects_in_lists, read_object


def polled_of(answer: bytes, cursor: str | None) -> Polled:
    """Each update as the bytes that Telegram wrote; the cursor goes behind the last of them.

    Asking with that cursor tells Telegram to forget what lies before it, so it must be stored by then.
    Raises TryLater where ``answer`` holds no list of updates.
    """
    if not _has_updates(answer):
        raise TryLater("Telegram's list of messages could not be read.")
    bodies = tuple(objects_in_lists(answer))
    numbers = [number for body in bodies if (number := _number_of(body)) is not None]
    return Polled(bodies=bodies, cursor=str(max(numbers) + 1) if numbers else cursor or "")


def _has_updates(answer: bytes) -> bool:
    try:
        return isinstance(read_object(answer).get("result"), list)
    except NotAnObject:
        return False


def _number_of(body: bytes) -> int | None:
    try:
        return integer(read_object(body), "update_id")
    except NotAnObject:
        return None
