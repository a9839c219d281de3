"""``bench rehearsal``: turns of the past a second that a new rule is tried on, beside the fifty that there are.

The figure is of the worker, from the moment when somebody asks for it until everything is counted. The limit is what
PostgreSQL alone takes to read the same turns with what was said in them.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import click
import psycopg

from dragoman.access.model import Role
from dragoman.bench.crowd import SHARES, TURNS_EACH, crowd
from dragoman.bench.everything import switch_everything_on
from dragoman.bench.ground import Ground, ground
from dragoman.bench.inbox import Inbox
from dragoman.bench.phrases import THINGS
from dragoman.bench.result import Result, Run, result
from dragoman.conversations.model import Priority
from dragoman.db.database import Database
from dragoman.errors import OperatorError
from dragoman.rules import rehearsing
from dragoman.rules.model import Action, Condition, Do, Fact, Op, Rule

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 900
NEARLY_ALL = 0.99  # the oldest of them turn 90 days old while this runs

FOUND = "select state, looked, touched from rehearsals where workspace_id = %s and rehearsal_id = %s"
TURNS = "select count(*) from turns where workspace_id = %s and side = 'customer'"
READ = """
    select count(*), sum(length(text)) from (
        select string_agg(m.text, E'\\n' order by m.sent_at) as text from turns t
        join messages m on m.workspace_id = t.workspace_id and m.turn_id = t.turn_id
        where t.workspace_id = %s and t.side = 'customer' group by t.turn_id) as said"""


def bench(*, seconds: int, runs: int, commit_delay_us: int, turns: int) -> Result:  # noqa: ARG001 as all benches
    """``turns`` of customers in the workspace; it takes as long as it takes, whatever the seconds are."""
    with ground(commit_delay_us) as here:
        inbox = crowd(here, round(turns / TURNS_EACH / SHARES[0]))
        asyncio.run(switch_everything_on(here, inbox))
        there = here.count(TURNS, inbox.workspace_id)
        with here.worker():
            measured = [_run(here, inbox, there) for _ in range(runs)]
        around = here.surroundings(workspaces=len(SHARES))
    return result("rehearsal", "turns/s", measured, around, rows_before=there, rows_after=there)


def _run(here: Ground, inbox: Inbox, there: int) -> Run:
    with psycopg.connect(here.dsn, autocommit=True, connect_timeout=10) as connection:
        began = time.monotonic()
        connection.execute(READ, [inbox.workspace_id])
        limit = there / (time.monotonic() - began)
        began = time.monotonic()
        rehearsal = asyncio.run(_begin(here, inbox))
        looked, touched = _wait(connection, inbox, rehearsal)
        took = time.monotonic() - began
    if looked < there * NEARLY_ALL:
        raise OperatorError(f"Of {there} turns {looked} were looked at.")
    click.echo(f"  {looked} turns in {took:.1f} s, of which {touched} are touched", err=True)
    return Run(looked / took, limit, took * 1000, took * 1000)


async def _begin(here: Ground, inbox: Inbox) -> object:
    urgent = Rule(
        name="Grinders first",
        all=[Condition(Fact.TEXT, Op.CONTAINS, list(THINGS[:3]))],
        actions=[Action(Do.PRIORITISE, Priority.HIGH.value)],
    )
    admin = replace(inbox.colleagues[0].membership, role=Role.OWNER)
    async with Database(here.dsn) as database:
        return await rehearsing.begin(database, admin, urgent, None, rehearsing.MOST_DAYS)


def _wait(connection: psycopg.Connection, inbox: Inbox, rehearsal: object) -> tuple[int, int]:
    """How many turns it looked at, and how many the rule would touch."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        row = connection.execute(FOUND, [inbox.workspace_id, rehearsal]).fetchone()
        if row is not None and row[0] != "running":
            if row[0] != "done":
                raise OperatorError(f"The rehearsal has {row[0]}.")
            return row[1], row[2]
        time.sleep(POLL_SECONDS)
    raise OperatorError(f"The rehearsal did not come to its end within {PATIENCE_SECONDS} s.")
