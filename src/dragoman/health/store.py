"""SQL about how channels do."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.health.model import LAST_SENDS, Send
from dragoman.health.schedule import LISTEN_EVERY
from dragoman.kit.ids import first_id_at

MOST_COUNTED = 10_000  # sends of a day, and what came in the last minutes, over all channels


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """A channel whose own credentials it is, with what is known of it."""

    channel_id: UUID
    account: str
    state: str
    checked_at: datetime | None
    sure_at: datetime | None  # until then nothing can have passed us by
    resubscribed_at: datetime | None
    resubscribed: int


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A connection's: since when we have it, until when it lives, when its renewal was tried last."""

    since: datetime
    until: datetime | None
    tried_at: datetime | None


async def watched(tx: Transaction, connection_id: UUID) -> list[Watched]:
    """Of a connection, those in trouble too; the oldest first: what is wrong with its token is said of that one."""
    return await tx.all(
        Watched,
        """
        select c.channel_id, c.account, c.state, h.checked_at, h.resubscribed_at,
               greatest(h.heard_at, h.checked_at - interval '1 hour') as sure_at,
               coalesce(h.resubscribed, 0::smallint) as resubscribed
        from channels c
        left join channel_health h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        where c.workspace_id = %(workspace)s and c.connection_id = %(connection)s
          and c.state in ('live', 'attention') and c.lasting_id is null
        order by c.created_at, c.channel_id""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )


async def token(tx: Transaction, connection_id: UUID) -> Token | None:
    return await tx.one(
        Token,
        """
        select token_since as since, token_until as until, renewal_tried_at as tried_at from connections
        where workspace_id = %(workspace)s and connection_id = %(connection)s and removed_at is null""",
        {"workspace": tx.workspace_id, "connection": connection_id},
    )


async def note_token(tx: Transaction, connection_id: UUID, until: datetime) -> None:
    await tx.execute(
        """
        update connections set token_until = %(until)s
        where workspace_id = %(workspace)s and connection_id = %(connection)s
          and token_until is distinct from %(until)s""",
        {"workspace": tx.workspace_id, "connection": connection_id, "until": until},
    )


async def note_renewal_tried(tx: Transaction, connection_id: UUID, at: datetime) -> None:
    await tx.execute(
        """
        update connections set renewal_tried_at = %(at)s
        where workspace_id = %(workspace)s and connection_id = %(connection)s""",
        {"workspace": tx.workspace_id, "connection": connection_id, "at": at},
    )


async def renew_token(
    tx: Transaction,
    connection_id: UUID,
    before: bytes,
    sealed: bytes,
    key: str,
    until: datetime | None,
    at: datetime,
) -> bool:
    """In place of the secrets as they were. False: somebody has entered others meanwhile, which stay."""
    touched = await tx.execute(
        """
        update connections set secrets = %(sealed)s, secrets_key = %(key)s, token_since = %(at)s,
               token_until = %(until)s
        where workspace_id = %(workspace)s and connection_id = %(connection)s and secrets = %(before)s""",
        {
            "workspace": tx.workspace_id,
            "connection": connection_id,
            "before": before,
            "sealed": sealed,
            "key": key,
            "until": until,
            "at": at,
        },
    )
    return touched == 1


async def note_checked(tx: Transaction, channels: Collection[UUID], at: datetime) -> None:
    await tx.execute(
        """
        insert into channel_health (workspace_id, channel_id, checked_at)
        select %(workspace)s, channel, %(at)s from unnest(%(channels)s::uuid[]) as channel
        on conflict (workspace_id, channel_id) do update set checked_at = excluded.checked_at""",
        {"workspace": tx.workspace_id, "channels": list(channels), "at": at},
    )


async def note_resubscribed(tx: Transaction, channel_id: UUID, times: int, at: datetime) -> None:
    await tx.execute(
        """
        insert into channel_health (workspace_id, channel_id, resubscribed_at, resubscribed)
        values (%(workspace)s, %(channel)s, %(at)s, %(times)s)
        on conflict (workspace_id, channel_id) do update
            set resubscribed_at = excluded.resubscribed_at, resubscribed = excluded.resubscribed""",
        {"workspace": tx.workspace_id, "channel": channel_id, "times": times, "at": at},
    )


async def unwatched(tx: Transaction, kind: str) -> list[UUID]:
    """Connections with channels that nobody looks after yet."""
    rows = await tx.rows(
        """
        select distinct c.connection_id from channels c
        where c.workspace_id = %(workspace)s and c.state in ('live', 'attention') and c.lasting_id is null
          and not exists (select from jobs j where j.workspace_id = c.workspace_id and j.kind = %(kind)s
                                              and j.subject = c.connection_id)""",
        {"workspace": tx.workspace_id, "kind": kind},
    )
    return [row[0] for row in rows]


# ---------------------------------------------------------------------------------------------- what was heard


async def note_listened(tx: Transaction, at: datetime) -> datetime | None:
    """When this was done the time before."""
    before: datetime | None = await tx.value(
        "select listened_at from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    await tx.execute(
        "update workspaces set listened_at = %(at)s where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id, "at": at},
    )
    return before


async def counted_up_to(tx: Transaction) -> datetime | None:
    """The newest hour that has been counted: it may not have been over then."""
    newest: datetime | None = await tx.value(
        "select max(hour) from heard_hours where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return newest


async def count_heard(tx: Transaction, start: datetime, end: datetime) -> None:
    """Count these whole hours (afresh, where they were counted before). Ids grow with time: it is a stretch of them."""
    named = {
        "workspace": tx.workspace_id,
        "first": first_id_at(start),
        "beyond": first_id_at(end),
    }
    await tx.execute(
        """
        insert into heard_hours (workspace_id, channel_id, hour, conversations)
        select %(workspace)s, channel_id, date_trunc('hour', arrived_at, 'UTC'), count(distinct conversation_id)
        from messages
        where workspace_id = %(workspace)s and message_id >= %(first)s and message_id < %(beyond)s
          and origin = 'customer' and sent_at >= arrived_at - interval '1 hour'
        group by channel_id, date_trunc('hour', arrived_at, 'UTC')
        on conflict (workspace_id, channel_id, hour) do update set conversations = excluded.conversations""",
        named,
    )
    await tx.execute(
        """
        insert into channel_health as h (workspace_id, channel_id, heard_at)
        select %(workspace)s, channel_id, max(arrived_at) from messages
        where workspace_id = %(workspace)s and message_id >= %(first)s and message_id < %(beyond)s
          and origin = 'customer' and sent_at >= arrived_at - interval '1 hour'
        group by channel_id
        on conflict (workspace_id, channel_id) do update
            set heard_at = greatest(h.heard_at, excluded.heard_at)""",
        named,
    )


async def forget_hours(tx: Transaction, before: datetime) -> None:
    await tx.execute(
        "delete from heard_hours where workspace_id = %(workspace)s and hour < %(before)s",
        {"workspace": tx.workspace_id, "before": before},
    )


async def channels_heard(tx: Transaction) -> dict[UUID, datetime]:
    """Of each channel that works or seems to: when the newest message of a customer reached us."""
    rows = await tx.rows(
        """
        select h.channel_id, h.heard_at from channel_health h
        join channels c on c.workspace_id = h.workspace_id and c.channel_id = h.channel_id
        where h.workspace_id = %(workspace)s and h.heard_at is not null and c.state in ('live', 'attention')
        order by h.channel_id""",
        {"workspace": tx.workspace_id},
    )
    return {row[0]: row[1] for row in rows}


async def heard(tx: Transaction, channel_id: UUID) -> dict[datetime, int]:
    rows = await tx.rows(
        """
        select hour, conversations from heard_hours
        where workspace_id = %(workspace)s and channel_id = %(channel)s""",
        {"workspace": tx.workspace_id, "channel": channel_id},
    )
    return {row[0]: row[1] for row in rows}


# ----------------------------------------------------------------------------------------------- what was sent


async def channels_that_failed(tx: Transaction, since: datetime) -> list[UUID]:
    """Over which something failed since then, or is said to fail."""
    rows = await tx.rows(
        """
        select c.channel_id from channels c
        where c.workspace_id = %(workspace)s and c.state <> 'removed'
          and (exists (select from messages m
                       where m.workspace_id = c.workspace_id and m.channel_id = c.channel_id
                         and m.state = 'failed' and m.message_id >= %(first)s)
               or exists (select from alarms a
                          where a.workspace_id = c.workspace_id and a.subject = c.channel_id
                            and a.what = 'sends_fail' and a.ended_at is null))
        order by c.channel_id""",
        {"workspace": tx.workspace_id, "first": first_id_at(since)},
    )
    return [row[0] for row in rows]


async def last_sends(tx: Transaction, channel_id: UUID, since: datetime) -> list[Send]:
    """The last of this channel, the newest first, no older than that."""
    return await tx.all(
        Send,
        """
        select conversation_id, failed, reason from (
            (select message_id, conversation_id, true as failed, reason from messages
             where workspace_id = %(workspace)s and channel_id = %(channel)s and state = 'failed'
               and message_id >= %(first)s
             order by message_id desc limit %(limit)s)
            union all
            (select message_id, conversation_id, false as failed, null as reason from messages
             where workspace_id = %(workspace)s and channel_id = %(channel)s and state = 'sent'
               and origin = 'member' and sent_at >= %(since)s
             order by sent_at desc limit %(limit)s)
        ) as sends order by message_id desc limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "channel": channel_id,
            "first": first_id_at(since),
            "since": since,
            "limit": LAST_SENDS,
        },
    )


# ------------------------------------------------------------------------------------------------- at a glance


async def glances(tx: Transaction, at: datetime) -> list[dict[str, Any]]:
    """Of each connected channel: last checked, last heard, token until, sent and failed within a day."""
    rows = await tx.rows(
        """
        with sent as (
            select channel_id, count(*) as n from (
                select channel_id from messages
                where workspace_id = %(workspace)s and origin = 'member' and state = 'sent' and sent_at >= %(since)s
                limit %(most)s) as counted
            group by channel_id),
        heard as (
            select channel_id, max(arrived_at) as at from (
                select channel_id, arrived_at from messages
                where workspace_id = %(workspace)s and message_id >= %(uncounted)s and origin = 'customer'
                  and sent_at >= arrived_at - interval '1 hour'
                order by message_id desc limit %(most)s) as newest
            group by channel_id)
        select c.channel_id, h.checked_at, greatest(h.heard_at, heard.at), n.token_until, h.resubscribed_at, n.delivery,
               coalesce(s.n, 0),
               (select count(*) from messages m
                where m.workspace_id = c.workspace_id and m.channel_id = c.channel_id and m.state = 'failed'
                  and m.message_id >= %(first)s)
        from channels c
        join connections n on n.workspace_id = c.workspace_id and n.connection_id = c.connection_id
        left join channel_health h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        left join sent s on s.channel_id = c.channel_id
        left join heard on heard.channel_id = c.channel_id
        where c.workspace_id = %(workspace)s and c.state <> 'removed'
        order by c.created_at, c.channel_id""",
        {
            "workspace": tx.workspace_id,
            "since": at - timedelta(days=1),
            "first": first_id_at(at - timedelta(days=1)),
            # What came since it was counted last is there as well.
            "uncounted": first_id_at(at - 2 * LISTEN_EVERY),
            "most": MOST_COUNTED,
        },
    )
    names = (
        "channel_id", "checked_at", "heard_at", "token_until", "resubscribed_at", "delivery", "sent", "failed",
    )  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in rows]
