"""What a call says: read when it leaves, as things stand then. What a customer took back is not told any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.settling.facts import LONGEST_TEXT, kinds_of
from dragoman.webhooks.model import Call

MOST_FRAGMENTS = 100  # of a turn, its first

Content = dict[str, Any]


async def content_of(tx: Transaction, call: Call, own_url: str) -> Content:
    """The body, as docs/webhooks.md shows it."""
    if call.conversation_id is None:
        return _enveloped(call, "test", {"workspace": await _workspace(tx)})
    said = {
        "trigger": call.trigger,
        "rule": await _rule(tx, call.rule_id),
        "workspace": await _workspace(tx),
        **await _conversation(tx, call.conversation_id, own_url),
        "turn": await _turn(tx, call.turn_id),
    }
    return _enveloped(call, "rule.called", said)


def _enveloped(call: Call, kind: str, said: Content) -> Content:
    return {"id": str(call.call_id), "type": kind, "timestamp": _written(call.made_at), "data": said}


async def _workspace(tx: Transaction) -> Content:
    name = await tx.value(
        "select name from workspaces where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return {"id": str(tx.workspace_id), "name": name}


async def _rule(tx: Transaction, rule_id: UUID | None) -> Content:
    """As it is called now; it may have been removed meanwhile."""
    name = await tx.value(
        "select content ->> 'name' from rules where workspace_id = %(workspace)s and rule_id = %(rule)s",
        {"workspace": tx.workspace_id, "rule": rule_id},
    )
    return {"id": str(rule_id), "name": name}


async def _conversation(tx: Transaction, conversation_id: UUID, own_url: str) -> Content:
    row = await tx.row(
        """
        select c.status, h.channel_id, h.name, h.platform, p.contact_id, coalesce(p.name, i.username), p.language
        from conversations c
        join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where c.workspace_id = %(workspace)s and c.conversation_id = %(conversation)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id},
    )
    assert row is not None, "a call names a conversation that is kept as long as itself"
    status, channel_id, channel, platform, contact_id, name, language = row
    return {
        "conversation": {
            "id": str(conversation_id),
            "status": status,
            "url": f"{own_url}/w/{tx.workspace_id}/all/{conversation_id}",
        },
        "channel": {"id": str(channel_id), "name": channel, "platform": platform},
        "contact": {"id": str(contact_id), "name": name, "language": language},
    }


async def _turn(tx: Transaction, turn_id: UUID | None) -> Content | None:
    row = await tx.row(
        "select first_at, noise from turns where workspace_id = %(workspace)s and turn_id = %(turn)s",
        {"workspace": tx.workspace_id, "turn": turn_id},
    )
    if row is None:
        return None
    rows = await tx.rows(
        """
        select m.message_id, m.sent_at, left(m.text, %(longest)s), m.parts from turns t
        join messages m on m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
             and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
        where t.workspace_id = %(workspace)s and t.turn_id = %(turn)s and m.deleted_at is null
        order by m.sent_at, m.platform_order, m.message_id limit %(most)s""",
        {"workspace": tx.workspace_id, "turn": turn_id, "longest": LONGEST_TEXT, "most": MOST_FRAGMENTS},
    )
    return {
        "id": str(turn_id),
        "at": _written(row[0]),
        "noise": row[1],
        "fragments": fragments_of(rows),
    }


def fragments_of(rows: Sequence[Sequence[Any]]) -> list[Content]:
    """Their texts together have ``LONGEST_TEXT`` characters at most: what comes after them is cut off. Pure."""
    fragments, left = [], LONGEST_TEXT
    for message_id, sent_at, text, parts in rows:
        said = text[:left] if text else text
        left -= len(said or "")
        fragments.append({
            "id": str(message_id),
            "at": _written(sent_at),
            "text": said,
            "kinds": sorted(kinds_of(text, [parts])),
        })  # fmt: skip
    return fragments


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
