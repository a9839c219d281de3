"""A message of ours leaves: claimed in one transaction, sent outside of any, its fate written in another.

    claim → make ready → request → settle

While it is on its way the message is ``sending`` and its conversation leased, so that the next one waits. Whoever
dies in between leaves the lease to expire: what was ``sending`` then may have arrived, and is never sent again
blindly. Until the request begins it certainly has not: what stops us there puts it back.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from psycopg import OperationalError

from dragoman.channels.capabilities import Transfer
from dragoman.channels.contract import Client, Outgoing
from dragoman.channels.errors import ChannelError, TryLater, Undeliverable
from dragoman.channels.registry import channel
from dragoman.connecting.trouble import tell_trouble
from dragoman.conversations import store as conversations
from dragoman.conversations.model import Conversation, Origin, unanswered_after_all
from dragoman.db.away import is_away
from dragoman.db.database import Database, Transaction
from dragoman.errors import OperatorError
from dragoman.files.showing import link_for_platform
from dragoman.kit.clock import now
from dragoman.outbound import pacing, store
from dragoman.outbound.acceptance import accept
from dragoman.outbound.claiming import bubble_changed, doubtful, keep_back
from dragoman.outbound.model import NOT_BEGUN, Sending, Verdict, verdict_of
from dragoman.outbound.store import SEND
from dragoman.services import Services
from dragoman.templates import looking
from dragoman.work import jobs
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

WRITTEN_DOWN_FOR = timedelta(
    minutes=10
)  # a database that is away must not make a clear answer a doubtful one


async def dispatch(services: Services, workspace_id: UUID, sending: Sending) -> None:
    """Send what was claimed, and write down what became of it. Cancelled before its request, it is put back."""
    try:
        client, outgoing = await _made_ready(services, workspace_id, sending)
    except asyncio.CancelledError:
        await _write_down(services.database, workspace_id, sending, NOT_BEGUN)
        raise
    except ChannelError as refused:
        await _write_down(services.database, workspace_id, sending, verdict_of(refused, sending.tries))
        return
    await _write_down(services.database, workspace_id, sending, await _requested(client, outgoing, sending))


async def _write_down(database: Database, workspace_id: UUID, sending: Sending, verdict: Verdict) -> None:
    until = now() + WRITTEN_DOWN_FOR
    while True:
        try:
            async with database.transaction(workspace_id) as tx:
                await settle(tx, sending, verdict, now())
            return
        except (
            OperationalError
        ) as refused:  # a deadlock or a lock's time-out too: the answer is worth another try
            if now() > until:
                raise
            log.warning(
                "what became of message %s cannot be written down yet: %s", sending.message_id, refused
            )
            await asyncio.sleep(1)


# -------------------------------------------------------------------------------------------------- send


async def _made_ready(services: Services, workspace_id: UUID, sending: Sending) -> tuple[Client, Outgoing]:
    """All that the request takes, at the moment when it may leave. Raises a ChannelError: nothing was sent."""
    try:
        client = await services.clients.of(workspace_id, sending.connection_id)
        outgoing = await _with_file(services, workspace_id, sending)
    except OperatorError as missing:
        raise Undeliverable(str(missing)) from missing
    except OSError as gone:
        log.warning("the file of message %s cannot be read: %s", sending.message_id, gone)
        raise Undeliverable("The file cannot be read any more: add it again.") from gone
    except ChannelError:
        raise
    except Exception as bug:
        if is_away(bug):
            raise TryLater("Our own database was away.") from bug
        log.exception("message %s could not be made ready", sending.message_id)
        raise Undeliverable("A fault of ours: it could not be made ready. Try again.") from bug
    await asyncio.sleep((sending.leaves_at - now()).total_seconds())
    return client, outgoing


async def _with_file(services: Services, workspace_id: UUID, sending: Sending) -> Outgoing:
    """The bytes, or a link by which the platform fetches them."""
    file = sending.outgoing.file
    if file is None or sending.storage_key is None or sending.attachment_id is None:
        return sending.outgoing
    if channel(sending.platform).capabilities.file_transfer is Transfer.LINK:
        link = link_for_platform(services, workspace_id, sending.attachment_id)
        return replace(sending.outgoing, file=replace(file, link=link))
    content = b"".join([piece async for piece in services.storage.read(sending.storage_key)])
    return replace(sending.outgoing, file=replace(file, content=content))


async def _requested(client: Client, outgoing: Outgoing, sending: Sending) -> Verdict:
    """One request. Everything that is not a clear answer may have arrived."""
    try:
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


# ------------------------------------------------------------------------------------------------ settle


async def settle(tx: Transaction, sending: Sending, verdict: Verdict, at: datetime) -> None:
    """Write down what a try came to, and let the conversation's next message leave."""
    before = await conversations.lock_one(tx, sending.conversation_id)
    message = await store.details(tx, sending.message_id)
    free_at = await _released(tx, sending, verdict, at)
    if before is not None and message is not None and message["state"] in ("sending", "unknown"):
        after = await _concluded(tx, sending, message, before, verdict, at)
        await conversations.record(tx, before, after)
    await _let_the_next_leave(tx, sending, free_at, at)


async def _released(tx: Transaction, sending: Sending, verdict: Verdict, at: datetime) -> datetime:
    """When the conversation's next request may leave."""
    if verdict is NOT_BEGUN:
        await pacing.release(tx, sending.conversation_id, sending.lease, at)
        return at
    pace = channel(sending.platform).capabilities.pace
    return await pacing.release_in_pace(tx, sending.conversation_id, sending.lease, pace, at) or at


async def _let_the_next_leave(tx: Transaction, sending: Sending, free_at: datetime, at: datetime) -> None:
    """Who waited for the lease waited for its end: it ended sooner."""
    following = await store.next_out(tx, sending.conversation_id)
    if following is None or following[0] == sending.message_id:
        return
    message_id, _, hold_until = following
    await jobs.again(tx, SEND, message_id, max(hold_until or free_at, free_at))
    await keep_back(tx, message_id, free_at, at)


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
        await doubtful(tx, sending.message_id, message, verdict.reason, at)
    else:
        await _put_back(tx, sending, verdict, at)
    is_answer = message["origin"] == Origin.MEMBER
    return unanswered_after_all(before) if is_answer and verdict.state != "queued" else before


async def _put_back(tx: Transaction, sending: Sending, verdict: Verdict, at: datetime) -> None:
    """It certainly did not arrive: it waits for another try, or has failed with a reason."""
    due_at = at + verdict.again_after if verdict.again_after is not None else None
    await store.mark(tx, sending.message_id, verdict.state, verdict.reason, due_at)
    if due_at is None:
        await jobs.done(tx, SEND, [sending.message_id])
        if sending.outgoing.template is not None:  # what we know of the templates may be old
            await jobs.schedule(tx, [looking.look_at(sending.connection_id, at)])
    else:
        await jobs.schedule(
            tx, [Job(kind=SEND, subject=sending.message_id, lane=sending.lane, due_at=due_at)]
        )
        if verdict.pauses_channel:
            await pacing.pause_channel(tx, sending.channel_id, due_at)
    if verdict.channel_trouble is not None:
        await tell_trouble(tx, sending.channel_id, verdict.channel_trouble, at)
    bubble_changed(tx, sending.message_id, sending.conversation_id, sending.channel_id)
