"""Each connection is looked after from time to time: does its token live on, may it do enough, does the platform
deliver?

What can be mended without anybody is mended: a token is renewed, a delivery that the platform ended is begun anew.
Only what is left is an alarm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms.model import Cause, What, about_channel
from dragoman.backfill.beginning import catch_up, fetch_missed
from dragoman.channels.contract import Client
from dragoman.channels.errors import ChannelError, NeedsReconnect
from dragoman.connecting import store as connections
from dragoman.connecting.actions import PLATFORM_SECONDS, begun_anew, hook_address, may_be_begun_anew
from dragoman.connecting.store import Connection
from dragoman.connecting.trouble import tell_trouble
from dragoman.db.database import Transaction
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

LONG_UNWATCHED = 2 * WATCH_EVERY


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
    if any(each.state == "live" for each in channels):
        await _look_after(services, workspace_id, made, channels)
    return WATCH_EVERY


async def _look_after(
    services: Services, workspace_id: UUID, made: Connection, channels: list[Watched]
) -> None:
    """The token is all the channels', a delivery each channel's own."""
    living = sorted((each for each in channels if each.state == "live"), key=lambda each: each.channel_id)
    try:
        client = await services.clients.of(workspace_id, made.connection_id)
        async with asyncio.timeout(PLATFORM_SECONDS):
            await _token(services, workspace_id, made, client, channels)
    except (NeedsReconnect, OperatorError) as lost:
        return await _tell(services, workspace_id, living, str(lost))
    except (ChannelError, TimeoutError) as passing:
        log.info("the token of connection %s could not be looked at: %s", made.connection_id, passing)
        if made.delivery != "webhook":
            return None
    for each in living:
        if made.delivery == "webhook":
            await _delivery(services, workspace_id, made, each)
        else:
            await _note_checked(services, workspace_id, each)
    return None


async def _tell(services: Services, workspace_id: UUID, channels: list[Watched], reason: str) -> None:
    async with services.database.transaction(workspace_id) as tx:
        for each in channels:
            await tell_trouble(tx, each.channel_id, reason, now())
        await store.note_checked(tx, [each.channel_id for each in channels], now())


async def _note_checked(services: Services, workspace_id: UUID, channel: Watched) -> None:
    async with services.database.transaction(workspace_id) as tx:
        await store.note_checked(tx, [channel.channel_id], now())


async def _token(
    services: Services, workspace_id: UUID, made: Connection, client: Client, channels: list[Watched]
) -> None:
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
        ends = partial(about_channel, what=What.TOKEN_ENDS, until=until, level=urgency)
        await _say_of_the_first(tx, channels, What.TOKEN_ENDS, ends if urgency else None, at)
        if rights.missing is not None:
            reason = f"The token lacks {', '.join(rights.missing)}: make a new one that has it."
            lacks = partial(about_channel, what=What.RIGHTS_MISSING, reason=reason)
            await _say_of_the_first(tx, channels, What.RIGHTS_MISSING, lacks if rights.missing else None, at)


async def _say_of_the_first(
    tx: Transaction, channels: list[Watched], what: What, cause: Callable[[UUID], Cause] | None, at: datetime
) -> None:
    """What is wrong with a token is said of one channel, and always of the same. None: nothing is."""
    ids = [each.channel_id for each in channels]
    if cause is not None:
        await raising.begin(tx, [cause(ids.pop(0))], at)
    await raising.end(tx, what, ids, at)


async def _delivery(services: Services, workspace_id: UUID, made: Connection, channel: Watched) -> None:
    try:
        trouble = await resubscribed(services, workspace_id, made, channel)
    except (NeedsReconnect, OperatorError) as lost:
        trouble = str(lost)
    except (ChannelError, TimeoutError) as passing:
        log.info("the delivery to channel %s could not be looked at: %s", channel.channel_id, passing)
        return
    if trouble is not None:
        await _tell(services, workspace_id, [channel], trouble)
    else:
        await _note_checked(services, workspace_id, channel)


async def resubscribed(
    services: Services, workspace_id: UUID, made: Connection, channel: Watched
) -> str | None:
    """Begin the delivery anew where the platform has ended it. What is wrong then, in one sentence; None: nothing.
    Raises a ChannelError where the platform cannot be asked."""
    client = await services.clients.of(workspace_id, made.connection_id)
    address = hook_address(services, workspace_id, made)
    at = now()  # before it delivers again: what comes in from then on is no end of what has passed us by
    async with asyncio.timeout(PLATFORM_SECONDS):
        trouble = await client.hook_health(channel.account, address)
        if trouble is None:
            await _delivers(services, workspace_id, channel, at)
            return None
        if not may_be_begun_anew(made.platform, trouble):
            return trouble
        if still := await begun_anew(client, channel.account, address):
            return still
    times = times_resubscribed(channel.resubscribed, channel.resubscribed_at, at)
    async with services.database.transaction(workspace_id) as tx:
        await store.note_resubscribed(tx, channel.channel_id, times, at)
        await catch_up(tx, channel.channel_id, min(at, channel.sure_at or at), at)
        if is_too_often(times):
            await raising.begin(tx, [about_channel(channel.channel_id, What.UNSUBSCRIBED)], at)
    log.info("the delivery to channel %s had ended and was begun anew", channel.channel_id)
    return None


async def _delivers(services: Services, workspace_id: UUID, channel: Watched, at: datetime) -> None:
    """If nobody has looked for long, we were down, and what the platform gave up meanwhile is fetched."""
    async with services.database.transaction(workspace_id) as tx:
        if channel.checked_at is not None and at - channel.checked_at > LONG_UNWATCHED:
            await fetch_missed(tx, channel.channel_id, channel.checked_at, at)
        if (
            channel.resubscribed
            and times_resubscribed(channel.resubscribed, channel.resubscribed_at, at) == 1
        ):
            await raising.end(
                tx, What.UNSUBSCRIBED, [channel.channel_id], at
            )  # a day without the platform's ending it
