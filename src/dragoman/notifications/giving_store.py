"""Every statement about who is still to be told of what they were given.

Whoever gives holds the conversation before the giving, so whoever tells does, too: else each could wait for the other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.notifications.store import SEES

# g is a giving, c its conversation, m the member: it is still theirs, they may see it, and they have not looked at it.
STANDS: LiteralString = (
    """
    (c.owner_id = m.member_id and c.status in ('open', 'snoozed') and not exists (
        select from reads r
        where r.workspace_id = c.workspace_id and r.conversation_id = c.conversation_id and r.member_id = m.member_id
          and r.read_up_to >= c.last_arrived_at) and """
    + SEES
    + ")"
)


@dataclass(frozen=True, slots=True)
class Giving:
    conversation_id: UUID
    channel_id: UUID


async def add(tx: Transaction, member_id: UUID, conversations: Collection[UUID], at: datetime) -> None:
    await tx.execute(
        """
        insert into givings (workspace_id, member_id, conversation_id, given_at)
        select %(workspace)s, %(member)s, conversation, %(at)s from unnest(%(ids)s::uuid[]) as conversation
        order by conversation
        on conflict (workspace_id, member_id, conversation_id) do update set given_at = excluded.given_at""",
        {"workspace": tx.workspace_id, "member": member_id, "ids": list(conversations), "at": at},
    )


async def hold(tx: Transaction, conversation_id: UUID) -> None:
    """Whoever is just being told that it was given to them has been, before the next statement looks."""
    named = {"workspace": tx.workspace_id, "conversation": conversation_id}
    await tx.execute(
        """
        select from conversations
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s for key share""",
        named,
    )
    await tx.execute(
        """
        select from givings where workspace_id = %(workspace)s and conversation_id = %(conversation)s
        order by member_id for update""",
        named,
    )


async def forget(tx: Transaction, conversation_id: UUID, members: Collection[UUID]) -> None:
    """They are told of it otherwise."""
    await tx.execute(
        """
        delete from givings
        where workspace_id = %(workspace)s and conversation_id = %(conversation)s and member_id = any(%(members)s)""",
        {"workspace": tx.workspace_id, "conversation": conversation_id, "members": list(members)},
    )


async def take(tx: Transaction, member_id: UUID) -> list[Giving]:
    """What they were given, the last first, that stands. It is not told again."""
    held = await tx.rows(
        """
        select c.conversation_id from givings g
        join conversations c on c.workspace_id = g.workspace_id and c.conversation_id = g.conversation_id
        where g.workspace_id = %(workspace)s and g.member_id = %(member)s
        order by c.conversation_id for key share of c""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return await tx.all(
        Giving,
        """
        with taken as (
            delete from givings
            where workspace_id = %(workspace)s and member_id = %(member)s and conversation_id = any(%(held)s)
            returning workspace_id, member_id, conversation_id, given_at)
        select c.conversation_id, c.channel_id from taken g
        join members m on m.workspace_id = g.workspace_id and m.member_id = g.member_id
        join conversations c on c.workspace_id = g.workspace_id and c.conversation_id = g.conversation_id
        where """
        + STANDS
        + """
        order by g.given_at desc, c.conversation_id""",
        {"workspace": tx.workspace_id, "member": member_id, "held": [row[0] for row in held]},
    )


async def note_told(tx: Transaction, member_id: UUID, conversations: Collection[UUID], at: datetime) -> None:
    """As if they had been told of the customer's newest turn: it is not told to them once more."""
    await tx.execute(
        """
        insert into notifications (workspace_id, member_id, conversation_id, turn_id, fragments, arrived_at, told_at)
        select c.workspace_id, %(member)s, c.conversation_id, t.turn_id, t.fragments, c.last_arrived_at, %(at)s
        from conversations c
        cross join lateral (
            select turn_id, fragments from turns t
            where t.workspace_id = c.workspace_id and t.conversation_id = c.conversation_id and t.side = 'customer'
            order by t.first_at desc limit 1) as t
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s) and c.last_arrived_at is not null
        on conflict (workspace_id, member_id, conversation_id) do update
            set turn_id = excluded.turn_id, fragments = excluded.fragments, arrived_at = excluded.arrived_at,
                told_at = excluded.told_at""",
        {"workspace": tx.workspace_id, "member": member_id, "ids": list(conversations), "at": at},
    )


async def still_given(tx: Transaction, member_id: UUID, conversation_id: UUID) -> tuple[str | None] | None:
    """What the customer is called; None: it is not theirs any more, or they have looked at it."""
    row = await tx.row(
        """
        select coalesce(p.name, i.username) from members m
        join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = %(conversation)s
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where m.workspace_id = %(workspace)s and m.member_id = %(member)s and """
        + STANDS,
        {"workspace": tx.workspace_id, "member": member_id, "conversation": conversation_id},
    )
    return None if row is None else (row[0],)
