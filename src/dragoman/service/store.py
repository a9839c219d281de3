"""SQL about service levels, and about the clocks of those who wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Json

from dragoman.conversations.model import Priority
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.service.model import Book, Clock, KeptLevel, Reply, ServiceLevel, State, Waiting
from dragoman.team.work import Hours

Row = dict[str, Any]


async def levels(tx: Transaction) -> tuple[KeptLevel, ...]:
    """In the order in which they are asked."""
    found = await tx.rows(
        """
        select level_id, content from service_levels
        where workspace_id = %(workspace)s order by place, level_id""",
        {"workspace": tx.workspace_id},
    )
    return tuple(KeptLevel(row[0], msgspec.convert(row[1], ServiceLevel)) for row in found)


async def shown(tx: Transaction) -> list[Row]:
    """The same as a browser gets them."""
    return [
        {
            "id": kept.level_id,
            "name": kept.level.name,
            "channel_ids": kept.level.when.channels,
            "languages": kept.level.when.languages,
            "label_ids": kept.level.when.labels,
            "priorities": kept.level.when.priorities,
            "first_reply": kept.level.first_reply,
            "next_reply": kept.level.next_reply,
            "measured": kept.level.measured,
            "warned": kept.level.warned,
        }
        for kept in await levels(tx)
    ]


async def are_any(tx: Transaction) -> bool:
    found: bool = await tx.value(
        "select exists (select from service_levels where workspace_id = %(workspace)s)",
        {"workspace": tx.workspace_id},
    )
    return found


async def book(tx: Transaction) -> Book:
    row = await tx.row(
        "select zone, shifts, holidays from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    assert row is not None
    hours = msgspec.convert({"zone": row[0], "shifts": row[1], "holidays": row[2]}, Hours)
    return Book(await levels(tx), hours)


async def lock(tx: Transaction) -> None:
    """One change of them at a time."""
    await tx.execute(
        "select from workspaces where workspace_id = %(workspace)s for no key update",
        {"workspace": tx.workspace_id},
    )


async def put(tx: Transaction, level_id: UUID, level: ServiceLevel) -> None:
    """A new one comes after all others; a known one keeps its place."""
    await tx.execute(
        """
        insert into service_levels (workspace_id, level_id, place, content)
        select %(workspace)s, %(level)s, coalesce(max(place), 0) + 1, %(content)s
        from service_levels where workspace_id = %(workspace)s
        on conflict (workspace_id, level_id) do update set content = excluded.content""",
        {
            "workspace": tx.workspace_id,
            "level": level_id,
            "content": Json(msgspec.to_builtins(level)),
        },
    )


async def remove(tx: Transaction, level_id: UUID) -> None:
    await tx.execute(
        "delete from service_levels where workspace_id = %(workspace)s and level_id = %(level)s",
        {"workspace": tx.workspace_id, "level": level_id},
    )


async def put_in_order(tx: Transaction, ids: Sequence[UUID]) -> None:
    await tx.execute(
        """
        update service_levels l set place = o.place
        from unnest(%(ids)s::uuid[]) with ordinality as o(level_id, place)
        where l.workspace_id = %(workspace)s and l.level_id = o.level_id""",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as its clock goes by it. ``waiting`` None: nobody waits. ``answered_at``: when a person of ours
    answered last in this episode."""

    conversation_id: UUID
    channel_id: UUID
    lane: int
    episode_id: UUID | None
    answered_at: datetime | None
    waiting: Waiting | None
    clock: Clock | None


async def standing(tx: Transaction, ids: Collection[UUID]) -> list[Standing]:
    """Of these, in which somebody waits or a clock runs; the caller holds them.

    Answers of this episode are those that we have heard of since it began: the platform's time of one may be older.
    """
    found = await tx.rows(
        """
        select c.conversation_id, c.channel_id, c.lane, c.episode_id,
               (select max(m.sent_at) from messages m
                where m.workspace_id = c.workspace_id and m.conversation_id = c.conversation_id
                  and m.sent_at > c.opened_at - interval '7 days' and m.side = 'team' and m.state = 'sent'
                  and m.origin in ('member', 'elsewhere') and m.message_id > c.episode_id),
               c.waiting_since, p.language, c.priority,
               array(select l.label_id from conversation_labels l
                     where l.workspace_id = c.workspace_id and l.conversation_id = c.conversation_id),
               c.service_level_id, c.service_reply, c.service_since, c.service_at_risk_at, c.service_due_at,
               c.service_state, c.service_told
        from conversations c
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where c.workspace_id = %(workspace)s and c.conversation_id = any(%(ids)s)
          and (c.waiting_since is not null or c.service_level_id is not null)
        order by c.conversation_id""",
        {"workspace": tx.workspace_id, "ids": list(ids)},
    )
    return [_standing(*row) for row in found]


def _standing(
    conversation_id: UUID, channel_id: UUID, lane: int, episode_id: UUID | None, answered_at: datetime | None,
    since: datetime | None, language: str | None, priority: str, labels: list[UUID], *clock: Any,
) -> Standing:  # fmt: skip
    return Standing(
        conversation_id=conversation_id,
        channel_id=channel_id,
        lane=lane,
        episode_id=episode_id,
        answered_at=answered_at,
        waiting=None
        if since is None
        else Waiting(
            channel_id=channel_id,
            language=language,
            labels=frozenset(labels),
            priority=Priority(priority),
            since=since,
            is_answered=answered_at is not None,
        ),
        clock=_clock(*clock),
    )


def _clock(level_id: UUID | None, reply: str, since: datetime, at_risk_at: datetime, due_at: datetime, state: str,
           told: str) -> Clock | None:  # fmt: skip
    if level_id is None:
        return None
    return Clock(
        level_id=level_id,
        reply=Reply(reply),
        since=since,
        at_risk_at=at_risk_at,
        due_at=due_at,
        state=State(state),
        told=State(told),
    )


CLOCKS = Columns({
    "conversation_id": "uuid", "service_level_id": "uuid", "service_reply": "text", "service_since": "timestamptz",
    "service_at_risk_at": "timestamptz", "service_due_at": "timestamptz", "service_state": "text",
    "service_told": "text",
})  # fmt: skip


async def set_clocks(tx: Transaction, clocks: Collection[tuple[UUID, Clock | None]]) -> None:
    """The clocks of these conversations, which the caller holds."""
    rows = [(conversation_id, *_stored(clock)) for conversation_id, clock in clocks]
    await tx.execute(
        f"""
        update conversations c
        set service_level_id = k.service_level_id, service_reply = k.service_reply, service_since = k.service_since,
            service_at_risk_at = k.service_at_risk_at, service_due_at = k.service_due_at,
            service_state = k.service_state, service_told = k.service_told
        from json_to_recordset(%(rows)s) as k({CLOCKS.typed})
        where c.workspace_id = %(workspace)s and c.conversation_id = k.conversation_id""",
        {"workspace": tx.workspace_id, "rows": CLOCKS(rows)},
    )


def _stored(clock: Clock | None) -> tuple[Any, ...]:
    if clock is None:
        return (None,) * 7
    return (clock.level_id, clock.reply.value, clock.since, clock.at_risk_at, clock.due_at, clock.state.value,
            clock.told.value)  # fmt: skip


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a clock that ended."""

    episode_id: UUID
    reply: Reply
    due_at: datetime
    was_met: bool


RESULTS = Columns({"episode_id": "uuid", "is_first": "boolean", "due_at": "timestamptz", "met": "boolean"})


async def note_results(tx: Transaction, results: Collection[Kept]) -> None:
    """On the episodes, for reports."""
    if not results:
        return
    rows = [(each.episode_id, each.reply is Reply.FIRST, each.due_at, each.was_met) for each in results]
    await tx.execute(
        f"""
        update episodes e
        set first_reply_due_at = case when r.is_first then r.due_at else e.first_reply_due_at end,
            first_reply_met = case when r.is_first then r.met else e.first_reply_met end,
            replies_met = e.replies_met + case when r.met then 1 else 0 end,
            replies_missed = e.replies_missed + case when r.met then 0 else 1 end
        from json_to_recordset(%(rows)s) as r({RESULTS.typed})
        where e.workspace_id = %(workspace)s and e.episode_id = r.episode_id""",
        {"workspace": tx.workspace_id, "rows": RESULTS(rows)},
    )


async def concerned(tx: Transaction, after: UUID | None, limit: int) -> list[UUID]:
    """Those who wait, snoozed ones too, and those whose clock runs, page by page."""
    found = await tx.rows(
        """
        select conversation_id from (
            select conversation_id from conversations
            where workspace_id = %(workspace)s and status = 'open' and waiting_for = 'us'
            union
            select conversation_id from conversations
            where workspace_id = %(workspace)s and status = 'snoozed' and waiting_since is not null
            union
            select conversation_id from conversations
            where workspace_id = %(workspace)s and service_level_id is not null) as c
        where %(after)s::uuid is null or conversation_id > %(after)s
        order by conversation_id limit %(limit)s""",
        {"workspace": tx.workspace_id, "after": after, "limit": limit},
    )
    return [row[0] for row in found]
