"""Posting a webhook: httpx for https, and a lean HTTP/1.1 of our own for plain addresses on this machine.

In a storm the simulator shares two cores with what it tests; the general client took most of its time.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

import httpx2

MOST_HEAD_BYTES = 64 * 1024
MOST_IDLE_PER_ADDRESS = 64


class PostFailedError(Exception):
    """No answer came; the text says why."""


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    reason: str
    headers: Mapping[str, str]  # names in lower case

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


@dataclass(slots=True)
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def is_usable(self) -> bool:
        return not self.reader.at_eof() and not self.writer.is_closing()


@dataclass(slots=True)
class Poster:
    client: httpx2.AsyncClient
    idle: dict[tuple[str, int], deque[Connection]] = field(default_factory=dict)

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes, timeout_seconds: float
    ) -> Answered:
        """Raises: PostFailedError when no whole answer comes in time."""
        parts = urlsplit(url)
        try:
            async with asyncio.timeout(timeout_seconds):
                if parts.scheme == "http":
                    return await self._post_plainly(parts, headers, body)
                return await self._post_securely(url, headers, body)
        except TimeoutError as error:
            raise PostFailedError("Read timeout expired") from error
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError, httpx2.HTTPError) as error:
            raise PostFailedError(f"Connection failed: {type(error).__name__}") from error

    def close(self) -> None:
        for connections in self.idle.values():
            for connection in connections:
                connection.writer.close()

    async def _post_securely(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        answer = await self.client.post(url, content=body, headers=dict(headers), timeout=None)
        return Answered(answer.status_code, answer.reason_phrase, dict(answer.headers))

    async def _post_plainly(self, parts: SplitResult, headers: Mapping[str, str], body: bytes) -> Answered:
        address = (parts.hostname or "", parts.port or 80)
        connection = self._idle_one(address) or await _connect(address)
        try:
            connection.writer.write(_request(parts, headers, body))
            await connection.writer.drain()
            answer, may_stay = await _read_answer(connection.reader)
        except BaseException:
            connection.writer.close()
            raise
        self._put_back(address, connection, may_stay=may_stay)
        return answer

    def _idle_one(self, address: tuple[str, int]) -> Connection | None:
        connections = self.idle.get(address, deque())
        while connections:
            connection = connections.pop()
            if connection.is_usable:
                return connection
            connection.writer.close()
        return None

    def _put_back(self, address: tuple[str, int], connection: Connection, *, may_stay: bool) -> None:
        connections = self.idle.setdefault(address, deque())
        if may_stay and len(connections) < MOST_IDLE_PER_ADDRESS:
            connections.append(connection)
        else:
            connection.writer.close()


async def _connect(address: tuple[str, int]) -> Connection:
    return Connection(*await asyncio.open_connection(*address, limit=MOST_HEAD_BYTES))


def _request(parts: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"POST {target} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


async def _read_answer(reader: asyncio.StreamReader) -> tuple[Answered, bool]:
    """The answer without its body, and whether the connection may serve again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    _, status, *reason = head[0].split(" ", 2)
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        await _skip_chunks(reader)
    elif "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    elif status != "204":
        return Answered(int(status), "".join(reason), headers), False
    return Answered(int(status), "".join(reason), headers), headers.get("connection", "").lower() != "close"


async def _skip_chunks(reader: asyncio.StreamReader) -> None:
    while size := int((await reader.readline()).partition(b";")[0], 16):
        await reader.readexactly(size + 2)
    while (await reader.readline()).strip():
        pass
