"""Views are saved, changed and removed. One transaction each, recorded in the change log."""

from __future__ import annotations

from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused, not_found
from dragoman.kit.ids import new_id
from dragoman.views import store
from dragoman.views.model import Filter, SavedView, checked_view_name, may_change, refuse_too_many


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a member wants a saved view to be."""

    name: str
    shared: bool
    base: str
    filter: Filter
    place: int


async def create(database: Database, by: Membership, wanted: Wanted) -> UUID:
    """Raises Refused: no name, or too many."""
    view = _view(new_id(), by.member_id, wanted)
    async with database.transaction(by.workspace_id) as tx:
        refuse_too_many(await store.how_many(tx, view.owner_id), shared=wanted.shared)
        await store.save(tx, view, now())
        _changed(tx, view.id)
    return view.id


async def change(database: Database, by: Membership, view_id: UUID, wanted: Wanted) -> None:
    """Raises Refused: not theirs to change, no name, or too many."""
    async with database.transaction(by.workspace_id) as tx:
        before = await _changeable(tx, by, view_id)
        after = _view(view_id, before.made_by, wanted)
        if after.owner_id != before.owner_id:
            refuse_too_many(await store.how_many(tx, after.owner_id), shared=wanted.shared)
        await store.save(tx, after, now())
        _changed(tx, view_id)


async def remove(database: Database, by: Membership, view_id: UUID) -> None:
    """Raises Refused: not theirs to remove."""
    async with database.transaction(by.workspace_id) as tx:
        await _changeable(tx, by, view_id)
        await store.remove(tx, view_id)
        _changed(tx, view_id)


async def _changeable(tx: Transaction, by: Membership, view_id: UUID) -> SavedView:
    found = await store.one(tx, by.member_id, view_id)
    if found is None:
        raise not_found("There is no such view.")
    if not may_change(found, by):
        raise Refused("forbidden", "Your role does not allow this.", 403)
    return found


def _view(view_id: UUID, made_by: UUID, wanted: Wanted) -> SavedView:
    """A personal one belongs to whoever made it."""
    return SavedView(
        id=view_id,
        name=checked_view_name(wanted.name),
        owner_id=None if wanted.shared else made_by,
        made_by=made_by,
        base=wanted.base,
        filter=wanted.filter,
        place=wanted.place,
    )


def _changed(tx: Transaction, view_id: UUID) -> None:
    tx.changed("saved_view", fields={"view_id": str(view_id)})
