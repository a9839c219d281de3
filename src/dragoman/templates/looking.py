"""What templates a platform has for a channel is asked when it becomes live, when the platform tells of a change, when
somebody presses the button, and every day. Asked is outside of any transaction; what came is written in one."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dragoman.channels.contract import Client, Template
from dragoman.channels.errors import ChannelError, TryLater
from dragoman.channels.registry import CHANNELS, channel
from dragoman.connecting import store as connecting
from dragoman.errors import OperatorError
from dragoman.kit.clock import now
from dragoman.services import Services
from dragoman.templates import store
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

log = logging.getLogger(__name__)

TEMPLATES = "templates"
EVERY = timedelta(days=1)
AGAIN_AFTER = timedelta(minutes=15)  # where the platform could not answer just now
PAGE_SECONDS = 45
MOST_PAGES = 100
NOT_IN_TIME = "The platform did not answer in time."


def look_at(connection_id: UUID, at: datetime) -> Job:
    """Comes again every day, for as long as there is the connection."""
    return Job(kind=TEMPLATES, subject=connection_id, lane=lane_of(connection_id, TEMPLATES), due_at=at)


def has_templates(platform: str) -> bool:
    return channel(platform).capabilities.templates is not None


async def look_by_ourselves(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """All channels of a connection."""
    async with services.database.transaction(workspace_id) as tx:
        made = await connecting.connection(tx, job.subject)
        channels = await connecting.channels_of(tx, job.subject)
    if made is None or not has_templates(made.platform):
        return None
    again = EVERY
    for channel_id, account in channels:
        try:
            await _look(services, workspace_id, channel_id, job.subject, account)
        except TryLater as refused:
            log.info("the templates of channel %s could not be listed: %s", channel_id, refused)
            again = AGAIN_AFTER
        except ChannelError as refused:
            log.info("the templates of channel %s are not shown to us: %s", channel_id, refused)
    return again


async def look(services: Services, workspace_id: UUID, found: dict[str, Any]) -> str | None:
    """One channel, now. A sentence that says why they could not be listed, or None."""
    try:
        await _look(services, workspace_id, found["channel_id"], found["connection_id"], found["account"])
    except ChannelError as refused:
        return refused.reason
    return None


async def keep_looking(services: Services, workspace_id: UUID) -> None:
    """Every channel that has templates is looked at, also one that was connected before there were any here."""
    platforms = [name for name in CHANNELS if has_templates(name)]
    async with services.database.transaction(workspace_id) as tx:
        missing = await store.without_a_look(tx, platforms, TEMPLATES)
        await jobs.schedule(tx, [look_at(connection_id, now()) for connection_id in missing])


async def _look(
    services: Services, workspace_id: UUID, channel_id: UUID, connection_id: UUID, account: str
) -> None:
    """Raises ChannelError; the reason is kept then, and so is what was known."""
    asked_at = now()
    try:
        found = await _listed(await services.clients.of(workspace_id, connection_id), account)
    except OperatorError as missing:
        raise TryLater(str(missing)) from missing
    except ChannelError as refused:
        async with services.database.transaction(workspace_id) as tx:
            await store.note_look(tx, channel_id, asked_at, refused.reason)
        raise
    async with services.database.transaction(workspace_id) as tx:
        if await store.lock_for_look(tx, channel_id, asked_at):
            await store.replace_all(tx, channel_id, found)
            await store.note_look(tx, channel_id, asked_at, None)


async def _listed(client: Client, account: str) -> list[Template]:
    found: dict[tuple[str, str], Template] = {}
    after: str | None = None
    for _ in range(MOST_PAGES):
        try:
            async with asyncio.timeout(PAGE_SECONDS):
                page = await client.templates(account, after)
        except TimeoutError:
            raise TryLater(NOT_IN_TIME) from None
        found |= {(each.name, each.language): each for each in page.templates}
        after = page.after
        if after is None:
            break
    return list(found.values())
