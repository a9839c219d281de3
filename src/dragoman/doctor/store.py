"""SQL of the checks: what PostgreSQL's catalogs say of our database, and how the work of a workspace stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

from dragoman.connecting.store import Connection
from dragoman.db.database import WORKER_LISTENS, Transaction
from dragoman.db.migrate import Applied

CONNECT_SECONDS = 5
STATEMENT_TIMEOUT_MS = 10_000

OWNER_LOOKS = [
    "search_names",
    "search_words",
]  # in functions that are told the workspace, and look in no other

Owner = AsyncConnection[TupleRow]


class Role(msgspec.Struct, frozen=True):
    """What could let a role past row-level security."""

    name: str
    is_superuser: bool
    bypasses_policies: bool
    owns_tables: bool


class Hook(msgspec.Struct, frozen=True):
    """A connection that platforms deliver to, and the names of its channels."""

    connection: Connection
    names: str


class Channel(msgspec.Struct, frozen=True):
    channel_id: UUID
    platform: str
    name: str


@asynccontextmanager
async def as_owner(dsn: str) -> AsyncIterator[Owner]:
    """A connection that does not step down, since catalogs and an unfinished schema are looked at."""
    connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True, connect_timeout=CONNECT_SECONDS)
    async with connection:
        await connection.execute(f"set statement_timeout = {STATEMENT_TIMEOUT_MS}")
        yield connection


async def applied_migrations(owner: Owner) -> list[Applied]:
    exists = await _value(owner, "select to_regclass('schema_migrations') is not null")
    if not exists:
        return []
    cursor = await owner.execute("select number, name, checksum from schema_migrations order by number")
    return [Applied(*row) for row in await cursor.fetchall()]


async def roles(owner: Owner, names: list[str]) -> list[Role]:
    """Those of the roles that there are. A member of the owner's role counts as an owner."""
    cursor = await owner.execute(
        """
        select r.rolname, r.rolsuper, r.rolbypassrls,
               exists (select from pg_class c
                       where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                         and pg_has_role(r.oid, c.relowner, 'member'))
        from pg_roles r where r.rolname = any(%s) order by r.rolname""",
        [names],
    )
    return [Role(*row) for row in await cursor.fetchall()]


async def cannot_become(owner: Owner, names: list[str]) -> list[str]:
    """Those of the roles that the login may not step down to. Trying is the one way that every version knows."""
    return [name for name in names if not await _can_become(owner, name)]


async def _can_become(owner: Owner, name: str) -> bool:
    try:
        await owner.execute(sql.SQL("set role {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        return False
    await owner.execute("reset role")
    return True


async def unguarded_tables(owner: Owner) -> list[str]:
    """Tables whose rows are not filtered for everybody, their owner included where it need not look."""
    cursor = await owner.execute(
        """
        select relname from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migrations'
          and not (relrowsecurity and (relforcerowsecurity or relname = any(%s)))
        order by relname""",
        [OWNER_LOOKS],
    )
    return [row[0] for row in await cursor.fetchall()]


async def switched_off(owner: Owner, settings: list[str]) -> list[str]:
    """Those of PostgreSQL's settings that are off."""
    cursor = await owner.execute(
        "select name from pg_settings where name = any(%s) and setting = 'off' order by name", [settings]
    )
    return [row[0] for row in await cursor.fetchall()]


async def time_of_day(owner: Owner) -> datetime:
    told: datetime = await _value(owner, "select clock_timestamp()")
    return told


async def listening_workers(owner: Owner) -> int:
    found: int = await _value(
        owner,
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and application_name = %s""",
        [WORKER_LISTENS],
    )
    return found


async def _value(owner: Owner, statement: Any, params: list[Any] | None = None) -> Any:
    row = await (await owner.execute(statement, params)).fetchone()
    return row[0] if row else None


# ------------------------------------------------------------------------------------------- one workspace


async def overdue_seconds(tx: Transaction) -> float:
    """How long the oldest thing that is due has been waiting. 0.0: nothing is due.

    A job may be due since ever ("at once"), so that it waits no longer than it exists: the first 48 bits of its id
    are the milliseconds at which it was made.
    """
    waited = await tx.value(
        """
        select extract(epoch from clock_timestamp() - least(
            (select min(due_at) from envelopes where workspace_id = %(workspace)s and due_at <= now()),
            (select min(due_at) from arrivals where workspace_id = %(workspace)s and due_at <= now()),
            (select min(greatest(due_at, to_timestamp(
                        ('x' || left(replace(job_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)))
             from jobs where workspace_id = %(workspace)s and due_at <= now() and parked_reason is null)
        ))::double precision""",
        {"workspace": tx.workspace_id},
    )
    return waited or 0.0


async def parked(tx: Transaction) -> int:
    found: int = await tx.value(
        """
        select (select count(*) from arrivals where workspace_id = %(workspace)s and outcome = 'parked')
             + (select count(*) from jobs where workspace_id = %(workspace)s and parked_reason is not null)""",
        {"workspace": tx.workspace_id},
    )
    return found


async def simulated_in_production(tx: Transaction) -> int:
    found: int = await tx.value(
        """
        select count(*) from connections c join workspaces w on w.workspace_id = c.workspace_id
        where c.workspace_id = %(workspace)s and c.simulated and c.removed_at is null and w.kind = 'production'""",
        {"workspace": tx.workspace_id},
    )
    return found


async def sealing_keys(tx: Transaction) -> set[str]:
    """The ids of the master keys that this workspace's secrets need."""
    rows = await tx.rows(
        """
        select secrets_key from connections where workspace_id = %(workspace)s and secrets_key is not null
        union
        select source_key from attachments
        where workspace_id = %(workspace)s and source_key is not null and state = 'waiting'""",
        {"workspace": tx.workspace_id},
    )
    return {row[0] for row in rows}


async def channels(tx: Transaction) -> list[Channel]:
    return await tx.all(
        Channel,
        """
        select channel_id, platform, name from channels
        where workspace_id = %(workspace)s and state <> 'removed' order by created_at""",
        {"workspace": tx.workspace_id},
    )


async def hooks(tx: Transaction) -> list[Hook]:
    """Connections that are delivered to by webhook."""
    rows = await tx.rows(
        """
        select n.connection_id, n.platform, n.hook_key, n.simulated,
               coalesce(string_agg(c.name, ', ' order by c.created_at), n.platform)
        from connections n
        left join channels c on c.workspace_id = n.workspace_id and c.connection_id = n.connection_id
                                and c.state <> 'removed'
        where n.workspace_id = %(workspace)s and n.delivery = 'webhook' and n.removed_at is null
        group by n.connection_id, n.platform, n.hook_key, n.simulated order by n.connection_id""",
        {"workspace": tx.workspace_id},
    )
    return [Hook(_connection(*row[:4]), row[4]) for row in rows]


def _connection(connection_id: UUID, platform: str, hook_key: str, simulated: bool) -> Connection:
    """Without its secrets: only its address is wanted."""
    return Connection(
        connection_id=connection_id,
        platform=platform,
        hook_key=hook_key,
        secrets=None,
        secrets_key=None,
        settings={},
        simulated=simulated,
        delivery="webhook",
    )
