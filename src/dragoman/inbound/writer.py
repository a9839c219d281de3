"""Group commit: one writer per process stores all webhooks that queued while the last commit was in flight.

No timer: under light load each webhook has a commit of its own, under heavy load up to 256 share one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from dragoman.db.database import CONNECTION_OPTIONS, WORK
from dragoman.kit.ids import new_ids

log = logging.getLogger(__name__)

MAX_BATCH = 256
MAX_QUEUED = 4096  # webhooks waiting for their commit; more are told to come back
MAX_QUEUED_BYTES = 64 * 1024 * 1024  # of them, and of those that are being read
STORE_SECONDS = 10.0
RECONNECT_SECONDS = 0.5


class Full(Exception):
    """More is waiting than we hold: the platform shall come back in a moment."""


class NotStored(Exception):
    """The database did not take it: the platform shall come back in a moment."""


class Pending:
    """One body on its way to the disk."""

    __slots__ = ("body", "connection_id", "envelope_id", "received_at", "stored", "workspace_id")

    def __init__(self, workspace_id: UUID, connection_id: UUID, received_at: datetime, body: bytes) -> None:
        self.workspace_id = workspace_id
        self.envelope_id: UUID | None = None  # given with those of its batch
        self.connection_id = connection_id
        self.received_at = received_at
        self.body = body
        self.stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()


# An envelope that a first try stored although its answer was lost is not stored twice.
STORE: LiteralString = """
    with stored as (
        insert into envelopes (workspace_id, envelope_id, connection_id, received_at, due_at, body)
        select e.workspace_id, e.envelope_id, e.connection_id, e.received_at, e.received_at, e.body
        from unnest(%b::uuid[], %b::uuid[], %b::uuid[], %b::timestamptz[], %b::bytea[])
             as e(workspace_id, envelope_id, connection_id, received_at, body)
        on conflict do nothing
    )
    select pg_notify(%b, 'envelopes')"""


class Writer:
    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._queue: deque[Pending] = deque()
        self._queued_bytes = 0
        self._held_bytes = 0  # of bodies that are being read
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """What is queued is told to come back."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        while self._queue:
            _refuse(self._queue.popleft(), NotStored("we are stopping"))
        if self._connection:
            await self._connection.close()

    def hold(self, size: int) -> None:
        """Count these bytes of a body that is still being read, until ``let_go``. Raises Full."""
        if self._queued_bytes + self._held_bytes + size > MAX_QUEUED_BYTES:
            raise Full
        self._held_bytes += size

    def let_go(self, size: int) -> None:
        self._held_bytes -= size

    async def store(self, pending: Pending) -> None:
        """Return when the body is durable. Raises Full or NotStored, and then it may be sent again."""
        if len(self._queue) >= MAX_QUEUED or self._queued_bytes + len(pending.body) > MAX_QUEUED_BYTES:
            raise Full
        self._queue.append(pending)
        self._queued_bytes += len(pending.body)
        self._wake.set()
        await pending.stored

    async def _run(self) -> None:
        while True:
            if not self._queue:
                self._wake.clear()
                await self._wake.wait()
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), MAX_BATCH))]
            self._queued_bytes -= sum(len(p.body) for p in batch)
            for pending, envelope_id in zip(batch, new_ids(len(batch)), strict=True):
                pending.envelope_id = envelope_id
            try:
                await self._store(batch)
            except asyncio.CancelledError:
                _refuse_all(batch, "we are stopping")
                raise
            except Exception:
                log.exception("a bug in storing %d webhooks: they are told to come back", len(batch))
                await self._forget_connection()
                _refuse_all(batch, "it could not be stored")

    async def _store(self, batch: list[Pending]) -> None:
        try:
            await self._insert(batch)
        except (psycopg.OperationalError, TimeoutError, OSError) as lost:
            log.warning("%d webhooks could not be stored: %s", len(batch), lost)
            await self._forget_connection()
            _refuse_all(batch, str(lost))
            await asyncio.sleep(RECONNECT_SECONDS)
        except psycopg.Error:
            await self._forget_connection()
            await self._one_by_one(batch)
        else:
            _tell_stored(batch)

    async def _one_by_one(self, batch: list[Pending]) -> None:
        """One row that the database refuses stops no other."""
        for pending in batch:
            try:
                await self._insert([pending])
            except (psycopg.Error, TimeoutError, OSError) as refused:
                log.error("a webhook of %s bytes could not be stored: %s", len(pending.body), refused)
                await self._forget_connection()
                _refuse(pending, NotStored(str(refused)))
            else:
                _tell_stored([pending])

    async def _insert(self, batch: list[Pending]) -> None:
        async with asyncio.timeout(STORE_SECONDS):
            connection = self._connection or await self._connect()
            await connection.execute(STORE, [*_columns(batch), WORK])

    async def _connect(self) -> AsyncConnection:
        """The role belongs to the connection: to take it in each transaction would cost more than the commit."""
        options = f"{CONNECTION_OPTIONS} -c role=dragoman_door"
        self._connection = await AsyncConnection.connect(
            self._dsn, autocommit=True, connect_timeout=5, options=options, prepare_threshold=0
        )
        return self._connection

    async def _forget_connection(self) -> None:
        """A connection that failed once may be in the middle of anything."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _columns(batch: list[Pending]) -> list[list[object]]:
    return [
        [p.workspace_id for p in batch],
        [p.envelope_id for p in batch],
        [p.connection_id for p in batch],
        [p.received_at for p in batch],
        [p.body for p in batch],
    ]


def _tell_stored(batch: list[Pending]) -> None:
    for pending in batch:
        if not pending.stored.done():
            pending.stored.set_result(None)


def _refuse_all(batch: list[Pending], why: str) -> None:
    for pending in batch:
        _refuse(pending, NotStored(why))


def _refuse(pending: Pending, why: Exception) -> None:
    if not pending.stored.done():
        pending.stored.set_exception(why)
