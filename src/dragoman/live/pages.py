"""The views, page by page: which conversations stand in one, in which order, and what a filter leaves of them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.conversations.model import Priority
from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid
from dragoman.live import rows
from dragoman.live.lists import with_marks
from dragoman.live.rows import Row
from dragoman.views.model import EVERYTHING, Filter

COUNTED = 1000  # conversations of one saved view; who has more is told "1000 or more"
FEW = 5000  # carrying a label: so many are looked at one by one, of more a page is found in the view's own order


@dataclass(frozen=True, slots=True)
class View:
    """Which conversations, in which order. The cursor is the last row's key."""

    condition: LiteralString
    key: LiteralString
    descending: bool


VIEWS: dict[str, View] = {
    "waiting": View("c.status = 'open' and c.waiting_for = 'us'", "c.waiting_since", False),
    "mine": View(
        "c.owner_id = %(member)s and c.status = 'open'",
        "case when c.waiting_for = 'us' then c.waiting_since else c.said_at + interval '400 years' end",
        False,
    ),  # who waits for us stands before all others, whenever those last said something
    "all": View("c.status <> 'unopened'", "c.said_at", True),
    "snoozed": View("c.snoozed_until is not null and c.waiting_for <> 'us'", "c.snoozed_until", False),
    "snoozed_waiting": View("c.status = 'snoozed' and c.waiting_since is not null", "c.waiting_since", False),
    "window_closing": View(
        "c.window_closing_until is not null and c.waiting_since is not null", "c.window_closing_until", False
    ),
    "at_risk": View("c.service_state in ('at_risk', 'overdue')", "c.service_due_at", False),
    "closed": View("c.status = 'closed'", "c.closed_at", True),
}
MENTIONS = View("m.member_id = %(member)s", "m.mentioned_at", True)


async def page(
    tx: Transaction, by: Membership, view: str, cursor: str | None, limit: int, wanted: Filter = EVERYTHING
) -> Row:
    """One page of a view, with this member's own marks: ``{items, next_cursor}``."""
    chosen = MENTIONS if view == "mentions" else VIEWS[view]
    asked = {**_asked(tx, by, wanted), **_after(cursor, chosen), "limit": limit + 1}
    found = await tx.rows(await _statement(tx, chosen, wanted, asked), asked)
    ids = [row[0] for row in found[:limit]]
    by_id = await rows.conversations(tx, ids)
    items = await with_marks(tx, by, [by_id[i] for i in ids])
    return {"items": items, "next_cursor": _cursor(*found[limit - 1]) if len(found) > limit else None}


async def count(tx: Transaction, by: Membership, view: str, wanted: Filter) -> int:
    """How many there are, up to a bound."""
    chosen = VIEWS[view]
    asked = {**_asked(tx, by, wanted), **_after(None, chosen), "limit": COUNTED}
    statement: LiteralString = await _statement(tx, chosen, wanted, asked)
    found: int = await tx.value("select count(*) from (" + statement + ") as counted", asked)
    return found


def _asked(tx: Transaction, by: Membership, wanted: Filter) -> dict[str, Any]:
    """What the member may see and what they want to see, as one set of channels; and who they are."""
    visible, chosen = by.channels, frozenset(wanted.channel_ids)
    channels = chosen if visible is None else (visible & chosen if chosen else visible)
    return {
        "workspace": tx.workspace_id,
        "member": by.member_id,
        "everything": visible is None and not chosen,
        "channels": list(channels),
        "labels": wanted.label_ids,
        "teams": wanted.team_ids,
        "priorities": [each.value for each in wanted.priorities],
    }


async def _statement(tx: Transaction, view: View, wanted: Filter, asked: dict[str, Any]) -> LiteralString:
    if view is MENTIONS:
        return _of_mentions()
    if wanted.label_ids and await _are_few(tx, asked):
        return _of_few(view, wanted)
    return _of_channels(view, wanted)


def _of_channels(view: View, wanted: Filter) -> LiteralString:
    """Merged from as many rows of each channel as the page has: one that is quiet beside busy ones is found as fast
    as if it stood alone."""
    return (
        "select c.conversation_id, c.key from channels v, lateral ("
        "select c.conversation_id, " + view.key + " as key from conversations c "
        "where c.workspace_id = %(workspace)s and c.channel_id = v.channel_id and "
        + view.condition + _left_by(wanted) + _next_in(view)
        + ") as c "
        "where v.workspace_id = %(workspace)s and (%(everything)s or v.channel_id = any(%(channels)s)) "
        "order by c.key " + _direction(view) + ", c.conversation_id " + _direction(view) + " limit %(limit)s"
    )  # fmt: skip


def _of_few(view: View, wanted: Filter) -> LiteralString:
    """Those that carry a label which few carry, put in order: the view may hold a hundred times as many."""
    return (
        "with few as materialized ("
        "select distinct t.conversation_id from conversation_labels t where t.workspace_id = %(workspace)s "
        "and t.label_id = any(%(labels)s) and (%(everything)s or t.channel_id = any(%(channels)s))) "
        "select c.conversation_id, " + view.key + " as key from few f join conversations c "
        "on c.workspace_id = %(workspace)s and c.conversation_id = f.conversation_id "
        "where " + view.condition + _left_by(wanted) + _next_in(view)
    )


def _of_mentions() -> LiteralString:
    """By the newest note in each that mentions this member."""
    return (
        "select m.conversation_id, m.mentioned_at as key from mentions m "
        "join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = m.conversation_id "
        "and c.status <> 'unopened' "
        "where m.workspace_id = %(workspace)s and (%(everything)s or m.channel_id = any(%(channels)s)) and "
        + MENTIONS.condition
        + _next_in(MENTIONS)
    )


async def _are_few(tx: Transaction, asked: dict[str, Any]) -> bool:
    found: int = await tx.value(
        """
        select count(*) from (
            select from conversation_labels t
            where t.workspace_id = %(workspace)s and t.label_id = any(%(labels)s)
              and (%(everything)s or t.channel_id = any(%(channels)s)) limit %(few)s) as counted""",
        {**asked, "few": FEW},
    )
    return found < FEW


LABELLED: LiteralString = """
    and exists (select from conversation_labels t where t.workspace_id = c.workspace_id
                and t.conversation_id = c.conversation_id and t.label_id = any(%(labels)s))"""
UNREAD: LiteralString = """
    and c.last_arrived_at is not null
    and not exists (select from reads r where r.workspace_id = c.workspace_id
                    and r.conversation_id = c.conversation_id and r.member_id = %(member)s
                    and r.read_up_to >= c.last_arrived_at)"""
OF_TEAM: LiteralString = " and c.team_id = any(%(teams)s)"
OWNED: dict[str, LiteralString] = {"me": " and c.owner_id = %(member)s", "none": " and c.owner_id is null"}


def _left_by(wanted: Filter) -> LiteralString:
    labelled = LABELLED if wanted.label_ids else ""
    unread = UNREAD if wanted.unread else ""
    owned = OWNED[wanted.owner] if wanted.owner else ""
    of_team = OF_TEAM if wanted.team_ids else ""
    return labelled + unread + owned + of_team + _of_priorities(wanted)


def _of_priorities(wanted: Filter) -> LiteralString:
    """Few have another one than the normal one, and an index knows which."""
    if not wanted.priorities:
        return ""
    few: LiteralString = "" if Priority.NORMAL in wanted.priorities else " and c.priority <> 'normal'"
    return " and c.priority = any(%(priorities)s)" + few


def _next_in(view: View) -> LiteralString:
    compare: LiteralString = "<" if view.descending else ">"
    direction, row = _direction(view), _row_of(view)
    return (
        " and (" + view.key + ", " + row + ") " + compare + " (%(key)s, %(id)s) "
        "order by " + view.key + " " + direction + ", " + row + " " + direction + " limit %(limit)s"
    )


def _row_of(view: View) -> LiteralString:
    return "m.conversation_id" if view is MENTIONS else "c.conversation_id"


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
