"""Webhooks at a steady rate over a few kept connections, and when each was acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from dragoman.errors import OperatorError

CONNECTIONS = 16
ANSWER_SECONDS = 10.0

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def post_steadily(port: int, requests: Sequence[bytes], per_second: int) -> list[float]:
    """When each was acknowledged, in seconds of the monotonic clock. Raises OperatorError at any other answer."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    began = time.monotonic()
    under_way = []
    for nth, request in enumerate(requests):
        await asyncio.sleep(max(0.0, began + nth / per_second - time.monotonic()))
        under_way.append(asyncio.create_task(_post(free, request)))
    acknowledged = await asyncio.gather(*under_way)
    while not free.empty():
        free.get_nowait()[1].close()
    return acknowledged


async def _post(free: asyncio.Queue[Connection], request: bytes) -> float:
    connection = await free.get()
    reader, writer = connection
    writer.write(request)
    async with asyncio.timeout(ANSWER_SECONDS):
        head = await reader.readuntil(b"\r\n\r\n")
    at = time.monotonic()
    if not head.startswith(b"HTTP/1.1 200 "):
        raise OperatorError(f"A webhook was answered with {head.splitlines()[0].decode('latin-1')}.")
    free.put_nowait(connection)
    return at


def request(path: str, body: bytes, **headers: str) -> bytes:
    """A POST as a platform sends it. Underscores in the names of headers become hyphens."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
