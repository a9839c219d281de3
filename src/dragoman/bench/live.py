"""``bench live``: from an acknowledged webhook to its frame on each of 200 streams, at 200 messages a second.

The figure is the 99th percentile in milliseconds, over all messages and streams; so is the limit, of an echo that
has no database: the ratio says how many times longer ours takes.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from random import Random

import click

from dragoman.access.http import COOKIE
from dragoman.bench.bodies import bot_message
from dragoman.bench.ground import Ground, free_port, ground
from dragoman.bench.inbox import Inbox, make_inbox
from dragoman.bench.listening import Asked, Heard, listeners, marked
from dragoman.bench.posting import post_steadily, request
from dragoman.bench.result import Result, Run, percentile, result

STREAMS = 200
PER_SECOND = 200
COLLEAGUES = 20  # each with ten windows
CUSTOMERS = 400
FRAME_BYTES = 1500  # of one message with its row, so that the echo passes on as much
WARM_UP_SECONDS = 2

MESSAGES = "select count(*) from messages where workspace_id = %s"
SEQ = "select seq from workspaces where workspace_id = %s"


def bench(*, seconds: int, runs: int, commit_delay_us: int) -> Result:
    """Raises OperatorError: a message never came to one of the streams, or a webhook was refused."""
    with ground(commit_delay_us) as here:
        inbox = asyncio.run(make_inbox(here, colleagues=COLLEAGUES))
        here.start_web()
        echo = _start_echo(here)
        with here.worker():
            _latencies(here, inbox, WARM_UP_SECONDS, batch=0)
            here.analyze()
            before = here.count(MESSAGES, inbox.workspace_id)
            measured = [_run(here, inbox, echo, seconds, nth + 1) for nth in range(runs)]
            after = here.count(MESSAGES, inbox.workspace_id)
        around = here.surroundings(workspaces=1)
    return result("live", "ms", measured, around, rows_before=before, rows_after=after)


def _start_echo(here: Ground) -> int:
    """The port on which it listens."""
    port = free_port()
    server = (
        "--loop",
        "uvloop",
        "--http",
        "httptools",
        "--ws",
        "none",
        "--lifespan",
        "off",
        "--log-level",
        "warning",
    )
    command = [sys.executable, "-m", "uvicorn", *server]
    here.start_program("echo", [*command, "--port", str(port), "dragoman.bench.echo:app"], port)
    return port


def _run(here: Ground, inbox: Inbox, echo: int, seconds: int, batch: int) -> Run:
    bare = percentile(_echoed(echo, seconds), 99)
    taken = _latencies(here, inbox, seconds, batch)
    p50, p99 = percentile(taken, 50), percentile(taken, 99)
    click.echo(f"  p50 {p50:.0f} ms, p99 {p99:.0f} ms; a bare echo's p99 {bare:.0f} ms", err=True)
    return Run(p99, bare, p50, p99)


def _latencies(here: Ground, inbox: Inbox, seconds: int, batch: int) -> list[float]:
    port = here.settings.port
    requests = [_webhook(inbox, batch, number) for number in range(seconds * PER_SECOND)]
    asked = Asked(port, _stream_requests(here, inbox), batch, len(requests))
    with listeners(asked) as heard:
        acknowledged = asyncio.run(post_steadily(port, requests, PER_SECOND))
    return _milliseconds(acknowledged, heard)


def _echoed(port: int, seconds: int) -> list[float]:
    bodies = [marked(0, number).ljust(FRAME_BYTES).encode() for number in range(seconds * PER_SECOND)]
    listening = [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"] * STREAMS
    with listeners(Asked(port, listening, 0, len(bodies))) as heard:
        acknowledged = asyncio.run(post_steadily(port, [request("/", body) for body in bodies], PER_SECOND))
    return _milliseconds(acknowledged, heard)


def _webhook(inbox: Inbox, batch: int, number: int) -> bytes:
    unique = batch * 1_000_000 + number
    customer = 7_000_000_000 + Random(unique).randrange(CUSTOMERS)  # noqa: S311 the same every time, no secret
    body = bot_message(unique, customer, unique, time.time_ns() // 1_000_000, marked(batch, number))
    return request(inbox.bot.hook_path, body, X_Telegram_Bot_Api_Secret_Token=inbox.bot.secret)


def _stream_requests(here: Ground, inbox: Inbox) -> list[bytes]:
    """As browsers ask: with the cookie, from the same origin, from where the snapshot ended."""
    seq = here.count(SEQ, inbox.workspace_id)
    tokens = [inbox.colleagues[nth % len(inbox.colleagues)].token for nth in range(STREAMS)]
    return [
        f"GET /api/w/{inbox.workspace_id}/stream?from={seq} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Sec-Fetch-Site: same-origin\r\nCookie: {COOKIE}={token}\r\n\r\n".encode()
        for token in tokens
    ]


def _milliseconds(acknowledged: Sequence[float], heard: Heard) -> list[float]:
    """A frame may be faster than the answer to its webhook: that took no time."""
    return [
        max(0.0, at - since) * 1000
        for stream in heard.streams
        for since, at in zip(acknowledged, stream, strict=True)
    ]
