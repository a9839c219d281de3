"""Our own reaction to what a customer wrote: shown at once, told to the platform beside it.

It is no answer: whoever waited for us waits on. The newest wish counts, so that what is told twice is the same.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.channels.errors import ChannelError, MaybeSent, TryLater
from dragoman.conversations.access import in_sight
from dragoman.conversations.model import Conversation
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.outbound.model import check_window
from dragoman.outbound.reach import reachable_by
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job, retry_after

log = logging.getLogger(__name__)

REACT = "react"


async def react(database: Database, by: Membership, message_id: UUID, emoji: str | None) -> None:
    """Put ``emoji`` on a customer's message, in place of any before; None takes it back. Raises Refused."""
    async with database.transaction(by.workspace_id) as tx:
        c = await _bearing(tx, by, message_id)
        can = await reachable_by(tx, c)
        check_window(c, now(), can)
        if not can.reacts_with or emoji not in (*can.reacts_with, None):
            raise Refused("cannot_send", "This channel does not take this reaction.", 422)
        await _wish(tx, message_id, emoji)
        await jobs.schedule(tx, [Job(kind=REACT, subject=message_id, lane=c.lane, due_at=now())])
        _changed(tx, message_id, c.conversation_id, c.channel_id)


async def tell(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Tell the platform what we wish by now. What it refuses for good is said beside what the customer sees instead.

    Raises ChannelError: it is to be tried again.
    """
    async with services.database.transaction(workspace_id) as tx:
        wished = await _wished(tx, job.subject)
    if wished is None:
        return None
    try:
        client = await services.clients.of(workspace_id, wished.connection_id)
        await client.react(wished.account, wished.address, wished.external_id, wished.emoji)
    except ChannelError as refused:
        if isinstance(refused, TryLater | MaybeSent) and retry_after(job.attempts) is not None:
            raise
        log.info("the reaction to message %s was refused: %s", job.subject, refused.reason)
        await _refused(services.database, workspace_id, job.subject, wished.emoji, refused.reason)
        return None
    await _told(services.database, workspace_id, job.subject, wished.emoji)
    return None


class _Wished(NamedTuple):
    connection_id: UUID
    account: str
    address: str
    external_id: str
    emoji: str | None


async def _bearing(tx: Transaction, by: Membership, message_id: UUID) -> Conversation:
    """The conversation of a message that can bear a reaction. Raises Refused."""
    row = await tx.row(
        """
        select conversation_id, side = 'customer' and external_id is not null and deleted_at is null from messages
        where workspace_id = %(workspace)s and message_id = %(message)s""",
        {"workspace": tx.workspace_id, "message": message_id},
    )
    if row is None:
        raise not_found("There is no such message.")
    c = await in_sight(tx, by, row[0])
    if not row[1]:
        raise Refused("conflict", "Only what a customer wrote can bear a reaction.", 409)
    return c


async def _wish(tx: Transaction, message_id: UUID, emoji: str | None) -> None:
    """What was taken back stays as a row without emoji, as a customer's does."""
    await tx.execute(
        """
        insert into reactions as r (workspace_id, message_id, side, emoji, at)
        values (%(workspace)s, %(message)s, 'team', %(emoji)s, %(at)s)
        on conflict (workspace_id, message_id, side) do update
            set emoji = excluded.emoji, at = greatest(r.at, excluded.at), refused = null""",
        {"workspace": tx.workspace_id, "message": message_id, "emoji": emoji, "at": now()},
    )


async def _wished(tx: Transaction, message_id: UUID) -> _Wished | None:
    """None: the message, or its channel, is not here any more."""
    row = await tx.row(
        """
        select h.connection_id, h.account, i.address, m.external_id, r.emoji
        from reactions r
        join messages m on m.workspace_id = r.workspace_id and m.message_id = r.message_id
        join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = m.conversation_id
        join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        where r.workspace_id = %(workspace)s and r.message_id = %(message)s and r.side = 'team'
          and m.external_id is not null and h.state <> 'removed'""",
        {"workspace": tx.workspace_id, "message": message_id},
    )
    return _Wished(*row) if row else None


async def _told(database: Database, workspace_id: UUID, message_id: UUID, emoji: str | None) -> None:
    """It is what the customer sees, whatever is wished by now."""
    async with database.transaction(workspace_id) as tx:
        await tx.execute(
            """
            update reactions set standing = %(emoji)s
            where workspace_id = %(workspace)s and message_id = %(message)s and side = 'team'""",
            {"workspace": workspace_id, "message": message_id, "emoji": emoji},
        )


async def _refused(
    database: Database, workspace_id: UUID, message_id: UUID, emoji: str | None, reason: str
) -> None:
    """What stood before is shown again, unless something else is wished by now."""
    async with database.transaction(workspace_id) as tx:
        row = await tx.row(
            """
            update reactions r set refused = left(%(reason)s, 1000), emoji = coalesce(r.standing, r.emoji)
            from messages m
            where r.workspace_id = %(workspace)s and r.message_id = %(message)s and r.side = 'team'
              and r.emoji is not distinct from %(emoji)s
              and m.workspace_id = r.workspace_id and m.message_id = r.message_id
            returning m.conversation_id, m.channel_id""",
            {"workspace": workspace_id, "message": message_id, "emoji": emoji, "reason": reason},
        )
        if row is not None:
            _changed(tx, message_id, *row)


def _changed(tx: Transaction, message_id: UUID, conversation_id: UUID, channel_id: UUID) -> None:
    tx.changed("message.state", message_id=message_id, conversation_id=conversation_id, channel_id=channel_id)
