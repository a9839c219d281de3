"""An ASGI application over real HTTP, in the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dragoman.running.http import Server, configured

WAIT_SECONDS = 10.0


@asynccontextmanager
async def serving(app: Any, port: int | None = None) -> AsyncIterator[str]:
    """The address under which the application answers."""
    port = port or _free_port()
    server = Server(configured(app, host="127.0.0.1", port=port), getattr(app, "say_goodbye", None))
    running = asyncio.create_task(server.serve())
    try:
        await _until_it_answers(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


async def _until_it_answers(port: int) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                await writer.wait_closed()
                return
