"""Checks of what is connected: each webhook address from outside, and each channel as its platform sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from dragoman.channels.registry import CHANNELS
from dragoman.connecting import actions
from dragoman.doctor import store
from dragoman.doctor.model import Finding, fail, ok
from dragoman.doctor.outside import a_stranger, asked, delivery_verdict
from dragoman.doctor.store import Channel, Hook
from dragoman.errors import OperatorError
from dragoman.kit.errors import Refused
from dragoman.services import Services

AT_ONCE = 8


async def channel_findings(services: Services, workspaces: Sequence[UUID]) -> AsyncIterator[Finding]:
    for workspace_id in workspaces:
        async with services.database.transaction(workspace_id) as tx:
            hooks, channels = await store.hooks(tx), await store.channels(tx)
        at_once = asyncio.Semaphore(AT_ONCE)
        deliveries = [_delivery(services, workspace_id, hook, at_once) for hook in hooks]
        platforms = [_channel(services, workspace_id, each, at_once) for each in channels]
        for finding in await asyncio.gather(*deliveries, *platforms):
            yield finding


async def _delivery(
    services: Services, workspace_id: UUID, hook: Hook, at_once: asyncio.Semaphore
) -> Finding:
    address = actions.hook_address(services, workspace_id, hook.connection)
    async with at_once, a_stranger() as http:
        answer = await asked(http, "POST", address)
    platform = hook.connection.platform
    return delivery_verdict(answer, platform, _titled(hook.names, platform))


async def _channel(
    services: Services, workspace_id: UUID, channel: Channel, at_once: asyncio.Semaphore
) -> Finding:
    """The same question as the browser's Check, with the platform's answer kept with the channel."""
    check, name = f"channel.{channel.platform}", _titled(channel.name, channel.platform)
    try:
        async with at_once:
            trouble = await actions.check(services, workspace_id, channel.channel_id)
    except OperatorError as wrong:
        trouble = str(wrong)
    except Refused as refused:
        trouble = refused.message
    return fail(check, f"{name}: {trouble}") if trouble else ok(check, f"{name} is well.")


def _titled(names: str, platform: str) -> str:
    return f"{names} ({CHANNELS[platform].manifest.title})"
