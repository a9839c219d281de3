"""What a member does with a conversation. One transaction each, recorded in the change log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.channels.registry import channel
from dragoman.connecting import store as connecting
from dragoman.conversations import store
from dragoman.conversations.access import in_sight, visible
from dragoman.conversations.model import Status, closed, reopened
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid
from dragoman.outbound.freshness import refuse_stale
from dragoman.work import jobs
from dragoman.work.jobs import Job

MARK_SEEN = "mark_seen"


async def close(database: Database, by: Membership, conversation_id: UUID, seen_seq: int) -> None:
    """Nothing more is to be done. Raises Stale where the customer wrote since: that would be left unseen."""
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        if before.status is Status.CLOSED:
            return
        if before.status is Status.UNOPENED:
            raise Refused("conflict", "This conversation was never opened.", 409)
        await refuse_stale(tx, by, conversation_id, seen_seq)
        await store.record(tx, before, closed(before, by.member_id, now()))


async def reopen(database: Database, by: Membership, conversation_id: UUID) -> None:
    """Closing taken back: it waits again as it did before, with its old time."""
    async with database.transaction(by.workspace_id) as tx:
        before = await visible(tx, by, conversation_id)
        if before.status is Status.CLOSED:
            await store.record(tx, before, reopened(before))


async def read(database: Database, by: Membership, conversation_id: UUID, read_up_to: datetime) -> None:
    """This member has seen everything that had arrived until then. It only moves forward, and the customer's app
    is told where it has such a mark."""
    if read_up_to.tzinfo is None:
        raise invalid(read_up_to="A time needs its zone.")
    async with database.transaction(by.workspace_id) as tx:
        c = await in_sight(tx, by, conversation_id)
        newest = c.last_arrived_at
        mark = min(read_up_to, newest) if newest else read_up_to
        if await store.mark_read(tx, conversation_id, by.member_id, mark):
            tx.changed(
                "read", conversation_id=conversation_id, channel_id=c.channel_id, only_for=by.member_id
            )
            if await _shows_what_was_read(tx, c.channel_id):
                mark_seen = Job(kind=MARK_SEEN, subject=conversation_id, lane=c.lane, due_at=now())
                await jobs.schedule(tx, [mark_seen])


async def _shows_what_was_read(tx: Transaction, channel_id: UUID) -> bool:
    found = await connecting.channel(tx, channel_id)
    return found is not None and channel(found["platform"]).capabilities.marks_seen
