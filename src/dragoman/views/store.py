"""SQL about saved views."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Json

from dragoman.db.database import Transaction
from dragoman.views.model import Filter, SavedView

Row = dict[str, Any]


async def views(tx: Transaction, member_id: UUID | None, ids: Collection[UUID] | None = None) -> list[Row]:
    """As a browser gets them: shared ones and this member's own (None: everybody's), in their order."""
    found = await _found(tx, member_id, ids)
    return [
        {
            "id": view.id,
            "name": view.name,
            "owner_id": view.owner_id,
            "made_by": view.made_by,
            "base": view.base,
            "filter": msgspec.structs.asdict(view.filter),
            "place": view.place,
        }
        for view in found
    ]


async def one(tx: Transaction, member_id: UUID, view_id: UUID) -> SavedView | None:
    """None: there is none, or it is another member's own."""
    return next(iter(await _found(tx, member_id, [view_id])), None)


async def _found(tx: Transaction, member_id: UUID | None, ids: Collection[UUID] | None) -> list[SavedView]:
    found = await tx.rows(
        """
        select view_id, name, owner_id, made_by, base, filter, place from saved_views
        where workspace_id = %(workspace)s and (%(all)s or view_id = any(%(ids)s))
          and (%(everybody)s or owner_id is null or owner_id = %(member)s)
        order by place, view_id""",
        {
            "workspace": tx.workspace_id,
            "all": ids is None,
            "ids": list(ids or ()),
            "everybody": member_id is None,
            "member": member_id,
        },
    )
    return [
        SavedView(
            id=row[0],
            name=row[1],
            owner_id=row[2],
            made_by=row[3],
            base=row[4],
            filter=msgspec.convert(row[5], Filter),
            place=row[6],
        )
        for row in found
    ]


async def how_many(tx: Transaction, owner_id: UUID | None) -> int:
    """Of one member, or (None) of those that the workspace shares."""
    found: int = await tx.value(
        """
        select count(*) from saved_views
        where workspace_id = %(workspace)s and owner_id is not distinct from %(owner)s""",
        {"workspace": tx.workspace_id, "owner": owner_id},
    )
    return found


async def save(tx: Transaction, view: SavedView, at: datetime) -> None:
    """A new one, or what has become of one that there is."""
    await tx.execute(
        """
        insert into saved_views (workspace_id, view_id, name, owner_id, made_by, base, filter, place, created_at)
        values (%(workspace)s, %(id)s, %(name)s, %(owner_id)s, %(made_by)s, %(base)s, %(filter)s, %(place)s, %(at)s)
        on conflict (workspace_id, view_id) do update
            set name = excluded.name, owner_id = excluded.owner_id, base = excluded.base, filter = excluded.filter,
                place = excluded.place""",
        {
            "workspace": tx.workspace_id,
            **msgspec.structs.asdict(view),
            "filter": Json(view.filter),
            "at": at,
        },
    )


async def remove(tx: Transaction, view_id: UUID) -> None:
    await tx.execute(
        "delete from saved_views where workspace_id = %(workspace)s and view_id = %(view)s",
        {"workspace": tx.workspace_id, "view": view_id},
    )
