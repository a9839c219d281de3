"""Small questions to platforms that follow from what came in, or from what went wrong."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from dragoman.channels.errors import ChannelError
from dragoman.connecting import actions, store
from dragoman.connecting.trouble import wait_after
from dragoman.services import Services
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)


async def acknowledge(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Tell the customer's app that a pressed button was heard."""
    async with services.database.transaction(workspace_id) as tx:
        found = await store.channel(tx, UUID(job.payload["channel"]))
    if found is not None:
        client = await services.clients.of(workspace_id, found["connection_id"])
        await client.acknowledge(found["account"], job.payload["token"])
    return None


async def mark_seen(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Show the customer that we have read. A mark that the platform refuses is not worth a second try."""
    async with services.database.transaction(workspace_id) as tx:
        way = await store.way_to(tx, job.subject)
    if way is None:
        return None
    connection_id, account, address, newest = way
    try:
        client = await services.clients.of(workspace_id, connection_id)
        await client.mark_seen(account, address, newest)
    except ChannelError as refused:
        log.info("conversation %s could not be marked as seen: %s", job.subject, refused)
    return None


async def check_channel(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Ask how a channel in trouble stands: soon at first, then every hour, until it is well or gone."""
    async with services.database.transaction(workspace_id) as tx:
        found = await store.channel(tx, job.subject)
    if found is None or found["state"] != "attention":
        return None
    trouble = await actions.check(services, workspace_id, job.subject)
    return wait_after(job.attempts + 1) if trouble else None
