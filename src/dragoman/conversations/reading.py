"""How far each member has read. Unread is personal, and looks different from waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from dragoman.access.model import Membership
from dragoman.channels.registry import channel
from dragoman.connecting import store as connecting
from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.work import jobs
from dragoman.work.jobs import Job

MARK_SEEN = "mark_seen"


async def mark_read(tx: Transaction, by: Membership, up_to: Mapping[Conversation, datetime]) -> None:
    """This member has seen what had arrived until then. It only moves forward, and the customer's app is told where
    it has such a mark."""
    moved = await _forward(tx, by.member_id, {c.conversation_id: at for c, at in up_to.items()})
    read = [c for c in up_to if c.conversation_id in moved]
    _changed(tx, by.member_id, read)
    telling = {i for i in {c.channel_id for c in read} if await _shows_what_was_read(tx, i)}
    await jobs.schedule(
        tx,
        [
            Job(kind=MARK_SEEN, subject=c.conversation_id, lane=c.lane, due_at=now())
            for c in read
            if c.channel_id in telling
        ],
    )


async def mark_unread(tx: Transaction, by: Membership, conversations: Collection[Conversation]) -> None:
    """As if this member had not seen the customer's newest turn. Who never looked has nothing to go back from."""
    await unread_to(tx, by.member_id, conversations)


async def unread_to(tx: Transaction, member_id: UUID, conversations: Collection[Conversation]) -> None:
    moved = await _back(tx, member_id, await _before_newest_turn(tx, conversations))
    unread = [c for c in conversations if c.conversation_id in moved]
    _changed(tx, member_id, unread)
    for (
        c
    ) in unread:  # with the row: it comes back into lists of what is unread, where nobody may have it loaded
        tx.changed("conversation", conversation_id=c.conversation_id, channel_id=c.channel_id)


def _changed(tx: Transaction, member_id: UUID, conversations: Iterable[Conversation]) -> None:
    for c in conversations:
        tx.changed("read", conversation_id=c.conversation_id, channel_id=c.channel_id, only_for=member_id)


async def _shows_what_was_read(tx: Transaction, channel_id: UUID) -> bool:
    found = await connecting.channel(tx, channel_id)
    return found is not None and channel(found["platform"]).capabilities.marks_seen


async def _forward(tx: Transaction, member_id: UUID, marks: Mapping[UUID, datetime]) -> set[UUID]:
    """Those whose mark did not stand there or further already."""
    rows = await tx.rows(
        """
        insert into reads as r (workspace_id, conversation_id, member_id, read_up_to)
        select %(workspace)s, m.conversation_id, %(member)s, m.up_to
        from unnest(%(conversations)s::uuid[], %(marks)s::timestamptz[]) as m(conversation_id, up_to)
        order by m.conversation_id
        on conflict (workspace_id, conversation_id, member_id) do update set read_up_to = excluded.read_up_to
            where r.read_up_to < excluded.read_up_to
        returning conversation_id""",
        {
            "workspace": tx.workspace_id,
            "member": member_id,
            "conversations": list(marks),
            "marks": list(marks.values()),
        },
    )
    return {row[0] for row in rows}


async def _before_newest_turn(
    tx: Transaction, conversations: Collection[Conversation]
) -> dict[UUID, datetime]:
    rows = await tx.rows(
        """
        select c.conversation_id, least(c.last_arrived_at, t.arrived_first_at) - interval '1 microsecond'
        from conversations c, lateral (
            select t.arrived_first_at from turns t
            where t.workspace_id = c.workspace_id and t.conversation_id = c.conversation_id and t.side = 'customer'
            order by t.first_at desc limit 1) as t
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(conversations)s)
          and c.last_arrived_at is not null""",
        {"workspace": tx.workspace_id, "conversations": [c.conversation_id for c in conversations]},
    )
    return {row[0]: row[1] for row in rows}


async def _back(tx: Transaction, member_id: UUID, marks: Mapping[UUID, datetime]) -> set[UUID]:
    rows = await tx.rows(
        """
        update reads r set read_up_to = m.up_to
        from unnest(%(conversations)s::uuid[], %(marks)s::timestamptz[]) as m(conversation_id, up_to)
        where r.workspace_id = %(workspace)s and r.conversation_id = m.conversation_id
          and r.member_id = %(member)s and r.read_up_to > m.up_to
        returning r.conversation_id""",
        {
            "workspace": tx.workspace_id,
            "member": member_id,
            "conversations": list(marks),
            "marks": list(marks.values()),
        },
    )
    return {row[0] for row in rows}
