"""The machine's own limit for `bench live`: what is posted goes from memory to every stream at the next beat."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Scope, Send

from dragoman.live.pump import COALESCE_SECONDS

_waiting: list[bytes] = []
_streams: set[asyncio.Queue[bytes]] = set()
_beat: list[asyncio.TimerHandle] = []


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        _take((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
    else:
        await _stream(send)


def _take(body: bytes) -> None:
    _waiting.append(b"data: %b\n\n" % body)
    if not _beat:
        _beat.append(asyncio.get_running_loop().call_later(COALESCE_SECONDS, _pass_on))


def _pass_on() -> None:
    chunk = b"".join(_waiting)
    _waiting.clear()
    _beat.clear()
    for stream in _streams:
        stream.put_nowait(chunk)


async def _stream(send: Send) -> None:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    _streams.add(queue)
    try:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream")],
            }
        )
        await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})
    finally:
        _streams.discard(queue)
