"""SQL about turns that settled long ago, as rules would have seen them.

What a turn said, when, where and in which language is what it was; whose the conversation is, which labels it carries
and when the house is open is what they are today, as nobody wrote down what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from dragoman.conversations.model import Priority, Status
from dragoman.db.database import Transaction
from dragoman.settling.facts import LONGEST_TEXT, SettledTurn, kinds_of
from dragoman.team.routing_store import house_hours
from dragoman.team.work import Hours, is_open

ANSWERED_WITHIN = "7 days"


class PastTurn(msgspec.Struct, frozen=True):
    """``answered``: a person of ours did, within a week."""

    turn: SettledTurn
    answered: bool


async def how_many(tx: Transaction, after: UUID, before: UUID) -> int:
    found: int = await tx.value(
        """
        select count(*) from turns
        where workspace_id = %(workspace)s and turn_id > %(after)s and turn_id <= %(before)s
          and side = 'customer' and settled_at is not null""",
        {"workspace": tx.workspace_id, "after": after, "before": before},
    )
    return found


async def past_turns(tx: Transaction, after: UUID, before: UUID, limit: int) -> list[PastTurn]:
    """In the order of arrival, which is that of their ids."""
    rows = await tx.rows(
        """
        with stretch as materialized (
            select * from turns
            where workspace_id = %(workspace)s and turn_id > %(after)s and turn_id <= %(before)s
              and side = 'customer' and settled_at is not null
            order by turn_id limit %(limit)s)
        select t.turn_id, t.conversation_id, c.channel_id, c.lane, c.identity_id, i.contact_id, h.platform,
               m.text, m.parts, t.fragments, t.first_at, t.settled_at, nullif(t.noise, 'rule'), t.language,
               coalesce(t.language_confidence, 0)::float8, p.language_said_by,
               exists (select from episodes e where e.workspace_id = t.workspace_id
                         and e.conversation_id = t.conversation_id
                         and e.opened_at between t.arrived_first_at and t.settled_at) as opened,
               exists (select from episodes e where e.workspace_id = t.workspace_id
                         and e.conversation_id = t.conversation_id
                         and e.opened_at < t.arrived_first_at) as opened_before,
               c.owner_id, c.team_id, c.priority, l.labels,
               exists (select from messages a where a.workspace_id = t.workspace_id
                         and a.conversation_id = t.conversation_id and a.side = 'team' and a.state = 'sent'
                         and a.origin in ('member', 'elsewhere')
                         and coalesce(a.answers_at, a.sent_at) < t.first_at),
               p.name,
               exists (select from messages a where a.workspace_id = t.workspace_id
                         and a.conversation_id = t.conversation_id and a.side = 'team' and a.state = 'sent'
                         and a.origin in ('member', 'elsewhere')
                         -- what it answers, as a platform's whole seconds may be the same
                         and coalesce(a.answers_at, a.sent_at) >= t.last_at
                         and a.sent_at <= t.last_at + %(within)s::interval)
        from stretch t
        join conversations c on c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
        cross join lateral (
            select string_agg(m.text, E'\\n' order by m.sent_at, m.platform_order, m.message_id) as text,
                   jsonb_agg(m.parts) as parts
            from messages m
            where m.workspace_id = t.workspace_id and m.conversation_id = t.conversation_id
              and m.turn_id = t.turn_id and m.sent_at between t.first_at and t.last_at
              and m.deleted_at is null) as m
        cross join lateral (
            select array_agg(l.label_id) as labels from conversation_labels l
            where l.workspace_id = t.workspace_id and l.conversation_id = t.conversation_id) as l
        order by t.turn_id""",
        {
            "workspace": tx.workspace_id,
            "after": after,
            "before": before,
            "limit": limit,
            "within": ANSWERED_WITHIN,
        },
    )
    hours = await house_hours(tx)
    return [_past(row, hours) for row in rows]


def _past(row: Sequence[Any], hours: Hours) -> PastTurn:
    (turn_id, conversation, channel, lane, identity, contact, platform, text, parts, fragments, first, settled, noise,
     language, confidence, said_by, opened, opened_before, owner, team, priority, labels, before, name,
     answered) = row  # fmt: skip
    return PastTurn(
        SettledTurn(
            turn_id=turn_id,
            conversation_id=conversation,
            channel_id=channel,
            lane=lane,
            identity_id=identity,
            contact_id=contact,
            platform=platform,
            text=(text or "")[:LONGEST_TEXT],
            kinds=kinds_of(text, parts or []),
            fragments=fragments,
            first_at=first,
            settled_at=settled,
            noise=noise,
            language=language,
            confidence=confidence,
            language_said_by=said_by,
            status_before=_status_before(opened=opened, opened_before=opened_before),
            opened=opened,
            owner_id=owner,
            team_id=team,
            labels=frozenset(labels or ()),
            answered_before=before,
            contact_name=name,
            in_open_hours=is_open(hours, first),
            priority=Priority(priority),
        ),
        answered,
    )


def _status_before(*, opened: bool, opened_before: bool) -> Status:
    if not opened_before:
        return Status.UNOPENED
    return Status.CLOSED if opened else Status.OPEN
