"""`dragoman bench`: the figures that we claim, measured here and now. One JSON object on standard output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, BinaryIO

import click
import msgspec

from dragoman.bench import client, door, footprint, language, lists, live, pipeline, rehearsal, rules
from dragoman.bench.result import Result
from dragoman.running.up import StopAsked, stopping_on_signals

RUNS = 5
INTERRUPTED = 130  # as shells say of a program ended by Ctrl-C

Bench = Callable[..., Result]


@click.group()
def bench() -> None:
    """Measure this machine: each bench starts a database and processes of its own, and leaves nothing."""


def _measured(default_seconds: int) -> Callable[[Bench], Callable[..., None]]:
    """The options that all benches have, and the one way in which they print."""

    def wrap(measure: Bench) -> Callable[..., None]:
        @click.option("--seconds", type=click.IntRange(1, 600), default=default_seconds, show_default=True,
                      help="How long each run measures.")  # fmt: skip
        @click.option("--runs", type=click.IntRange(1, 99), default=RUNS, show_default=True)
        @click.option("--commit-delay-us", type=click.IntRange(0, 100_000), default=0, show_default=True,
                      help="Let each commit wait so many microseconds, as a slower disk would.")  # fmt: skip
        @wraps(measure)
        def measured(**options: Any) -> None:
            with stopping_on_signals(), only_the_result_on_standard_output() as out:
                try:
                    out.write(msgspec.json.encode(measure(**options)) + b"\n")
                except StopAsked:
                    raise SystemExit(INTERRUPTED) from None

        return measured

    return wrap


@contextmanager
def only_the_result_on_standard_output() -> Iterator[BinaryIO]:
    """Whatever our processes and those that they start would print goes to standard error."""
    real = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(real), "wb") as out:
            yield out
    finally:
        os.dup2(real, 1)
        os.close(real)


@bench.command("door")
@_measured(default_seconds=10)
def bench_door(**options: Any) -> Result:
    """Durable webhooks a second, over 64 connections."""
    return door.bench(**options)


@bench.command("pipeline")
@_measured(default_seconds=10)
def bench_pipeline(**options: Any) -> Result:
    """Envelopes a second from stored to settled, with 200 actions of members a second beside it."""
    return pipeline.bench(**options)


@bench.command("live")
@_measured(default_seconds=10)
def bench_live(**options: Any) -> Result:
    """Milliseconds from an acknowledged webhook to its frame on 200 streams, at 200 messages a second."""
    return live.bench(**options)


@bench.command("lists")
@_measured(default_seconds=10)
@click.option("--rows", type=click.IntRange(100, 10_000_000), default=1_000_000, show_default=True,
              help="Conversations, five messages each; the workspace that is asked holds two of five.")  # fmt: skip
def bench_lists(**options: Any) -> Result:
    """Milliseconds that a page, an opening, the counts and a search take over HTTP."""
    return lists.bench(**options)


@bench.command("footprint")
@_measured(default_seconds=20)
def bench_footprint(**options: Any) -> Result:
    """Megabytes of memory that everything takes with nothing to do."""
    return footprint.bench(**options)


@bench.command("client")
@_measured(default_seconds=10)
@click.option("--rows", type=click.IntRange(100, 100_000), default=10_000, show_default=True,
              help="Conversations in the list.")  # fmt: skip
def bench_client(**options: Any) -> Result:
    """Milliseconds from a key to the paint that answers it, in Chromium, with 50 arrivals a second."""
    return client.bench(**options)


@bench.command("language")
@_measured(default_seconds=5)
def bench_language(**options: Any) -> Result:
    """Detections of a language per second of one core, from messages in sixteen languages."""
    return language.bench(**options)


@bench.command("rules")
@_measured(default_seconds=5)
def bench_rules(**options: Any) -> Result:
    """Turns per second of one core that fifty rules are asked about."""
    return rules.bench(**options)


@bench.command("rehearsal")
@_measured(default_seconds=5)
@click.option("--turns", type=click.IntRange(100, 10_000_000), default=100_000, show_default=True,
              help="Of customers, in the last 90 days.")  # fmt: skip
def bench_rehearsal(**options: Any) -> Result:
    """Turns of the past a second that a new rule is tried on."""
    return rehearsal.bench(**options)
