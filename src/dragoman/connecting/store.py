"""SQL about connections and channels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from dragoman.alarms import raising
from dragoman.alarms.model import What, about_channel
from dragoman.db.database import Transaction
from dragoman.kit import clock


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """Our app at a platform. ``secrets`` are sealed."""

    connection_id: UUID
    platform: str
    hook_key: str
    secrets: bytes | None
    secrets_key: str | None
    settings: dict[str, str]
    simulated: bool
    delivery: str
    poll_cursor: str | None = None


async def connection(tx: Transaction, connection_id: UUID) -> Connection | None:
    return await tx.one(
        Connection,
        """
        select connection_id, platform, hook_key, secrets, secrets_key, settings, simulated, delivery, poll_cursor
        from connections
        where workspace_id = %(workspace)s and connection_id = %(connection)s and removed_at is null""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )


async def connection_at(tx: Transaction, platform: str, hook_key: str) -> Connection | None:
    """The connection behind a webhook address."""
    return await tx.one(
        Connection,
        """
        select connection_id, platform, hook_key, secrets, secrets_key, settings, simulated, delivery, poll_cursor
        from connections
        where workspace_id = %(workspace)s and hook_key = %(key)s and platform = %(platform)s
          and removed_at is null""",
        {"workspace": tx.workspace_id, "key": hook_key, "platform": platform},
    )


async def first_account(tx: Transaction, connection_id: UUID) -> str:
    """The account of the connection's oldest channel: what a body that names none belongs to."""
    account = await tx.value(
        """
        select account from channels
        where workspace_id = %(workspace)s and connection_id = %(connection)s and state <> 'removed'
        order by created_at limit 1""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )
    return account or ""


async def add_connection(tx: Transaction, made: Connection, now: datetime) -> None:
    await tx.execute(
        """
        insert into connections (workspace_id, connection_id, platform, hook_key, secrets, secrets_key, settings,
                                 simulated, delivery, created_at)
        values (%(workspace)s, %(connection)s, %(platform)s, %(hook_key)s, %(secrets)s, %(secrets_key)s, %(settings)s,
                %(simulated)s, %(delivery)s, %(now)s)""",
        {
            "workspace": tx.workspace_id,
            "connection": made.connection_id,
            "platform": made.platform,
            "hook_key": made.hook_key,
            "secrets": made.secrets,
            "secrets_key": made.secrets_key,
            "settings": Jsonb(made.settings),
            "simulated": made.simulated,
            "delivery": made.delivery,
            "now": now,
        },
    )


async def add_channel(
    tx: Transaction,
    channel_id: UUID,
    made: Connection,
    *,
    account: str,
    name: str,
    handle: str | None,
    now: datetime,
) -> None:
    """Raises UniqueViolation where the account is connected already."""
    await tx.execute(
        """
        insert into channels (workspace_id, channel_id, connection_id, platform, account, name, handle, state,
                              created_at)
        values (%(workspace)s, %(channel)s, %(connection)s, %(platform)s, %(account)s, %(name)s, %(handle)s, 'testing',
                %(now)s)""",
        {
            "workspace": tx.workspace_id,
            "channel": channel_id,
            "connection": made.connection_id,
            "platform": made.platform,
            "account": account,
            "name": name,
            "handle": handle,
            "now": now,
        },
    )


class Connected(msgspec.Struct, frozen=True, kw_only=True):
    """A channel by which an account is connected."""

    channel_id: UUID
    connection_id: UUID
    account: str


async def connected(tx: Transaction, platform: str, accounts: Sequence[str]) -> dict[str, Connected]:
    """Those of a platform's accounts that are connected, by account."""
    found = await tx.all(
        Connected,
        """
        select channel_id, connection_id, account from channels
        where workspace_id = %(workspace)s and platform = %(platform)s and account = any(%(accounts)s)
          and state <> 'removed'""",
        {"workspace": tx.workspace_id, "platform": platform, "accounts": list(accounts)},
    )
    return {each.account: each for each in found}


async def renew_connection(tx: Transaction, made: Connection, now: datetime) -> None:
    """Other credentials, settings and delivery for the same webhook address and the same channels."""
    await tx.execute(
        """
        update connections set secrets = %(secrets)s, secrets_key = %(secrets_key)s, settings = %(settings)s,
               delivery = %(delivery)s, token_since = %(now)s, token_until = null, renewal_tried_at = null
        where workspace_id = %(workspace)s and connection_id = %(connection)s""",
        {
            "workspace": tx.workspace_id,
            "connection": made.connection_id,
            "secrets": made.secrets,
            "secrets_key": made.secrets_key,
            "settings": Jsonb(made.settings),
            "delivery": made.delivery,
            "now": now,
        },
    )


async def set_state(tx: Transaction, channel_id: UUID, state: str, trouble: str | None = None) -> bool:
    """False: somebody has removed it, and that stays so. A trouble may have begun before it was noticed: from when on
    we cannot be sure is written down, while it is known."""
    touched = await tx.execute(
        """
        update channels c set state = %(state)s, trouble = %(trouble)s,
               trouble_since = case when %(state)s = 'attention' then coalesce(
                   trouble_since,
                   (select least(now(), greatest(h.heard_at, h.checked_at - interval '1 hour'))
                    from channel_health h where h.workspace_id = c.workspace_id and h.channel_id = c.channel_id),
                   now()) end
        where workspace_id = %(workspace)s and channel_id = %(channel)s and state <> 'removed'""",
        {"workspace": tx.workspace_id, "channel": channel_id, "state": state, "trouble": trouble},
    )
    if touched == 0:
        return False
    tx.changed("channel.gone" if state == "removed" else "channel", channel_id=channel_id)
    if state == "removed":
        await raising.end_all_of(tx, channel_id, clock.now())
    elif state == "attention":
        await raising.begin(tx, [about_channel(channel_id, What.TROUBLE, reason=trouble)], clock.now())
    else:
        await raising.end(tx, What.TROUBLE, [channel_id], clock.now())
    return True


async def troubled_since(tx: Transaction, channel_id: UUID) -> datetime | None:
    """Since when something may have passed us by; None: it needs no attention."""
    found: datetime | None = await tx.value(
        """
        select trouble_since from channels
        where workspace_id = %(workspace)s and channel_id = %(channel)s and state = 'attention'""",
        {"workspace": tx.workspace_id, "channel": channel_id},
    )
    return found


async def remove_connection(tx: Transaction, connection_id: UUID, now: datetime) -> None:
    """Its secrets are gone at once; what came in stays."""
    await tx.execute(
        """
        update connections set removed_at = %(now)s, secrets = null, secrets_key = null
        where workspace_id = %(workspace)s and connection_id = %(connection)s""",
        {"workspace": tx.workspace_id, "connection": connection_id, "now": now},
    )


async def channel(tx: Transaction, channel_id: UUID) -> dict[str, Any] | None:
    row = await tx.row(
        """
        select channel_id, connection_id, platform, account, lasting_id, name, state from channels
        where workspace_id = %(workspace)s and channel_id = %(channel)s and state <> 'removed'""",
        {"workspace": tx.workspace_id, "channel": channel_id},
    )
    keys = ("channel_id", "connection_id", "platform", "account", "lasting_id", "name", "state")
    return dict(zip(keys, row, strict=True)) if row else None


async def connected_accounts(tx: Transaction, connection_id: UUID) -> list[UUID]:
    """The channels of accounts that came by this connection without credentials of their own."""
    rows = await tx.rows(
        """
        select channel_id from channels
        where workspace_id = %(workspace)s and connection_id = %(connection)s and state <> 'removed'
          and lasting_id is not null
        order by channel_id""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )
    return [row[0] for row in rows]


async def channels_of(tx: Transaction, connection_id: UUID) -> list[tuple[UUID, str]]:
    rows = await tx.rows(
        """
        select channel_id, account from channels
        where workspace_id = %(workspace)s and connection_id = %(connection)s and state <> 'removed'
        order by channel_id""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )
    return [(row[0], row[1]) for row in rows]


async def way_to(tx: Transaction, conversation_id: UUID) -> tuple[UUID, str, str, str | None] | None:
    """By which connection and account a conversation's customer is reached, their address, and the platform's id
    of what they said last."""
    row = await tx.row(
        """
        select h.connection_id, h.account, i.address,
               (select m.external_id from messages m
                where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                  and m.side = 'customer' and m.external_id is not null
                order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1)
        from conversations c
        join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        where c.workspace_id = %(workspace)s and c.conversation_id = %(conversation)s and h.state <> 'removed'""",
        {"workspace": tx.workspace_id, "conversation": conversation_id},
    )
    return (row[0], row[1], row[2], row[3]) if row else None


async def troubled_channels(tx: Transaction, connection_id: UUID) -> list[UUID]:
    """Of the accounts that the connection's own credentials speak for: only these are well once those work."""
    rows = await tx.rows(
        """
        select channel_id from channels
        where workspace_id = %(workspace)s and connection_id = %(connection)s and state = 'attention'
          and lasting_id is null
        order by channel_id""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )
    return [row[0] for row in rows]


async def workspace_kind(tx: Transaction) -> str:
    kind: str = await tx.value(
        "select kind from workspaces where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return kind


async def set_poll_cursor(tx: Transaction, connection_id: UUID, cursor: str) -> None:
    await tx.execute(
        """
        update connections set poll_cursor = %(cursor)s
        where workspace_id = %(workspace)s and connection_id = %(connection)s""",
        {"workspace": tx.workspace_id, "connection": connection_id, "cursor": cursor},
    )


async def connected_platforms(tx: Transaction) -> set[str]:
    rows = await tx.rows(
        "select distinct platform from channels where workspace_id = %(workspace)s and state <> 'removed'",
        {"workspace": tx.workspace_id},
    )
    return {row[0] for row in rows}
