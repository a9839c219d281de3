"""Rules call webhooks: what is to be said outside is written down with everything else that the rule does, and leaves
when that has been committed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from dragoman.alarms import raising
from dragoman.db.database import Transaction
from dragoman.kit.ids import new_id
from dragoman.rules.due import Deed, What, ids_in
from dragoman.webhooks import call_store
from dragoman.webhooks import store as webhooks
from dragoman.webhooks.model import Call, given_up


async def call(tx: Transaction, deeds: Sequence[Deed], at: datetime) -> list[tuple[Deed, What]]:
    """Those that will call somebody, and whom. A turn that grew is told once, and of what it says by then."""
    if not deeds:
        return []
    names = await webhooks.names(tx, {each for deed in deeds for each in ids_in(deed.action)})
    full = await call_store.full(tx, names)
    if full:
        await raising.begin(tx, [given_up(each, names[each]) for each in full], at)
    calls = {deed.key: _calls_of(deed, names, at) for deed in deeds}
    written = await call_store.add(tx, [each for some in calls.values() for each in some], full, at)
    return [
        (deed, _what(called, names))
        for deed in deeds
        if (called := [each.webhook_id for each in calls[deed.key] if each.key in written])
    ]


def _calls_of(deed: Deed, there: Collection[UUID], at: datetime) -> list[Call]:
    return [
        Call(
            call_id=new_id(),
            webhook_id=webhook_id,
            key=f"{deed.key} {webhook_id}",
            made_at=at,
            trigger=deed.act.trigger.value,
            rule_id=deed.act.rule_id,
            conversation_id=deed.turn.conversation_id,
            turn_id=deed.turn.turn_id,
        )
        for webhook_id in dict.fromkeys(ids_in(deed.action))
        if webhook_id in there
    ]


def _what(called: Sequence[UUID], names: Mapping[UUID, str]) -> What:
    """With the names, as a webhook may be removed before anybody reads this."""
    return {"webhooks": [str(each) for each in called], "names": [names[each] for each in called]}
