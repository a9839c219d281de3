"""Webhooks are called: claimed in one transaction, asked outside of any, and what it came to written in another.

Whoever dies in between leaves a call whose time comes again: it is delivered at least once, under the same id.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

import msgspec

from dragoman.access.sealing import CannotOpen
from dragoman.alarms import raising
from dragoman.alarms.model import What
from dragoman.db.away import is_away
from dragoman.db.database import Transaction
from dragoman.files.failures import FetchFailed, Unreachable
from dragoman.files.fetch import is_passing
from dragoman.kit.clock import now
from dragoman.services import Services
from dragoman.webhooks import call_store, store
from dragoman.webhooks.call_store import InHand
from dragoman.webhooks.content import content_of
from dragoman.webhooks.model import (
    CALL_SECONDS,
    MOST_ATTEMPTS,
    Attempt,
    Call,
    CallState,
    Endpoint,
    fate_of,
    given_up,
)
from dragoman.webhooks.signing import signed
from dragoman.webhooks.store import Webhook
from dragoman.work.jobs import Job

log = logging.getLogger(__name__)

OUR_FAULT = "A fault of ours: the log says which."
SEALED = "The webhook's address cannot be opened with the keys that there are."
NO_ROOM = timedelta(seconds=1)  # until somebody has answered


async def call_webhook(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Those of its calls that are due. Returns when the next one is; None: none waits."""
    async with services.database.transaction(workspace_id) as tx:
        webhook = await store.lock(tx, job.subject)
        if webhook is None:
            return None
        taken = await call_store.take(tx, webhook.webhook_id, now())
    await asyncio.gather(*(_call(services, workspace_id, webhook, each) for each in taken))
    async with services.database.transaction(workspace_id) as tx:
        next_at = await call_store.next_at(tx, webhook.webhook_id)
    return None if next_at is None else max(timedelta() if taken else NO_ROOM, next_at - now())


async def _call(services: Services, workspace_id: UUID, webhook: Webhook, call: InHand) -> None:
    try:
        if call.attempts > MOST_ATTEMPTS:
            attempt = Attempt(trouble=OUR_FAULT)  # whoever tried never came to write down how it went
        else:
            endpoint = store.opened(services.sealer, workspace_id, webhook)
            attempt = await attempted(services, workspace_id, endpoint, call)
    except CannotOpen:
        attempt = Attempt(trouble=SEALED, is_passing=True)  # the key may be put back
    except Exception as bug:
        if is_away(bug):
            return  # its time comes again
        log.exception("the call %s of a webhook failed", call.call_id)
        attempt = Attempt(trouble=OUR_FAULT, is_passing=True)
    async with services.database.transaction(workspace_id) as tx:
        await _settle(tx, webhook, call, attempt)


async def attempted(services: Services, workspace_id: UUID, endpoint: Endpoint, call: Call) -> Attempt:
    """One request. No redirect is followed, and nothing but the head of the answer is read."""
    async with services.database.reading(workspace_id) as tx:
        content = await content_of(tx, call, services.settings.own_url)
    body, at = msgspec.json.encode(content), now()
    headers = signed(str(call.call_id), at, body, endpoint.signing_at(at))
    try:
        taken = await services.fetcher.post(
            endpoint.address, headers=headers, body=body, timeout_seconds=CALL_SECONDS
        )
    except FetchFailed as failed:
        return Attempt(trouble=failed.reason, is_passing=isinstance(failed, Unreachable))
    if 200 <= taken.status < 300:
        return Attempt(status=taken.status)
    return Attempt(
        status=taken.status,
        trouble=f"It answered {taken.status}.",
        is_passing=is_passing(taken.status),
        wait=taken.asks_to_wait(at),
    )


async def _settle(tx: Transaction, webhook: Webhook, call: InHand, attempt: Attempt) -> None:
    at = now()
    fate = fate_of(attempt, call.attempts, at)
    if not await call_store.settle(tx, call, attempt, fate):
        return
    if fate.state is CallState.GIVEN_UP:
        await raising.begin(tx, [given_up(webhook.webhook_id, webhook.name)], at)
    elif fate.state is CallState.DELIVERED and not await call_store.is_any_given_up(tx, webhook.webhook_id):
        await raising.end(tx, What.WEBHOOK_FAILED, [webhook.webhook_id], at)
