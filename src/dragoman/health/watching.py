"""Each connection is looked after from time to time: does its token live on, may it do enough, does the platform
deliver?

What can be mended without anybody is mended: a token is renewed, a delivery that the platform ended is begun anew.
Only what is left is an alarm.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms.model import What, about_channel
from dragoman.backfill.beginning import catch_up
from dragoman.channels.contract import Client
from dragoman.channels.errors import ChannelError, NeedsReconnect
from dragoman.channels.registry import channel as platform
from dragoman.connecting import store as connections
from dragoman.connecting.actions import PLATFORM_SECONDS, begun_anew, hook_address
from dragoman.connecting.store import Connection
from dragoman.connecting.trouble import tell_trouble
from dragoman.errors import OperatorError
from dragoman.health import store
from dragoman.health.model import is_too_often, times_resubscribed, urgency_of_token
from dragoman.health.renewing import renew_if_due
from dragoman.health.schedule import WATCH, WATCH_EVERY, first_watch
from dragoman.health.store import Watched
from dragoman.kit.clock import now
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)


async def keep_watching(services: Services, workspace_id: UUID) -> None:
    """Every connection is looked after, also one that is older than this."""
    async with services.database.transaction(workspace_id) as tx:
        missing = await store.unwatched(tx, WATCH)
        await jobs.schedule(tx, [first_watch(connection_id, now()) for connection_id in missing])


async def watch(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Comes again for as long as the connection has channels. One in trouble is looked at by ``check_channel``."""
    async with services.database.transaction(workspace_id) as tx:
        made = await connections.connection(tx, job.subject)
        channels = await store.watched(tx, job.subject)
    if made is None or not channels:
        return None
    living = [each for each in channels if each.state == "live"]
    if living:
        await _look_after(services, workspace_id, made, living)
    return WATCH_EVERY


async def _look_after(
    services: Services, workspace_id: UUID, made: Connection, channels: list[Watched]
) -> None:
    try:
        client = await services.clients.of(workspace_id, made.connection_id)
        async with asyncio.timeout(PLATFORM_SECONDS):
            await _token(services, workspace_id, made, client, channels[0])
        for each in channels:
            if made.delivery == "webhook":
                await _delivery(services, workspace_id, made, each)
    except NeedsReconnect as lost:
        await _tell(services, workspace_id, channels, lost.reason)
    except OperatorError as missing:
        await _tell(services, workspace_id, channels, str(missing))
    except (ChannelError, TimeoutError) as passing:
        log.info("the connection %s could not be looked after: %s", made.connection_id, passing)
        return
    async with services.database.transaction(workspace_id) as tx:
        await store.note_checked(tx, [each.channel_id for each in channels], now())


async def _tell(services: Services, workspace_id: UUID, channels: list[Watched], reason: str) -> None:
    async with services.database.transaction(workspace_id) as tx:
        for each in channels:
            await tell_trouble(tx, each.channel_id, reason, now())


async def _token(
    services: Services, workspace_id: UUID, made: Connection, client: Client, first: Watched
) -> None:
    """What is wrong with it is said of the connection's first channel."""
    rights = await client.rights()
    if rights.expires_at is not None:
        async with services.database.transaction(workspace_id) as tx:
            await store.note_token(tx, made.connection_id, rights.expires_at)
    await renew_if_due(services, workspace_id, made, client)
    at = now()
    async with services.database.transaction(workspace_id) as tx:
        token = await store.token(tx, made.connection_id)
        until = token.until if token else None
        urgency = urgency_of_token(until, at)
        if urgency:
            ends = about_channel(first.channel_id, What.TOKEN_ENDS, until=until, level=urgency)
            await raising.begin(tx, [ends], at)
        else:
            await raising.end(tx, What.TOKEN_ENDS, [first.channel_id], at)
        if rights.missing:
            reason = f"The token lacks {', '.join(rights.missing)}: make a new one that has it."
            lacks = about_channel(first.channel_id, What.RIGHTS_MISSING, reason=reason)
            await raising.begin(tx, [lacks], at)
        else:
            await raising.end(tx, What.RIGHTS_MISSING, [first.channel_id], at)


async def _delivery(services: Services, workspace_id: UUID, made: Connection, channel: Watched) -> None:
    """Raises a ChannelError where the platform cannot be asked, or does not deliver although it was asked to."""
    trouble = await resubscribed(services, workspace_id, made, channel)
    if trouble is not None:
        await _tell(services, workspace_id, [channel], trouble)


async def resubscribed(
    services: Services, workspace_id: UUID, made: Connection, channel: Watched
) -> str | None:
    """Begin the delivery anew where the platform has ended it. What is wrong then, in one sentence; None: nothing."""
    client = await services.clients.of(workspace_id, made.connection_id)
    address = hook_address(services, workspace_id, made)
    async with asyncio.timeout(PLATFORM_SECONDS):
        trouble = await client.hook_health(channel.account, address)
        if trouble is None:
            await _end_if_over(services, workspace_id, channel)
            return None
        if not platform(made.platform).manifest.ends_deliveries:
            return trouble
        if still := await begun_anew(client, channel.account, address):
            return still
    at = now()
    times = times_resubscribed(channel.resubscribed, channel.resubscribed_at, at)
    async with services.database.transaction(workspace_id) as tx:
        await store.note_resubscribed(tx, channel.channel_id, times, at)
        await catch_up(tx, channel.channel_id, at, at)
        if is_too_often(times):
            await raising.begin(tx, [about_channel(channel.channel_id, What.UNSUBSCRIBED)], at)
    log.info("the delivery to channel %s had ended and was begun anew", channel.channel_id)
    return None


async def _end_if_over(services: Services, workspace_id: UUID, channel: Watched) -> None:
    """A day without the platform's ending it."""
    at = now()
    if channel.resubscribed and times_resubscribed(channel.resubscribed, channel.resubscribed_at, at) == 1:
        async with services.database.transaction(workspace_id) as tx:
            await raising.end(tx, What.UNSUBSCRIBED, [channel.channel_id], at)
