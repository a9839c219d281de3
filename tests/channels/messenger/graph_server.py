"""A tiny HTTP server in Meta's place: it notes every request and answers each as the test says."""

from __future__ import annotations

import asyncio
import email.parser
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import msgspec


class Silence(Enum):
    """What happens instead of an answer, once the whole request was read."""

    HANGS_UP = auto()
    SAYS_NOTHING = auto()


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


def answer(body: Any, status: int = 200, **headers: str) -> Answer:
    """``headers`` with underscores for their hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, msgspec.json.encode(body), named)


def refusal(code: int, subcode: int | None = None, *, status: int = 400, **more: Any) -> Answer:
    error = {
        "message": f"(#{code}) No.",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEf123",
        **more,
    }
    if subcode is not None:
        error["error_subcode"] = subcode
    return answer({"error": error}, status=status)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.body.decode()).items()}

    @property
    def parts(self) -> dict[str, EmailMessage]:
        """The parts of a multipart form, by the names of their fields."""
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + self.body)
        parts = [
            part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()
        ]
        return {str(part.get_param("name", header="content-disposition")): part for part in parts}


@dataclass
class GraphServer:
    address: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: dict[tuple[str, str], Answer | Silence] = field(default_factory=dict)

    def says(self, method: str, path: str, what: Answer | Silence) -> None:
        self.answers[method, f"/graph/v26.0/{path}"] = what

    def asked(self, method: str, path: str) -> list[Request]:
        return [
            each for each in self.requests if (each.method, each.path) == (method, f"/graph/v26.0/{path}")
        ]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            self.requests.append(request)
            unknown = refusal(100, 33)
            await _reply(self.answers.get((request.method, request.path), unknown), reader, writer)
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, target, _ = first.split(" ")
    return Request(method, unquote(urlsplit(target).path), target, headers, body)


async def _reply(what: Answer | Silence, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    match what:
        case Silence.HANGS_UP:
            return
        case Silence.SAYS_NOTHING:
            await reader.read()  # until the other side gives up
        case Answer():
            lines = {"content-type": "application/json", "connection": "close", **what.headers}
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            length = f"content-length: {len(what.body)}\r\n"
            writer.write(f"HTTP/1.1 {what.status} X\r\n{head}{length}\r\n".encode() + what.body)
            await writer.drain()


@asynccontextmanager
async def running_graph_server() -> AsyncIterator[GraphServer]:
    graph = GraphServer()
    server = await asyncio.start_server(graph.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    graph.address = f"http://127.0.0.1:{port}/graph/v26.0"
    async with server:
        yield graph
