"""``bench pipeline``: envelopes a second, from stored to settled, in one workspace with one worker.

A worker that was away finds a backlog, as after an outage; it is done when every arrival has its outcome and every
turn of a customer is settled. Everything that we do by ourselves is switched on: languages, noise, routing, fifty
rules, service levels, a greeting. Each run does this twice: alone, and with members at work beside it. The figure is
the second one, p50 and p99 are those of the members' actions.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import click
import psycopg

from dragoman.bench import minimum
from dragoman.bench.acting import members_act
from dragoman.bench.everything import switch_everything_on
from dragoman.bench.ground import Ground, ground
from dragoman.bench.inbox import Inbox, make_inbox
from dragoman.bench.mix import Delivered, morning
from dragoman.bench.result import Result, Run, percentile, result
from dragoman.db.database import WORK
from dragoman.errors import OperatorError
from dragoman.kit.ids import new_id

CLAIMED_PER_SECOND = 1500  # a run of so many seconds gets a backlog of so many times this
ACTIONS_PER_SECOND = 200
COLLEAGUES = 20
WARM_UP = 500  # envelopes: members need conversations to act on
AGE_MS = 3_600_000  # of a backlog's first envelope: all its turns are over
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 600
ERRANDS = ["fetch_media", "profile", "mark_seen", "send"]
ERRANDS_END_SECONDS = 1

UNDONE = """
    select case when exists (select from envelopes where workspace_id = %(w)s and due_at is not null) then true
                when exists (select from arrivals where workspace_id = %(w)s and due_at is not null) then true
                else exists (select from turns where workspace_id = %(w)s and side = 'customer' and settled_at is null)
           end"""
ARRIVALS = "select count(*) from arrivals where workspace_id = %s"
PARKED = (
    "select string_agg(distinct reason, '; ') from arrivals where workspace_id = %s and outcome = 'parked'"
)


def bench(*, seconds: int, runs: int, commit_delay_us: int) -> Result:
    """Raises OperatorError: something was not placed, or an action failed."""
    with ground(commit_delay_us) as here:
        inbox = asyncio.run(_everything(here))
        minimum.prepare(here)
        with here.worker():
            _work_off(here, inbox, _backlog(WARM_UP, seed=0))
            here.analyze()
            before = here.count(ARRIVALS, inbox.workspace_id)
            measured = [_run(here, inbox, seconds, nth) for nth in range(runs)]
            after = here.count(ARRIVALS, inbox.workspace_id)
        around = here.surroundings(workspaces=1)
    return result("pipeline", "envelopes/s", measured, around, rows_before=before, rows_after=after)


async def _everything(here: Ground) -> Inbox:
    inbox = await make_inbox(here, colleagues=COLLEAGUES)
    await switch_everything_on(here, inbox)
    return inbox


def _run(here: Ground, inbox: Inbox, seconds: int, nth: int) -> Run:
    limit = minimum.envelopes_per_second(here, seconds)
    how_many = seconds * CLAIMED_PER_SECOND
    alone = _work_off(here, inbox, _backlog(how_many, seed=2 * nth + 1))
    _drop_errands(here, inbox)
    backlog = _backlog(how_many, seed=2 * nth + 2)
    with members_act(here.dsn, inbox.colleagues[0].membership, ACTIONS_PER_SECOND) as acted:
        beside = _work_off(here, inbox, backlog)
    _drop_errands(here, inbox)
    p50, p99 = percentile(acted.milliseconds, 50), percentile(acted.milliseconds, 99)
    click.echo(
        f"  {beside:,.0f}/s beside actions with p99 {p99:.0f} ms, {alone:,.0f}/s alone; limit {limit:,.0f}/s",
        err=True,
    )
    return Run(beside, limit, p50, p99)


def _drop_errands(here: Ground, inbox: Inbox) -> None:
    """What is left of them belongs to no other backlog; those in hand get a moment to end."""
    with psycopg.connect(here.dsn, autocommit=True, connect_timeout=10) as connection:
        connection.execute(
            "delete from jobs where workspace_id = %s and kind = any(%s)", [inbox.workspace_id, ERRANDS]
        )
    time.sleep(ERRANDS_END_SECONDS)


def _backlog(how_many: int, *, seed: int) -> list[Delivered]:
    return morning(how_many, time.time_ns() // 1_000_000 - AGE_MS, seed)


def _work_off(here: Ground, inbox: Inbox, backlog: list[Delivered]) -> float:
    """Envelopes a second, from the moment when they are all stored. Each holds one thing."""
    before = here.count(ARRIVALS, inbox.workspace_id)
    with psycopg.connect(here.dsn, autocommit=True, connect_timeout=10) as connection:
        _store(connection, inbox, backlog)
        began = time.monotonic()
        _wait_until_settled(connection, inbox)
        took = time.monotonic() - began
    placed = here.count(ARRIVALS, inbox.workspace_id) - before
    if placed != len(backlog):
        raise OperatorError(f"Of {len(backlog)} envelopes {placed} were placed.")
    if (why := here.ask(PARKED, inbox.workspace_id)) is not None:
        raise OperatorError(f"Not everything could be placed: {why}.")
    return len(backlog) / took


def _store(connection: psycopg.Connection, inbox: Inbox, backlog: list[Delivered]) -> None:
    """All at once, as their door stored them one by one."""
    lines = {line.platform: line for line in (inbox.page, inbox.bot)}
    copy = "copy envelopes (workspace_id, envelope_id, connection_id, received_at, due_at, body) from stdin"
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(copy) as rows:
            for each in backlog:
                at = datetime.fromtimestamp(each.at / 1000, UTC)
                to = lines[each.platform].connection_id
                rows.write_row((inbox.workspace_id, new_id(), to, at, at, each.body))
        cursor.execute("select pg_notify(%s, 'envelopes')", [WORK])


def _wait_until_settled(connection: psycopg.Connection, inbox: Inbox) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _is_undone(connection, inbox):
        if time.monotonic() > deadline:
            raise OperatorError(f"The worker did not get done within {PATIENCE_SECONDS} s.")
        time.sleep(POLL_SECONDS)


def _is_undone(connection: psycopg.Connection, inbox: Inbox) -> bool:
    row = connection.execute(UNDONE, {"w": inbox.workspace_id}).fetchone()
    return row is not None and bool(row[0])
