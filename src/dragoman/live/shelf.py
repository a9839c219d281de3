"""The shelf as a browser gets it: quiet arrivals, the newest first, with what was said."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.db.database import Transaction
from dragoman.kit.errors import invalid
from dragoman.live.rows import Row, contact_row, kind_of

ITEM: LiteralString = """
    select s.item_id, s.conversation_id, s.channel_id, s.kind, s.class, s.rule_id, s.at, s.shelved_at,
           i.contact_id, i.identity_id, p.name, i.username, i.blocked_us_at is not null, i.picture_id, c.status,
           case when s.kind = 'turn' then (
               select jsonb_agg(jsonb_build_object('text', left(m.text, 200), 'part', m.parts -> 0)
                                order by m.sent_at, m.platform_order, m.message_id)
               from turns t
               join messages m on m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
                    and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
                    and m.deleted_at is null
               where t.workspace_id = s.workspace_id and t.turn_id = s.item_id) end,
           case when s.kind = 'reaction' then (
               select jsonb_build_object('emoji', r.emoji, 'to', left(q.text, 200), 'part', q.parts -> 0)
               from reactions r
               join messages q on q.workspace_id = r.workspace_id and q.message_id = r.message_id
               where r.workspace_id = s.workspace_id and r.reaction_id = s.item_id) end
    from shelf s
    join conversations c on c.workspace_id = s.workspace_id and c.conversation_id = s.conversation_id
    join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id"""

MOST_FRAGMENTS = 5  # of one turn are shown


async def page(
    tx: Transaction,
    by: Membership,
    channels: Collection[UUID] | None,
    classes: Collection[str] | None,
    cursor: str | None,
    limit: int,
) -> Row:
    """What this member may see of it, of these channels and classes only where they are given."""
    at, after = _read(cursor) if cursor else (None, None)
    visible = by.channels if channels is None else frozenset(c for c in channels if by.sees(c))
    found = await tx.rows(
        ITEM
        + """
        where s.workspace_id = %(workspace)s and s.opened_at is null
          and (%(everything)s or s.channel_id = any(%(channels)s))
          and (%(any_class)s or s.class = any(%(classes)s))
          and (%(at)s::timestamptz is null or (s.shelved_at, s.item_id) < (%(at)s, %(after)s::uuid))
        order by s.shelved_at desc, s.item_id desc limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "everything": visible is None,
            "channels": list(visible or ()),
            "any_class": not classes,
            "classes": list(classes or ()),
            "at": at,
            "after": after,
            "limit": limit + 1,
        },
    )
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return {
        "items": [_item(row) for row in found[:limit]],
        "next_cursor": _cursor(last[7], last[0]) if last else None,
    }


async def classes(tx: Transaction, by: Membership) -> list[Row]:
    """How many of each class lie there, the most first."""
    found = await tx.rows(
        """
        select class, count(*) from shelf
        where workspace_id = %(workspace)s and opened_at is null
          and (%(everything)s or channel_id = any(%(channels)s))
        group by class order by count(*) desc, class""",
        {
            "workspace": tx.workspace_id,
            "everything": by.channels is None,
            "channels": list(by.channels or ()),
        },
    )
    return [{"class": row[0], "count": row[1]} for row in found]


def _item(row: Sequence[Any]) -> Row:
    (item_id, conversation, channel, kind, class_, rule, at, shelved_at, contact, identity, name, username, blocked,
     picture, status, said, reaction) = row  # fmt: skip
    return {
        "id": item_id,
        "conversation_id": conversation,
        "channel_id": channel,
        "kind": kind,
        "class": class_,
        "rule_id": rule,
        "at": at,
        "shelved_at": shelved_at,
        "contact": contact_row(contact, identity, name, username, blocked, picture),
        "status": status,
        "fragments": [_fragment(each) for each in (said or ())[:MOST_FRAGMENTS]],
        "reaction": {"emoji": reaction["emoji"], "to": reaction["to"], "kind": kind_of(reaction["part"])}
        if reaction
        else None,
    }


def _fragment(said: Row) -> Row:
    return {"text": said["text"], "kind": kind_of(said["part"])}


def _cursor(at: datetime, item_id: UUID) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((at, item_id))).decode()


def _read(cursor: str) -> tuple[datetime, UUID]:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[datetime, UUID])
    except ValueError as error:
        raise invalid(cursor="This cursor is none of ours.") from error
