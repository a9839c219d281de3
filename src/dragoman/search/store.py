"""SQL about the words by which messages and people are found."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.notes.model import without_mentions

WALKED = 2500  # messages: a word that is often said is found among the newest, without the index
WALKED_WITHOUT_WORDS = 20_000  # where filters are all there is to go by
MOST_PEOPLE = 500  # whose names match; who looks for more writes another letter


class Said(msgspec.Struct, frozen=True):
    """A message as far as it can be found. ``file_names``: of what is attached."""

    message_id: UUID
    conversation_id: UUID
    channel_id: UUID
    side: str
    author_id: UUID | None
    identity_id: UUID
    sent_at: datetime
    text: str | None
    parts: list[dict[str, Any]]
    file_names: list[str] | None
    is_gone: bool
    is_note: bool = False


class Named(msgspec.Struct, frozen=True):
    """A person as far as they can be found."""

    identity_id: UUID
    channel_id: UUID
    names: list[str]


class Indexed(msgspec.Struct, frozen=True):
    """What is written of a message into the index."""

    message_id: UUID
    conversation_id: UUID
    channel_id: UUID
    said_by: UUID | None
    sent_at: datetime
    words: list[str]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for, and among what. ``below``: the place after which the page begins."""

    wanted: str | None  # a tsquery
    channels: list[UUID] | None
    authors: list[UUID] | None
    since: datetime
    below: tuple[datetime, UUID]
    most: int


def sign_of(workspace_id: UUID | None) -> str:
    """What each word of a workspace begins with in the index, so that nobody's common words lie in another's way.

    Two workspaces may share a sign: the statements ask for the workspace all the same.
    """
    digest = blake2b(str(workspace_id).encode(), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()[:5] + "/"


async def newest(tx: Transaction, asked: Asked) -> list[tuple[UUID, datetime]]:
    """Among the newest messages only; newest first."""
    walked = WALKED if asked.wanted else WALKED_WITHOUT_WORDS
    rows = await tx.rows(
        """
        select message_id, sent_at from search_newest_words(
            %(wanted)s::tsquery, %(channels)s::uuid[], %(authors)s::uuid[], %(since)s, %(at)s, %(id)s, %(walked)s,
            %(most)s)""",
        {**_parameters(asked), "walked": walked},
    )
    return [(row[0], row[1]) for row in rows]


async def everywhere(tx: Transaction, asked: Asked) -> list[tuple[UUID, datetime]]:
    """Among all messages, by the index; newest first."""
    rows = await tx.rows(
        """
        select message_id, sent_at from search_all_words(
            %(wanted)s::tsquery, %(channels)s::uuid[], %(authors)s::uuid[], %(since)s, %(at)s, %(id)s, %(most)s)""",
        _parameters(asked),
    )
    return [(row[0], row[1]) for row in rows]


async def of_people(tx: Transaction, asked: Asked) -> list[tuple[UUID, datetime]]:
    """Among all that these customers said, where the authors are customers alone; newest first.

    Through their conversations: the index of words brings everybody's messages first, of which, for a word that is said
    often, those of few people would be left.
    """
    rows = await tx.rows(
        """
        with theirs as materialized (
            select m.message_id, c.identity_id from identities i
            join conversations c on c.workspace_id = i.workspace_id and c.channel_id = i.channel_id
                and c.identity_id = i.identity_id
            join messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                and m.sent_at >= %(since)s and m.sent_at <= %(at)s
            where i.workspace_id = %(workspace)s and i.identity_id = any(%(authors)s)
        )
        select w.message_id, w.sent_at from theirs
        join search_words w on w.workspace_id = %(workspace)s and w.message_id = theirs.message_id
            and w.said_by = theirs.identity_id
        where w.words @@ %(wanted)s::tsquery
            and (%(channels)s::uuid[] is null or w.channel_id = any(%(channels)s::uuid[]))
            and (w.sent_at, w.message_id) < (%(at)s, %(id)s)
        order by w.sent_at desc, w.message_id desc limit %(most)s""",
        {**_parameters(asked), "workspace": tx.workspace_id},
    )
    return [(row[0], row[1]) for row in rows]


def _parameters(asked: Asked) -> dict[str, Any]:
    at, message_id = asked.below
    return {
        "wanted": asked.wanted,
        "channels": asked.channels,
        "authors": asked.authors,
        "since": asked.since,
        "at": at,
        "id": message_id,
        "most": asked.most,
    }


async def people(tx: Transaction, wanted: str, channels: list[UUID] | None) -> list[UUID]:
    """Identities whose names match."""
    rows = await tx.rows(
        "select search_all_names(%(wanted)s::tsquery, %(channels)s::uuid[], %(most)s)",
        {"wanted": wanted, "channels": channels, "most": MOST_PEOPLE},
    )
    return [row[0] for row in rows]


async def conversations_of(tx: Transaction, identities: Collection[UUID], most: int) -> list[UUID]:
    """Those in which something was said, the newest first."""
    rows = await tx.rows(
        """
        select conversation_id from conversations
        where workspace_id = %(workspace)s and identity_id = any(%(identities)s)
          and (status <> 'unopened' or last_message_id is not null)
        order by last_message_at desc nulls last, conversation_id limit %(most)s""",
        {"workspace": tx.workspace_id, "identities": list(identities), "most": most},
    )
    return [row[0] for row in rows]


async def said(tx: Transaction, messages: Collection[UUID]) -> list[Said]:
    if not messages:
        return []
    rows = await tx.rows(
        """
        select m.message_id, m.conversation_id, m.channel_id, m.side, m.author_id, c.identity_id, m.sent_at, m.text,
               m.parts,
               (select array_agg(a.name order by a.attachment_id) from attachments a
                where a.workspace_id = m.workspace_id and a.message_id = m.message_id and a.name is not null),
               m.deleted_at is not null
        from messages m
        join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = m.conversation_id
        where m.workspace_id = %(workspace)s and m.message_id = any(%(messages)s)""",
        {"workspace": tx.workspace_id, "messages": list(messages)},
    )
    noted = await tx.rows(
        """
        select n.note_id, n.conversation_id, n.channel_id, n.author_id, c.identity_id, n.written_at, n.text
        from notes n
        join conversations c on c.workspace_id = n.workspace_id and c.conversation_id = n.conversation_id
        where n.workspace_id = %(workspace)s and n.note_id = any(%(messages)s)""",
        {"workspace": tx.workspace_id, "messages": list(messages)},
    )
    return [*(Said(*row) for row in rows), *(_noted(*row) for row in noted)]


def _noted(
    note_id: UUID,
    conversation_id: UUID,
    channel_id: UUID,
    author_id: UUID,
    identity_id: UUID,
    written_at: datetime,
    text: str | None,
) -> Said:
    """A note is found among the messages, by its words alone: whom it mentions stands in it as an id."""
    return Said(
        message_id=note_id,
        conversation_id=conversation_id,
        channel_id=channel_id,
        side="team",
        author_id=author_id,
        identity_id=identity_id,
        sent_at=written_at,
        text=without_mentions(text) if text else None,
        parts=[],
        file_names=None,
        is_gone=text is None,
        is_note=True,
    )


async def named(tx: Transaction, conversations: Collection[UUID]) -> list[Named]:
    """Who these conversations are with."""
    if not conversations:
        return []
    rows = await tx.rows(
        """
        select distinct on (i.identity_id) i.identity_id, i.channel_id,
               array_remove(array[p.name, i.name, i.username], null)
        from conversations c
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(conversations)s)""",
        {"workspace": tx.workspace_id, "conversations": list(conversations)},
    )
    return [Named(*row) for row in rows]


WORDS = Columns({
    "message_id": "uuid", "conversation_id": "uuid", "channel_id": "uuid", "said_by": "uuid",
    "sent_at": "timestamptz", "words": "text[]",
})  # fmt: skip


async def index_words(tx: Transaction, found: Sequence[Indexed]) -> None:
    """Put messages in, or anew; nothing is written where nothing is new."""
    if not found:
        return
    rows = [(i.message_id, i.conversation_id, i.channel_id, i.said_by, i.sent_at, i.words) for i in found]
    await tx.execute(
        f"""
        insert into search_words as s (workspace_id, message_id, conversation_id, channel_id, said_by, sent_at, words)
        select %(workspace)s, n.message_id, n.conversation_id, n.channel_id, n.said_by, n.sent_at,
               array_to_tsvector(n.words)
        from json_to_recordset(%(rows)s) as n({WORDS.typed})
        on conflict (workspace_id, message_id) do update
            set said_by = excluded.said_by, sent_at = excluded.sent_at, words = excluded.words
            where (s.said_by, s.sent_at, s.words) is distinct from
                  (excluded.said_by, excluded.sent_at, excluded.words)""",
        {"workspace": tx.workspace_id, "rows": WORDS(rows)},
    )


async def forget_words(tx: Transaction, messages: Collection[UUID]) -> None:
    if messages:
        await tx.execute(
            "delete from search_words where workspace_id = %(workspace)s and message_id = any(%(messages)s)",
            {"workspace": tx.workspace_id, "messages": list(messages)},
        )


NAMES = Columns({"identity_id": "uuid", "channel_id": "uuid", "words": "text[]"})


async def index_names(tx: Transaction, found: Sequence[tuple[UUID, UUID, list[str]]]) -> None:
    """(identity, channel, words of its names)"""
    if not found:
        return
    await tx.execute(
        f"""
        insert into search_names as s (workspace_id, identity_id, channel_id, words)
        select %(workspace)s, n.identity_id, n.channel_id, array_to_tsvector(n.words)
        from json_to_recordset(%(rows)s) as n({NAMES.typed})
        on conflict (workspace_id, identity_id) do update set words = excluded.words
            where s.words is distinct from excluded.words""",
        {"workspace": tx.workspace_id, "rows": NAMES(found)},
    )
