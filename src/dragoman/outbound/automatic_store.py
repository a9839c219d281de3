"""SQL about what the house says by itself."""

from __future__ import annotations

from datetime import datetime
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


async def spoken(tx: Transaction, conversation_id: UUID, turn_id: UUID | None) -> Spoken:
    """What was said last on both sides."""
    found = await tx.one(
        Spoken,
        """
        select t.first_at as turn_at, n.sent_at as newest_at, n.platform_order as newest_order,
               n.message_id as newest_id, coalesce(n.waits and not n.late, false) as is_news,
               (select m.sent_at from messages m
                where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id and m.state = 'sent'
                  and m.origin in ('member', 'elsewhere') and m.deleted_at is null
                order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1) as answered_at,
               exists (select from messages m
                       where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                         and m.state in ('queued', 'sending', 'unknown') and m.origin = 'member') as is_answering
        from conversations c
        left join turns t on t.workspace_id = c.workspace_id and t.turn_id = %(turn)s
        left join lateral (
            select m.waits, m.late, m.sent_at, m.platform_order, m.message_id from messages m
            where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
              and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
            order by m.sent_at desc, m.platform_order desc, m.message_id desc limit 1) n on true
        where c.workspace_id = %(workspace)s and c.conversation_id = %(conversation)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "turn": turn_id},
    )
    assert found is not None
    return found


async def begin(tx: Transaction, conversation_id: UUID, key: str, at: datetime) -> bool:
    """False: it was said for this before."""
    touched = await tx.execute(
        """
        insert into said_by_itself (workspace_id, conversation_id, key, at)
        values (%(workspace)s, %(conversation)s, %(key)s, %(at)s) on conflict do nothing""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "key": key, "at": at},
    )
    return touched > 0


async def sign(tx: Transaction, message_id: UUID, source: str, rule_id: UUID | None) -> None:
    """Write down what said it, in place of a member."""
    await tx.execute(
        """
        update messages set said_by = %(source)s, rule_id = %(rule)s
        where workspace_id = %(workspace)s and message_id = %(message)s""",
        {"workspace": tx.workspace_id, "message": message_id, "source": source, "rule": rule_id},
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
