"""A webhook's body: so many bytes, in so much time, and no more of them in memory at once than we hold."""

from __future__ import annotations

import asyncio

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


async def read_body(headers: dict[str, str], receive: Receive, writer: Writer) -> bytes | HookAnswer:
    """The whole body, or what to answer instead."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            if _length(headers) > MAX_BODY:
                await _discard(receive)
                return TOO_LARGE
            return await _read(receive, writer)
    except TimeoutError:
        return TOO_SLOW


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
