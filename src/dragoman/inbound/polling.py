"""Long polling, where no platform can reach us: what was read is stored before the next offset asks for more."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from dragoman.channels.contract import Polled
from dragoman.channels.errors import ChannelError, NeedsReconnect
from dragoman.connecting import store as connecting
from dragoman.connecting.actions import POLL
from dragoman.connecting.trouble import is_well
from dragoman.inbound import store
from dragoman.kit.clock import now
from dragoman.services import Services
from dragoman.work import jobs

log = logging.getLogger(__name__)

POLL_SECONDS = 25  # how long the platform may hold a question open
AFTER_ERROR = timedelta(seconds=5)
AFTER_REFUSAL = timedelta(minutes=5)


async def poll(services: Services, workspace_id: UUID, connection_id: UUID) -> timedelta | None:
    """Ask once and store what came. Returns when to ask again; None: this connection is gone."""
    async with services.database.transaction(workspace_id) as tx:
        made = await connecting.connection(tx, connection_id)
        if made is None:
            return None
        account = await connecting.first_account(tx, connection_id)
        client = await services.clients.within(tx, connection_id)
    try:
        async with asyncio.timeout(POLL_SECONDS + 20):
            polled = await client.poll(account, made.poll_cursor, POLL_SECONDS)
    except NeedsReconnect as refused:
        await _say_trouble(services, workspace_id, connection_id, refused.reason)
        return AFTER_REFUSAL
    except (ChannelError, TimeoutError) as failed:
        log.info("asking for news failed, again in a moment: %s", failed)
        retry_after = failed.retry_after if isinstance(failed, ChannelError) else None
        return retry_after or AFTER_ERROR
    await _store(services, workspace_id, connection_id, polled)
    return timedelta(0)


async def _store(services: Services, workspace_id: UUID, connection_id: UUID, polled: Polled) -> None:
    """The bodies and the offset that confirms them, in one transaction."""
    async with services.database.transaction(workspace_id) as tx:
        await store.add_envelopes(tx, connection_id, polled.bodies, now())
        await connecting.set_poll_cursor(tx, connection_id, polled.cursor)
        await jobs.went_well(tx, POLL, connection_id)
        for channel_id in await connecting.troubled_channels(tx, connection_id):
            await is_well(tx, channel_id, now())  # the token works: whatever was wrong is over
        if polled.bodies:
            tx.wake_worker("envelopes")


async def _say_trouble(services: Services, workspace_id: UUID, connection_id: UUID, trouble: str) -> None:
    async with services.database.transaction(workspace_id) as tx:
        for channel_id, _ in await connecting.channels_of(tx, connection_id):
            await connecting.set_state(tx, channel_id, "attention", trouble)
