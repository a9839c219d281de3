"""What a member does with a conversation. One transaction each, recorded in the change log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.conversations import reading, snoozing, store
from dragoman.conversations.access import in_sight, visible
from dragoman.conversations.model import Conversation, Status, closed, reopened, snoozed, unsnoozed
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid
from dragoman.outbound.freshness import refuse_stale


async def close(database: Database, by: Membership, conversation_id: UUID, seen_seq: int) -> None:
    """Nothing more is to be done. Raises Stale where the customer wrote since: that would be left unseen."""
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        if before.status is Status.CLOSED:
            return
        await _refuse_to_put_aside(tx, by, before, seen_seq)
        await store.record(tx, before, closed(before, by.member_id, now()))


async def reopen(database: Database, by: Membership, conversation_id: UUID) -> None:
    """Closing taken back: it waits again as it did before, with its old time."""
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        if before.status is Status.CLOSED:
            await store.record(tx, before, reopened(before))


async def snooze(
    database: Database, by: Membership, conversation_id: UUID, until: datetime, seen_seq: int
) -> None:
    """Out of sight until then, or until the customer speaks. Raises Stale as closing does."""
    snoozing.refuse_time(until, now())
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        await _refuse_to_put_aside(tx, by, before, seen_seq)
        after = snoozed(before, until, by.member_id)
        await store.record(tx, before, after)
        await snoozing.set_timers(tx, [after])


async def unsnooze(database: Database, by: Membership, conversation_id: UUID) -> None:
    """Back at once; of one that is back already nothing is said any more."""
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        if before.snoozed_until is not None:
            await store.record(tx, before, unsnoozed(before))


async def _refuse_to_put_aside(tx: Transaction, by: Membership, c: Conversation, seen_seq: int) -> None:
    if c.status is Status.UNOPENED:
        raise Refused("conflict", "This conversation was never opened.", 409)
    await refuse_stale(tx, by, c.conversation_id, seen_seq)


async def read(database: Database, by: Membership, conversation_id: UUID, read_up_to: datetime) -> None:
    """This member has seen everything that had arrived until then. It only moves forward, and the customer's app
    is told where it has such a mark."""
    if read_up_to.tzinfo is None:
        raise invalid(read_up_to="A time needs its zone.")
    async with database.transaction(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        newest = c.last_arrived_at
        await reading.mark_read(tx, by, {c: min(read_up_to, newest) if newest else read_up_to})


async def unread(database: Database, by: Membership, conversation_id: UUID) -> None:
    """For this member the customer's newest turn is new again."""
    async with database.transaction(by.workspace_id) as tx:
        await reading.mark_unread(tx, by, [await in_sight(tx, by, conversation_id)])
