"""Labels are made, changed, put on conversations and taken off. One transaction each, recorded in the change log."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from psycopg.errors import UniqueViolation

from dragoman.access.model import Membership, Right
from dragoman.conversations.access import visible
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, invalid, not_found
from dragoman.kit.ids import new_id
from dragoman.kit.text import folded
from dragoman.labels import store
from dragoman.labels.model import MOST_LABELS, Colour, carried, checked_label_name, labelled
from dragoman.service import clocks
from dragoman.service.reckoning import reckon_later_if_any


async def create(database: Database, by: Membership, name: str, colour: Colour) -> UUID:
    """Every member may: it takes nothing from anybody. Raises Refused: no name, a taken one, or too many."""
    name, label_id = checked_label_name(name), new_id()
    async with database.transaction(by.workspace_id) as tx:
        if await store.how_many(tx) >= MOST_LABELS:
            raise Refused("conflict", f"A workspace has {MOST_LABELS} labels at most: remove one first.", 409)
        try:
            await store.add(tx, label_id, name, folded(name), colour, now())
        except UniqueViolation:
            raise _taken() from None
        _changed(tx, label_id)
    return label_id


async def change(database: Database, by: Membership, label_id: UUID, name: str, colour: Colour) -> None:
    """Another name or colour, on every conversation that carries it. Raises Refused."""
    by.needs(Right.MANAGE_LABELS)
    name = checked_label_name(name)
    async with database.transaction(by.workspace_id) as tx:
        try:
            if not await store.change(tx, label_id, name, folded(name), colour):
                raise _unknown()
        except UniqueViolation:
            raise _taken() from None
        _changed(tx, label_id)


async def remove(database: Database, by: Membership, label_id: UUID) -> None:
    """It goes from every conversation. Raises Refused."""
    by.needs(Right.MANAGE_LABELS)
    async with database.transaction(by.workspace_id) as tx:
        if not await store.remove(tx, label_id):
            raise _unknown()
        _changed(tx, label_id)
        await reckon_later_if_any(tx)


async def label(
    database: Database,
    by: Membership,
    conversation_id: UUID,
    put: Collection[UUID],
    take_off: Collection[UUID],
) -> None:
    """Doing it twice is doing it once. Raises Refused: not theirs to see, no such label, or too many."""
    async with database.transaction(by.workspace_id) as tx:
        c = await visible(tx, by, conversation_id)
        before = await store.on(tx, conversation_id)
        after = labelled(before, put, take_off)
        if after == before:
            return
        await store.take_off(tx, carried(c, before - after))
        if not await store.put(tx, carried(c, after - before)):
            raise _unknown()
        tx.changed("conversation", conversation_id=conversation_id, channel_id=c.channel_id)
        await clocks.reckon(tx, [conversation_id], now())


def _changed(tx: Transaction, label_id: UUID) -> None:
    tx.changed("label", fields={"label_id": str(label_id)})


def _taken() -> Refused:
    return invalid(name="There is a label of this name already.")


def _unknown() -> Refused:
    return not_found("There is no such label.")
