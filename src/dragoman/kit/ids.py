"""Ids that grow with time (UUID version 7, RFC 9562), so that the order of arrival is the order of ids."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id(after: UUID | None = None) -> UUID:
    """A fresh id, greater than every id that this process has made, and than ``after``.

    60 bits of time (milliseconds and 1/4096ths of one), then 62 random bits. ``after`` keeps the order where
    another machine, whose clock runs ahead, made the previous id.
    """
    return _id_at(_next_tick(at_least=_ticks_of(after) + 1 if after else 0), os.urandom(8))


def new_ids(how_many: int) -> list[UUID]:
    """Fresh ids, each greater than the one before, with one question to the machine for all of them."""
    random = os.urandom(8 * how_many)
    return [_id_at(_next_tick(), random[8 * nth : 8 * nth + 8]) for nth in range(how_many)]


def _id_at(ticks: int, random: bytes) -> UUID:
    milliseconds, fraction = ticks >> 12, ticks & 0xFFF
    lowest = int.from_bytes(random) & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | lowest)


def first_id_at(at: datetime) -> UUID:
    """No id made before this (aware) time is greater, none made later smaller: a time as a bound for ids."""
    milliseconds = (at - EPOCH) // timedelta(milliseconds=1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _ticks_of(made: UUID) -> int:
    return made.int >> 80 << 12 | made.int >> 64 & 0xFFF


def _next_tick(at_least: int = 0) -> int:
    global _last
    with _lock:
        now = time.time_ns() * 4096 // 1_000_000
        _last = max(now, _last + 1)
        return max(_last, at_least)
