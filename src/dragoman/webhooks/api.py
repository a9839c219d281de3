"""Routes of webhooks, for who may manage rules. Every member sees their names among what rules are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from dragoman.access.http import Member, SharedServices
from dragoman.access.model import Membership, Right
from dragoman.access.sealing import CannotOpen
from dragoman.kit.clock import now
from dragoman.live.message_shapes import Wording, worded
from dragoman.rules.model import Trigger
from dragoman.services import Services
from dragoman.webhooks import actions, call_store, store
from dragoman.webhooks.call_store import Listed
from dragoman.webhooks.model import MOST_WEBHOOKS, NAME_MAX, CallState
from dragoman.webhooks.store import CallingRule, Webhook

router = APIRouter(prefix="/api/w/{workspace_id}/webhooks", tags=["rules"])

PAGE = 50
MAX_PAGE = 100


class WebhookContent(BaseModel):
    name: Annotated[str, Field(max_length=1000)]
    address: Annotated[str, Field(max_length=10_000)]


class WebhookSecret(BaseModel):
    """Told once, and kept sealed from then on."""

    secret: str


class WebhookMade(WebhookSecret):
    id: UUID


class WebhookCall(BaseModel):
    """One call. ``trigger`` null: it was a test. ``next_at``: when it is tried next. ``conversation_id`` null: a
    test, or one that the asking member may not see. ``status``: what the last attempt was answered."""

    id: UUID
    at: datetime
    trigger: Trigger | None
    rule_id: UUID | None
    rule_name: str | None
    conversation_id: UUID | None
    contact_name: str | None
    state: CallState
    attempts: int
    tried_at: datetime | None
    next_at: datetime | None
    status: int | None
    trouble: str | None
    trouble_wording: Wording | None


class WebhookCalls(BaseModel):
    items: list[WebhookCall]
    next_cursor: UUID | None


class RuleThatCalls(BaseModel):
    id: UUID
    name: str


class WebhookShown(BaseModel):
    """``address`` null: it cannot be opened with the keys that there are. ``old_secret_until``: until then the secret
    before signs as well."""

    id: UUID
    name: str
    address: str | None
    made_at: datetime
    old_secret_until: datetime | None
    rules: list[RuleThatCalls]
    waiting: int
    last: WebhookCall | None


class Webhooks(BaseModel):
    """All, by their names; not paged, since there are no more than ``most``."""

    items: list[WebhookShown]
    most: int
    name_max: int


class WebhookTried(BaseModel):
    """What a test came to; ``trouble`` null: it was delivered."""

    status: int | None
    trouble: str | None
    trouble_wording: Wording | None


@router.get("")
async def webhooks(by: Member, services: SharedServices) -> Webhooks:
    by.needs(Right.MANAGE_RULES)
    async with services.database.reading(by.workspace_id) as tx:
        found, calling = await store.webhooks(tx), await store.calling_rules(tx)
        waiting = await call_store.waiting(tx)
        last = await call_store.last_calls(tx, [each.webhook_id for each in found])
    return Webhooks(
        items=[
            _shown(services, by, each, calling, waiting.get(each.webhook_id, 0), last.get(each.webhook_id))
            for each in found
        ],
        most=MOST_WEBHOOKS,
        name_max=NAME_MAX,
    )


@router.post("", status_code=201)
async def create(by: Member, services: SharedServices, wanted: WebhookContent) -> WebhookMade:
    webhook_id, secret = await actions.create(services, by, wanted.name, wanted.address)
    return WebhookMade(id=webhook_id, secret=secret)


@router.post("/{webhook_id}", status_code=204)
async def change(by: Member, services: SharedServices, webhook_id: UUID, wanted: WebhookContent) -> None:
    await actions.change(services, by, webhook_id, wanted.name, wanted.address)


@router.post("/{webhook_id}/secret", status_code=201)
async def renew_secret(by: Member, services: SharedServices, webhook_id: UUID) -> WebhookSecret:
    """Another one; the one before signs beside it for a day."""
    return WebhookSecret(secret=await actions.renew_secret(services, by, webhook_id))


@router.post("/{webhook_id}/test")
async def test(by: Member, services: SharedServices, webhook_id: UUID) -> WebhookTried:
    """Call it now, once."""
    came_to = await actions.test(services, by, webhook_id)
    return WebhookTried(
        status=came_to.status, trouble=came_to.trouble, trouble_wording=worded(came_to.trouble)
    )


@router.post("/{webhook_id}/remove", status_code=204)
async def remove(by: Member, services: SharedServices, webhook_id: UUID) -> None:
    """409 where rules call it."""
    await actions.remove(services, by, webhook_id)


@router.get("/{webhook_id}/calls")
async def calls(
    by: Member,
    services: SharedServices,
    webhook_id: UUID,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = PAGE,
) -> WebhookCalls:
    """Of the last 30 days, the newest first; ``cursor`` is the last call that one has."""
    by.needs(Right.MANAGE_RULES)
    async with services.database.reading(by.workspace_id) as tx:
        found = await call_store.calls(tx, webhook_id, by.channels, cursor, limit + 1)
    items = [_call_shown(each) for each in found[:limit]]
    return WebhookCalls(items=items, next_cursor=items[-1].id if len(found) > limit else None)


@router.post("/{webhook_id}/calls/{call_id}/again", status_code=204)
async def send_again(by: Member, services: SharedServices, webhook_id: UUID, call_id: UUID) -> None:
    """Under the same id, whatever became of it; 409 where it is on its way."""
    await actions.send_again(services, by, webhook_id, call_id)


def _shown(
    services: Services,
    by: Membership,
    webhook: Webhook,
    calling: list[CallingRule],
    waiting: int,
    last: Listed | None,
) -> WebhookShown:
    try:
        endpoint = store.opened(services.sealer, by.workspace_id, webhook)
    except CannotOpen:
        endpoint = None
    old_until = endpoint.old_until if endpoint and len(endpoint.signing_at(now())) > 1 else None
    return WebhookShown(
        id=webhook.webhook_id,
        name=webhook.name,
        address=endpoint.address if endpoint else None,
        made_at=webhook.made_at,
        old_secret_until=old_until,
        rules=[
            RuleThatCalls(id=each.rule_id, name=each.name)
            for each in calling
            if each.webhook_id == webhook.webhook_id
        ],
        waiting=waiting,
        last=_call_shown(last) if last else None,
    )


def _call_shown(call: Listed) -> WebhookCall:
    return WebhookCall(**msgspec.structs.asdict(call), trouble_wording=worded(call.trouble))
