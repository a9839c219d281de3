"""Notes as a browser gets them: among the messages of the timeline, and like them, but of origin ``note``.

Whom they mention is personal: beside a row it says when, and whether it was seen.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.live.rows import Row

NOTE: LiteralString = """
    select n.note_id, n.conversation_id, n.author_id, n.written_at, n.text, n.edited_at is not null,
           n.deleted_at is not null, n.rule_id,
           case when n.rule_id is not null then (
               select r.content ->> 'name' from rules r
               where r.workspace_id = n.workspace_id and r.rule_id = n.rule_id) end
    from notes n"""


async def notes(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Row]:
    if not ids:
        return {}
    found = await tx.rows(
        NOTE + " where n.workspace_id = %(workspace)s and n.note_id = any(%(ids)s)",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return {row[0]: note(row) for row in found}


async def notes_beside(
    tx: Transaction,
    compare: LiteralString,
    direction: LiteralString,
    conversation_id: UUID,
    place: tuple[datetime, int, UUID],
    limit: int,
) -> list[Row]:
    """Those before or after a place in the timeline, the nearest first."""
    at, order, message_id = place
    found = await tx.rows(
        NOTE
        + " where n.workspace_id = %(workspace)s and n.conversation_id = %(conversation)s"
        + " and (n.written_at, 0::bigint, n.note_id)"
        + compare
        + "(%(at)s, %(order)s, %(id)s) order by n.written_at"
        + direction
        + ", n.note_id"
        + direction
        + " limit %(limit)s",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "at": at,
            "order": order,
            "id": message_id,
            "limit": limit,
        },
    )
    return [note(row) for row in found]


def note(row: tuple[Any, ...]) -> Row:
    note_id, conversation, author, written_at, text, edited, deleted, rule, rule_name = row
    return {
        "id": note_id,
        "conversation_id": conversation,
        "turn_id": note_id,
        "side": "team",
        "origin": "note",
        "author_id": author,
        "said_by": {"source": "rule", "rule_id": rule, "rule_name": rule_name} if rule else None,
        "sent_at": written_at,
        "order": 0,
        "arrived_at": written_at,
        "text": text,
        "parts": [],
        "reply_to": None,
        "edited": edited,
        "deleted": deleted,
        "late": False,
        "reactions": [],
        "expects_answer": False,
        "language": None,
        "noise": None,
        "delivery": None,
    }


async def mentions(
    tx: Transaction, conversations: Collection[UUID], member_id: UUID | None = None
) -> dict[UUID, dict[UUID, Row]]:
    """By member (None: everybody) and conversation: when they were mentioned there last, and whether they saw it."""
    if not conversations:
        return {}
    found = await tx.rows(
        """
        select member_id, conversation_id, mentioned_at, seen_at is not null from mentions
        where workspace_id = %(workspace)s and conversation_id = any(%(conversations)s)
          and (%(member)s::uuid is null or member_id = %(member)s)""",
        {"workspace": tx.workspace_id, "conversations": list(conversations), "member": member_id},
    )
    by_member: dict[UUID, dict[UUID, Row]] = {}
    for member, conversation, at, seen in found:
        by_member.setdefault(member, {})[conversation] = {"at": at, "seen": seen}
    return by_member


async def unseen_mentions(tx: Transaction, member_id: UUID, visible: frozenset[UUID] | None) -> int:
    """In how many conversations this member is mentioned and has not looked, on the channels that they may see."""
    found: int = await tx.value(
        """
        select count(*) from mentions
        where workspace_id = %(workspace)s and member_id = %(member)s and seen_at is null
          and (%(everything)s or channel_id = any(%(channels)s))""",
        {
            "workspace": tx.workspace_id,
            "member": member_id,
            "everything": visible is None,
            "channels": list(visible or ()),
        },
    )
    return found
