"""A bad network between a browser and its server: slow at its best, and it comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from random import Random

LATENCY_SECONDS = 0.15  # each way
CHUNK = 65_536
PATIENCE_SECONDS = 45.0


class Network(Enum):
    THROUGH = "slow, but it is there"
    GONE = "nobody can be reached"
    DEAF = "what is asked arrives, and the answer is lost"


@dataclass(slots=True)
class FlappingProxy:
    """Carries bytes from a port of its own to the server, late, as long as there is a network."""

    server_port: int
    port: int = 0
    network: Network = Network.THROUGH
    lost_answers: int = 0
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)
    _streams: set[asyncio.StreamWriter] = field(default_factory=set)

    async def has_streams(self, count: int) -> None:
        """Wait until exactly so many live streams go through it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self._streams) != count:  # noqa: ASYNC110 browsers are waited for
                await asyncio.sleep(0.1)

    def become(self, network: Network) -> None:
        """Every connection breaks when the network changes."""
        self.network = network
        for line in list(self._lines):
            line.transport.abort()

    async def flap(self, chance: Random, until: asyncio.Event) -> None:
        """Now like this, now like that; at the end it is there again."""
        while not until.is_set():
            self.become(chance.choice(list(Network)))
            with suppress(TimeoutError):
                async with asyncio.timeout(chance.uniform(0.3, 1.5)):
                    await until.wait()
        self.become(Network.THROUGH)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.network is Network.GONE:
            writer.transport.abort()
            return
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server_port)
        self._lines |= {writer, to_server}
        answers = asyncio.create_task(self._answers(from_server, writer))
        try:
            await self._questions(reader, to_server)
        finally:
            answers.cancel()
            self._lines -= {writer, to_server}
            self._streams.discard(to_server)
            for line in (writer, to_server):
                line.transport.abort()

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if self.network is Network.DEAF:
                    self.lost_answers += 1
                    break
                await asyncio.sleep(LATENCY_SECONDS)
                writer.write(chunk)
                await writer.drain()
        writer.transport.abort()

    async def _questions(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if b"/stream?from=" in chunk:
                    self._streams.add(writer)
                await asyncio.sleep(LATENCY_SECONDS)
                writer.write(chunk)
                await writer.drain()


@asynccontextmanager
async def flapping_proxy(server_port: int) -> AsyncIterator[FlappingProxy]:
    proxy = FlappingProxy(server_port)
    listening = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    async with listening:
        proxy.port = listening.sockets[0].getsockname()[1]
        yield proxy
        proxy.become(Network.GONE)
