"""uvicorn as we serve with it: heads of requests are bounded, and a stop does not wait for open streams."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024  # bytes of a request's line and headers
HEAD_SECONDS = 30.0  # from a connection's or request's first sign to the end of its head
KEEP_ALIVE_SECONDS = (
    180  # longer than the two minutes of usual proxies: we never hang up on one that is about to post
)
LAST_REQUESTS_SECONDS = 3  # what is under way has that long to end when we stop
BACKLOG = 2048
TICKS_BETWEEN_LOOKS = 50  # of a tenth of a second each


class Protocol(HttpToolsProtocol):
    """uvicorn bounds neither the size of a head nor the time in which it comes."""

    head_since: float | None = None  # of the loop's clock; None: no head is on its way
    _head_size = 0

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.access_log = False  # whatever others configure: addresses hold keys

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.head_since = self.loop.time()

    def data_received(self, data: bytes) -> None:
        if self.head_since is not None:
            self._head_size += len(data)
        super().data_received(data)
        if self.head_since is not None and self._head_size > MAX_HEAD:
            self.send_400_response("The head of the request is larger than 64 kB.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.head_since is None:
            self.head_since, self._head_size = self.loop.time(), 0

    def on_headers_complete(self) -> None:
        self.head_since = None
        super().on_headers_complete()


class Server(uvicorn.Server):
    """``before_closing`` runs when we are asked to stop, while connections are still open."""

    def __init__(
        self, config: uvicorn.Config, before_closing: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        super().__init__(config)
        self._before_closing = before_closing

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the business of who runs us: uvicorn would die by them in the end, as if that were a failure."""
        yield

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_BETWEEN_LOOKS == 0:
            self._hang_up_on_slow_heads()
        return await super().on_tick(counter)

    def _hang_up_on_slow_heads(self) -> None:
        long_ago = asyncio.get_running_loop().time() - HEAD_SECONDS
        for connection in list(self.server_state.connections):
            since = getattr(connection, "head_since", None)
            if since is not None and since < long_ago:
                connection.transport.close()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._before_closing is not None:
            await self._before_closing()
        await super().shutdown(sockets)


def configured(app: ASGIApp, *, host: str, port: int, **more: Any) -> uvicorn.Config:
    """The address of who asks is our own business (trusted proxies), and so is the log."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=Protocol,
        ws="none",
        log_config=None,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
        **more,
    )
