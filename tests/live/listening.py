"""A browser's ear: the stream, read as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import msgspec

from tests.inbox.house import Person

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Heard:
    event: str
    id: str | None
    data: Any


@dataclass(slots=True)
class Ear:
    lines: AsyncIterator[str]

    async def next(self) -> Heard:
        """The next event, pings left out. Raises StopAsyncIteration at the end of the stream."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                heard = await self._event()
                if heard.event != "ping":
                    return heard

    async def frames_to(self, seq: int) -> list[Any]:
        """All frames up to the one that ends at this number."""
        frames: list[Any] = []
        while not frames or frames[-1]["to"] < seq:
            heard = await self.next()
            assert heard.event == "frame", heard
            assert heard.id == str(heard.data["to"])
            frames.append(heard.data)
        return frames

    async def _event(self) -> Heard:
        fields: dict[str, str] = {}
        async for line in self.lines:
            name, _, value = line.partition(":")
            if not line and "event" in fields:
                data = msgspec.json.decode(fields["data"].encode())
                return Heard(fields["event"], fields.get("id"), data)
            if name:
                fields[name] = value.strip()
        raise StopAsyncIteration


@asynccontextmanager
async def listening(member: Person, start: int, last_event_id: int | str | None = None) -> AsyncIterator[Ear]:
    headers = member._all_headers()
    if last_event_id is not None:
        headers["Last-Event-ID"] = str(last_event_id)
    url = member._url(f"stream?from={start}")
    async with member.http.stream("GET", url, headers=headers, timeout=httpx2.Timeout(30)) as answer:
        assert answer.status_code == 200, answer.status_code
        yield Ear(answer.aiter_lines())
