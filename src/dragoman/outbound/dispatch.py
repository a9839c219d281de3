"""A message of ours leaves: claimed in one transaction, sent outside of any, its fate written in another.

    claim → send → settle

While it is on its way the message is ``sending`` and its conversation leased, so that the next one waits. Whoever
dies in between leaves the lease to expire: what was ``sending`` then may have arrived, and is never sent again
blindly.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from psycopg import OperationalError

from dragoman.channels.contract import MediaKind, Outgoing, OutgoingFile
from dragoman.channels.registry import channel
from dragoman.connecting.clients import Clients
from dragoman.connecting.trouble import tell_trouble
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Conversation
from dragoman.db.database import Database, Transaction
from dragoman.files.storage import Storage
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.outbound import store
from dragoman.outbound.acceptance import accept
from dragoman.outbound.model import (
    ASK_HISTORY_AFTER,
    FILE_SECONDS,
    LEASE_LASTS,
    STALE,
    Sending,
    Verdict,
    verdict_of,
)
from dragoman.outbound.store import RECONCILE, SEND
from dragoman.work import jobs
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

BEHIND_ANOTHER = timedelta(milliseconds=200)  # when to look again whether the message before has left
WRITTEN_DOWN_FOR = timedelta(
    minutes=10
)  # a database that is away must not make a clear answer a doubtful one


async def dispatch(
    database: Database, storage: Storage, clients: Clients, workspace_id: UUID, sending: Sending
) -> None:
    """Send what was claimed, and write down what became of it."""
    verdict = await _send(storage, clients, workspace_id, sending)
    until = now() + WRITTEN_DOWN_FOR
    while True:
        try:
            async with database.transaction(workspace_id) as tx:
                await settle(tx, sending, verdict, now())
            return
        except OperationalError as away:
            if now() > until:
                raise
            log.warning("what became of message %s cannot be written down yet: %s", sending.message_id, away)
            await asyncio.sleep(1)


# ------------------------------------------------------------------------------------------------- claim


async def claim(tx: Transaction, job: Job, send_seconds: int) -> Sending | None:
    """Take a due message in hand; a text may take ``send_seconds``.

    None: it is not its turn, and its job comes due again when it may be.
    """
    message = await store.details(tx, job.subject)
    if message is None or message["state"] in ("sent", "failed"):
        await jobs.done(tx, SEND, [job.subject])
        return None
    at = now()
    if not await _its_turn(tx, message, at) or not await _still_fresh(tx, message):
        return None
    capabilities = channel(message["platform"]).capabilities
    free_at = await store.take_slot(tx, message["channel_id"], capabilities.pace.per_second, at)
    if free_at is not None:
        await jobs.again(tx, SEND, job.subject, free_at)
        return None
    return await _take(tx, message, at, send_seconds)


async def _its_turn(tx: Transaction, message: dict[str, Any], at: datetime) -> bool:
    """One request at a time leaves a conversation, the oldest message first. The conversation is locked here."""
    conversation_id, message_id = message["conversation_id"], message["message_id"]
    if await conversations.lock_one(tx, conversation_id) is None:
        return False
    leased_until = await store.free_lease(tx, conversation_id, at)
    if leased_until is not None:
        await jobs.again(tx, SEND, message_id, leased_until)
        return False
    first = await store.next_out(tx, conversation_id)
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
    await _doubtful(tx, message_id, message, "we were interrupted while sending it", at)
    c = await conversations.lock_one(tx, message["conversation_id"])
    if c is not None:
        await conversations.record(tx, c, c)


async def _doubtful(
    tx: Transaction, message_id: UUID, where: dict[str, Any], reason: str | None, at: datetime
) -> None:
    await store.mark(tx, message_id, "unknown", reason)
    await jobs.done(tx, SEND, [message_id])
    _bubble_changed(tx, message_id, where["conversation_id"], where["channel_id"])
    if channel(where["platform"]).capabilities.can_be_asked:
        await jobs.schedule(
            tx,
            [Job(kind=RECONCILE, subject=message_id, lane=where["lane"], due_at=at + ASK_HISTORY_AFTER)],
        )


async def _still_fresh(tx: Transaction, message: dict[str, Any]) -> bool:
    """Asked again when the hold for undo ends: did the customer or a colleague write meanwhile?

    What a colleague queued behind it does not count: they had seen it, and it goes out first.
    """
    if message["seen_seq"] is None or message["attempts"] > 0:
        return True
    author, conversation_id = message["author_id"], message["conversation_id"]
    before = message["message_id"]
    if not await store.news_since(tx, conversation_id, message["seen_seq"], author, ours_before=before):
        return True
    await store.mark(tx, message["message_id"], "failed", STALE)
    await jobs.done(tx, SEND, [message["message_id"]])
    _bubble_changed(tx, message["message_id"], conversation_id, message["channel_id"])
    c = await conversations.lock_one(tx, conversation_id)
    if c is not None:
        await conversations.record(tx, c, c)
    return False


async def _take(tx: Transaction, message: dict[str, Any], at: datetime, send_seconds: int) -> Sending:
    file = await store.file_of(tx, message["message_id"])
    seconds = max(FILE_SECONDS, send_seconds) if file else send_seconds
    lease, until = new_id(), at + timedelta(seconds=seconds * LEASE_LASTS)
    await store.lease(tx, message["conversation_id"], lease, until)
    await store.mark_sending(tx, message["message_id"], at)
    await jobs.again(tx, SEND, message["message_id"], until)
    _bubble_changed(tx, message["message_id"], message["conversation_id"], message["channel_id"])
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
        dispatched_at=at,
        storage_key=file["storage_key"] if file else None,
        outgoing=outgoing_of(message, file),
    )


def outgoing_of(message: dict[str, Any], file: dict[str, Any] | None) -> Outgoing:
    """What the channel is asked to send; the content of a file is put in when it leaves."""
    return Outgoing(
        to=message["address"],
        correlation=message["message_id"].hex,
        thread_key=message["thread_key"],
        text=message["text"],
        reply_to=message["reply_to"],
        last_customer_at=message["last_customer_at"],
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


def _bubble_changed(tx: Transaction, message_id: UUID, conversation_id: UUID, channel_id: UUID) -> None:
    tx.changed("message.state", message_id=message_id, conversation_id=conversation_id, channel_id=channel_id)


# -------------------------------------------------------------------------------------------------- send


async def _send(storage: Storage, clients: Clients, workspace_id: UUID, sending: Sending) -> Verdict:
    """One request. Everything that is not a clear answer may have arrived."""
    try:
        client = await clients.of(workspace_id, sending.connection_id)
        outgoing = await _with_content(storage, sending)
        async with asyncio.timeout(sending.seconds):
            accepted = await client.send(sending.account, outgoing)
    except Exception as error:
        verdict = verdict_of(error, sending.tries)
        if verdict.state == "unknown":
            log.warning(
                "it is unknown whether message %s arrived: %s", sending.message_id, type(error).__name__
            )
        return verdict
    return Verdict(state="sent", accepted=accepted)


async def _with_content(storage: Storage, sending: Sending) -> Outgoing:
    file = sending.outgoing.file
    if file is None or sending.storage_key is None:
        return sending.outgoing
    content = b"".join([piece async for piece in storage.read(sending.storage_key)])
    return replace(sending.outgoing, file=replace(file, content=content))


# ------------------------------------------------------------------------------------------------ settle


async def settle(tx: Transaction, sending: Sending, verdict: Verdict, at: datetime) -> None:
    """Write down what a try came to, and let the conversation's next message leave."""
    before = await conversations.lock_one(tx, sending.conversation_id)
    message = await store.details(tx, sending.message_id)
    pace = channel(sending.platform).capabilities.pace
    free_at = at + timedelta(seconds=1 / pace.per_conversation_second)
    await store.release(tx, sending.conversation_id, sending.lease, free_at)
    if before is not None and message is not None and message["state"] in ("sending", "unknown"):
        after = await _concluded(tx, sending, message, before, verdict, at)
        await conversations.record(tx, before, after)
    await _let_the_next_leave(tx, sending, free_at)


async def _let_the_next_leave(tx: Transaction, sending: Sending, free_at: datetime) -> None:
    """Who waited for the lease waited for its end: it ended sooner."""
    following = await store.next_out(tx, sending.conversation_id)
    if following is None or following[0] == sending.message_id:
        return
    message_id, _, hold_until = following
    await jobs.again(tx, SEND, message_id, max(hold_until or free_at, free_at))


async def _concluded(
    tx: Transaction,
    sending: Sending,
    message: dict[str, Any],
    before: Conversation,
    verdict: Verdict,
    at: datetime,
) -> Conversation:
    if verdict.accepted is not None:
        await jobs.done(tx, SEND, [sending.message_id])
        return await accept(tx, before, sending.message_id, verdict.accepted, at)
    if verdict.state == "unknown":
        await _doubtful(tx, sending.message_id, message, verdict.reason, at)
    else:
        await _put_back(tx, sending, verdict, at)
    return before


async def _put_back(tx: Transaction, sending: Sending, verdict: Verdict, at: datetime) -> None:
    """It certainly did not arrive: it waits for another try, or has failed with a reason."""
    await store.mark(tx, sending.message_id, verdict.state, verdict.reason)
    if verdict.again_after is None:
        await jobs.done(tx, SEND, [sending.message_id])
    else:
        due_at = at + verdict.again_after
        await jobs.schedule(
            tx, [Job(kind=SEND, subject=sending.message_id, lane=sending.lane, due_at=due_at)]
        )
        if verdict.pauses_channel:
            await store.pause_channel(tx, sending.channel_id, at + verdict.again_after)
    if verdict.channel_trouble is not None:
        await tell_trouble(tx, sending.channel_id, verdict.channel_trouble, at)
    _bubble_changed(tx, sending.message_id, sending.conversation_id, sending.channel_id)
