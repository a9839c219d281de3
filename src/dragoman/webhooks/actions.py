"""Webhooks are made, changed, given another secret, tried and removed; their calls are sent again."""

from __future__ import annotations

from uuid import UUID

import msgspec

from dragoman.access.model import Membership, Right
from dragoman.access.sealing import CannotOpen
from dragoman.alarms import raising
from dragoman.alarms.model import What
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.kit.ids import new_id
from dragoman.rules.actions import changing
from dragoman.services import Services
from dragoman.webhooks import call_store, store
from dragoman.webhooks.call_store import CALL_WEBHOOK
from dragoman.webhooks.calling import attempted
from dragoman.webhooks.model import (
    MOST_WEBHOOKS,
    OLD_SECRET_KEPT,
    Attempt,
    Call,
    Endpoint,
    checked,
    named,
)
from dragoman.webhooks.signing import new_secret
from dragoman.webhooks.store import Webhook
from dragoman.work import jobs


async def create(services: Services, by: Membership, name: str, address: str) -> tuple[UUID, str]:
    """Its id, and the secret that signs, which is told once. Raises Refused: what is wrong, or too many."""
    name, address = checked(name, address, services.settings.allow_hosts)
    endpoint = Endpoint(address, new_secret())
    webhook_id = new_id()
    async with changing(services.database, by) as tx:
        if await store.how_many(tx) >= MOST_WEBHOOKS:
            raise Refused(
                "conflict", f"A workspace has {MOST_WEBHOOKS} webhooks at most: remove one first.", 409
            )
        await store.keep(tx, services.sealer, webhook_id, name, endpoint, now())
    return webhook_id, endpoint.secret


async def change(services: Services, by: Membership, webhook_id: UUID, name: str, address: str) -> None:
    """Its secret stays. Raises Refused: what is wrong."""
    name, address = checked(name, address, services.settings.allow_hosts)
    async with changing(services.database, by) as tx:
        webhook = await _there(tx, webhook_id)
        endpoint = msgspec.structs.replace(_opened(services, by, webhook), address=address)
        await store.keep(tx, services.sealer, webhook_id, name, endpoint, now())
        await raising.end(tx, What.WEBHOOK_FAILED, [webhook_id], now())


async def renew_secret(services: Services, by: Membership, webhook_id: UUID) -> str:
    """The new one, told once. The one before signs beside it for a day, so that no receiver misses anything."""
    async with changing(services.database, by) as tx:
        webhook, at = await _there(tx, webhook_id), now()
        before = _opened(services, by, webhook)
        endpoint = Endpoint(before.address, new_secret(), before.secret, at + OLD_SECRET_KEPT)
        await store.keep(tx, services.sealer, webhook_id, webhook.name, endpoint, at)
    return endpoint.secret


async def remove(services: Services, by: Membership, webhook_id: UUID) -> None:
    """With its calls. Raises Refused where rules call it, and says which."""
    async with changing(services.database, by) as tx:
        await _there(tx, webhook_id)
        calling = [each.name for each in await store.calling_rules(tx) if each.webhook_id == webhook_id]
        if calling:
            raise Refused("conflict", f"Rules call this webhook: {named(calling)}. Change them first.", 409)
        await store.remove(tx, webhook_id)
        await jobs.done(tx, CALL_WEBHOOK, [webhook_id])
        await raising.end(tx, What.WEBHOOK_FAILED, [webhook_id], now())


async def test(services: Services, by: Membership, webhook_id: UUID) -> Attempt:
    """Call it now, once, with a word that it is a test; what came of it stands among its calls."""
    by.needs(Right.MANAGE_RULES)
    async with services.database.reading(by.workspace_id) as tx:
        webhook = await store.one(tx, webhook_id)
    if webhook is None:
        raise not_found("There is no such webhook any more.")
    call_id, at = new_id(), now()
    call = Call(call_id=call_id, webhook_id=webhook_id, key=f"test {call_id}", made_at=at)
    attempt = await attempted(services, by.workspace_id, _opened(services, by, webhook), call)
    async with services.database.transaction(by.workspace_id) as tx:
        await _there(tx, webhook_id)
        await call_store.add_tried(tx, call, attempt, at)
    return attempt


async def send_again(services: Services, by: Membership, webhook_id: UUID, call_id: UUID) -> None:
    """Under the same id. Raises Refused where it is on its way."""
    by.needs(Right.MANAGE_RULES)
    async with services.database.transaction(by.workspace_id) as tx:
        await _there(tx, webhook_id)
        at = now()
        if not await call_store.send_again(tx, webhook_id, call_id, at):
            raise Refused("conflict", "This call cannot be sent again: it is on its way, or is gone.", 409)
        await call_store.schedule(tx, [webhook_id], at)


async def _there(tx: Transaction, webhook_id: UUID) -> Webhook:
    """Held."""
    found = await store.lock(tx, webhook_id)
    if found is None:
        raise not_found("There is no such webhook any more.")
    return found


def _opened(services: Services, by: Membership, webhook: Webhook) -> Endpoint:
    try:
        return store.opened(services.sealer, by.workspace_id, webhook)
    except CannotOpen:
        raise Refused(
            "conflict", "The webhook's address cannot be opened with the keys that there are.", 409
        ) from None
