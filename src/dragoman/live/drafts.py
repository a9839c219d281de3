"""A member's own drafts as their browsers get them. Nobody else is shown a word of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.live.rows import FILE, Row
from dragoman.sentences import wording_of

DRAFTS: LiteralString = (
    """
    select d.member_id, d.conversation_id, d.draft_id, d.version, d.text, d.reply_to, d.expects_answer, d.begun_seq,
           d.begun_arrival, d.choices, d.location, d.contact, d.saved_at,
           (select jsonb_agg(jsonb_build_object('id', a.attachment_id, 'kind', a.kind) || """
    + FILE
    + """ order by f.nth)
            from draft_files f
            join attachments a on a.workspace_id = f.workspace_id and a.attachment_id = f.attachment_id
            where f.workspace_id = d.workspace_id and f.conversation_id = d.conversation_id
              and f.draft_id = d.draft_id)
    from drafts d"""
)


async def drafts(tx: Transaction, member_id: UUID, conversations: Collection[UUID]) -> dict[UUID, list[Row]]:
    """Of one member, by conversation, the one saved last at the end."""
    of_all = await drafts_of_all(tx, [(member_id, each) for each in conversations])
    return of_all.get(member_id, {})


async def drafts_of_all(
    tx: Transaction, whose: Collection[tuple[UUID, UUID]]
) -> dict[UUID, dict[UUID, list[Row]]]:
    """By member and conversation, for each of these pairs: none is a list with nothing in it."""
    found: dict[UUID, dict[UUID, list[Row]]] = {}
    for member_id, conversation_id in whose:
        found.setdefault(member_id, {})[conversation_id] = []
    if not found:
        return found
    rows = await tx.rows(
        DRAFTS
        + """
        join unnest(%(members)s::uuid[], %(conversations)s::uuid[]) as w(member_id, conversation_id)
             on w.member_id = d.member_id and w.conversation_id = d.conversation_id
        where d.workspace_id = %(workspace)s order by d.saved_at, d.draft_id""",
        {
            "workspace": tx.workspace_id,
            "members": [member_id for member_id, _ in whose],
            "conversations": [conversation_id for _, conversation_id in whose],
        },
    )
    for row in rows:
        found[row[0]][row[1]].append(_draft(*row[1:]))
    return found


def _draft(
    conversation_id: UUID,
    draft_id: UUID,
    version: int,
    text: str,
    reply_to: UUID | None,
    expects_answer: bool | None,
    begun_seq: int | None,
    begun_arrival: object,
    choices: list[str],
    location: Row | None,
    contact: Row | None,
    saved_at: object,
    files: list[Row] | None,
) -> Row:
    return {
        "id": draft_id,
        "conversation_id": conversation_id,
        "version": version,
        "text": text,
        "files": [_file(file) for file in files or ()],
        "reply_to": reply_to,
        "expects_answer": expects_answer,
        "begun_seq": begun_seq,
        "begun_arrival": begun_arrival,
        "choices": choices,
        "location": location,
        "contact": contact,
        "saved_at": saved_at,
    }


def _file(file: Row) -> Row:
    return {"type": "attachment", **file, "reason_wording": wording_of(file["reason"])}
