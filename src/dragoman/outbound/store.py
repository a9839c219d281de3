"""SQL about messages of ours on their way out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from dragoman.conversations.model import Place
from dragoman.db.database import Transaction
from dragoman.outbound.model import MAX_BESIDES, MAX_FILES, MAX_PIECES
from dragoman.work.jobs import Job

SEND = "send"
RECONCILE = "reconcile"
MATCH = "match_echo"
SLOT = "slot"  # in the payload of a job to send: its place in the channel's pace


async def news_since(
    tx: Transaction, conversation_id: UUID, seen_seq: int, reader: UUID, *, ours_before: UUID | None = None
) -> list[UUID]:
    """Messages that came or changed after ``seen_seq`` by anybody but the reader: what an answer would miss.
    What says itself is nobody's word.

    ``ours_before``: of those that members wrote here only the ones before this one.
    """
    rows = await tx.rows(
        """
        select message_id, max(seq) as seq from changes
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and seq > %(seen)s
          and kind = 'message' and member_id is distinct from %(reader)s
          and not exists (select from messages m where m.workspace_id = changes.workspace_id
                          and m.message_id = changes.message_id and m.origin = 'automatic')
          and (member_id is null or %(before)s::uuid is null or message_id < %(before)s)
        group by message_id order by seq""",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "seen": seen_seq,
            "reader": reader,
            "before": ours_before,
        },
    )
    return [row[0] for row in rows]


async def news_of_many(
    tx: Transaction, conversation_ids: Collection[UUID], seen_seq: int, reader: UUID
) -> dict[UUID, int]:
    """The same for many conversations: how many messages in each that has any."""
    rows = await tx.rows(
        """
        select conversation_id, count(distinct message_id) from changes
        where workspace_id = %(workspace)s and conversation_id = any(%(conversations)s) and seq > %(seen)s
          and kind = 'message' and member_id is distinct from %(reader)s
          and not exists (select from messages m where m.workspace_id = changes.workspace_id
                          and m.message_id = changes.message_id and m.origin = 'automatic')
        group by conversation_id""",
        {
            "workspace": tx.workspace_id,
            "conversations": list(conversation_ids),
            "seen": seen_seq,
            "reader": reader,
        },
    )
    return {row[0]: row[1] for row in rows}


async def standing(tx: Transaction) -> tuple[int, int, int]:
    """The workspace's last number, the number from which the log is kept, and its seconds for undo."""
    row = await tx.row(
        "select seq, log_from, undo_seconds from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    assert row is not None
    return row[0], row[1], row[2]


async def by_idempotency_key(tx: Transaction, conversation_id: UUID, key: str) -> list[UUID]:
    """The messages that this very request made before: those of the text and one for each file."""
    rows = await tx.rows(
        """
        select message_id from messages
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s
          and idempotency_key = any(%(keys)s)
        order by message_id""",
        {
            "workspace": tx.workspace_id,
            "conversation": conversation_id,
            "keys": [f"{key}:{nth}" for nth in range(MAX_FILES + MAX_PIECES + MAX_BESIDES)],
        },
    )
    return [row[0] for row in rows]


async def uploads(tx: Transaction, ids: Sequence[UUID], member_id: UUID) -> list[dict[str, Any]]:
    """Files that this member uploaded and has not sent yet, in the order asked for."""
    rows = await tx.rows(
        """
        select a.attachment_id, a.kind, a.name, a.sniffed_type, a.size_bytes
        from unnest(%(ids)s::uuid[]) with ordinality as n(attachment_id, nth)
        join attachments a on a.workspace_id = %(workspace)s and a.attachment_id = n.attachment_id
        where a.uploaded_by = %(member)s and a.message_id is null and a.state = 'stored'
        order by n.nth""",
        {"workspace": tx.workspace_id, "ids": list(ids), "member": member_id},
    )
    return [dict(zip(("id", "kind", "name", "mime_type", "size_bytes"), row, strict=True)) for row in rows]


async def give_file(tx: Transaction, attachment_id: UUID, message_id: UUID, channel_id: UUID) -> None:
    await tx.execute(
        """
        update attachments set message_id = %(message)s, channel_id = %(channel)s
        where workspace_id = %(workspace)s and attachment_id = %(attachment)s""",
        {
            "workspace": tx.workspace_id,
            "attachment": attachment_id,
            "message": message_id,
            "channel": channel_id,
        },
    )


async def give_back(tx: Transaction, attachment_id: UUID, member_id: UUID) -> None:
    """A file that went with no message after all is in this member's hands, who may send it."""
    await tx.execute(
        """
        update attachments set message_id = null, channel_id = null, uploaded_by = %(member)s
        where workspace_id = %(workspace)s and attachment_id = %(attachment)s""",
        {"workspace": tx.workspace_id, "attachment": attachment_id, "member": member_id},
    )


async def due_sends(
    tx: Transaction,
    lanes: Sequence[int],
    limit: int,
    full_channels: Collection[UUID],
    full_platforms: Collection[str],
    *,
    only_of_persons: bool = False,
) -> list[tuple[Job, UUID]]:
    """What is due to leave in these (locked) lanes, where there is room; each with its channel.

    The channels take turns, the oldest of each first: a backlog of one does not stand before the others. What was said
    by itself comes after what persons wrote, unless it stands before such words in its conversation.
    """
    rows = await tx.rows(
        """
        with due as (
            select j.subject, j.lane, j.due_at, j.payload, j.attempts, m.channel_id,
                   m.origin = 'automatic'
                   and not exists (select from messages o
                                   where o.workspace_id = m.workspace_id and o.conversation_id = m.conversation_id
                                     and o.state = 'queued' and o.origin <> 'automatic') as can_wait
            from jobs j
            join messages m on m.workspace_id = j.workspace_id and m.message_id = j.subject
            join channels h on h.workspace_id = m.workspace_id and h.channel_id = m.channel_id
            where j.workspace_id = %(workspace)s and j.lane = any(%(lanes)s) and j.due_at <= now()
              and j.kind = %(kind)s and j.parked_reason is null and m.channel_id <> all(%(channels)s::uuid[])
              and h.platform <> all(%(platforms)s::text[])
        )
        select subject, lane, due_at, payload, attempts, channel_id from due
        where not (can_wait and %(only_of_persons)s)
        order by can_wait, row_number() over (partition by channel_id, can_wait order by due_at), due_at
        limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "lanes": list(lanes),
            "kind": SEND,
            "channels": list(full_channels),
            "platforms": list(full_platforms),
            "only_of_persons": only_of_persons,
            "limit": limit,
        },
    )
    return [
        (Job(kind=SEND, subject=subject, lane=lane, due_at=at, payload=payload, attempts=attempts), channel)
        for subject, lane, at, payload, attempts, channel in rows
    ]


async def other_sends(tx: Transaction, message_id: UUID) -> list[str]:
    """The platform's ids of what we sent from here in the same conversation at about the time of this one."""
    rows = await tx.rows(
        """
        select o.external_id from messages m
        join messages o on o.workspace_id = m.workspace_id and o.conversation_id = m.conversation_id
        where m.workspace_id = %(workspace)s and m.message_id = %(message)s and o.message_id <> m.message_id
          and o.dispatched_at is not null and o.external_id is not null
          and o.sent_at >= m.dispatched_at - interval '1 minute'""",
        {"workspace": tx.workspace_id, "message": message_id},
    )
    return [row[0] for row in rows]


async def next_out(tx: Transaction, conversation_id: UUID) -> tuple[UUID, str, datetime | None] | None:
    """The oldest message of ours that is not out yet: its id, state, and until when it can be undone."""
    row = await tx.row(
        """
        select message_id, state, hold_until from messages
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and state in ('queued', 'sending')
        order by message_id limit 1""",
        {"workspace": tx.workspace_id, "conversation": conversation_id},
    )
    return (row[0], row[1], row[2]) if row else None


async def mark(
    tx: Transaction,
    message_id: UUID,
    state: str,
    reason: str | None = None,
    leaves_at: datetime | None = None,
) -> None:
    await tx.execute(
        """
        update messages set state = %(state)s, reason = %(reason)s, leaves_at = %(leaves)s
        where workspace_id = %(workspace)s and message_id = %(message)s""",
        {
            "workspace": tx.workspace_id,
            "message": message_id,
            "state": state,
            "reason": reason,
            "leaves": leaves_at,
        },
    )


async def mark_sending(tx: Transaction, message_id: UUID, now: datetime) -> None:
    await tx.execute(
        """
        update messages set state = 'sending', reason = null, leaves_at = null, dispatched_at = %(now)s,
               attempts = attempts + 1
        where workspace_id = %(workspace)s and message_id = %(message)s""",
        {"workspace": tx.workspace_id, "message": message_id, "now": now},
    )


async def requeue(tx: Transaction, message_id: UUID, *, seen_seq: int, answers: Place) -> None:
    """A person wants it tried again: as if pressed now, having seen what stands there now."""
    await tx.execute(
        """
        update messages set state = 'queued', reason = null, leaves_at = null, attempts = 0, seen_seq = %(seen)s,
               hold_until = now(), answers_at = %(at)s, answers_order = %(order)s, answers_id = %(id)s
        where workspace_id = %(workspace)s and message_id = %(message)s""",
        {
            "workspace": tx.workspace_id,
            "message": message_id,
            "seen": seen_seq,
            "at": answers.at,
            "order": answers.order,
            "id": answers.id,
        },
    )


async def close_when_sent(tx: Transaction, message_id: UUID) -> None:
    await tx.execute(
        "update messages set then_close = true where workspace_id = %(workspace)s and message_id = %(message)s",
        {"workspace": tx.workspace_id, "message": message_id},
    )


async def quoted(tx: Transaction, conversation_id: UUID, message_id: UUID) -> tuple[bool, str | None]:
    """Whether this message stands in the conversation, and the platform's id of it, which it may not have yet."""
    row = await tx.row(
        """
        select external_id from messages
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and message_id = %(message)s""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "message": message_id},
    )
    return (True, row[0]) if row else (False, None)


class Reach(NamedTuple):
    """What decides whether anything can be sent."""

    platform: str
    account: str
    state: str
    trouble: str | None
    blocked_at: datetime | None


async def reachable(tx: Transaction, conversation_ids: Collection[UUID]) -> dict[UUID, Reach]:
    rows = await tx.rows(
        """
        select c.conversation_id, h.platform, h.account, h.state, h.trouble, i.blocked_us_at
        from conversations c
        join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(conversations)s)""",
        {"workspace": tx.workspace_id, "conversations": list(conversation_ids)},
    )
    return {row[0]: Reach(*row[1:]) for row in rows}


async def details(tx: Transaction, message_id: UUID) -> dict[str, Any] | None:
    """A message of ours with all that sending it takes: whom, by which channel, what."""
    row = await tx.row(
        """
        select m.message_id, m.conversation_id, m.channel_id, m.author_id, m.origin, m.state, m.text, m.parts,
               m.reply_to, m.seen_seq, m.attempts, m.dispatched_at, m.hold_until, c.thread_key, c.last_customer_at,
               c.customer_wrote_at, c.reach, c.identity_id, c.lane, i.address, h.account, h.connection_id, h.platform
        from messages m
        join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = m.conversation_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join channels h on h.workspace_id = m.workspace_id and h.channel_id = m.channel_id
        where m.workspace_id = %(workspace)s and m.message_id = %(message)s and m.side = 'team'""",
        {"workspace": tx.workspace_id, "message": message_id},
    )
    return dict(zip(DETAILS, row, strict=True)) if row else None


DETAILS = (
    "message_id", "conversation_id", "channel_id", "author_id", "origin", "state", "text", "parts", "reply_to",
    "seen_seq", "attempts", "dispatched_at", "hold_until", "thread_key", "last_customer_at", "customer_wrote_at",
    "reach", "identity_id", "lane",
    "address", "account", "connection_id", "platform",
)  # fmt: skip


async def file_of(tx: Transaction, message_id: UUID) -> dict[str, Any] | None:
    row = await tx.row(
        """
        select attachment_id, kind, name, sniffed_type, size_bytes, storage_key from attachments
        where workspace_id = %(workspace)s and message_id = %(message)s limit 1""",
        {"workspace": tx.workspace_id, "message": message_id},
    )
    keys = ("attachment_id", "kind", "name", "mime_type", "size_bytes", "storage_key")
    return dict(zip(keys, row, strict=True)) if row else None
