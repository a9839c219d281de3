"""A webhook's body: so many bytes, in so much time, and no more of them in memory at once than we hold."""

from __future__ import annotations

import asyncio
import time

from starlette.types import Receive

from dragoman.channels.contract import HookAnswer
from dragoman.inbound.writer import Full, Writer

MAX_BODY = 10 * 1024 * 1024
MAX_DISCARDED = 4 * MAX_BODY  # bytes of too large a body that are read for the sake of its answer
READ_SECONDS = 30.0

TOO_LARGE = HookAnswer(status=413, body=b"The body is larger than 10 MB.")
TOO_SLOW = HookAnswer(status=408, body=b"The body took longer than 30 seconds.")
TOO_MUCH = HookAnswer(status=503, body=b"Please come back in a moment.")
BROKEN_OFF = HookAnswer(status=400, body=b"The request broke off.")


class Reading:
    """Reads bodies, and gives up on those that take too long.

    One alarm serves all: an ``asyncio.timeout`` for each would be a tenth of all that a webhook costs.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._since: dict[asyncio.Task[object], float] = {}  # who reads, the longest first
        self._given_up: set[asyncio.Task[object]] = set()
        self._alarm_is_set = False

    async def body(self, headers: dict[str, str], receive: Receive) -> bytes | HookAnswer:
        """The whole body, or what to answer instead."""
        reader = asyncio.current_task()
        assert reader is not None, "every request has a task of its own"
        self._since[reader] = time.monotonic()
        if not self._alarm_is_set:
            self._set_alarm(READ_SECONDS)
        try:
            if _length(headers) > MAX_BODY:
                await _discard(receive)
                return TOO_LARGE
            return await _read(receive, self._writer)
        except asyncio.CancelledError:
            if reader not in self._given_up:
                raise
            reader.uncancel()
            return TOO_SLOW
        finally:
            del self._since[reader]
            self._given_up.discard(reader)

    def _set_alarm(self, seconds: float) -> None:
        self._alarm_is_set = True
        asyncio.get_running_loop().call_later(seconds, self._ring)

    def _ring(self) -> None:
        now = time.monotonic()
        for reader, since in self._since.items():
            if since + READ_SECONDS > now:
                self._set_alarm(since + READ_SECONDS - now)
                return
            if reader not in self._given_up:
                self._given_up.add(reader)
                reader.cancel()
        self._alarm_is_set = False


def _length(headers: dict[str, str]) -> int:
    written = headers.get("content-length", "0")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0


async def _read(receive: Receive, writer: Writer) -> bytes | HookAnswer:
    """At once when it comes in one piece, as it mostly does; what comes in many counts while we wait for the rest."""
    pieces: list[bytes] = []
    size = held = 0
    try:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return BROKEN_OFF
            piece: bytes = message.get("body", b"")
            size += len(piece)
            if size > MAX_BODY:
                if message.get("more_body"):
                    await _discard(receive)
                return TOO_LARGE
            pieces.append(piece)
            if not message.get("more_body"):
                return pieces[0] if len(pieces) == 1 else b"".join(pieces)
            writer.hold(len(piece))
            held += len(piece)
    except Full:
        return TOO_MUCH
    finally:
        writer.let_go(held)


async def _discard(receive: Receive) -> None:
    """Read on: who is answered in the middle of sending often sees a broken connection instead of the answer."""
    size = 0
    while size < MAX_DISCARDED:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            return
