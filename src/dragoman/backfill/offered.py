"""Whom nobody answered before a channel was connected: offered as a list, from which a person opens them.

What was said then waits for nobody by itself. Opened, it waits since its first unanswered word; put back, it does not.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from dragoman.access.model import Membership
from dragoman.conversations import store as conversations
from dragoman.conversations.judging import judge_again
from dragoman.conversations.model import Conversation, Place, Status, put_back
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.errors import invalid, not_found

OFFERED_FOR = timedelta(days=30)  # who wrote before that expects no answer any more
MOST_AT_ONCE = 100

Key = tuple[datetime, UUID]
BEFORE_ALL = Place(
    datetime.min.replace(tzinfo=UTC), 0, UUID(int=0)
)  # compared by the index, as a null is not


async def page(
    tx: Transaction, by: Membership, channel_id: UUID, cursor: str | None, limit: int
) -> tuple[list[UUID], str | None]:
    """The conversations in which the last word was theirs, the oldest first, and the cursor of the next page."""
    if not by.sees(channel_id):
        raise not_found("There is no such channel.")
    at, after = _read(cursor) if cursor else (now() - OFFERED_FOR, UUID(int=0))
    found = await tx.rows(
        """
        select c.conversation_id, c.last_message_at from conversations c
        where c.workspace_id = %(workspace)s and c.channel_id = %(channel)s and c.status = 'unopened'
          and c.last_side = 'customer' and (c.last_message_at, c.conversation_id) > (%(at)s, %(after)s)
          and exists (select from messages m
                      where m.workspace_id = c.workspace_id and m.message_id = c.last_message_id
                        and m.external_id is not null and m.noise is null)
        order by c.last_message_at, c.conversation_id limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "channel": channel_id,
            "at": at,
            "after": after,
            "limit": limit + 1,
        },
    )
    ids = [row[0] for row in found[:limit]]
    return ids, _cursor(found[limit - 1][1], ids[-1]) if len(found) > limit else None


async def open_them(
    database: Database, by: Membership, channel_id: UUID, ids: Collection[UUID]
) -> list[UUID]:
    """Those that can be: not opened since by their customer, or by a colleague. Returns which."""
    at = now()
    async with database.transaction(by.workspace_id) as tx:
        before = await _locked(tx, by, channel_id, ids)
        asked = [c for c in before if c.status is Status.UNOPENED]
        await _let_wait(tx, asked, waits=True)
        after = await judge_again(tx, asked, at)
        pairs = [(c, after[c.conversation_id]) for c in asked]
        done = await _record(tx, pairs)
        await tx.execute(
            "update episodes set taken_up = true where workspace_id = %(workspace)s and episode_id = any(%(made)s)",
            {"workspace": tx.workspace_id, "made": [after.episode_id for _, after in pairs]},
        )
        return done


async def put_them_back(
    database: Database, by: Membership, channel_id: UUID, ids: Collection[UUID]
) -> list[UUID]:
    """Opening taken back, where nothing was said or done in them since. Returns which."""
    async with database.transaction(by.workspace_id) as tx:
        before = await _locked(tx, by, channel_id, ids)
        untouched = await _untouched(tx, before)
        asked = [c for c in before if c.conversation_id in untouched]
        await _let_wait(tx, asked, waits=False)
        done = await _record(tx, [(c, put_back(c)) for c in asked])
        await tx.execute(
            "delete from episodes where workspace_id = %(workspace)s and episode_id = any(%(episodes)s)",
            {"workspace": tx.workspace_id, "episodes": [c.episode_id for c in asked]},
        )
        return done


async def _locked(
    tx: Transaction, by: Membership, channel_id: UUID, ids: Collection[UUID]
) -> list[Conversation]:
    found = await conversations.lock(tx, ids)
    return [c for c in found.values() if c.channel_id == channel_id and by.sees(c.channel_id)]


async def _record(tx: Transaction, pairs: list[tuple[Conversation, Conversation]]) -> list[UUID]:
    changed = [(before, after) for before, after in pairs if before != after]
    await conversations.record_all(tx, changed)
    return [after.conversation_id for _, after in changed]


async def _let_wait(tx: Transaction, asked: Collection[Conversation], *, waits: bool) -> None:
    """What the customers said since our last answer, or since ever; noise waits for nobody here either."""
    answered = [c.answered or BEFORE_ALL for c in asked]
    await tx.execute(
        """
        update messages m set waits = %(waits)s
        from unnest(%(ids)s::uuid[], %(ats)s::timestamptz[], %(orders)s::bigint[], %(answered)s::uuid[])
             as c(id, at, ord, answered)
        where m.workspace_id = %(workspace)s and m.conversation_id = c.id and m.origin = 'customer'
          and m.external_id is not null and m.deleted_at is null and m.noise is null
          and (m.sent_at, m.platform_order, m.message_id) > (c.at, c.ord, c.answered)""",
        {
            "workspace": tx.workspace_id,
            "waits": waits,
            "ids": [c.conversation_id for c in asked],
            "ats": [each[0] for each in answered],
            "orders": [each[1] for each in answered],
            "answered": [each[2] for each in answered],
        },
    )


async def _untouched(tx: Transaction, asked: Collection[Conversation]) -> set[UUID]:
    """Opened by hand out of what was read in, and since then without a word or a sign from either side, an owner, a
    note. What came in live opened its conversation by itself, and stays."""
    rows = await tx.rows(
        """
        select c.conversation_id from conversations c
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and c.status = 'open' and c.owner_id is null and c.snoozed_until is null
          and exists (select from episodes e
                      where e.workspace_id = c.workspace_id and e.episode_id = c.episode_id and e.taken_up)
          and (c.last_customer_at is null or c.last_customer_at < c.opened_at)
          and not exists (select from messages m
                          where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                            and m.arrived_at >= c.opened_at)
          and not exists (select from notes n
                          where n.workspace_id = c.workspace_id and n.conversation_id = c.conversation_id)""",
        {"workspace": tx.workspace_id, "ids": [c.conversation_id for c in asked]},
    )
    return {row[0] for row in rows}


def _cursor(at: datetime, conversation_id: UUID) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((at, conversation_id))).decode()


def _read(cursor: str) -> Key:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=tuple[datetime, UUID])
    except ValueError as wrong:
        raise invalid(cursor="This is not a cursor that we gave out.") from wrong
