"""SQL about turns that settle: marked once, and read with everything that is decided by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.conversations.model import Priority, Status
from dragoman.db.database import Transaction
from dragoman.settling.facts import LONGEST_TEXT, SettledTurn, kinds_of
from dragoman.team.routing_store import house_hours
from dragoman.team.work import Hours, is_open


class Settled(msgspec.Struct, frozen=True):
    turn_id: UUID
    conversation_id: UUID
    channel_id: UUID
    fragments: int
    noise: str | None


async def conversations_of(tx: Transaction, turn_ids: Collection[UUID]) -> list[UUID]:
    rows = await tx.rows(
        """
        select distinct conversation_id from turns
        where workspace_id = %(workspace)s and turn_id = any(%(turns)s) and settled_at is null""",
        {"workspace": tx.workspace_id, "turns": list(turn_ids)},
    )
    return [row[0] for row in rows]


async def mark_settled(tx: Transaction, turn_ids: Collection[UUID], now: datetime) -> list[Settled]:
    """Those that were not settled yet, once each for as many fragments as they have."""
    return await tx.all(
        Settled,
        """
        update turns t set settled_at = %(now)s, settled_fragments = t.fragments
        from conversations c
        where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s) and t.settled_at is null
          and c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
        returning t.turn_id, t.conversation_id, c.channel_id, t.fragments, t.noise""",
        {"workspace": tx.workspace_id, "turns": list(turn_ids), "now": now},
    )


# A turn opened its conversation when the episode began with one of its fragments.
FACTS: LiteralString = """
    select t.turn_id, c.conversation_id, c.channel_id, c.identity_id, i.contact_id, h.platform, t.fragments, t.first_at,
           t.noise, c.lane, c.status, c.owner_id, c.team_id, c.answered_at is not null, p.name, p.language,
           p.language_confidence, p.language_said_by,
           c.status = 'open' and c.opened_at >= t.arrived_first_at and t.noise is null,
           exists (select from episodes e where e.workspace_id = c.workspace_id
                   and e.conversation_id = c.conversation_id and e.opened_at < t.arrived_first_at),
           c.priority, array(select l.label_id from conversation_labels l
                 where l.workspace_id = c.workspace_id and l.conversation_id = c.conversation_id),
           exists (select from service_levels where workspace_id = %(workspace)s)
    from turns t
    join conversations c on c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
    join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
    join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
    where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s)
    order by t.first_at, t.turn_id"""


async def facts(tx: Transaction, turn_ids: Collection[UUID], now: datetime) -> list[SettledTurn]:
    """What is known of these turns, in the order in which they were said."""
    if not turn_ids:
        return []
    params = {"workspace": tx.workspace_id, "turns": list(turn_ids)}
    said = {row[0]: row for row in await tx.rows(SAID, {**params, "longest": LONGEST_TEXT})}
    hours = await house_hours(tx)
    return [_fact(row, said.get(row[0]), hours, now) for row in await tx.rows(FACTS, params)]


async def newest_turns(tx: Transaction, conversations: Collection[UUID]) -> dict[UUID, UUID]:
    """By conversation what its customer wrote last, noise only where there is nothing else."""
    rows = await tx.rows(
        """
        select c.id, t.turn_id from unnest(%(ids)s::uuid[]) as c(id)
        cross join lateral (
            select turn_id from turns
            where workspace_id = %(workspace)s and conversation_id = c.id and side = 'customer'
            order by noise is not null, first_at desc, turn_id desc limit 1) as t""",
        {"workspace": tx.workspace_id, "ids": list(conversations)},
    )
    return {row[0]: row[1] for row in rows}


SAID: LiteralString = """
    select t.turn_id,
           left(string_agg(m.text, E'\\n' order by m.sent_at, m.platform_order, m.message_id), %(longest)s),
           jsonb_agg(m.parts)
    from turns t
    join messages m on m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
         and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
    where t.workspace_id = %(workspace)s and t.turn_id = any(%(turns)s) and m.deleted_at is null
    group by t.turn_id"""


def _fact(row: tuple[Any, ...], said: tuple[Any, ...] | None, hours: Hours, now: datetime) -> SettledTurn:
    (turn_id, conversation, channel, identity, contact, platform, fragments, first_at, noise, lane, status, owner,
     team, answered, name, language, confidence, said_by, opened, had_episode, priority, labels,
     has_service_levels) = row  # fmt: skip
    _, text, parts = said or (None, None, None)
    before = Status(status)
    if opened:
        before = Status.CLOSED if had_episode else Status.UNOPENED
    return SettledTurn(
        turn_id=turn_id,
        conversation_id=conversation,
        channel_id=channel,
        identity_id=identity,
        contact_id=contact,
        lane=lane,
        platform=platform,
        text=text or "",
        kinds=kinds_of(text, parts or ()),
        fragments=fragments,
        first_at=first_at,
        settled_at=now,
        noise=noise,
        language=language,
        confidence=confidence or 0.0,
        language_said_by=said_by,
        status_before=before,
        opened=opened,
        owner_id=owner,
        team_id=team,
        labels=frozenset(labels),
        answered_before=answered,
        contact_name=name,
        in_open_hours=is_open(hours, first_at),
        priority=Priority(priority),
        had_owner=owner,
        had_team=team,
        has_service_levels=has_service_levels,
    )
