"""Lists of a workspace: the views, the timeline, members, channels, counts. Every list is paged, by keyset."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.access.model import RIGHTS, Membership, Right, Role
from dragoman.channels.registry import channel
from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid
from dragoman.live import rows
from dragoman.live.rows import Row
from dragoman.sentences import wording_of

PAGE = 50
MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class View:
    """Which conversations, in which order. The cursor is the last row's key."""

    condition: LiteralString
    key: LiteralString
    descending: bool


VIEWS: dict[str, View] = {
    "waiting": View("c.status = 'open' and c.waiting_for = 'us'", "c.waiting_since", False),
    "all": View("c.status <> 'unopened'", "c.last_message_at", True),
    "snoozed": View("c.snoozed_until is not null and c.waiting_for <> 'us'", "c.snoozed_until", False),
    "snoozed_waiting": View("c.status = 'snoozed' and c.waiting_since is not null", "c.waiting_since", False),
    "closed": View("c.status = 'closed'", "c.closed_at", True),
}


async def page(tx: Transaction, by: Membership, view: str, cursor: str | None, limit: int) -> Row:
    """One page of a view, with this member's own marks: ``{items, next_cursor}``."""
    chosen = VIEWS[view]
    found = await tx.rows(
        _of_channels(chosen),
        {
            "workspace": tx.workspace_id,
            "everything": by.channels is None,
            "channels": list(by.channels or ()),
            "limit": limit + 1,
            **_after(cursor, chosen),
        },
    )
    ids = [row[0] for row in found[:limit]]
    by_id = await rows.conversations(tx, ids)
    items = await with_marks(tx, by, [by_id[i] for i in ids])
    return {"items": items, "next_cursor": _cursor(*found[limit - 1]) if len(found) > limit else None}


def _of_channels(view: View) -> LiteralString:
    """Merged from as many rows of each channel as the page has: one that is quiet beside busy ones is found as fast
    as if it stood alone."""
    return (
        "select c.conversation_id, c.key from channels v, lateral ("
        "select c.conversation_id, " + view.key + " as key from conversations c "
        "where c.workspace_id = %(workspace)s and c.channel_id = v.channel_id and "
        + _next_in(view)
        + ") as c "
        "where v.workspace_id = %(workspace)s and (%(everything)s or v.channel_id = any(%(channels)s)) "
        "order by c.key " + _direction(view) + ", c.conversation_id " + _direction(view) + " limit %(limit)s"
    )


def _next_in(view: View) -> LiteralString:
    compare: LiteralString = "<" if view.descending else ">"
    direction = _direction(view)
    return (
        view.condition + " and (" + view.key + ", c.conversation_id) " + compare + " (%(key)s, %(id)s) "
        "order by " + view.key + " " + direction + ", c.conversation_id " + direction + " limit %(limit)s"
    )


def _direction(view: View) -> LiteralString:
    return "desc" if view.descending else "asc"


def _after(cursor: str | None, view: View) -> dict[str, Any]:
    if cursor is not None:
        key, row_id = _read_cursor(cursor)
        return {"key": key, "id": row_id}
    # Before the first and after the last possible key: one statement serves every page.
    first, last = (
        datetime.fromisoformat("0001-01-02T00:00:00+00:00"),
        datetime.fromisoformat("9999-12-30T00:00:00+00:00"),
    )
    edge = UUID(int=(1 << 128) - 1) if view.descending else UUID(int=0)
    return {"key": last if view.descending else first, "id": edge}


def _cursor(row_id: UUID, key: datetime) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([key, row_id])).decode()


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[datetime, UUID])
    except ValueError as wrong:
        raise invalid(cursor="This is not a cursor that we gave out.") from wrong


async def with_marks(tx: Transaction, by: Membership, items: list[Row]) -> list[Row]:
    """Add how far this member has read each of them."""
    found = await tx.rows(
        """
        select conversation_id, read_up_to from reads
        where workspace_id = %(workspace)s and member_id = %(member)s and conversation_id = any(%(ids)s)""",
        {"workspace": tx.workspace_id, "member": by.member_id, "ids": [item["id"] for item in items]},
    )
    marks = {row[0]: row[1] for row in found}
    return [{**item, "read_up_to": marks.get(item["id"])} for item in items]


async def one(tx: Transaction, by: Membership, conversation_id: UUID) -> Row | None:
    """A conversation with this member's mark; None where it is not theirs to see."""
    found = (await rows.conversations(tx, [conversation_id])).get(conversation_id)
    if found is None or not by.sees(found["channel_id"]):
        return None
    return (await with_marks(tx, by, [found]))[0]


async def members(tx: Transaction, ids: Collection[UUID] | None = None) -> list[Row]:
    """Those of the workspace, also those who left: their messages carry their names."""
    found = await tx.rows(
        """
        select member_id, name, email, role, left_at is not null from members
        where workspace_id = %(workspace)s and (%(all)s or member_id = any(%(ids)s)) order by name, member_id""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    return [_member(*row) for row in found]


def _member(member_id: UUID, name: str, email: str, role: str, has_left: bool) -> Row:
    rights = frozenset[Right]() if has_left else RIGHTS[Role(role)]
    return {
        "id": member_id,
        "name": name,
        "email": email,
        "role": role,
        "rights": sorted(rights),
        "has_left": has_left,
    }


async def channels(tx: Transaction, by: Membership | None, ids: Collection[UUID] | None = None) -> list[Row]:
    """Connected channels that this member may see (None: all)."""
    found = await tx.rows(
        """
        select h.channel_id, h.platform, h.name, h.handle, h.state, h.trouble, n.simulated
        from channels h
        join connections n on n.workspace_id = h.workspace_id and n.connection_id = h.connection_id
        where h.workspace_id = %(workspace)s and h.state <> 'removed' and (%(all)s or h.channel_id = any(%(ids)s))
        order by h.created_at, h.channel_id""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    return [
        {
            "id": row[0],
            "platform": row[1],
            "name": row[2],
            "handle": row[3],
            "state": row[4],
            "trouble": row[5],
            "trouble_wording": wording_of(row[5]),
            "simulated": row[6],
            "capabilities": msgspec.to_builtins(channel(row[1]).capabilities),
        }
        for row in found
        if by is None or by.sees(row[0])
    ]


COUNTED = ("waiting", "open", "closed", "snoozed", "snoozed_waiting")


async def counts(tx: Transaction, visible: frozenset[UUID] | None) -> Row:
    """How many conversations stand in each view, over the channels that may be seen."""
    found = await tx.rows(
        """
        select name, sum(value)::bigint from counters
        where workspace_id = %(workspace)s and (%(everything)s or channel_id = any(%(channels)s)) group by name""",
        {"workspace": tx.workspace_id, "everything": visible is None, "channels": list(visible or ())},
    )
    counted = {row[0]: row[1] for row in found}
    return {name: counted.get(name, 0) for name in COUNTED}


async def seq(tx: Transaction) -> int:
    """The number that everything read in this (repeatable) transaction belongs to."""
    found: int = await tx.value(
        "select seq from workspaces where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return found


async def settings(tx: Transaction) -> Row:
    """What of the workspace's settings a browser needs."""
    undo: int = await tx.value(
        "select undo_seconds from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return {"undo_seconds": undo}
