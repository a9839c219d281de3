"""What the server itself refuses, before the application hears of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from dragoman.running import http
from tests.serving import serving

START = b"GET / HTTP/1.1\r\nhost: x\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"


async def test_a_head_that_does_not_end_is_refused_at_64_kb() -> None:
    async with _connected() as (answer, request):
        request.write(START + b"x-long: ")
        for _ in range(4):
            request.write(b"a" * 16 * 1024)
            await request.drain()
            await asyncio.sleep(0.01)
        said = await answer.read()

    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.endswith(b"The head of the request is larger than 64 kB.")


async def test_a_head_that_takes_too_long_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(http, "TICKS_BETWEEN_LOOKS", 1)
    async with _connected() as (answer, request):
        request.write(START)
        said = await answer.read()

    assert said == b""


async def test_a_connection_that_waits_between_requests_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(http, "TICKS_BETWEEN_LOOKS", 1)
    async with _connected() as (answer, request):
        request.write(START + b"\r\n")
        first = await answer.readuntil(b"hello")
        await asyncio.sleep(0.6)
        request.write(START + b"connection: close\r\n\r\n")
        second = await answer.read()

    assert first.startswith(b"HTTP/1.1 200 ")
    assert second.startswith(b"HTTP/1.1 200 ")


async def test_many_small_requests_on_one_connection_are_no_large_head() -> None:
    padded = START + b"x-padding: " + b"a" * 30_000 + b"\r\n\r\n"
    async with _connected() as (answer, request):
        for _ in range(5):
            request.write(padded)
            said = await answer.readuntil(b"hello")
            assert said.startswith(b"HTTP/1.1 200 ")


async def test_lines_behind_a_body_that_do_not_end_are_hung_up_on() -> None:
    async with _connected() as (answer, request):
        line = b"x-more: " + b"a" * 16 * 1024 + b"\r\n"
        # It hangs up at the last of these: one more would be answered with a reset.
        for piece in (CHUNKED + b"2\r\n{}\r\n0\r\n", *[line] * 4):
            request.write(piece)
            await asyncio.sleep(0.01)
        said = await answer.read()

    assert said == b""


async def test_a_line_behind_a_body_is_no_header() -> None:
    async with _connected() as (answer, request):
        request.write(CHUNKED + b"2\r\n{}\r\n0\r\nx-forwarded-for: 1.2.3.4\r\n\r\n")
        said = await answer.readuntil(b"hello")

    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"1.2.3.4" not in said


async def test_who_asks_for_another_protocol_is_answered_and_told_that_the_connection_ends() -> None:
    async with _connected() as (answer, request):
        request.write(START + b"connection: upgrade\r\nupgrade: h2c\r\n\r\n")
        said = await answer.read()

    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"hello")


@asynccontextmanager
async def _connected() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    async with serving(_hello) as address:
        answer, request = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        try:
            async with asyncio.timeout(10):
                yield answer, request
        finally:
            request.close()


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        request = Request(scope, receive)
        await request.body()
        named = {"x-seen": request.headers.get("x-forwarded-for", "nobody")}
        await PlainTextResponse("hello", headers=named)(scope, receive, send)
