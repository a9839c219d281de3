"""Lists of a workspace beside its views: the timeline, members, channels, counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from dragoman.access.model import RIGHTS, Membership, Right, Role
from dragoman.backfill import store as backfills
from dragoman.channels.registry import channel
from dragoman.conversations.model import IN_QUEUE, OWNED
from dragoman.db.database import Transaction
from dragoman.live import notes, rows
from dragoman.live.rows import Row
from dragoman.sentences import wording_of
from dragoman.team.presence import Presence, presence_of

PAGE = 50
MAX_PAGE = 100


async def with_marks(tx: Transaction, by: Membership, items: list[Row]) -> list[Row]:
    """Add how far this member has read each of them, and whether a note mentions them there."""
    found = await tx.rows(
        """
        select conversation_id, read_up_to from reads
        where workspace_id = %(workspace)s and member_id = %(member)s and conversation_id = any(%(ids)s)""",
        {"workspace": tx.workspace_id, "member": by.member_id, "ids": [item["id"] for item in items]},
    )
    marks = {row[0]: row[1] for row in found}
    mentions = (await notes.mentions(tx, [item["id"] for item in items], by.member_id)).get(by.member_id, {})
    return [
        {**item, "read_up_to": marks.get(item["id"]), "mention": mentions.get(item["id"])} for item in items
    ]


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
        select m.member_id, m.name, m.email, m.role, m.left_at is not null, p.here_since is not null,
               w.away_since is not null
        from members m
        left join member_presence p on p.workspace_id = m.workspace_id and p.member_id = m.member_id
        left join member_work w on w.workspace_id = m.workspace_id and w.member_id = m.member_id
        where m.workspace_id = %(workspace)s and (%(all)s or m.member_id = any(%(ids)s))
        order by m.name, m.member_id""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    return [_member(*row) for row in found]


def _member(
    member_id: UUID, name: str, email: str, role: str, has_left: bool, is_here: bool, is_away: bool
) -> Row:
    rights = frozenset[Right]() if has_left else RIGHTS[Role(role)]
    return {
        "id": member_id,
        "name": name,
        "email": email,
        "role": role,
        "rights": sorted(rights),
        "has_left": has_left,
        "presence": Presence.GONE if has_left else presence_of(is_here=is_here, is_away=is_away),
    }


async def channels(tx: Transaction, by: Membership | None, ids: Collection[UUID] | None = None) -> list[Row]:
    """Connected channels that this member may see (None: all)."""
    found = await tx.rows(
        """
        select h.channel_id, h.platform, h.name, h.handle, h.state, h.trouble, n.simulated, h.account,
               (select count(*) from templates t where t.workspace_id = h.workspace_id
                and t.channel_id = h.channel_id and t.state = 'approved'),
               (select count(*) from templates t where t.workspace_id = h.workspace_id
                and t.channel_id = h.channel_id and t.state <> 'approved'),
               h.templates_looked_at, h.templates_trouble
        from channels h
        join connections n on n.workspace_id = h.workspace_id and n.connection_id = h.connection_id
        where h.workspace_id = %(workspace)s and h.state <> 'removed' and (%(all)s or h.channel_id = any(%(ids)s))
        order by h.created_at, h.channel_id""",
        {"workspace": tx.workspace_id, "all": ids is None, "ids": list(ids or ())},
    )
    past = await backfills.rows(tx, ids) if found else {}
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
            "backfills": past.get(row[0], []),
            "templates": _templates(row[1], *row[8:]),
            "capabilities": msgspec.to_builtins(channel(row[1]).capabilities_of(row[7])),
        }
        for row in found
        if by is None or by.sees(row[0])
    ]


def _templates(
    platform: str, approved: int, others: int, looked_at: datetime | None, trouble: str | None
) -> Row | None:
    if channel(platform).capabilities.templates is None:
        return None
    return {
        "approved": approved,
        "others": others,
        "looked_at": looked_at,
        "trouble": trouble,
        "trouble_wording": wording_of(trouble),
    }


COUNTED = (
    "waiting",
    "unassigned",
    "open",
    "closed",
    "snoozed",
    "snoozed_waiting",
    "window_closing",
    "at_risk",
    "shelved",
)


async def counts(tx: Transaction, visible: frozenset[UUID] | None) -> Row:
    """How many conversations stand in each view, over the channels that may be seen."""
    found = await tx.rows(
        """
        select name, sum(value)::bigint from counters
        where workspace_id = %(workspace)s and value <> 0
          and (%(everything)s or channel_id = any(%(channels)s)) group by name""",
        {"workspace": tx.workspace_id, "everything": visible is None, "channels": list(visible or ())},
    )
    counted = {row[0]: row[1] for row in found}
    return {
        **{name: counted.get(name, 0) for name in COUNTED},
        "owned": _by_id(counted, OWNED),
        "teams": _by_id(counted, IN_QUEUE),
    }


def _by_id(counted: dict[str, int], of: str) -> dict[str, int]:
    return {name.removeprefix(of): value for name, value in counted.items() if name.startswith(of)}


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
