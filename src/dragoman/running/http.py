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
    """uvicorn bounds neither the size of a head nor the time in which it comes, nor what stands around a body."""

    head_since: float | None = None  # of the loop's clock; None: no head is on its way
    _beside_bodies = 0  # bytes since a request began, or since the last piece of its body

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.access_log = False  # whatever others configure: addresses hold keys

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.head_since = self.loop.time()

    def data_received(self, data: bytes) -> None:
        self._beside_bodies += len(data)
        super().data_received(data)
        if self._beside_bodies > MAX_HEAD and not self.transport.is_closing():
            self._refuse_what_does_not_end()

    def _refuse_what_does_not_end(self) -> None:
        if self.head_since is None:
            self.transport.close()  # behind a body, where its own answer may be on its way already
        else:
            self.send_400_response("The head of the request is larger than 64 kB.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.head_since is None:
            self.head_since, self._beside_bodies = self.loop.time(), 0

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.head_since is not None:  # what follows a body is no header: proxies have not looked at it
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self.head_since = None
        self._beside_bodies = 0
        super().on_headers_complete()
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False  # the parser reads nothing after it: a next request would hang

    def on_body(self, body: bytes) -> None:
        self._beside_bodies = 0
        super().on_body(body)

    def _unsupported_upgrade_warning(self) -> None:
        """A request for another protocol is answered as if it had not asked, which needs no word in the log."""


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
