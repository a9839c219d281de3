"""``bench footprint``: the memory of `dragoman up` with nothing to do, its PostgreSQL included.

The figure is the proportional set size (PSS) of all its processes together, in MB (10^6 bytes): memory that several of
them share is counted once. The limit is that of as many bare Python interpreters beside a PostgreSQL of the same
settings that nobody has asked anything.
"""

from __future__ import annotations

import http.client
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
import psutil

from dragoman.bench.ground import Ground, ground
from dragoman.bench.result import Result, Run, percentile, result
from dragoman.errors import OperatorError
from dragoman.running.child import Child, ours, stop_together
from dragoman.running.ports import wait_for_answer

BARE = "import time; time.sleep(600)"
OURS = 3  # the supervisor, the web process and the worker
KNOCKS = 100  # requests that show that it answers; p50 and p99 are theirs
KNOCK_SECONDS = 10
MB = 1_000_000


def bench(*, seconds: int, runs: int, commit_delay_us: int) -> Result:
    """``seconds``: how long it has been idle when it is looked at."""
    with ground(commit_delay_us) as here:
        measured = [_run(here, seconds) for _ in range(runs)]
        around = here.surroundings(workspaces=1)
    return result("footprint", "MB", measured, around, rows_before=0, rows_after=0)


def _run(here: Ground, seconds: int) -> Run:
    with _started("bare Python", [sys.executable, "-c", BARE], {}) as bare:
        limit = _megabytes(psutil.Process(here.server.pid)) + OURS * _megabytes(bare)
    environment = {name: value for name, value in here.environment.items() if name != "DATABASE_URL"}
    with _started("installation", ours("up"), environment) as up:
        if not wait_for_answer("127.0.0.1", here.settings.port, has_died=lambda: not up.is_running()):
            raise OperatorError("The installation did not start; what it said stands above.")
        knocks = _knocks(here.settings.port)
        time.sleep(seconds)
        found = _megabytes(up)
    click.echo(f"  {found:.0f} MB; PostgreSQL and {OURS} bare interpreters {limit:.0f} MB", err=True)
    return Run(found, limit, percentile(knocks, 50), percentile(knocks, 99))


@contextmanager
def _started(name: str, command: list[str], environment: dict[str, str]) -> Iterator[psutil.Process]:
    child = Child(name, command, environment, quiet=False)
    child.start()
    try:
        time.sleep(1)
        yield psutil.Process(child.pid)
    finally:
        stop_together([child])


def _megabytes(process: psutil.Process) -> float:
    """Of the process and all that it started."""
    family = [process, *process.children(recursive=True)]
    return sum(each.memory_full_info().pss for each in family) / MB


def _knocks(port: int) -> list[float]:
    """Milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=KNOCK_SECONDS)
    taken = []
    for _ in range(KNOCKS):
        began = time.monotonic()
        connection.request("GET", "/api/me")
        connection.getresponse().read()
        taken.append((time.monotonic() - began) * 1000)
    return taken
