"""The updates in one answer of long polling, each as a body like those that a webhook brings. Pure."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from dragoman.channels.contract import Polled, TryLater
from dragoman.kit.json_reading import NotAnObject, Record, integer, read_object


class _Answer(msgspec.Struct):
    result: list[msgspec.Raw]


_decode = msgspec.json.Decoder(_Answer).decode


def polled_of(answer: bytes, cursor: str | None) -> Polled:
    """Each update as the bytes that Telegram wrote; the cursor goes behind the last of them.

    Asking with that cursor tells Telegram to forget what lies before it, so it must be stored by then.
    Raises TryLater where ``answer`` holds no list of updates.
    """
    bodies = _bodies_in(answer)
    numbers = [number for body in bodies if (number := _number_of(body)) is not None]
    return Polled(bodies=bodies, cursor=str(max(numbers) + 1) if numbers else cursor or "")


def _bodies_in(answer: bytes) -> tuple[bytes, ...]:
    try:
        return tuple(bytes(raw) for raw in _decode(answer).result)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # One odd update, with a lone surrogate say, must not hold up the others beside it.
        return tuple(_body_of(update) for update in _updates_in(answer))


def _updates_in(answer: bytes) -> list[Any]:
    try:
        updates = read_object(answer).get("result")
    except NotAnObject:
        updates = None
    if not isinstance(updates, list):
        raise TryLater("Telegram's list of messages could not be read.")
    return updates


def _body_of(update: Any) -> bytes:
    return json.dumps(update, separators=(",", ":")).encode()


def _number_of(body: bytes) -> int | None:
    try:
        update: Record = read_object(body)
    except NotAnObject:
        return None
    return integer(update, "update_id")
