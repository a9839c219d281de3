"""Which number of the change log tells what a request did: on the answer of every request under a key."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.db import once

HEADER = "Dragoman-Seq"


class ToldBy:
    """ASGI middleware. A browser shows what it did itself until its stream has come to this number."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_number(message: Message) -> None:
            seq = once.seq_of_request()
            if message["type"] == "http.response.start" and seq is not None:
                MutableHeaders(scope=message)[HEADER] = str(seq)
            await send(message)

        await self._app(scope, receive, send_with_number)
