"""SQL about webhooks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from dragoman.access.sealing import WEBHOOK_SECRETS, Sealer
from dragoman.db.database import Transaction
from dragoman.webhooks.model import Endpoint


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """``secrets``: where it is and what signs for it, sealed."""

    webhook_id: UUID
    name: str
    secrets: bytes
    secrets_key: str
    made_at: datetime


class CallingRule(msgspec.Struct, frozen=True):
    webhook_id: UUID
    rule_id: UUID
    name: str


COLUMNS: LiteralString = "select webhook_id, name, secrets, secrets_key, made_at from webhooks"


async def webhooks(tx: Transaction) -> list[Webhook]:
    """All, by their names; there are no more than a few."""
    return await tx.all(
        Webhook,
        COLUMNS + " where workspace_id = %(workspace)s order by lower(name), webhook_id",
        {"workspace": tx.workspace_id},
    )


ONE: LiteralString = COLUMNS + " where workspace_id = %(workspace)s and webhook_id = %(webhook)s"


async def one(tx: Transaction, webhook_id: UUID) -> Webhook | None:
    return await tx.one(Webhook, ONE, {"workspace": tx.workspace_id, "webhook": webhook_id})


async def lock(tx: Transaction, webhook_id: UUID) -> Webhook | None:
    """Calls may be written meanwhile; nobody else takes any of them in hand, or changes the webhook."""
    return await tx.one(
        Webhook, ONE + " for no key update", {"workspace": tx.workspace_id, "webhook": webhook_id}
    )


async def names(tx: Transaction, webhook_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of those that there are."""
    rows = await tx.rows(
        "select webhook_id, name from webhooks"
        " where workspace_id = %(workspace)s and webhook_id = any(%(webhooks)s)",
        {"workspace": tx.workspace_id, "webhooks": list(webhook_ids)},
    )
    return {row[0]: row[1] for row in rows}


async def how_many(tx: Transaction) -> int:
    found: int = await tx.value(
        "select count(*) from webhooks where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return found


async def keep(
    tx: Transaction, sealer: Sealer, webhook_id: UUID, name: str, endpoint: Endpoint, at: datetime
) -> None:
    """A new one, or the same with another name, address or secret."""
    assert tx.workspace_id is not None
    sealed, key_id = sealer.seal(
        msgspec.json.encode(endpoint), workspace=tx.workspace_id, column=WEBHOOK_SECRETS
    )
    await tx.execute(
        """
        insert into webhooks (workspace_id, webhook_id, name, secrets, secrets_key, made_at)
        values (%(workspace)s, %(webhook)s, %(name)s, %(sealed)s, %(key)s, %(at)s)
        on conflict (workspace_id, webhook_id) do update
            set name = excluded.name, secrets = excluded.secrets, secrets_key = excluded.secrets_key""",
        {
            "workspace": tx.workspace_id,
            "webhook": webhook_id,
            "name": name,
            "sealed": sealed,
            "key": key_id,
            "at": at,
        },
    )


def opened(sealer: Sealer, workspace_id: UUID, webhook: Webhook) -> Endpoint:
    """Raises CannotOpen."""
    content = sealer.open(
        webhook.secrets, webhook.secrets_key, workspace=workspace_id, column=WEBHOOK_SECRETS
    )
    return msgspec.json.decode(content, type=Endpoint)


async def remove(tx: Transaction, webhook_id: UUID) -> None:
    """With all its calls."""
    await tx.execute(
        "delete from webhooks where workspace_id = %(workspace)s and webhook_id = %(webhook)s",
        {"workspace": tx.workspace_id, "webhook": webhook_id},
    )


async def calling_rules(tx: Transaction) -> list[CallingRule]:
    """Which rules call which webhooks, those too that are switched off; in the rules' order."""
    return await tx.all(
        CallingRule,
        """
        select distinct on (r.place, r.rule_id, called.id) called.id::uuid as webhook_id, r.rule_id,
               r.content ->> 'name' as name
        from rules r
        cross join lateral jsonb_array_elements(r.content -> 'actions') as a(action)
        cross join lateral jsonb_array_elements_text(a.action -> 'value') as called(id)
        where r.workspace_id = %(workspace)s and r.removed_at is null and a.action ->> 'do' = 'call'
        order by r.place, r.rule_id, called.id""",
        {"workspace": tx.workspace_id},
    )
