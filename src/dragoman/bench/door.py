"""``bench door``: durable webhooks a second through one web process, beside pgbench inserting the same rows singly.

A webhook is durable when its row is in the table; each 200 must have one, and no row may lack its 200.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import click
import msgspec

from dragoman.bench.bodies import page_message, signed
from dragoman.bench.ground import Ground, ground
from dragoman.bench.inbox import Inbox, make_inbox
from dragoman.bench.pgbench import literal, transactions_per_second
from dragoman.bench.result import Result, Run, result
from dragoman.errors import OperatorError
from dragoman.kit.ids import new_id

CONNECTIONS = 64
BODY_BYTES = 1500
BODIES = 500
WARM_UP_SECONDS = 1
LAST_ANSWERS_SECONDS = 2  # after the storm, for what is still under way

INSERT = """
    insert into envelopes (workspace_id, envelope_id, connection_id, received_at, due_at, body)
    values ('{workspace}', uuidv7(), '{connection}', now(), now(), {body});
"""
STORED = "select count(*) from envelopes where workspace_id = %s"


class Storm(msgspec.Struct, frozen=True):
    """What wrk saw."""

    answers: int
    refused: int  # with another status than 200
    broken: int  # connections
    p50_us: int
    p99_us: int


def bench(*, seconds: int, runs: int, commit_delay_us: int) -> Result:
    """Raises OperatorError: wrk is missing, or rows and answers do not agree."""
    wrk = _wrk()
    with ground(commit_delay_us) as here:
        inbox = asyncio.run(make_inbox(here))
        address = here.start_web() + inbox.page.hook_path
        bodies = _signed_bodies(here.folder / "bodies.txt", inbox.page.secret)
        _storm(wrk, address, bodies, WARM_UP_SECONDS)
        before = _stored(here, inbox)
        measured = [_run(here, inbox, wrk, address, bodies, seconds) for _ in range(runs)]
        after = _stored(here, inbox)
        around = here.surroundings(workspaces=1)
    return result("door", "webhooks/s", measured, around, rows_before=before, rows_after=after)


def _wrk() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise OperatorError("This bench needs the load generator wrk: install the package of that name.")
    return found


def _signed_bodies(into: Path, app_secret: str) -> Path:
    bodies = [body_of(nth) for nth in range(BODIES)]
    into.write_bytes(b"".join(b"%s %s\n" % (signed(body, app_secret).encode(), body) for body in bodies))
    return into


def body_of(nth: int) -> bytes:
    """A customer's message, filled up to 1.5 kB."""
    customer, at = 7_000_000_000 + nth, 1_795_266_001_234
    bare = len(page_message(customer, f"m_{nth:06}", at, ""))
    return page_message(customer, f"m_{nth:06}", at, ("what is the price? " * 100)[: BODY_BYTES - bare])


def _run(here: Ground, inbox: Inbox, wrk: str, address: str, bodies: Path, seconds: int) -> Run:
    limit = _rows_inserted_singly(here, seconds)
    before = _stored(here, inbox)
    storm = _storm(wrk, address, bodies, seconds)
    rows = _stored(here, inbox) - before
    if rows != storm.answers - storm.refused:
        raise OperatorError(f"{storm.answers - storm.refused} webhooks were acknowledged, {rows} are stored.")
    if storm.refused or storm.broken:
        click.echo(f"  {storm.refused} refused, {storm.broken} connections broken", err=True)
    click.echo(
        f"  {rows / seconds:,.0f}/s, p99 {storm.p99_us / 1000:.1f} ms; pgbench {limit:,.0f}/s", err=True
    )
    return Run(rows / seconds, limit, storm.p50_us / 1000, storm.p99_us / 1000)


def _rows_inserted_singly(here: Ground, seconds: int) -> float:
    """In the same table, with the same role, under a workspace and a connection that nobody counts."""
    script = INSERT.format(workspace=LIMIT_WORKSPACE, connection=new_id(), body=literal(body_of(0)))
    return transactions_per_second(here, script, role="dragoman_door", clients=CONNECTIONS, seconds=seconds)


LIMIT_WORKSPACE = UUID(int=1)


def _stored(here: Ground, inbox: Inbox) -> int:
    return here.count(STORED, inbox.workspace_id)


def _storm(wrk: str, address: str, bodies: Path, seconds: int) -> Storm:
    script = Path(__file__).with_name("storm.lua")
    whole = seconds + LAST_ANSWERS_SECONDS
    command = [
        *(wrk, "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{whole}s"),
        *("--timeout", "10s", "--latency", "--script", str(script), address, "--", str(bodies), str(seconds)),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=whole + 30, check=False)
    if ran.returncode:
        raise OperatorError(f"wrk did not measure anything: {(ran.stderr or ran.stdout).strip()}")
    return msgspec.json.decode(ran.stdout.strip().rpartition("\n")[2], type=Storm)
