"""A browser's ear: the real stream, over real HTTP, and what it has heard so far."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tests.inbox.house import Person
from tests.laws.reducer import Inbox, Row

PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Listener:
    """A client with a snapshot of its own who listens from there on."""

    who: str
    person: Person
    asked: dict[str, Any]
    snapshot: Row
    inbox: Inbox
    frames: list[Row] = field(default_factory=list)
    over: str | None = None
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def stands_at(self, seq: int) -> None:
        """Wait until the stream has brought this client there."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.inbox.seq < seq and self.over is None:
                self.heard.clear()
                await self.heard.wait()
        assert self.over is None, f"{self.who}: the stream ended: {self.over}"

    def heard_enough(self, hearing: asyncio.Task[None]) -> None:
        """Nothing comes any more: the connection closed, or this client could not make sense of what it heard."""
        if not hearing.cancelled():
            self.over = self.over or repr(hearing.exception() or "the connection closed")
            self.heard.set()

    async def fresh(self) -> Row:
        """A new snapshot of all that this client could have loaded, at which the stream has just brought it."""
        everything = {**self.asked, "limit": 100}
        while True:
            found: Row = await self.person.snapshot(**everything)
            assert found["rows"]["next_cursor"] is None, "the test made more rows than one page holds"
            await self.stands_at(found["seq"])
            if self.inbox.seq == found["seq"]:
                return found


@asynccontextmanager
async def listening(who: str, person: Person, **asked: Any) -> AsyncIterator[Listener]:
    """Take a snapshot and listen from it on."""
    asked = {name: value for name, value in asked.items() if value is not None}
    snapshot = await person.snapshot(**asked)
    listener = Listener(f"{who} {asked}", person, asked, snapshot, Inbox(snapshot))
    hearing = asyncio.create_task(_hear(listener))
    hearing.add_done_callback(listener.heard_enough)
    try:
        yield listener
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)


async def _hear(listener: Listener) -> None:
    async for event, data in events(listener.person, listener.snapshot["seq"]):
        if event == "frame":
            frame = msgspec.json.decode(data)
            listener.frames.append(frame)
            listener.inbox.apply(frame)
        elif event in ("over", "bye"):
            listener.over = f"{event} {data}"
        listener.heard.set()


async def events(person: Person, start: int) -> AsyncIterator[tuple[str, str]]:
    """Server-sent events: name and data."""
    path, headers = person._url("stream"), person._all_headers()
    async with person.http.stream("GET", path, params={"from": start}, headers=headers, timeout=60) as answer:
        assert answer.status_code == 200, answer.status_code
        name = ""
        async for line in answer.aiter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield name, line.removeprefix("data: ")
