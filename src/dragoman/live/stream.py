"""One browser's way to hear of changes: a queue of bounded size between the pump and the connection."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress

from dragoman.access.model import Membership

PING_SECONDS = 10.0
QUEUE_BYTES = 1_000_000  # per stream; who reads slower than that starts over

PING = b"event: ping\ndata: {}\n\n"
OVER_SLOW = b'event: over\ndata: {"reason": "slow"}\n\n'
OVER_BEHIND = b'event: over\ndata: {"reason": "behind"}\n\n'
OVER_RIGHTS = b'event: over\ndata: {"reason": "rights"}\n\n'
OVER_STOPPING = b'event: over\ndata: {"reason": "stopping"}\n\n'
BYE = b"event: bye\ndata: {}\n\n"


class Stream:
    """``position`` is the last number that it has been given."""

    def __init__(self, member: Membership, session_hash: str, start: int) -> None:
        self.member = member
        self.session_hash = session_hash
        self.position = start
        self._queue: deque[bytes] = deque()
        self._queued_bytes = 0
        self._wake = asyncio.Event()
        self._ended = False

    def give(self, chunk: bytes) -> None:
        if self._ended:
            return
        self._queue.append(chunk)
        self._queued_bytes += len(chunk)
        if self._queued_bytes > QUEUE_BYTES:
            self._queue.clear()
            self.end(OVER_SLOW)
        self._wake.set()

    def end(self, last_word: bytes) -> None:
        """Nothing comes after this."""
        self._queue.append(last_word)
        self._ended = True
        self._wake.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """What to write to the browser, as it comes; a ping when nothing does."""
        while True:
            if not self._queue:
                if self._ended:
                    return
                self._wake.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(PING_SECONDS):  # wait_for would make a task for every chunk
                        await self._wake.wait()
                if not self._queue and not self._ended:
                    yield PING
                    continue
            chunk = b"".join(self._queue)
            self._queue.clear()
            self._queued_bytes = 0
            yield chunk
