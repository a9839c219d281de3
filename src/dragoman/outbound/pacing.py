"""SQL about when the next message may leave: one request at a time in a conversation, and the paces that platforms set.

All workers share these clocks, since they stand in the rows of conversation and channel.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dragoman.channels.capabilities import Pace
from dragoman.db.database import Transaction
from dragoman.outbound.store import SEND, SLOT


async def not_before(tx: Transaction, conversation_id: UUID, now: datetime) -> tuple[datetime | None, bool]:
    """When the next request may leave this (locked) conversation, None: now; and whether that is for its pace alone,
    no request being under way."""
    row = await tx.row(
        """
        select send_lease_until, send_lease is null from conversations
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and send_lease_until > %(now)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "now": now},
    )
    return (row[0], row[1]) if row else (None, False)


async def lease(tx: Transaction, conversation_id: UUID, lease_id: UUID | None, until: datetime) -> None:
    await tx.execute(
        """
        update conversations set send_lease = %(lease)s, send_lease_until = %(until)s
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "lease": lease_id, "until": until},
    )


async def release(tx: Transaction, conversation_id: UUID, lease_id: UUID, now: datetime) -> None:
    """Give the lease back, if it is still ours: no request was made with it."""
    await tx.execute(
        """
        update conversations set send_lease = null, send_lease_until = %(now)s
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and send_lease = %(lease)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "lease": lease_id, "now": now},
    )


async def release_in_pace(
    tx: Transaction, conversation_id: UUID, lease_id: UUID, pace: Pace, now: datetime
) -> datetime | None:
    """Give the lease back after a request. When the next may leave; None: it was not ours any more.

    ``paced_until`` is when all requests so far would have left at an even pace; the next waits until the burst covers
    the rest (the generic cell rate algorithm).
    """
    free_at: datetime | None = await tx.value(
        """
        update conversations
        set send_lease = null, paced_until = greatest(paced_until, %(now)s) + %(interval)s,
            send_lease_until = greatest(%(now)s, greatest(paced_until, %(now)s) + %(interval)s - %(credit)s)
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and send_lease = %(lease)s
        returning send_lease_until""",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "lease": lease_id,
            "now": now,
            "interval": pace.conversation_interval,
            "credit": pace.conversation_credit,
        },
    )
    return free_at


async def reserve_slot(tx: Transaction, channel_id: UUID, per_second: float, now: datetime) -> datetime:
    """The channel's next place in its pace, which nobody else gets. It locks the channel."""
    slot: datetime = await tx.value(
        """
        update channels
        set next_send_at = greatest(next_send_at, %(now)s) + make_interval(secs => 1 / %(rate)s::float8)
        where workspace_id = %(workspace)s and channel_id = %(channel)s
        returning next_send_at - make_interval(secs => 1 / %(rate)s::float8)""",
        {"workspace": tx.workspace_id, "channel": channel_id, "rate": per_second, "now": now},
    )
    return slot


async def reserve_slow_slot(tx: Transaction, channel_id: UUID, per_second: float, now: datetime) -> datetime:
    """The same for the kinds that have a pace of their own. Other kinds do not wait behind them."""
    slot: datetime = await tx.value(
        """
        update channels
        set next_slow_send_at = greatest(next_slow_send_at, next_send_at, %(now)s)
                                + make_interval(secs => 1 / %(rate)s::float8)
        where workspace_id = %(workspace)s and channel_id = %(channel)s
        returning next_slow_send_at - make_interval(secs => 1 / %(rate)s::float8)""",
        {"workspace": tx.workspace_id, "channel": channel_id, "rate": per_second, "now": now},
    )
    return slot


async def pause_channel(tx: Transaction, channel_id: UUID, until: datetime) -> None:
    """Nothing leaves before then: places that were given out are taken back, and asked for again when they come."""
    named = {"workspace": tx.workspace_id, "channel": channel_id, "until": until, "kind": SEND, "slot": SLOT}
    await tx.execute(
        """
        update channels set next_send_at = greatest(next_send_at, %(until)s)
        where workspace_id = %(workspace)s and channel_id = %(channel)s""",
        named,
    )
    await tx.execute(
        """
        update jobs set payload = payload - %(slot)s::text
        where workspace_id = %(workspace)s and kind = %(kind)s and payload ->> %(slot)s is not null
          and subject in (select message_id from messages
                          where workspace_id = %(workspace)s and channel_id = %(channel)s and state = 'queued')""",
        named,
    )


async def mark_waiting(tx: Transaction, message_id: UUID, leaves_at: datetime) -> tuple[UUID, UUID] | None:
    """It is kept back by the pace until then: its conversation and channel. None: that was known."""
    row = await tx.row(
        """
        update messages set leaves_at = %(leaves)s, reason = null
        where workspace_id = %(workspace)s and message_id = %(message)s and state = 'queued'
          and (leaves_at is null or leaves_at < %(leaves)s - interval '1 second')
        returning conversation_id, channel_id""",
        {"workspace": tx.workspace_id, "message": message_id, "leaves": leaves_at},
    )
    return (row[0], row[1]) if row else None
