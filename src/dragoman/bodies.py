"""What a request of the API may carry: so many bytes, in so much time, whoever asks."""

from __future__ import annotations

import asyncio

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.http import error_body

MAX_BODY = 1024 * 1024  # bytes: many times the longest reply
READ_SECONDS = 30.0

CARRYING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FILES = "/attachments"  # an upload is streamed, by somebody who is signed in, and counted there


class BoundedBodies:
    """ASGI middleware. The framework reads a body whole before it asks who sends it, and knows no end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_bounded(scope):
            body = await _read_in_time(receive)
            if isinstance(body, JSONResponse):
                await body(scope, receive, send)
                return
            receive = _once(body, receive)
        await self._app(scope, receive, send)


def _is_bounded(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in CARRYING and not scope["path"].endswith(FILES)


async def _read_in_time(receive: Receive) -> Message | JSONResponse:
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await _read(receive)
    except TimeoutError:
        return _refused(408, "invalid", "The request took longer than 30 seconds.", {"connection": "close"})


async def _read(receive: Receive) -> Message | JSONResponse:
    """The whole body as one message, or that the sender has left, or what to answer instead."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > MAX_BODY:
            return _refused(413, "too_large", "The request is larger than 1 MB.")
        if not message.get("more_body"):
            return {"type": "http.request", "body": b"".join(pieces), "more_body": False}


def _once(message: Message, receive: Receive) -> Receive:
    """Gives the message first, and then what else is to come: that the sender has left."""
    read = [message]

    async def given() -> Message:
        return read.pop() if read else await receive()

    return given


def _refused(status: int, code: str, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(error_body(code, sentence), status, headers)
