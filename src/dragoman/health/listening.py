"""What is heard and sent over each channel is counted every few minutes, and told where it is not as it usually is;
whether all rules can be read is looked at as well."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms.model import What, about_channel
from dragoman.backfill.store import is_behind
from dragoman.db.database import Transaction
from dragoman.health import store
from dragoman.health.model import WITHIN, why_sends_fail
from dragoman.health.rhythm import HOUR, LEARNED_FROM, is_unusual, learned
from dragoman.health.schedule import LISTEN, LISTEN_EVERY, first_listen
from dragoman.kit.clock import now
from dragoman.rules.alarming import look_at_rules
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job

COUNTED_AT_ONCE = timedelta(weeks=1)
LATE = timedelta(minutes=15)  # after the time before: it was we who did not listen


async def keep_listening(services: Services, workspace_id: UUID) -> None:
    """Each workspace is listened to, also one that is older than this."""
    async with services.database.transaction(workspace_id) as tx:
        if await jobs.due_at(tx, LISTEN, workspace_id) is None:
            await jobs.schedule(tx, [first_listen(workspace_id, now())])


async def listen(services: Services, workspace_id: UUID, _: Job) -> timedelta | None:
    """Comes again for ever."""
    at = now()
    await _count(services, workspace_id, at)
    async with services.database.transaction(workspace_id) as tx:  # its row is what others lock last
        before = await store.note_listened(tx, at)
    async with services.database.transaction(workspace_id) as tx:
        if at - (before or at) <= LATE and not await is_behind(tx):
            for channel_id, heard_at in (await store.channels_heard(tx)).items():
                await _silence(tx, channel_id, heard_at, at)
        for channel_id in await store.channels_that_failed(tx, at - WITHIN):
            await _sends(tx, channel_id, at)
        await look_at_rules(tx, at)
    return LISTEN_EVERY


async def _count(services: Services, workspace_id: UUID, at: datetime) -> None:
    """From the newest hour counted on, which may not have been over; at first, from as far back as is learned from."""
    async with services.database.transaction(workspace_id) as tx:
        counted = await store.counted_up_to(tx)
        await store.forget_hours(tx, at - LEARNED_FROM - HOUR)
    hour = at.replace(minute=0, second=0, microsecond=0)
    start = max(counted or hour - LEARNED_FROM, hour - LEARNED_FROM)
    while start <= at:
        end = min(start + COUNTED_AT_ONCE, hour + HOUR)
        async with services.database.transaction(workspace_id) as tx:
            await store.count_heard(tx, start, end)
        start = end


async def _silence(tx: Transaction, channel_id: UUID, heard_at: datetime, at: datetime) -> None:
    heard = await store.heard(tx, channel_id)
    rhythm = learned(heard, at)
    if rhythm is not None and is_unusual(rhythm, heard, heard_at, at):
        await raising.begin(tx, [about_channel(channel_id, What.SILENT, since=heard_at)], at)
    else:
        await raising.end(tx, What.SILENT, [channel_id], at)


async def _sends(tx: Transaction, channel_id: UUID, at: datetime) -> None:
    reason = why_sends_fail(await store.last_sends(tx, channel_id, at - WITHIN))
    if reason is not None:
        await raising.begin(tx, [about_channel(channel_id, What.SENDS_FAIL, reason=reason)], at)
    else:
        await raising.end(tx, What.SENDS_FAIL, [channel_id], at)
