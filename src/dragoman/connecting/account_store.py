"""SQL about channels of accounts that their owners connected to ours."""

from __future__ import annotations

from uuid import UUID

import msgspec

from dragoman.channels.contract import ConnectedAccount
from dragoman.connecting.store import Connection
from dragoman.db.database import Transaction
from dragoman.kit.clock import now


class KnownAccount(msgspec.Struct, frozen=True, kw_only=True):
    channel_id: UUID
    connection_id: UUID
    account: ConnectedAccount
    state: str


async def lock_connection(tx: Transaction, connection_id: UUID) -> bool:
    """Two workers that hear of the same account make one channel. False: the connection is gone."""
    return bool(
        await tx.rows(
            """
            select from connections
            where workspace_id = %(workspace)s and connection_id = %(connection)s and removed_at is null
            for update""",
            {"workspace": tx.workspace_id, "connection": connection_id},
        )
    )


async def known(tx: Transaction, platform: str, found: ConnectedAccount) -> KnownAccount | None:
    """The channel of this account, by whatever name bodies called it until now; a removed one only where there is
    no other. It is locked: what another connection of the same owner says at this moment comes before or after."""
    row = await tx.row(
        """
        select channel_id, connection_id, account, name, handle, connected_at, state from channels
        where workspace_id = %(workspace)s and platform = %(platform)s and lasting_id = %(lasting)s
        order by state = 'removed', created_at desc limit 1 for update""",
        {"workspace": tx.workspace_id, "platform": platform, "lasting": found.lasting_id},
    )
    if row is None:
        return None
    channel_id, connection_id, account, name, handle, connected_at, state = row
    before = ConnectedAccount(
        account=account,
        lasting_id=found.lasting_id,
        name=name,
        handle=handle,
        connected_at=connected_at,
    )
    return KnownAccount(channel_id=channel_id, connection_id=connection_id, account=before, state=state)


async def add(tx: Transaction, channel_id: UUID, made: Connection, found: ConnectedAccount) -> None:
    await tx.execute(
        """
        insert into channels (workspace_id, channel_id, connection_id, platform, account, lasting_id, connected_at,
                              name, handle, state, created_at)
        values (%(workspace)s, %(channel)s, %(connection)s, %(platform)s, %(account)s, %(lasting)s, %(since)s,
                %(name)s, %(handle)s, 'testing', %(now)s)""",
        _row(tx, channel_id, made.connection_id, found)
        | {"platform": made.platform, "lasting": found.lasting_id, "now": now()},
    )


async def renew(tx: Transaction, channel_id: UUID, connection_id: UUID, found: ConnectedAccount) -> None:
    """The same account under its newest name, by the connection that it came by last. There it is the youngest: the
    oldest one is whose the bodies are that name no account."""
    await tx.execute(
        """
        update channels set connection_id = %(connection)s, account = %(account)s, connected_at = %(since)s,
               name = %(name)s, handle = %(handle)s,
               created_at = case when connection_id = %(connection)s then created_at else %(now)s end
        where workspace_id = %(workspace)s and channel_id = %(channel)s""",
        _row(tx, channel_id, connection_id, found) | {"now": now()},
    )


def _row(
    tx: Transaction, channel_id: UUID, connection_id: UUID, found: ConnectedAccount
) -> dict[str, object]:
    return {
        "workspace": tx.workspace_id,
        "channel": channel_id,
        "connection": connection_id,
        "account": found.account,
        "since": found.connected_at,
        "name": found.name,
        "handle": found.handle,
    }


async def named(tx: Transaction, connection_id: UUID, account: str) -> UUID | None:
    """The channel that bodies call by this name at present."""
    channel_id: UUID | None = await tx.value(
        """
        select channel_id from channels
        where workspace_id = %(workspace)s and connection_id = %(connection)s and account = %(account)s
          and lasting_id is not null and state <> 'removed'""",
        {"workspace": tx.workspace_id, "connection": connection_id, "account": account},
    )
    return channel_id


async def connections_without_a_look(tx: Transaction, platforms: list[str], kind: str) -> list[UUID]:
    """Of these platforms: whose unknown accounts nobody looks for yet."""
    rows = await tx.rows(
        """
        select c.connection_id from connections c
        where c.workspace_id = %(workspace)s and c.platform = any(%(platforms)s) and c.removed_at is null
          and not exists (select from jobs j where j.workspace_id = c.workspace_id and j.kind = %(kind)s
                                              and j.subject = c.connection_id)""",
        {"workspace": tx.workspace_id, "platforms": platforms, "kind": kind},
    )
    return [row[0] for row in rows]
