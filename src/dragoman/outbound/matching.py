"""Our own words come back from the platform, and do not say by which send: one whose fate is unknown may be theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from dragoman.channels.contract import Accepted
from dragoman.conversations import store as conversations
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.outbound.acceptance import accept
from dragoman.services import Services
from dragoman.work.jobs import Job

WHILE_SENDING = timedelta(seconds=15)  # until then its answer may still come
AT_MOST_LATER = timedelta(minutes=10)  # than our request
CLOCKS_DIFFER = timedelta(minutes=1)


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    message_id: UUID
    conversation_id: UUID
    external_id: str
    text: str | None
    sent_at: datetime
    platform_order: int
    has_file: bool
    # Of its first part: all that tells one location or contact from another thing without words.
    kind: str | None


async def match(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Put an echo and its send together, where both say the same in one conversation at about one time. The oldest
    such send is taken: they leave one after the other."""
    async with services.database.transaction(workspace_id) as tx:
        echo = await _echo(tx, job.subject)
        before = await conversations.lock_one(tx, echo.conversation_id) if echo else None
        if echo is None or before is None:
            return None
        found = await _send_of(tx, echo)
        if found is None:
            return None
        message_id, state = found
        if state == "sending":
            return WHILE_SENDING
        accepted = Accepted(external_id=echo.external_id, at=echo.sent_at, platform_order=echo.platform_order)
        await conversations.record(tx, before, await accept(tx, before, message_id, accepted, now()))
    return None


async def _echo(tx: Transaction, message_id: UUID) -> Echo | None:
    """None: it was put together with its send meanwhile."""
    return await tx.one(
        Echo,
        """
        select m.message_id, m.conversation_id, m.external_id, m.text, m.sent_at, m.platform_order,
               exists (select from attachments a where a.workspace_id = m.workspace_id
                                                   and a.message_id = m.message_id) as has_file,
               m.parts -> 0 ->> 'type' as kind
        from messages m
        where m.workspace_id = %(workspace)s and m.message_id = %(message)s and m.external_id is not null
          and m.dispatched_at is null and m.deleted_at is null""",
        {"workspace": tx.workspace_id, "message": message_id},
    )


async def _send_of(tx: Transaction, echo: Echo) -> tuple[UUID, str] | None:
    row = await tx.row(
        """
        select m.message_id, m.state from messages m
        where m.workspace_id = %(workspace)s and m.conversation_id = %(conversation)s
          and m.state in ('sending', 'unknown') and m.text is not distinct from %(text)s
          and m.dispatched_at between %(from)s and %(to)s
          and %(has_file)s = exists (select from attachments a where a.workspace_id = m.workspace_id
                                                                 and a.message_id = m.message_id)
          and (m.text is not null or m.parts -> 0 ->> 'type' is not distinct from %(kind)s)
          and not exists ( -- two documents of different sizes; pictures are made anew by the platform
              select from attachments ours join attachments theirs using (workspace_id, kind)
              where workspace_id = %(workspace)s and ours.message_id = m.message_id
                and theirs.message_id = %(echo)s and kind = 'file' and ours.size_bytes <> theirs.size_bytes)
        order by m.dispatched_at, m.message_id limit 1""",
        {
            "workspace": tx.workspace_id,
            "conversation": echo.conversation_id,
            "echo": echo.message_id,
            "text": echo.text,
            "has_file": echo.has_file,
            "kind": echo.kind,
            "from": echo.sent_at - AT_MOST_LATER,
            "to": echo.sent_at + CLOCKS_DIFFER,
        },
    )
    return (row[0], row[1]) if row else None
