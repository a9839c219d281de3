"""Two hundred browsers in one process: each holds a stream open and notes when it first hears of each message."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import cast

import uvloop

from dragoman.errors import OperatorError
from dragoman.lifetime import end_with

OPENS_WITHIN_SECONDS = 30
LAST_WORDS_SECONDS = 15  # how long the last frames may take
MARK_BYTES = 15
STREAM_BEGINS = b"hello"


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to listen, with which request for each stream, and for how many messages."""

    port: int
    requests: Sequence[bytes]
    batch: int
    messages: int


class Heard:
    """For each stream, when it heard of each message (seconds of the monotonic clock, which processes share)."""

    def __init__(self) -> None:
        self.streams: list[array[float]] = []


def marked(batch: int, number: int) -> str:
    """The words by which a message is known again; rows go on showing those of earlier batches. 0 <= batch < 1000."""
    return f"mark {batch:03}-{number:05}."


@contextmanager
def listeners(asked: Asked) -> Iterator[Heard]:
    """Streams are open inside; what they heard is there at the end. Raises OperatorError where one missed something."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_process, args=(theirs, os.getpid(), asked), daemon=True)
    heard = Heard()
    process.start()
    try:
        _expect(ours, OPENS_WITHIN_SECONDS)
        yield heard
        ours.send_bytes(b"end")
        for _ in asked.requests:
            heard.streams.append(array("d", _expect(ours, 2 * LAST_WORDS_SECONDS)))
    finally:
        process.kill()
        process.join()
    missed = sum(stream.count(NEVER) for stream in heard.streams)
    if missed:
        raise OperatorError(f"{missed} deliveries of {asked.messages * len(heard.streams)} never came.")


def _expect(ours: Connection, seconds: float) -> bytes:
    try:
        if ours.poll(seconds):
            return ours.recv_bytes()
    except EOFError:
        pass
    raise OperatorError("The listening process has ended or hears nothing; what it said stands above.")


NEVER = 0.0


def _process(pipe: Connection, parent: int, asked: Asked) -> None:
    end_with(parent, signal.SIGKILL)
    uvloop.run(_listen(pipe, asked))


async def _listen(pipe: Connection, asked: Asked) -> None:
    loop = asyncio.get_running_loop()
    marks = re.compile(rb"mark %03d-(\d{5})\." % asked.batch)
    streams = [_Stream(request, marks, asked.messages) for request in asked.requests]
    for stream in streams:
        await loop.create_connection(lambda s=stream: s, "127.0.0.1", asked.port)  # type: ignore[misc]
    async with asyncio.timeout(OPENS_WITHIN_SECONDS):
        await asyncio.gather(*(stream.open.wait() for stream in streams))
    pipe.send_bytes(b"open")
    await loop.run_in_executor(None, pipe.recv_bytes)
    with suppress(TimeoutError):
        async with asyncio.timeout(LAST_WORDS_SECONDS):
            await asyncio.gather(*(stream.complete.wait() for stream in streams))
    for stream in streams:
        pipe.send_bytes(stream.heard.tobytes())


class _Stream(asyncio.Protocol):
    """Looks for marks only: to parse two hundred times the same frames would measure the listener."""

    def __init__(self, request: bytes, marks: re.Pattern[bytes], messages: int) -> None:
        self._request = request
        self._marks = marks
        self._tail = b""
        self.heard = array("d", [NEVER]) * messages
        self._missing = messages
        self.open = asyncio.Event()
        self.complete = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transport writes without being a WriteTransport by inheritance.
        cast(asyncio.WriteTransport, transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        if not self.open.is_set() and STREAM_BEGINS in data:
            self.open.set()
        for number in set(self._marks.findall(self._tail + data)):
            if self.heard[int(number)] == NEVER:
                self.heard[int(number)] = at
                self._missing -= 1
        if not self._missing:
            self.complete.set()
        self._tail = data[-MARK_BYTES:]
