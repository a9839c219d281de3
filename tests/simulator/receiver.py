"""A tiny web server that keeps what is posted to it and answers as it was told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass(slots=True)
class Receiver:
    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], tuple[int, bytes]] = lambda _: (200, b"")
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    connections: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = field(default_factory=dict)

    async def until(self, enough: Callable[[list[Received]], bool]) -> list[Received]:
        """What came, once it is enough."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: enough(self.received)), WAIT_SECONDS)
        return list(self.received)

    async def until_count(self, count: int) -> list[Received]:
        return await self.until(lambda received: len(received) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections[writer] = asyncio.current_task()
        try:
            while request := await _read_request(reader):
                status, body = self.answer(request)
                head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n"
                async with self.changed:
                    self.received.append(request)
                    self.changed.notify_all()
                writer.write(head.encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            del self.connections[writer]
            writer.close()

    async def hang_up(self) -> None:
        open_ones = dict(self.connections)
        for writer in open_ones:
            writer.close()
        await asyncio.gather(*(task for task in open_ones.values() if task))


@asynccontextmanager
async def running_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield receiver
    finally:
        server.close()
        await receiver.hang_up()


async def _read_request(reader: asyncio.StreamReader) -> Received | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode().rstrip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Received(method, parts.path, query, headers, body)
