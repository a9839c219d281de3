"""SQL about notes, and about whom they mention."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction


class Note(msgspec.Struct, frozen=True):
    """Of a member, ``author_id``, or of a rule."""

    note_id: UUID
    conversation_id: UUID
    channel_id: UUID
    author_id: UUID | None
    text: str | None
    written_at: datetime
    rule_id: UUID | None = None


class Addressee(msgspec.Struct, frozen=True):
    """A member who is mentioned, and whether a mention on this channel would reach them."""

    member_id: UUID
    name: str
    sees: bool


async def add(tx: Transaction, note: Note) -> None:
    await tx.execute(
        """
        insert into notes (workspace_id, note_id, conversation_id, channel_id, author_id, text, written_at,
                           rule_id)
        values (%(workspace)s, %(note_id)s, %(conversation_id)s, %(channel_id)s, %(author_id)s, %(text)s,
                %(written_at)s, %(rule_id)s)""",
        {"workspace": tx.workspace_id, **msgspec.structs.asdict(note)},
    )


async def lock(tx: Transaction, note_id: UUID) -> Note | None:
    """None: there is no such note any more."""
    return await tx.one(
        Note,
        """
        select note_id, conversation_id, channel_id, author_id, text, written_at from notes
        where workspace_id = %(workspace)s and note_id = %(note)s and deleted_at is null for update""",
        {"workspace": tx.workspace_id, "note": note_id},
    )


async def rewrite(tx: Transaction, note_id: UUID, text: str, at: datetime) -> None:
    await tx.execute(
        """
        update notes set text = %(text)s, edited_at = %(at)s
        where workspace_id = %(workspace)s and note_id = %(note)s""",
        {"workspace": tx.workspace_id, "note": note_id, "text": text, "at": at},
    )


async def empty(tx: Transaction, note_id: UUID, at: datetime) -> None:
    """Its words go; that there was a note stays."""
    await tx.execute(
        """
        update notes set text = null, deleted_at = %(at)s
        where workspace_id = %(workspace)s and note_id = %(note)s""",
        {"workspace": tx.workspace_id, "note": note_id, "at": at},
    )


async def addressees(tx: Transaction, ids: Collection[UUID], channel_id: UUID) -> list[Addressee]:
    """Those of these members who have not left."""
    return await tx.all(
        Addressee,
        """
        select m.member_id, m.name, m.sees_all_channels or exists (
                 select from team_members t
                 join team_channels c on c.workspace_id = t.workspace_id and c.team_id = t.team_id
                 where t.workspace_id = m.workspace_id and t.member_id = m.member_id
                   and c.channel_id = %(channel)s) as sees
        from members m
        where m.workspace_id = %(workspace)s and m.member_id = any(%(ids)s) and m.left_at is null""",
        {"workspace": tx.workspace_id, "ids": list(ids), "channel": channel_id},
    )


async def mentioned(tx: Transaction, note_id: UUID) -> frozenset[UUID]:
    found = await tx.rows(
        "select member_id from note_mentions where workspace_id = %(workspace)s and note_id = %(note)s",
        {"workspace": tx.workspace_id, "note": note_id},
    )
    return frozenset(row[0] for row in found)


async def mention(tx: Transaction, note: Note, members: Collection[UUID], at: datetime) -> None:
    """They have something to look at from now on, whatever they had seen before."""
    mentioning = _mentioning(tx, note, members) | {"at": at}
    await tx.execute(
        """
        insert into note_mentions (workspace_id, note_id, member_id)
        select %(workspace)s, %(note)s, unnest(%(members)s::uuid[])""",
        mentioning,
    )
    await tx.execute(
        """
        insert into mentions as m (workspace_id, member_id, conversation_id, channel_id, note_id, mentioned_at)
        select %(workspace)s, unnest(%(members)s::uuid[]), %(conversation)s, %(channel)s, %(note)s, %(at)s
        on conflict (workspace_id, member_id, conversation_id) do update
            set note_id = excluded.note_id, mentioned_at = excluded.mentioned_at, seen_at = null""",
        mentioning,
    )


async def mention_no_more(tx: Transaction, note: Note, members: Collection[UUID]) -> None:
    """Back to the note before that mentioned them, which they have seen; to none where there is no such."""
    mentioning = _mentioning(tx, note, members)
    await tx.execute(
        """
        delete from note_mentions
        where workspace_id = %(workspace)s and note_id = %(note)s and member_id = any(%(members)s)""",
        mentioning,
    )
    await tx.execute(
        """
        delete from mentions
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and note_id = %(note)s
          and member_id = any(%(members)s)""",
        mentioning,
    )
    await tx.execute(
        """
        insert into mentions (workspace_id, member_id, conversation_id, channel_id, note_id, mentioned_at, seen_at)
        select distinct on (b.member_id) n.workspace_id, b.member_id, n.conversation_id, n.channel_id, n.note_id,
               n.written_at, now()
        from notes n
        join note_mentions b on b.workspace_id = n.workspace_id and b.note_id = n.note_id
             and b.member_id = any(%(members)s)
        where n.workspace_id = %(workspace)s and n.conversation_id = %(conversation)s and n.deleted_at is null
        order by b.member_id, n.written_at desc, n.note_id desc
        on conflict (workspace_id, member_id, conversation_id) do nothing""",
        mentioning,
    )


def _mentioning(tx: Transaction, note: Note, members: Collection[UUID]) -> dict[str, Any]:
    return {
        "workspace": tx.workspace_id,
        "note": note.note_id,
        "conversation": note.conversation_id,
        "channel": note.channel_id,
        "members": list(members),
    }


async def see_mention(tx: Transaction, conversation_id: UUID, member_id: UUID, at: datetime) -> bool:
    """False: there was none that they had not seen."""
    touched = await tx.execute(
        """
        update mentions set seen_at = %(at)s
        where workspace_id = %(workspace)s and member_id = %(member)s and conversation_id = %(conversation)s
          and seen_at is null""",
        {"workspace": tx.workspace_id, "member": member_id, "conversation": conversation_id, "at": at},
    )
    return touched > 0
