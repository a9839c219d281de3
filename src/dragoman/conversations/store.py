"""SQL about conversations and their turns. Everything here takes and gives many rows at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from dragoman.alarms import raising
from dragoman.channels.capabilities import Capabilities
from dragoman.channels.registry import channel
from dragoman.conversations.model import Conversation, Place, Priority, Side, Status, Unanswered, counted_in
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.kit.clock import now
from dragoman.service import clocks

COLUMNS: LiteralString = """
    conversation_id, channel_id, identity_id, thread_key, lane, created_at, status,
    first_unanswered_at, first_unanswered_order, first_unanswered_id,
    last_unanswered_at, last_unanswered_order, last_unanswered_id, unanswered_count,
    answered_at, answered_order, answered_id, asked_at, asked_order, asked_id, passed_over_id,
    closed_up_to, episode_id, opened_at, closed_at, closed_by, snoozed_until,
    snoozed_by, owner_id, team_id, priority, last_message_at, last_message_order, last_message_id, last_side,
    last_turn_id, said_at, newest_id, last_arrived_at, last_customer_at, customer_wrote_at, window_closing_until,
    delivered_up_to, read_up_to, held_elsewhere"""


async def lock(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Conversation]:
    """Lock these conversations, always in the order of their ids, and read them as they stand now."""
    if not ids:
        return {}
    rows = await tx.rows(
        FIND + " order by conversation_id for update", {"workspace": tx.workspace_id, "ids": list(ids)}
    )
    return {row[0]: _conversation(row) for row in rows}


async def lock_free(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Conversation]:
    """The same of those that nobody else is just changing: it waits for none."""
    rows = await tx.rows(
        FIND + " order by conversation_id for update skip locked",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return {row[0]: _conversation(row) for row in rows}


FIND: LiteralString = (
    "select"
    + COLUMNS
    + " from conversations where workspace_id = %(workspace)s and conversation_id = any(%(ids)s)"
)


async def lock_one(tx: Transaction, conversation_id: UUID) -> Conversation | None:
    return (await lock(tx, [conversation_id])).get(conversation_id)


async def find_one(tx: Transaction, conversation_id: UUID) -> Conversation | None:
    """As it stands now; it may change at any moment."""
    return (await find(tx, [conversation_id])).get(conversation_id)


async def find(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Conversation]:
    """The same for several."""
    rows = await tx.rows(FIND, {"workspace": tx.workspace_id, "ids": list(ids)})
    return {row[0]: _conversation(row) for row in rows}


def _conversation(row: Sequence[Any]) -> Conversation:
    (cid, channel, identity, thread, lane, created, status, fu_at, fu_order, fu_id, lu_at, lu_order, lu_id,
     count, a_at, a_order, a_id, q_at, q_order, q_id, passed_over, closed_up_to, episode, opened, closed,
     closed_by, snoozed_until, snoozed_by, owner, team, priority,
     l_at, l_order, l_id, l_side, l_turn, said, newest, arrived, moved, wrote, closing, delivered, read,
     held) = row  # fmt: skip
    unanswered = None
    if count:
        unanswered = Unanswered(Place(fu_at, fu_order, fu_id), Place(lu_at, lu_order, lu_id), count)
    return Conversation(
        conversation_id=cid,
        channel_id=channel,
        identity_id=identity,
        thread_key=thread,
        lane=lane,
        created_at=created,
        status=Status(status),
        unanswered=unanswered,
        answered=_place(a_at, a_order, a_id),
        asked=_place(q_at, q_order, q_id),
        passed_over_id=passed_over,
        closed_up_to=closed_up_to,
        episode_id=episode,
        opened_at=opened,
        closed_at=closed,
        closed_by=closed_by,
        snoozed_until=snoozed_until,
        snoozed_by=snoozed_by,
        owner_id=owner,
        team_id=team,
        priority=Priority(priority),
        last=_place(l_at, l_order, l_id),
        last_side=Side(l_side) if l_side else None,
        last_turn_id=l_turn,
        said_at=said,
        newest_id=newest,
        last_arrived_at=arrived,
        last_customer_at=moved,
        customer_wrote_at=wrote,
        window_closing_until=closing,
        delivered_up_to=delivered,
        read_up_to=read,
        held_elsewhere=held,
    )


def _place(at: datetime | None, order: int | None, message_id: UUID | None) -> Place | None:
    return None if at is None or order is None or message_id is None else Place(at, order, message_id)


def _values(c: Conversation) -> tuple[Any, ...]:
    first, last, count = (
        (c.unanswered.first, c.unanswered.last, c.unanswered.count) if c.unanswered else NOBODY
    )
    return (
        c.conversation_id, c.channel_id, c.identity_id, c.thread_key, c.lane, c.created_at, c.status.value,
        *(first or NOWHERE), *(last or NOWHERE), count, *(c.answered or NOWHERE), *(c.asked or NOWHERE),
        c.passed_over_id, c.closed_up_to,
        c.episode_id, c.opened_at, c.closed_at, c.closed_by, c.snoozed_until, c.snoozed_by, c.owner_id,
        c.team_id, c.priority.value,
        *(c.last or NOWHERE),
        c.last_side.value if c.last_side else None, c.last_turn_id, c.said_at, c.newest_id, c.last_arrived_at,
        c.last_customer_at, c.customer_wrote_at, c.window_closing_until, c.delivered_up_to, c.read_up_to,
        c.held_elsewhere, c.waiting_for.value, c.waiting_since,
    )  # fmt: skip


NOWHERE = (None, None, None)
NOBODY: tuple[None, None, int] = (None, None, 0)

STORED = Columns({
    "conversation_id": "uuid", "channel_id": "uuid", "identity_id": "uuid", "thread_key": "text", "lane": "smallint",
    "created_at": "timestamptz", "status": "text", "first_unanswered_at": "timestamptz",
    "first_unanswered_order": "bigint", "first_unanswered_id": "uuid", "last_unanswered_at": "timestamptz",
    "last_unanswered_order": "bigint", "last_unanswered_id": "uuid", "unanswered_count": "integer",
    "answered_at": "timestamptz", "answered_order": "bigint", "answered_id": "uuid", "asked_at": "timestamptz",
    "asked_order": "bigint", "asked_id": "uuid", "passed_over_id": "uuid", "closed_up_to": "uuid",
    "episode_id": "uuid", "opened_at": "timestamptz", "closed_at": "timestamptz", "closed_by": "uuid",
    "snoozed_until": "timestamptz", "snoozed_by": "uuid",
    "owner_id": "uuid", "team_id": "uuid", "priority": "text",
    "last_message_at": "timestamptz", "last_message_order": "bigint", "last_message_id": "uuid",
    "last_side": "text", "last_turn_id": "uuid", "said_at": "timestamptz", "newest_id": "uuid",
    "last_arrived_at": "timestamptz",
    "last_customer_at": "timestamptz", "customer_wrote_at": "timestamptz", "window_closing_until": "timestamptz",
    "delivered_up_to": "timestamptz", "read_up_to": "timestamptz",
    "held_elsewhere": "boolean", "waiting_for": "text", "waiting_since": "timestamptz",
})  # fmt: skip
SET_FROM_EXCLUDED: LiteralString = ", ".join(
    name + " = excluded." + name for name in STORED.names.split(", ")[5:]
)

SAVE: LiteralString = f"""
    insert into conversations ({STORED.names}, workspace_id)
    select c.*, %(workspace)s from json_to_recordset(%(rows)s) as c({STORED.typed})
    on conflict (workspace_id, conversation_id) do update set {SET_FROM_EXCLUDED}"""
SAVE_AND_ASK: LiteralString = (
    "with saved as ("
    + SAVE
    + ") select exists (select from service_levels where workspace_id = %(workspace)s)"
)


async def save(tx: Transaction, conversations: Iterable[Conversation]) -> bool:
    """Write new conversations and overwrite known ones (which the caller holds locked). Says in the same breath whether
    this workspace has service levels, so that whoever has none pays nothing for them."""
    rows = [_values(c) for c in sorted(conversations, key=lambda c: c.conversation_id)]
    if not rows:
        return False
    has_levels: bool = await tx.value(SAVE_AND_ASK, {"workspace": tx.workspace_id, "rows": STORED(rows)})
    return has_levels


async def answered(tx: Transaction, conversation_id: UUID) -> Place | None:
    """Count afresh up to where people of ours have answered, by what they sent here and elsewhere."""
    row = await tx.row(
        """
        select at, ord, id from (
            select coalesce(answers_at, sent_at) as at, coalesce(answers_order, platform_order) as ord,
                   coalesce(answers_id, message_id) as id
            from messages
            where workspace_id = %(workspace)s and conversation_id = %(conversation)s and side = 'team'
              and state = 'sent' and origin in ('member', 'elsewhere')
        ) as answers order by at desc, ord desc, id desc limit 1""",
        {"workspace": tx.workspace_id, "conversation": conversation_id},
    )
    return Place(row[0], row[1], row[2]) if row else None


async def capabilities(tx: Transaction, channels: Collection[UUID]) -> dict[UUID, Capabilities]:
    """What the platform of each of these channels can do."""
    rows = await tx.rows(
        "select channel_id, platform from channels where workspace_id = %(workspace)s and channel_id = any(%(ids)s)",
        {"workspace": tx.workspace_id, "ids": list(channels)},
    )
    return {row[0]: channel(row[1]).capabilities for row in rows}


def moved_counts(tx: Transaction, before: Conversation | None, after: Conversation) -> None:
    """Keep the counters of the views in step with a conversation that changed."""
    was = counted_in(before) if before else frozenset()
    now = counted_in(after)
    for name in was - now:
        tx.count(after.channel_id, name, -1)
    for name in now - was:
        tx.count(after.channel_id, name, +1)


async def save_episodes(tx: Transaction, pairs: Collection[tuple[Conversation | None, Conversation]]) -> None:
    """Begin and end the episodes that these changes of conversations (before, after) stand for."""
    begun = [
        c for before, c in pairs if c.episode_id and (before is None or before.episode_id != c.episode_id)
    ]
    ended = [
        c
        for before, c in pairs
        if before and before.episode_id == c.episode_id and before.closed_at != c.closed_at
    ]
    if begun:
        await tx.execute(
            """
            insert into episodes (workspace_id, episode_id, conversation_id, opened_at)
            select %(workspace)s, e.* from unnest(%(episodes)s::uuid[], %(conversations)s::uuid[],
                                                  %(opened)s::timestamptz[]) as e""",
            {
                "workspace": tx.workspace_id,
                "episodes": [c.episode_id for c in begun],
                "conversations": [c.conversation_id for c in begun],
                "opened": [c.opened_at for c in begun],
            },
        )
    for c in ended:
        await tx.execute(
            """
            update episodes set closed_at = %(closed)s, closed_by = %(by)s
            where workspace_id = %(workspace)s and episode_id = %(episode)s""",
            {"workspace": tx.workspace_id, "episode": c.episode_id, "closed": c.closed_at, "by": c.closed_by},
        )


async def forget_episode(tx: Transaction, episode_id: UUID) -> None:
    """It never was one: what began it turned out to be no work."""
    await tx.execute(
        "delete from episodes where workspace_id = %(workspace)s and episode_id = %(episode)s",
        {"workspace": tx.workspace_id, "episode": episode_id},
    )


async def ids_of(tx: Transaction, identities: Collection[UUID]) -> dict[tuple[UUID, UUID, str], UUID]:
    """All conversations of these identities, by (channel, identity, thread key)."""
    rows = await tx.rows(
        """
        select c.channel_id, c.identity_id, c.thread_key, c.conversation_id
        from unnest(%(identities)s::uuid[]) as n(identity_id)
        join identities i on i.workspace_id = %(workspace)s and i.identity_id = n.identity_id
        join conversations c on c.workspace_id = i.workspace_id and c.channel_id = i.channel_id
             and c.identity_id = i.identity_id""",
        {"workspace": tx.workspace_id, "identities": list(identities)},
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}


async def record(tx: Transaction, before: Conversation, after: Conversation) -> None:
    """Save one conversation that an action changed: with its counters, its episode and its change."""
    await record_all(tx, [(before, after)])


async def record_all(tx: Transaction, pairs: Sequence[tuple[Conversation, Conversation]]) -> None:
    """The same for many, each before and after."""
    has_levels = await save(tx, [after for before, after in pairs if before != after])
    for before, after in pairs:
        moved_counts(tx, before, after)
        tx.changed("conversation", conversation_id=after.conversation_id, channel_id=after.channel_id)
    await save_episodes(tx, pairs)
    await raising.follow_windows(tx, pairs, now())
    if has_levels:
        await clocks.follow(tx, pairs, now())
