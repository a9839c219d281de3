"""Service levels are made, changed, put in order and removed. One transaction each; whoever may read them hears of it,
and everybody's clock is reckoned anew."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from dragoman.access.model import Membership, Right
from dragoman.db.database import Database, Transaction
from dragoman.kit.errors import Refused, not_found
from dragoman.kit.ids import new_id
from dragoman.service import store
from dragoman.service.model import MOST_LEVELS, ServiceLevel, checked
from dragoman.service.reckoning import reckon_later


async def create(database: Database, by: Membership, level: ServiceLevel) -> UUID:
    """After those that there are. Raises Refused."""
    level, level_id = checked(level), new_id()
    async with _changing(database, by) as tx:
        if len(await store.levels(tx)) >= MOST_LEVELS:
            raise Refused(
                "conflict", f"A workspace has {MOST_LEVELS} service levels at most: remove one first.", 409
            )
        await store.put(tx, level_id, level)
    return level_id


async def change(database: Database, by: Membership, level_id: UUID, level: ServiceLevel) -> None:
    """It keeps its place. Raises Refused."""
    level = checked(level)
    async with _changing(database, by) as tx:
        await _there(tx, level_id)
        await store.put(tx, level_id, level)


async def remove(database: Database, by: Membership, level_id: UUID) -> None:
    """Whoever it held for has what the next that fits says."""
    async with _changing(database, by) as tx:
        await _there(tx, level_id)
        await store.remove(tx, level_id)


async def put_in_order(database: Database, by: Membership, ids: Sequence[UUID]) -> None:
    """Raises Refused unless these are all that there are."""
    async with _changing(database, by) as tx:
        there = {kept.level_id for kept in await store.levels(tx)}
        if there != set(ids) or len(ids) != len(there):
            raise Refused("conflict", "There are other service levels by now: look at them again.", 409)
        await store.put_in_order(tx, ids)


@asynccontextmanager
async def _changing(database: Database, by: Membership) -> AsyncIterator[Transaction]:
    by.needs(Right.MANAGE_RULES)
    async with database.transaction(by.workspace_id) as tx:
        await store.lock(tx)
        yield tx
        tx.changed("service_levels")
        await reckon_later(tx)


async def _there(tx: Transaction, level_id: UUID) -> None:
    if all(kept.level_id != level_id for kept in await store.levels(tx)):
        raise not_found("There is no such service level.")
