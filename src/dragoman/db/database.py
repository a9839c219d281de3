"""The one way to the database: transactions that step down to a role, see one workspace, and end with the
change log.

A transaction that recorded changes takes all its numbers from the workspace's row in its last statement,
which also writes the changes and the counters, and is sent together with COMMIT: the lock that orders a
workspace is held for one fsync and no longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal, LiteralString, TypeVar
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow, class_row
from psycopg.types.json import Json, set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool

from dragoman.db import once

set_json_dumps(msgspec.json.encode)
set_json_loads(msgspec.json.decode)

CHANGES = "dragoman_changes"  # LISTEN channel: "<workspace> <seq>", one per transaction
WORK = "dragoman_work"  # LISTEN channel: something is due; the payload is what
Work = Literal["envelopes", "arrivals", "jobs"]
WORKER_LISTENS = "dragoman worker listens"  # the application_name of the connection on which a worker does so

STATEMENT_TIMEOUT_MS = 60_000
# A process that vanishes in the middle of a transaction, its network with it, must not hold a workspace for hours.
IDLE_IN_TRANSACTION_MS = 60_000
CONNECTION_OPTIONS = (
    "-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0"
    f" -c statement_timeout={STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
)
KEEPALIVES = {
    "keepalives": 1,
    "keepalives_idle": 20,  # seconds
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
POOL_WAIT_SECONDS = 10

Params = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change log. ``channel_id`` None: all may see it; ``only_for``: this member alone."""

    kind: str
    channel_id: UUID | None = None
    conversation_id: UUID | None = None
    message_id: UUID | None = None
    turn_id: UUID | None = None
    member_id: UUID | None = None
    only_for: UUID | None = None
    fields: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Transaction:
    connection: AsyncConnection[TupleRow]
    workspace_id: UUID | None
    changes: list[Change] = field(default_factory=list)
    counts: defaultdict[tuple[UUID, str], int] = field(default_factory=lambda: defaultdict(int))
    wakes: set[Work] = field(default_factory=set)
    seq: int | None = None  # the transaction's last number, once it has committed

    async def execute(self, statement: LiteralString, params: Params | None = None) -> int:
        """How many rows the statement touched."""
        cursor = await self.connection.execute(statement, params)
        return cursor.rowcount

    async def rows(self, statement: LiteralString, params: Params | None = None) -> list[TupleRow]:
        cursor = await self.connection.execute(statement, params, binary=True)
        return await cursor.fetchall()

    async def row(self, statement: LiteralString, params: Params | None = None) -> TupleRow | None:
        cursor = await self.connection.execute(statement, params, binary=True)
        return await cursor.fetchone()

    async def value(self, statement: LiteralString, params: Params | None = None) -> Any:
        """The first column of the first row; None where there is no row."""
        found = await self.row(statement, params)
        return found[0] if found else None

    async def all(self, of: type[T], statement: LiteralString, params: Params | None = None) -> list[T]:
        """Every row as an ``of``, its columns given by name."""
        async with self.connection.cursor(binary=True, row_factory=class_row(of)) as cursor:
            await cursor.execute(statement, params)
            return await cursor.fetchall()

    async def one(self, of: type[T], statement: LiteralString, params: Params | None = None) -> T | None:
        found = await self.all(of, statement, params)
        return found[0] if found else None

    def changed(self, kind: str, **what: Any) -> None:
        """Record a change; see Change for what it may carry."""
        self.changes.append(Change(kind, **what))

    def count(self, channel_id: UUID, name: str, delta: int) -> None:
        """Move a counter of one channel. It is written with the changes, under the same lock."""
        if delta:
            self.counts[channel_id, name] += delta

    def wake_worker(self, due: Work) -> None:
        """Tell the workers at COMMIT that such work is due now."""
        self.wakes.add(due)


class Database:
    """A pool of connections. ``dsn`` logs in as the owner; every transaction steps down."""

    def __init__(self, dsn: str, *, max_connections: int = 10) -> None:
        self.dsn = dsn
        self._pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            dsn,
            min_size=1,
            max_size=max_connections,
            timeout=POOL_WAIT_SECONDS,
            open=False,
            kwargs={"autocommit": True, "options": CONNECTION_OPTIONS, **KEEPALIVES},
        )

    async def open(self) -> None:
        await self._pool.open(wait=True, timeout=POOL_WAIT_SECONDS)

    async def close(self) -> None:
        await self._pool.close()

    async def __aenter__(self) -> Database:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self, workspace_id: UUID | None = None, **names: str) -> AsyncIterator[Transaction]:
        """One action. ``names`` become ``app.<name>``: what the caller can name and may therefore see.

        Raises DoneBefore where it is asked for under a key, and was done under it: see ``once``.
        """
        async with self._pool.connection() as connection:
            await _begin(connection, "begin", "dragoman_app", workspace_id, names)
            tx = Transaction(connection, workspace_id)
            request = None
            try:
                request = await once.write_key(tx)
                yield tx
                if request is not None and not tx.changes:
                    await once.note_nothing_new(tx, request)
                await _commit(tx)
                once.note_seq(tx)
            except BaseException:
                if request is not None:
                    request.is_written = False
                await _roll_back(connection)
                raise

    @asynccontextmanager
    async def reading(self, workspace_id: UUID) -> AsyncIterator[Transaction]:
        """One snapshot for several statements: what is read belongs to exactly one seq."""
        async with self._pool.connection() as connection:
            begin = "begin isolation level repeatable read read only"
            await _begin(connection, begin, "dragoman_app", workspace_id, {})
            try:
                yield Transaction(connection, workspace_id)
            finally:
                await _roll_back(connection)

    @asynccontextmanager
    async def clock(self) -> AsyncIterator[Transaction]:
        """Across workspaces, but with sight of workspace, lane and time only."""
        async with self._pool.connection() as connection:
            await _begin(connection, "begin read only", "dragoman_clock", None, {})
            try:
                yield Transaction(connection, None)
            finally:
                await _roll_back(connection)


async def _begin(
    connection: AsyncConnection[TupleRow],
    begin: LiteralString,
    role: LiteralString,
    workspace_id: UUID | None,
    names: Mapping[str, str],
) -> None:
    """One round trip: several statements go as one simple query, so the values are literals."""
    opening = _opening(begin, role, workspace_id)
    for name, value in names.items():
        setting = sql.SQL("; set local {} = {}").format(sql.Identifier("app", name), sql.Literal(value))
        opening += setting.as_bytes(connection)
    await connection.execute(opening)


@lru_cache(maxsize=256)
def _opening(begin: LiteralString, role: LiteralString, workspace_id: UUID | None) -> bytes:
    statements = [
        sql.SQL(begin),
        sql.SQL("set local role {}").format(sql.Identifier(role)),
        sql.SQL("set local app.workspace_id = {}").format(sql.Literal(str(workspace_id or ""))),
    ]
    return sql.SQL("; ").join(statements).as_bytes(None)


async def _commit(tx: Transaction) -> None:
    connection = tx.connection
    if not tx.changes:
        if tx.wakes:
            await connection.execute(WAKE, {"channel": WORK, "due": sorted(tx.wakes)})
        await connection.execute("commit")
        return
    async with connection.pipeline():
        if tx.wakes:
            await connection.execute(WAKE, {"channel": WORK, "due": sorted(tx.wakes)})
        logged = await connection.execute(APPEND_CHANGES, _log_parameters(tx))
        await connection.execute("commit")
    row = await logged.fetchone()
    if row is None:
        raise LookupError(f"workspace {tx.workspace_id} does not exist")
    tx.seq = row[0]


async def _roll_back(connection: AsyncConnection[TupleRow]) -> None:
    if not connection.closed:
        await connection.execute("rollback")


WAKE: LiteralString = "select pg_notify(%(channel)s, due) from unnest(%(due)s::text[]) as due"

# Counters change only under the lock of the workspace's row, so no two transactions can wait in a ring.
APPEND_CHANGES: LiteralString = """
    with taken as (
        update workspaces set seq = seq + %(how_many)s where workspace_id = %(workspace)s
        returning seq
    ), logged as (
        insert into changes (workspace_id, seq, kind, at, channel_id, conversation_id, message_id, turn_id,
                             member_id, only_for, fields)
        select %(workspace)s, taken.seq - %(how_many)s + c.nth, c.kind, now(), c.channel_id,
               c.conversation_id, c.message_id, c.turn_id, c.member_id, c.only_for, c.fields
        from taken, json_to_recordset(%(changes)s)
             as c(nth bigint, kind text, channel_id uuid, conversation_id uuid, message_id uuid, turn_id uuid,
                  member_id uuid, only_for uuid, fields jsonb)
    ), counted as (
        insert into counters as c (workspace_id, channel_id, name, value)
        select %(workspace)s, d.channel_id, d.name, d.delta
        from taken, json_to_recordset(%(counts)s) as d(channel_id uuid, name text, delta bigint)
        on conflict (workspace_id, channel_id, name) do update set value = c.value + excluded.value
    )
    select seq, pg_notify(%(notify)s, %(workspace)s::text || ' ' || seq) from taken"""


def _log_parameters(tx: Transaction) -> dict[str, Any]:
    counts = sorted((key, delta) for key, delta in tx.counts.items() if delta)
    return {
        "workspace": tx.workspace_id,
        "notify": CHANGES,
        "how_many": len(tx.changes),
        "changes": Json([{"nth": nth, **_without_nothing(c)} for nth, c in enumerate(tx.changes, 1)]),
        "counts": Json([{"channel_id": c, "name": name, "delta": delta} for (c, name), delta in counts]),
    }


def _without_nothing(change: Change) -> dict[str, Any]:
    named = ((name, getattr(change, name)) for name in CHANGE_FIELDS)
    return {name: value for name, value in named if value is not None}


CHANGE_FIELDS = tuple(field.name for field in fields(Change))
