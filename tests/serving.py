"""An ASGI application over real HTTP, in the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dragoman.running.http import Server, configured

WAIT_SECONDS = 60.0


@asynccontextmanager
async def serving(app: Any, place: socket.socket | None = None) -> AsyncIterator[str]:
    """The address under which the application answers."""
    place = place or a_place()
    port = place.getsockname()[1]
    server = Server(configured(app, host="127.0.0.1", port=port), getattr(app, "say_goodbye", None))
    running = asyncio.create_task(server.serve(sockets=[place]))
    try:
        await _until_it_answers(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running


def a_place() -> socket.socket:
    """A port that is ours from now on: one that was only found free is somebody else's a moment later."""
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    return place


def free_port() -> int:
    """For a process that the test starts, which takes it later. A connection that ended there keeps the system for a
    minute from giving it to anybody, also as the near end of a connection; who names it gets it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listening.accept()[0].close()
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
