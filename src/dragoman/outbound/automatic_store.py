"""SQL about what the house says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from dragoman.conversations.model import Place
from dragoman.db.database import Transaction


class Spoken(msgspec.Struct, frozen=True):
    """``turn_at``: when the customer's turn began, and the place of the newest of it. ``is_news``: that waits and did
    not come late.
    ``answered_at``: when a person of ours wrote last. ``is_answering``: what one wrote is not out yet, or may be."""

    turn_at: datetime | None
    newest_at: datetime | None
    newest_order: int | None
    newest_id: UUID | None
    is_news: bool
    answered_at: datetime | None
    is_answering: bool

    @property
    def newest(self) -> Place | None:
        if self.newest_at is None or self.newest_order is None or self.newest_id is None:
            return None
        return Place(self.newest_at, self.newest_order, self.newest_id)


async def spoken(tx: Transaction, about: Sequence[tuple[UUID, UUID | None]]) -> dict[UUID, Spoken]:
    """What was said last on both sides, by conversation, for each of (conversation, the customer's turn)."""
    rows = await tx.rows(
        """
        select a.conversation_id, t.first_at, n.sent_at, n.platform_order, n.message_id,
               coalesce(n.waits and not n.late, false),
               (select m.sent_at from messages m
                where m.workspace_id = %(workspace)s and m.conversation_id = a.conversation_id and m.state = 'sent'
                  and m.origin in ('member', 'elsewhere') and m.deleted_at is null
                order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1),
               exists (select from messages m
                       where m.workspace_id = %(workspace)s and m.conversation_id = a.conversation_id
                         and m.state in ('queued', 'sending', 'unknown') and m.origin = 'member')
        from unnest(%(conversations)s::uuid[], %(turns)s::uuid[]) as a(conversation_id, turn_id)
        left join turns t on t.workspace_id = %(workspace)s and t.turn_id = a.turn_id
        left join lateral (
            select m.waits, m.late, m.sent_at, m.platform_order, m.message_id from messages m
            where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
              and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
            order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1) n on true""",
        {
            "workspace": tx.workspace_id,
            "conversations": [conversation for conversation, _ in about],
            "turns": [turn for _, turn in about],
        },
    )
    return {row[0]: Spoken(*row[1:]) for row in rows}


async def begin(
    tx: Transaction, what: Sequence[tuple[UUID, str]], at: datetime
) -> frozenset[tuple[UUID, str]]:
    """Those of (conversation, key) for which nothing was said before."""
    rows = await tx.rows(
        """
        insert into said_by_itself (workspace_id, conversation_id, key, at)
        select %(workspace)s, w.*, %(at)s from unnest(%(conversations)s::uuid[], %(keys)s::text[]) as w
        on conflict do nothing returning conversation_id, key""",
        {
            "workspace": tx.workspace_id,
            "conversations": [conversation for conversation, _ in what],
            "keys": [key for _, key in what],
            "at": at,
        },
    )
    return frozenset((row[0], row[1]) for row in rows)


class Signature(NamedTuple):
    """What said a message, in place of a member."""

    message_id: UUID
    source: str
    rule_id: UUID | None


async def sign(tx: Transaction, signed: Sequence[Signature]) -> None:
    await tx.execute(
        """
        update messages m set said_by = s.source, rule_id = s.rule_id
        from unnest(%(messages)s::uuid[], %(sources)s::text[], %(rules)s::uuid[]) as s(message_id, source, rule_id)
        where m.workspace_id = %(workspace)s and m.message_id = s.message_id""",
        {
            "workspace": tx.workspace_id,
            "messages": [each.message_id for each in signed],
            "sources": [each.source for each in signed],
            "rules": [each.rule_id for each in signed],
        },
    )


async def has_been_overtaken(tx: Transaction, conversation_id: UUID, message_id: UUID) -> bool:
    """A person of ours has written since these words were queued."""
    return bool(
        await tx.value(
            """
            select exists (select from messages
                           where workspace_id = %(workspace)s and conversation_id = %(conversation)s
                             and message_id > %(message)s and side = 'team' and origin in ('member', 'elsewhere')
                             and state <> 'failed' and deleted_at is null)""",
            {"workspace": tx.workspace_id, "conversation": conversation_id, "message": message_id},
        )
    )
