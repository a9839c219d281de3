"""The platform took a message of ours, by its HTTP answer, its echo or its history: whichever says so first."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from msgspec.structs import replace

from dragoman.channels.contract import Accepted
from dragoman.conversations import arranging, store, timeline
from dragoman.conversations.judging import judge_again
from dragoman.conversations.model import (
    Conversation,
    Origin,
    Status,
    answered_up_to,
    closed,
    cut,
    unanswered_after_all,
)
from dragoman.conversations.timeline import Known
from dragoman.db.database import Transaction
from dragoman.kit.clock import now as clock

SENT, DELIVERED, READ = 1, 2, 3
GIVEN_UP = "the platform gave up on it without saying why"
SAID_TO_HAVE_ARRIVED = "said-to-have-arrived:"  # stands before our own id where the platform's is not known


async def accept(
    tx: Transaction, c: Conversation, message_id: UUID, accepted: Accepted, now: datetime
) -> Conversation:
    """Mark a message sent, once. The caller holds the conversation and saves what is returned.

    An answer answers what its author had seen; whatever the customer wrote after that still waits.
    """
    message = (await timeline.known_by_id(tx, [message_id])).get(message_id)
    if message is None:
        return c
    if message.state == "sent":
        return await _under_its_real_id(tx, c, message, accepted, now)
    c = await _without_unmatched_echo(tx, c, message, accepted, now)
    sent_at = cut(accepted.at, now) if accepted.at else message.sent_at
    await _mark_sent(tx, message, accepted, sent_at, _rank(c, sent_at), _waited(c, message, sent_at))
    tx.changed(
        "message.state", conversation_id=c.conversation_id, message_id=message_id, channel_id=c.channel_id
    )
    c = await arranging.rearrange(tx, c, min(message.sent_at, sent_at), max(message.sent_at, sent_at), now)
    if message.origin is Origin.MEMBER:
        c = answered_up_to(c, message.answers or message.place)
        c = (await judge_again(tx, [c], now))[c.conversation_id]
    return await _closed_as_asked(tx, c, message, now)


async def gave_up(tx: Transaction, c: Conversation, message_id: UUID, reason: str | None) -> Conversation:
    """The platform had taken a message of ours and says now that it did not arrive. What it answered waits again,
    since when it did. One that is known to have arrived did."""
    row = await tx.row(
        """
        update messages set state = 'failed', reason = %(reason)s
        where workspace_id = %(workspace)s and message_id = %(message)s and side = 'team'
          and state in ('sending', 'sent', 'unknown') and receipt < %(delivered)s
        returning origin""",
        {
            "workspace": tx.workspace_id,
            "message": message_id,
            "reason": reason or GIVEN_UP,
            "delivered": DELIVERED,
        },
    )
    if row is None:
        return c
    tx.changed(
        "message.state", conversation_id=c.conversation_id, message_id=message_id, channel_id=c.channel_id
    )
    if row[0] == Origin.AUTOMATIC:
        return c
    c = await _counted_afresh(tx, c, clock())
    return unanswered_after_all(c) if c.unanswered is not None else c


async def _counted_afresh(tx: Transaction, c: Conversation, now: datetime) -> Conversation:
    c = replace(c, answered=await store.answered(tx, c.conversation_id))
    return (await judge_again(tx, [c], now))[c.conversation_id]


async def accept_without_id(
    tx: Transaction, c: Conversation, message_id: UUID, now: datetime
) -> Conversation:
    """A person says that it arrived: from here on it is an answer like any other, without the platform's id."""
    return await accept(tx, c, message_id, Accepted(external_id=f"{SAID_TO_HAVE_ARRIVED}{message_id}"), now)


async def _under_its_real_id(
    tx: Transaction, c: Conversation, message: Known, accepted: Accepted, now: datetime
) -> Conversation:
    """A person said that it arrived, and now the platform says so too: reactions and quotes will name its id."""
    is_placeholder = (message.external_id or "").startswith(SAID_TO_HAVE_ARRIVED)
    if not is_placeholder or accepted.external_id.startswith(SAID_TO_HAVE_ARRIVED):
        return c
    c = await _without_unmatched_echo(tx, c, message, accepted, now)
    await tx.execute(
        """
        update messages set external_id = %(external)s
        where workspace_id = %(workspace)s and message_id = %(message)s""",
        {"workspace": tx.workspace_id, "message": message.message_id, "external": accepted.external_id},
    )
    return c


def _rank(c: Conversation, sent_at: datetime) -> int:
    """A receipt may have come before we knew that the message was sent."""
    if c.read_up_to and sent_at <= c.read_up_to:
        return READ
    return DELIVERED if c.delivered_up_to and sent_at <= c.delivered_up_to else SENT


def _waited(c: Conversation, message: Known, sent_at: datetime) -> int | None:
    """Seconds from the customer's first unanswered message to this answer; None: nobody waited,
    or it is none."""
    if c.unanswered is None or message.origin is not Origin.MEMBER:
        return None
    return int((sent_at - c.unanswered.first.at).total_seconds())


async def _mark_sent(
    tx: Transaction, m: Known, accepted: Accepted, sent_at: datetime, rank: int, waited: int | None
) -> None:
    await tx.execute(
        MARK_SENT,
        {
            "workspace": tx.workspace_id,
            "message": m.message_id,
            "external": accepted.external_id,
            "at": sent_at,
            "order": accepted.platform_order,
            "platform_at": accepted.at,
            "rank": rank,
            "waited": waited,
        },
    )


MARK_SENT: LiteralString = """
    update messages set state = 'sent', external_id = %(external)s, sent_at = %(at)s, platform_order = %(order)s,
           platform_at = %(platform_at)s, receipt = greatest(receipt, %(rank)s), reason = null,
           waited_seconds = %(waited)s
    where workspace_id = %(workspace)s and message_id = %(message)s"""


async def _without_unmatched_echo(
    tx: Transaction, c: Conversation, message: Known, accepted: Accepted, now: datetime
) -> Conversation:
    """An echo without our correlation was taken for an answer typed elsewhere: it is this message."""
    key = c.channel_id, accepted.external_id
    echo = (await timeline.known(tx, [key])).get(key)
    if echo is None or echo.message_id == message.message_id or echo.origin is Origin.MEMBER:
        return c
    c = await arranging.remove(tx, c, echo.message_id, now)
    was_an_answer = echo.origin is Origin.ELSEWHERE and message.origin is not Origin.MEMBER
    return await _counted_afresh(tx, c, now) if was_an_answer else c


async def _closed_as_asked(tx: Transaction, c: Conversation, message: Known, now: datetime) -> Conversation:
    """“Send and close” closes when the whole answer is out, unless the customer wrote meanwhile."""
    by = await tx.value(
        """
        select m.author_id from messages m
        where m.workspace_id = %(workspace)s and m.message_id = %(message)s and m.then_close
          and not exists (
              select from messages o
              where o.workspace_id = m.workspace_id and o.conversation_id = m.conversation_id
                and o.origin = 'member' and o.state <> 'sent'
                and split_part(o.idempotency_key, ':', 1) = split_part(m.idempotency_key, ':', 1))""",
        {"workspace": tx.workspace_id, "message": message.message_id},
    )
    if by is None or c.unanswered is not None or c.status not in (Status.OPEN, Status.SNOOZED):
        return c
    return closed(c, by, now)
