"""A message that may have arrived is looked for in the platform's history before anybody sends it again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from dragoman.channels.contract import Accepted
from dragoman.channels.errors import ChannelError
from dragoman.conversations import store as conversations
from dragoman.conversations import timeline
from dragoman.conversations.model import Origin
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.outbound import store
from dragoman.outbound.acceptance import accept
from dragoman.outbound.claiming import outgoing_of
from dragoman.outbound.model import is_not_there, seconds_allowed
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job

NOT_THERE = "the platform's history does not hold it: it did not arrive"
ASK_AGAIN = timedelta(seconds=30)
LOOKS = "looks"  # in the job's payload: how many looks found nothing


async def ask(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Look for it. Found: it was sent. Still not found a minute and a half after the longest that its request
    may have taken: it failed, and may be tried again."""
    async with services.database.transaction(workspace_id) as tx:
        message = await store.details(tx, job.subject)
        file = await store.file_of(tx, job.subject)
        others = await store.other_sends(tx, job.subject)
    if message is None or message["state"] != "unknown":
        return None
    client = await services.clients.of(workspace_id, message["connection_id"])
    try:
        found = await client.find_sent(
            message["account"], outgoing_of(message, file), message["dispatched_at"], others
        )
    except ChannelError:
        return ASK_AGAIN if job.attempts < 10 else None
    if found is None:
        allowed = seconds_allowed(services.settings.send_seconds, has_file=file is not None)
        looks = int(job.payload.get(LOOKS, 0)) + 1
        if not is_not_there(looks, message["dispatched_at"] + timedelta(seconds=allowed), now()):
            await _remember(services, workspace_id, job, looks)
            return ASK_AGAIN
    await _conclude(services, workspace_id, job.subject, message["conversation_id"], found)
    return None


async def _remember(services: Services, workspace_id: UUID, job: Job, looks: int) -> None:
    async with services.database.transaction(workspace_id) as tx:
        await jobs.schedule(tx, [replace(job, due_at=now() + ASK_AGAIN, payload={LOOKS: looks})])


async def _conclude(
    services: Services, workspace_id: UUID, message_id: UUID, conversation_id: UUID, found: Accepted | None
) -> None:
    async with services.database.transaction(workspace_id) as tx:
        before = await conversations.lock_one(tx, conversation_id)
        message = await store.details(tx, message_id)
        if before is None or message is None or message["state"] != "unknown":
            return
        after = before
        if found is not None and not await _is_another(tx, before.channel_id, message_id, found):
            after = await accept(tx, before, message_id, found, now())
        else:
            await store.mark(tx, message_id, "failed", NOT_THERE)
            tx.changed(
                "message.state",
                message_id=message_id,
                conversation_id=conversation_id,
                channel_id=before.channel_id,
            )
        await conversations.record(tx, before, after)


async def _is_another(tx: Transaction, channel_id: UUID, message_id: UUID, found: Accepted) -> bool:
    """A history without our correlation may show an earlier message of ours that says the same."""
    key = channel_id, found.external_id
    known = (await timeline.known(tx, [key])).get(key)
    return known is not None and known.origin is Origin.MEMBER and known.message_id != message_id
