"""Rules are made, changed, put in order, switched on and off, and removed. One transaction each, recorded in the
change log; whoever may read them hears that there is another set of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec

from dragoman.access.model import Membership, Right
from dragoman.alarms import raising
from dragoman.alarms.model import What
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.kit.ids import new_id
from dragoman.kit.text import clean
from dragoman.rules import runs, store
from dragoman.rules.by_time import keep_running
from dragoman.rules.checking import checked
from dragoman.rules.model import MOST_RULES, TIMED, UNREADABLE, KeptRule, Rule


async def create(database: Database, by: Membership, rules: Sequence[Rule]) -> list[UUID]:
    """After those that there are, all of these or none. Raises Refused: what is wrong, by its place."""
    async with changing(database, by) as tx:
        known = await store.known(tx)
        if len(await store.rules(tx)) + len(rules) > MOST_RULES:
            raise Refused("conflict", f"A workspace has {MOST_RULES} rules at most: remove one first.", 409)
        made = []
        for rule in rules:
            made.append(new_id())
            await store.add(tx, made[-1], checked(_storable(rule), known), by.member_id, now())
    return made


async def change(database: Database, by: Membership, rule_id: UUID, version: int, rule: Rule) -> None:
    """Raises Refused: what is wrong, or that somebody changed it meanwhile."""
    async with changing(database, by) as tx:
        before = await _there(tx, rule_id)
        if before.version != version:
            raise Refused("conflict", "Somebody changed this rule meanwhile: look at it again.", 409)
        await _replace(tx, by, before, checked(_storable(rule), await store.known(tx)))


async def switch(database: Database, by: Membership, rule_id: UUID, *, enabled: bool) -> None:
    """On or off. One that had parked itself is at work again when it is switched on."""
    async with changing(database, by) as tx:
        before = await _there(tx, rule_id)
        if not before.is_readable:
            raise Refused("conflict", UNREADABLE, 409)
        if before.rule.enabled != enabled or before.parked_at is not None:
            await _replace(tx, by, before, msgspec.structs.replace(before.rule, enabled=enabled))


async def restore(database: Database, by: Membership, rule_id: UUID, version: int) -> None:
    """As it was then, as a new version. Raises Refused where what it named is gone."""
    async with changing(database, by) as tx:
        before = await _there(tx, rule_id)
        found = next((each for each in await store.versions(tx, rule_id) if each.version == version), None)
        if found is None:
            raise not_found("There is no such version any more.")
        await _replace(tx, by, before, checked(found.rule, await store.known(tx)))


async def put_in_order(database: Database, by: Membership, rule_ids: Sequence[UUID]) -> None:
    """All of them, each once. Raises Refused where somebody made or removed one meanwhile."""
    async with changing(database, by) as tx:
        there = [each.rule_id for each in await store.rules(tx)]
        if sorted(there) != sorted(rule_ids):
            raise Refused("conflict", "Somebody changed the rules meanwhile: look at them again.", 409)
        await store.put_in_order(tx, rule_ids)


async def remove(database: Database, by: Membership, rule_id: UUID) -> None:
    async with changing(database, by) as tx:
        before = await _there(tx, rule_id)
        await store.remove(tx, rule_id, now())
        await _seen_to(tx, before)


@asynccontextmanager
async def changing(database: Database, by: Membership) -> AsyncIterator[Transaction]:
    """One at a time, and everybody hears of it."""
    by.needs(Right.MANAGE_RULES)
    async with database.transaction(by.workspace_id) as tx:
        version = await store.lock_set(tx)
        yield tx
        await keep_running(tx, await store.rules(tx))
        tx.changed("rules", member_id=by.member_id, fields={"version": version})


async def _there(tx: Transaction, rule_id: UUID) -> KeptRule:
    found = await store.one(tx, rule_id)
    if found is None:
        raise not_found("There is no such rule any more.")
    return found


async def _replace(tx: Transaction, by: Membership, before: KeptRule, rule: Rule) -> None:
    await store.change(tx, before.rule_id, before.version + 1, rule, by.member_id, now())
    await _seen_to(tx, before)
    if rule.trigger in TIMED:
        await runs.forget_that_nothing_was_done(tx, before.rule_id)


async def _seen_to(tx: Transaction, before: KeptRule) -> None:
    if before.parked_at is not None or not before.is_readable:
        await raising.end(tx, What.RULE_PARKED, [before.rule_id], now())


def _storable(rule: Rule) -> Rule:
    """Without what no database can carry."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(rule)), Rule)


def _cleaned(part: object) -> object:
    match part:
        case str():
            return clean(part)
        case list():
            return [_cleaned(each) for each in part]
        case dict():
            return {name: _cleaned(each) for name, each in part.items()}
    return part
