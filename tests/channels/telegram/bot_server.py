"""A tiny HTTP server in Telegram's place: it notes every call and answers each method as the test says."""

from __future__ import annotations

import asyncio
import email.parser
import email.policy
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import Enum, auto
from typing import Any

import msgspec


class Silence(Enum):
    """What happens instead of an answer, once the whole request was read."""

    HANGS_UP = auto()
    SAYS_NOTHING = auto()


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def result(value: Any) -> Answer:
    return Answer(200, msgspec.json.encode({"ok": True, "result": value}))


def refusal(status: int, description: str, **parameters: Any) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer(status, msgspec.json.encode(body))


@dataclass(frozen=True)
class Call:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def method(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def fields(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def parts(self) -> dict[str, EmailMessage]:
        """The parts of a multipart form, by the names of their fields."""
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + self.body)
        parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        return {str(part.get_param("name", header="content-disposition")): part for part in parts}


@dataclass
class BotServer:
    """Answers of one method are given in turn; the last one stays. A method without any is not found."""

    address: str = ""
    calls: list[Call] = field(default_factory=list)
    _answers: dict[str, deque[Answer | Silence]] = field(default_factory=lambda: defaultdict(deque))

    def says(self, method: str, *answers: Answer | Silence) -> None:
        self._answers[method] = deque(answers)

    @property
    def methods(self) -> list[str]:
        return [call.method for call in self.calls]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            call = await _read(reader)
            self.calls.append(call)
            await _reply(self._next(call.method), reader, writer)
        finally:
            writer.close()

    def _next(self, method: str) -> Answer | Silence:
        answers = self._answers[method]
        if not answers:
            return refusal(404, "Not Found")
        return answers.popleft() if len(answers) > 1 else answers[0]


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Call(first.split(" ")[1], headers, body)


async def _reply(what: Answer | Silence, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    match what:
        case Silence.HANGS_UP:
            return
        case Silence.SAYS_NOTHING:
            await reader.read()  # until the other side gives up
        case Answer():
            lines = {"connection": "close", "content-length": str(len(what.body)), **what.headers}
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            writer.write(f"HTTP/1.1 {what.status} X\r\n{head}\r\n".encode() + what.body)
            await writer.drain()


@asynccontextmanager
async def running_bot_server() -> AsyncIterator[BotServer]:
    bot = BotServer()
    server = await asyncio.start_server(bot.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bot.address = f"http://127.0.0.1:{port}/telegram"
    async with server:
        yield bot
