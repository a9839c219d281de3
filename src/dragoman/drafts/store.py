"""Every statement about drafts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from dragoman.db.database import Transaction
from dragoman.drafts.model import Kept, Words


async def lock_draft(tx: Transaction, conversation_id: UUID, draft_id: UUID) -> Kept | None:
    row = await tx.row(
        """
        select member_id, version, text, reply_to, expects_answer, begun_seq, begun_arrival, choices, location,
               contact
        from drafts
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and draft_id = %(draft)s
        for update""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "draft": draft_id},
    )
    if row is None:
        return None
    member_id, version, text, reply_to, expects, seq, arrival, choices, location, contact = row
    files = await _files(tx, conversation_id, draft_id)
    words = Words(text, files, reply_to, expects, seq, arrival, tuple(choices), location, contact)
    return Kept(draft_id, member_id, version, words)


async def _files(tx: Transaction, conversation_id: UUID, draft_id: UUID) -> tuple[UUID, ...]:
    rows = await tx.rows(
        """
        select attachment_id from draft_files
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and draft_id = %(draft)s
        order by nth""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "draft": draft_id},
    )
    return tuple(row[0] for row in rows)


async def count(tx: Transaction, conversation_id: UUID, member_id: UUID) -> int:
    """How many drafts this member has in the conversation."""
    found: int = await tx.value(
        """
        select count(*) from drafts
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and member_id = %(member)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "member": member_id},
    )
    return found


async def keep(
    tx: Transaction, conversation_id: UUID, draft_id: UUID, member_id: UUID, words: Words, at: datetime
) -> None:
    """As a new one, or over the version before."""
    named = {"workspace": tx.workspace_id, "conversation": conversation_id, "draft": draft_id}
    await tx.execute(
        """
        insert into drafts as d (workspace_id, conversation_id, draft_id, member_id, version, text, reply_to,
                                 expects_answer, begun_seq, begun_arrival, choices, location, contact, saved_at)
        values (%(workspace)s, %(conversation)s, %(draft)s, %(member)s, 1, %(text)s, %(reply_to)s, %(expects)s,
                %(begun_seq)s, %(begun_arrival)s, %(choices)s, %(location)s, %(contact)s, %(at)s)
        on conflict (workspace_id, conversation_id, draft_id) do update
        set version = d.version + 1, text = excluded.text, reply_to = excluded.reply_to,
            expects_answer = excluded.expects_answer, begun_seq = excluded.begun_seq,
            begun_arrival = excluded.begun_arrival, choices = excluded.choices, location = excluded.location,
            contact = excluded.contact, saved_at = excluded.saved_at""",
        named
        | {
            "member": member_id,
            "text": words.text,
            "reply_to": words.reply_to,
            "expects": words.expects_answer,
            "begun_seq": words.begun_seq,
            "begun_arrival": words.begun_arrival,
            "choices": list(words.choices),
            "location": words.location and Jsonb(words.location),
            "contact": words.contact and Jsonb(words.contact),
            "at": at,
        },
    )
    await tx.execute(
        """
        delete from draft_files
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and draft_id = %(draft)s""",
        named,
    )
    await tx.execute(
        """
        insert into draft_files (workspace_id, conversation_id, draft_id, nth, attachment_id)
        select %(workspace)s, %(conversation)s, %(draft)s, f.nth, f.attachment_id
        from unnest(%(files)s::uuid[]) with ordinality as f(attachment_id, nth)""",
        named | {"files": list(words.attachment_ids)},
    )


async def forget(tx: Transaction, conversation_id: UUID, draft_id: UUID, member_id: UUID) -> bool:
    """Whether there was one."""
    return bool(
        await tx.execute(
            """
            delete from drafts
            where workspace_id = %(workspace)s and conversation_id = %(conversation)s and draft_id = %(draft)s
              and member_id = %(member)s""",
            {
                "workspace": tx.workspace_id,
                "conversation": conversation_id,
                "draft": draft_id,
                "member": member_id,
            },
        )
    )


async def forget_of_member(tx: Transaction, member_id: UUID) -> list[tuple[UUID, UUID]]:
    """All drafts of a member; the conversations (each with its channel) in which they lay."""
    rows = await tx.rows(
        """
        with gone as (
            delete from drafts where workspace_id = %(workspace)s and member_id = %(member)s
            returning conversation_id
        )
        select distinct c.conversation_id, c.channel_id from gone g
        join conversations c on c.workspace_id = %(workspace)s and c.conversation_id = g.conversation_id""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return [(row[0], row[1]) for row in rows]


async def forget_older(tx: Transaction, before: datetime, limit: int) -> list[tuple[UUID, UUID, UUID]]:
    """Drafts saved last before then; conversation, channel and member of each."""
    rows = await tx.rows(
        """
        with gone as (
            delete from drafts where workspace_id = %(workspace)s and (conversation_id, draft_id) in (
                select conversation_id, draft_id from drafts
                where workspace_id = %(workspace)s and saved_at < %(before)s order by saved_at limit %(limit)s)
            returning conversation_id, member_id
        )
        select distinct c.conversation_id, c.channel_id, g.member_id from gone g
        join conversations c on c.workspace_id = %(workspace)s and c.conversation_id = g.conversation_id""",
        {"workspace": tx.workspace_id, "before": before, "limit": limit},
    )
    return [(row[0], row[1], row[2]) for row in rows]
