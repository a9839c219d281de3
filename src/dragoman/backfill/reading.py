"""Reading the past, one page at a time: asked for outside of any transaction, stored as envelopes with how far it has
come in one. What is in them goes the ordinary way, so that the ledger knows of it and nothing is there twice.

Live messages go first: while any of them waits, nothing more is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from dragoman.backfill import store
from dragoman.backfill.beginning import READ_PAST
from dragoman.backfill.model import Backfill, State, after_page, ended, held_up, span_of
from dragoman.backfill.store import Source
from dragoman.channels.contract import PastPage
from dragoman.channels.errors import ChannelError, NeedsReconnect, TryLater
from dragoman.channels.events import MessageEvent
from dragoman.channels.registry import channel
from dragoman.connecting.trouble import tell_trouble
from dragoman.db.away import is_away
from dragoman.db.database import Transaction
from dragoman.inbound import store as inbound
from dragoman.kit.clock import now
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

WHILE_BEHIND = timedelta(seconds=2)
WHILE_IN_TROUBLE = timedelta(seconds=30)
AFTER_REFUSALS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600)
)  # the last one again and again
BROKE = "Reading the past went wrong on our side: the log says how. It can be gone on with."


async def read_on(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Read the next page. Returns when to go on; None: it is over, or was stopped."""
    async with services.database.transaction(workspace_id) as tx:
        run = await store.lock(tx, job.subject)
        source = await store.source(tx, run.channel_id) if run else None
        if run is None or run.state != State.RUNNING:
            return None
        if source is None:
            await store.save(tx, ended(run, State.STOPPED, now()))
            return None
        if source.state == "attention":
            return await _hold_up(tx, run, source.trouble, WHILE_IN_TROUBLE)
        if await store.is_behind(tx):
            return WHILE_BEHIND
    try:
        page = await _asked(services, workspace_id, run, source)
        return await _keep(services, workspace_id, run, source, page)
    except TryLater as later:
        pause = max(later.retry_after or timedelta(0), _pause_after(job.attempts))
        return await _wait(services, workspace_id, run.backfill_id, later.reason, pause)
    except NeedsReconnect as refused:
        async with services.database.transaction(workspace_id) as tx:
            await tell_trouble(tx, run.channel_id, refused.reason, now())
        return await _wait(services, workspace_id, run.backfill_id, refused.reason, WHILE_IN_TROUBLE)
    except ChannelError as refused:
        log.info("the past of channel %s cannot be read: %s", run.channel_id, refused)
        await _fail(services, workspace_id, run.backfill_id, refused.reason)
    except Exception as bug:
        if is_away(bug):
            raise
        log.exception("the past of channel %s could not be read", run.channel_id)
        await _fail(services, workspace_id, run.backfill_id, BROKE)
    return None


async def _wait(
    services: Services, workspace_id: UUID, backfill_id: UUID, reason: str, pause: timedelta
) -> timedelta | None:
    async with services.database.transaction(workspace_id) as tx:
        run = await store.lock(tx, backfill_id)
        return await _hold_up(tx, run, reason, pause) if run and run.state == State.RUNNING else None


async def _hold_up(tx: Transaction, run: Backfill, reason: str | None, pause: timedelta) -> timedelta | None:
    """Until it can go on, or has waited for too long."""
    after = held_up(run, reason, now())
    if after != run:
        await store.save(tx, after)
    return pause if after.state == State.RUNNING else None


async def _asked(services: Services, workspace_id: UUID, run: Backfill, source: Source) -> PastPage:
    client = await services.clients.of(workspace_id, source.connection_id)
    return await client.read_past(source.account, span_of(run, source.connected_at), run.cursor)


def _pause_after(attempts: int) -> timedelta:
    return AFTER_REFUSALS[min(attempts, len(AFTER_REFUSALS) - 1)]


async def _fail(services: Services, workspace_id: UUID, backfill_id: UUID, reason: str) -> None:
    async with services.database.transaction(workspace_id) as tx:
        run = await store.lock(tx, backfill_id)
        if run is not None and run.state == State.RUNNING:
            await store.save(tx, ended(run, State.FAILED, now(), reason))


async def _keep(
    services: Services, workspace_id: UUID, asked: Backfill, source: Source, page: PastPage
) -> timedelta | None:
    """The bodies and how far that brings us, in one transaction. A page that was asked for before somebody stopped or
    widened the run is thrown away: it is read again."""
    async with services.database.transaction(workspace_id) as tx:
        run = await store.lock(tx, asked.backfill_id)
        if run is None or run.state != State.RUNNING:
            return None
        if (run.cursor, run.pass_began_at) != (asked.cursor, asked.pass_began_at):
            return timedelta(0)
        found = await _count_new(tx, run.channel_id, source, page.bodies)
        await inbound.add_envelopes(tx, source.connection_id, page.bodies, now())
        run = after_page(run, page, found, now())
        await store.save(tx, run)
        await jobs.went_well(tx, READ_PAST, run.backfill_id)
        if page.bodies:
            tx.wake_worker("envelopes")
    past = channel(source.platform).capabilities.past
    return past.pause if past is not None and run.state == State.RUNNING else None


async def _count_new(tx: Transaction, channel_id: UUID, source: Source, bodies: Sequence[bytes]) -> int:
    """How many messages in these bodies have not arrived in any other way."""
    parse = channel(source.platform).parse
    events = [event for body in bodies for event in parse(body, source.account)]
    keys = {event.natural_key for event in events if isinstance(event, MessageEvent)}
    return len(keys) - len(await inbound.firsts(tx, [(channel_id, key) for key in keys]))
