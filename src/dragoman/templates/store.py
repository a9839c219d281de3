"""SQL about templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from dragoman.channels.contract import Template
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.templates.model import folded_words

Place = tuple[str, str]  # name, language

TEMPLATE = Columns({
    "name": "text", "language": "text", "state": "text", "words": "text", "content": "jsonb",
})  # fmt: skip


async def lock_for_look(tx: Transaction, channel_id: UUID, asked_at: datetime) -> bool:
    """Of two looks at once the one that asked later stands, whole. False: the channel is gone, or this is the other."""
    return bool(
        await tx.rows(
            """
            select from channels
            where workspace_id = %(workspace)s and channel_id = %(channel)s and state <> 'removed'
              and (templates_looked_at is null or templates_looked_at < %(asked)s) for no key update""",
            {"workspace": tx.workspace_id, "channel": channel_id, "asked": asked_at},
        )
    )


async def replace_all(tx: Transaction, channel_id: UUID, found: Iterable[Template]) -> None:
    """What the platform has now, and nothing else."""
    rows = [
        (each.name, each.language, each.state, folded_words(each), msgspec.to_builtins(each))
        for each in found
    ]
    named = {"workspace": tx.workspace_id, "channel": channel_id, "rows": TEMPLATE(rows)}
    await tx.execute(
        "delete from templates where workspace_id = %(workspace)s and channel_id = %(channel)s", named
    )
    await tx.execute(
        f"""
        insert into templates (workspace_id, channel_id, {TEMPLATE.names})
        select %(workspace)s, %(channel)s, t.* from json_to_recordset(%(rows)s) as t({TEMPLATE.typed})
        on conflict do nothing""",
        named,
    )


async def note_look(tx: Transaction, channel_id: UUID, at: datetime, trouble: str | None) -> None:
    await tx.execute(
        """
        update channels set templates_looked_at = %(at)s, templates_trouble = %(trouble)s
        where workspace_id = %(workspace)s and channel_id = %(channel)s
          and (templates_looked_at is null or templates_looked_at < %(at)s)""",
        {"workspace": tx.workspace_id, "channel": channel_id, "at": at, "trouble": trouble},
    )
    tx.changed("channel", channel_id=channel_id)


async def page(
    tx: Transaction,
    channel_id: UUID,
    *,
    words: Sequence[str],
    language: str | None,
    approved_only: bool,
    after: Place | None,
    limit: int,
) -> list[Template]:
    """By name and language; each of the words stands somewhere in it."""
    rows = await tx.rows(
        """
        select content from templates
        where workspace_id = %(workspace)s and channel_id = %(channel)s
          and (%(language)s::text is null or language = %(language)s)
          and (not %(approved)s or state = 'approved')
          and not exists (select from unnest(%(words)s::text[]) as w(word) where strpos(words, w.word) = 0)
          and (%(name)s::text is null or (name, language) > (%(name)s, %(after)s))
        order by name, language limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "channel": channel_id,
            "language": language,
            "approved": approved_only,
            "words": list(words),
            "name": after[0] if after else None,
            "after": after[1] if after else None,
            "limit": limit,
        },
    )
    return [msgspec.convert(row[0], Template) for row in rows]


async def languages(tx: Transaction, channel_id: UUID, *, approved_only: bool) -> list[str]:
    """In which there are any."""
    rows = await tx.rows(
        """
        select distinct language from templates
        where workspace_id = %(workspace)s and channel_id = %(channel)s
          and (not %(approved)s or state = 'approved')
        order by language""",
        {"workspace": tx.workspace_id, "channel": channel_id, "approved": approved_only},
    )
    return [row[0] for row in rows]


async def one(tx: Transaction, channel_id: UUID, name: str, language: str) -> Template | None:
    content = await tx.value(
        """
        select content from templates
        where workspace_id = %(workspace)s and channel_id = %(channel)s
          and name = %(name)s and language = %(language)s""",
        {"workspace": tx.workspace_id, "channel": channel_id, "name": name, "language": language},
    )
    return msgspec.convert(content, Template) if content else None


async def without_a_look(tx: Transaction, platforms: Sequence[str], kind: str) -> list[UUID]:
    """The connections of these platforms that nobody looks at yet."""
    rows = await tx.rows(
        """
        select distinct h.connection_id from channels h
        where h.workspace_id = %(workspace)s and h.platform = any(%(platforms)s) and h.state <> 'removed'
          and not exists (select from jobs j where j.workspace_id = h.workspace_id and j.kind = %(kind)s
                                              and j.subject = h.connection_id)""",
        {"workspace": tx.workspace_id, "platforms": list(platforms), "kind": kind},
    )
    return [row[0] for row in rows]
