"""A due message of ours is taken in hand: when it is its turn, still fresh, and the pace has a place for it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dragoman.channels.contract import Outgoing, OutgoingFile, TemplateState
from dragoman.channels.events import MediaKind
from dragoman.channels.registry import channel
from dragoman.conversations import arranging, timeline
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Origin, Status, unanswered_after_all
from dragoman.conversations.reply_window import Allowance, allowance
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.outbound import automatic_store, pacing, store
from dragoman.outbound.besides import with_parts
from dragoman.outbound.model import (
    ASK_HISTORY_AFTER,
    AWAITED,
    LEASE_LASTS,
    SHUT_MEANWHILE,
    STALE,
    WORTH_SAYING,
    Sending,
    kept_slot,
    seconds_allowed,
)
from dragoman.outbound.store import RECONCILE, SEND, SLOT
from dragoman.templates import store as templates
from dragoman.templates.model import NOT_ANY_MORE, SAYS_OTHERWISE, filled_of, still_says
from dragoman.work import jobs
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

BEHIND_ANOTHER = timedelta(milliseconds=200)  # when to look again whether the message before has left


async def claim(tx: Transaction, job: Job, send_seconds: int) -> Sending | datetime | None:
    """Take a due message in hand; a text may take ``send_seconds``.

    A time: its place in the channel's pace, when its job comes due again. None: it is not its turn.
    """
    message = await store.details(tx, job.subject)
    if message is None or message["state"] in ("sent", "failed"):
        await jobs.done(tx, SEND, [job.subject])
        return None
    at = now()
    if not await _its_turn(tx, message, at) or not await _still_fresh(tx, message):
        return None
    if not await _still_allowed(tx, message, at):
        return None
    file = await store.file_of(tx, message["message_id"])
    slot = kept_slot(job.payload.get(SLOT), at) or await _a_slot(tx, message, file, at)
    if slot > at + AWAITED:
        due_at, kept = slot - AWAITED, {SLOT: slot.isoformat()}
        await jobs.schedule(
            tx, [Job(kind=SEND, subject=job.subject, lane=job.lane, due_at=due_at, payload=kept)]
        )
        await keep_back(tx, message["message_id"], slot, at)
        return due_at
    return await _take(tx, message, file, at, slot, send_seconds)


async def _a_slot(
    tx: Transaction, message: dict[str, Any], file: dict[str, Any] | None, at: datetime
) -> datetime:
    pace = channel(message["platform"]).capabilities.pace
    slot = await pacing.reserve_slot(tx, message["channel_id"], pace.per_second, at)
    slow_rate = pace.slow_rate_of(file["kind"] if file else None)
    if slow_rate is None:
        return slot
    return max(slot, await pacing.reserve_slow_slot(tx, message["channel_id"], slow_rate, at))


async def _its_turn(tx: Transaction, message: dict[str, Any], at: datetime) -> bool:
    """One request at a time leaves a conversation, the oldest message first. The conversation is locked here."""
    conversation_id, message_id = message["conversation_id"], message["message_id"]
    if await conversations.lock_one(tx, conversation_id) is None:
        return False
    first = await store.next_out(tx, conversation_id)
    until, for_its_pace = await pacing.not_before(tx, conversation_id, at)
    if until is not None:
        await jobs.again(tx, SEND, message_id, until)
        if for_its_pace and first is not None and first[0] == message_id:
            await keep_back(tx, message_id, until, at)
        return False
    if first is None:
        await jobs.done(tx, SEND, [message_id])
        return False
    first_id, state, hold_until = first
    if state == "sending":
        await _lost(tx, first_id, message, at)
        await jobs.again(tx, SEND, message_id, at)
        return False
    if first_id != message_id:
        first_due = await jobs.due_at(tx, SEND, first_id)
        await jobs.again(tx, SEND, message_id, max(first_due or at, hold_until or at, at) + BEHIND_ANOTHER)
        return False
    return True


async def _lost(tx: Transaction, message_id: UUID, message: dict[str, Any], at: datetime) -> None:
    """Its lease ran out while it was being sent: whoever sent it died. It may have arrived."""
    log.warning("message %s was being sent when its sender died", message_id)
    await doubtful(tx, message_id, message, "we were interrupted while sending it", at)
    await _put_conversation_back(tx, message["conversation_id"], message_id)


async def _put_conversation_back(tx: Transaction, conversation_id: UUID, message_id: UUID) -> None:
    """Where it was to be answered by this message, or was closed by the rule that said it, while somebody waited."""
    known = (await timeline.known_by_id(tx, [message_id])).get(message_id)
    if known is None or known.origin not in (Origin.MEMBER, Origin.AUTOMATIC):
        return
    c = await conversations.lock_one(tx, conversation_id)
    if c is None:
        return
    was_closed_by_rule = c.status is Status.CLOSED and c.closed_by is None and c.unanswered is not None
    if known.origin is Origin.MEMBER or was_closed_by_rule:
        await conversations.record(tx, c, unanswered_after_all(c))


async def doubtful(
    tx: Transaction, message_id: UUID, where: dict[str, Any], reason: str | None, at: datetime
) -> None:
    await store.mark(tx, message_id, "unknown", reason)
    await jobs.done(tx, SEND, [message_id])
    bubble_changed(tx, message_id, where["conversation_id"], where["channel_id"])
    if channel(where["platform"]).capabilities.can_be_asked:
        await jobs.schedule(
            tx,
            [Job(kind=RECONCILE, subject=message_id, lane=where["lane"], due_at=at + ASK_HISTORY_AFTER)],
        )


async def _still_fresh(tx: Transaction, message: dict[str, Any]) -> bool:
    """Asked again when the hold for undo ends: did the customer or a colleague write meanwhile?

    What a colleague queued behind it does not count: they had seen it, and it goes out first.
    """
    if message["seen_seq"] is None:
        return not await _overtaken(tx, message)
    if message["attempts"] > 0:
        return True
    author, conversation_id = message["author_id"], message["conversation_id"]
    before = message["message_id"]
    if not await store.news_since(tx, conversation_id, message["seen_seq"], author, ours_before=before):
        return True
    await _failed(tx, message, STALE)
    return False


async def _overtaken(tx: Transaction, message: dict[str, Any]) -> bool:
    """What was to be said by itself is not said any more once a person of ours speaks."""
    conversation_id, message_id = message["conversation_id"], message["message_id"]
    if message["author_id"] is not None:
        return False
    if not await automatic_store.has_been_overtaken(tx, conversation_id, message_id):
        return False
    before = await conversations.lock_one(tx, conversation_id)
    assert before is not None
    await jobs.done(tx, SEND, [message_id])
    await conversations.record(tx, before, await arranging.remove(tx, before, message_id, now()))
    return True


async def _still_allowed(tx: Transaction, message: dict[str, Any], at: datetime) -> bool:
    """The platform's window may have shut while it was held, tried again or waiting for its place in the pace; a
    template may have been paused, or changed."""
    template = filled_of(message["parts"])
    if template is not None:
        known = await templates.one(tx, message["channel_id"], template.name, template.language)
        if known is None or known.state is not TemplateState.APPROVED:
            await _failed(tx, message, NOT_ANY_MORE)
            return False
        if still_says(known, template, message["text"]):
            return True
        await _failed(tx, message, SAYS_OTHERWISE)
        return False
    c = await conversations.lock_one(tx, message["conversation_id"])
    rule = channel(message["platform"]).capabilities.reply_window
    if c is None or _is_allowed(message["origin"], allowance(rule, c, at)):
        return True
    await _failed(tx, message, SHUT_MEANWHILE)
    return False


def _is_allowed(origin: str, found: Allowance) -> bool:
    """The longer window is for a person's own words."""
    return found is Allowance.FREE or (found is Allowance.EXTENDED and origin != Origin.AUTOMATIC)


async def _failed(tx: Transaction, message: dict[str, Any], reason: str) -> None:
    await store.mark(tx, message["message_id"], "failed", reason)
    await jobs.done(tx, SEND, [message["message_id"]])
    bubble_changed(tx, message["message_id"], message["conversation_id"], message["channel_id"])
    await _put_conversation_back(tx, message["conversation_id"], message["message_id"])


async def _take(
    tx: Transaction,
    message: dict[str, Any],
    file: dict[str, Any] | None,
    at: datetime,
    slot: datetime,
    send_seconds: int,
) -> Sending:
    seconds = seconds_allowed(send_seconds, has_file=file is not None)
    lease, until = new_id(), at + timedelta(seconds=seconds * LEASE_LASTS)
    await pacing.lease(tx, message["conversation_id"], lease, until)
    await store.mark_sending(tx, message["message_id"], at)
    await jobs.again(tx, SEND, message["message_id"], until)
    bubble_changed(tx, message["message_id"], message["conversation_id"], message["channel_id"])
    return Sending(
        message_id=message["message_id"],
        conversation_id=message["conversation_id"],
        connection_id=message["connection_id"],
        channel_id=message["channel_id"],
        platform=message["platform"],
        account=message["account"],
        lane=message["lane"],
        author_id=message["author_id"],
        lease=lease,
        tries=message["attempts"] + 1,
        seconds=seconds,
        leaves_at=slot,
        attachment_id=file["attachment_id"] if file else None,
        storage_key=file["storage_key"] if file else None,
        outgoing=outgoing_of(message, file),
    )


def outgoing_of(message: dict[str, Any], file: dict[str, Any] | None) -> Outgoing:
    """What the channel is asked to send; the content of a file is put in when it leaves."""
    template = filled_of(message["parts"])
    outgoing = Outgoing(
        to=message["address"],
        correlation=message["message_id"].hex,
        thread_key=message["thread_key"],
        text=message["text"] if template is None else None,
        template=template,
        reply_to=message["reply_to"],
        last_customer_at=message["last_customer_at"],
        customer_wrote_at=message["customer_wrote_at"],
        settings=message["reach"],
        file=None
        if file is None
        else OutgoingFile(
            kind=MediaKind(file["kind"]),
            name=file["name"] or "file",
            mime_type=file["mime_type"] or "application/octet-stream",
            size_bytes=file["size_bytes"],
        ),
    )
    return outgoing if template else with_parts(outgoing, message["parts"])


async def keep_back(tx: Transaction, message_id: UUID, until: datetime, at: datetime) -> None:
    """Show when it leaves, where that is far enough to be worth saying."""
    if until - at < WORTH_SAYING:
        return
    where = await pacing.mark_waiting(tx, message_id, until)
    if where is not None:
        bubble_changed(tx, message_id, *where)


def bubble_changed(tx: Transaction, message_id: UUID, conversation_id: UUID, channel_id: UUID) -> None:
    tx.changed("message.state", message_id=message_id, conversation_id=conversation_id, channel_id=channel_id)
