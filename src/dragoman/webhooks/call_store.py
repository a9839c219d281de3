"""SQL about calls of webhooks: written with their cause, taken in hand, done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.kit.ids import first_id_at
from dragoman.webhooks.model import (
    CALLS_AT_ONCE,
    LEASE,
    MOST_WAITING,
    TOO_MANY,
    Attempt,
    Call,
    CallState,
    Fate,
)
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

CALL_WEBHOOK = "call_webhook"


class InHand(Call, frozen=True, kw_only=True):
    """``attempts``: with the one that is being made."""

    attempts: int


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it is read. Of a conversation that may not be seen neither its id nor its name."""

    id: UUID
    at: datetime
    trigger: str | None
    rule_id: UUID | None
    rule_name: str | None
    conversation_id: UUID | None
    contact_name: str | None
    state: CallState
    attempts: int
    tried_at: datetime | None
    next_at: datetime | None
    status: int | None
    trouble: str | None


WRITTEN = Columns({
    "call_id": "uuid", "webhook_id": "uuid", "key": "text", "made_at": "timestamptz", "trigger": "text",
    "rule_id": "uuid", "conversation_id": "uuid", "turn_id": "uuid", "state": "text", "due_at": "timestamptz",
    "trouble": "text",
})  # fmt: skip


async def add(tx: Transaction, calls: Collection[Call], full: Collection[UUID], at: datetime) -> set[str]:
    """Write these down, and have them made; those of webhooks that are ``full`` are given up at once. Returns the keys
    of those that were not written down before and will be made."""
    found = await tx.rows(
        f"""
        insert into webhook_calls ({WRITTEN.names}, workspace_id)
        select c.*, %(workspace)s from json_to_recordset(%(rows)s) as c({WRITTEN.typed})
        on conflict (workspace_id, key) do nothing returning key, webhook_id, due_at""",
        {"workspace": tx.workspace_id, "rows": WRITTEN([_row(each, full, at) for each in calls])},
    )
    made = {key: webhook_id for key, webhook_id, due_at in found if due_at is not None}
    await schedule(tx, set(made.values()), at)
    return set(made)


def _row(c: Call, full: Collection[UUID], at: datetime) -> tuple[object, ...]:
    fate = (CallState.GIVEN_UP, None, TOO_MANY) if c.webhook_id in full else (CallState.WAITING, at, None)
    return (
        c.call_id, c.webhook_id, c.key, c.made_at, c.trigger, c.rule_id, c.conversation_id, c.turn_id, *fate,
    )  # fmt: skip


async def schedule(tx: Transaction, webhook_ids: Collection[UUID], at: datetime) -> None:
    """One job a webhook, however many calls of it are due; in one order, so that nobody waits for each other."""
    await jobs.schedule(
        tx,
        [
            Job(kind=CALL_WEBHOOK, subject=each, lane=lane_of(each, CALL_WEBHOOK), due_at=at)
            for each in sorted(webhook_ids)
        ],
    )


async def full(tx: Transaction, webhook_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these for which so many calls wait already that no more are made."""
    rows = await tx.rows(
        """
        select w.id from unnest(%(webhooks)s::uuid[]) as w(id)
        where exists (select from webhook_calls k
                      where k.workspace_id = %(workspace)s and k.webhook_id = w.id and k.state = 'waiting'
                      offset %(most)s)""",
        {"workspace": tx.workspace_id, "webhooks": list(webhook_ids), "most": MOST_WAITING - 1},
    )
    return frozenset(row[0] for row in rows)


async def take(tx: Transaction, webhook_id: UUID, at: datetime) -> list[InHand]:
    """What is due, as many as may be in hand at once; the caller holds the webhook."""
    return await tx.all(
        InHand,
        """
        with free as (
            select greatest(0, %(most)s - count(*)) as room from webhook_calls
            where workspace_id = %(workspace)s and webhook_id = %(webhook)s and state = 'waiting'
              and in_hand_until > %(at)s),
        due as (
            select call_id from webhook_calls
            where workspace_id = %(workspace)s and webhook_id = %(webhook)s and state = 'waiting'
              and due_at <= %(at)s
            order by due_at, call_id limit (select room from free))
        update webhook_calls k
        set due_at = %(until)s, in_hand_until = %(until)s, attempts = least(k.attempts + 1, 1000), tried_at = %(at)s
        from due where k.workspace_id = %(workspace)s and k.call_id = due.call_id
        returning k.call_id, k.webhook_id, k.key, k.made_at, k.trigger, k.rule_id, k.conversation_id, k.turn_id,
                  k.attempts""",
        {
            "workspace": tx.workspace_id,
            "webhook": webhook_id,
            "most": CALLS_AT_ONCE,
            "at": at,
            "until": at + LEASE,
        },
    )


async def add_tried(tx: Transaction, call: Call, attempt: Attempt, at: datetime) -> None:
    """One that was made already, for whoever wanted to see what comes of it."""
    await tx.execute(
        """
        insert into webhook_calls
            (workspace_id, call_id, webhook_id, key, made_at, state, attempts, tried_at, status, trouble)
        values (%(workspace)s, %(call)s, %(webhook)s, %(key)s, %(made)s, %(state)s, 1, %(at)s, %(status)s,
                %(trouble)s)""",
        {
            "workspace": tx.workspace_id,
            "call": call.call_id,
            "webhook": call.webhook_id,
            "key": call.key,
            "made": call.made_at,
            "state": CallState.DELIVERED if attempt.trouble is None else CallState.GIVEN_UP,
            "at": at,
            "status": attempt.status,
            "trouble": attempt.trouble,
        },
    )


async def settle(tx: Transaction, call: InHand, attempt: Attempt, fate: Fate) -> bool:
    """What an attempt came to. False: another one was begun since, and says."""
    done = await tx.execute(
        """
        update webhook_calls set state = %(state)s, due_at = %(again)s, in_hand_until = null,
               status = %(status)s, trouble = %(trouble)s
        where workspace_id = %(workspace)s and call_id = %(call)s and attempts = %(attempts)s""",
        {
            "workspace": tx.workspace_id,
            "call": call.call_id,
            "attempts": call.attempts,
            "state": fate.state.value,
            "again": fate.again,
            "status": attempt.status,
            "trouble": attempt.trouble,
        },
    )
    return done > 0


async def is_any_given_up(tx: Transaction, webhook_id: UUID) -> bool:
    """Of the calls of rules: what a test came to has been seen."""
    found: bool = await tx.value(
        """
        select exists (select from webhook_calls
                       where workspace_id = %(workspace)s and webhook_id = %(webhook)s and state = 'given_up'
                         and trigger is not null)""",
        {"workspace": tx.workspace_id, "webhook": webhook_id},
    )
    return found


async def next_at(tx: Transaction, webhook_id: UUID) -> datetime | None:
    """When the next call is due; None: none waits."""
    found: datetime | None = await tx.value(
        """
        select min(due_at) from webhook_calls
        where workspace_id = %(workspace)s and webhook_id = %(webhook)s and state = 'waiting'""",
        {"workspace": tx.workspace_id, "webhook": webhook_id},
    )
    return found


async def send_again(tx: Transaction, webhook_id: UUID, call_id: UUID, at: datetime) -> bool:
    """From the first attempt on, whatever became of it. False: it is in hand, was tried only, or there is none."""
    done = await tx.execute(
        """
        update webhook_calls set state = 'waiting', due_at = %(at)s, attempts = 0, status = null, trouble = null
        where workspace_id = %(workspace)s and webhook_id = %(webhook)s and call_id = %(call)s
          and trigger is not null and coalesce(in_hand_until <= %(at)s, true)""",
        {"workspace": tx.workspace_id, "webhook": webhook_id, "call": call_id, "at": at},
    )
    return done > 0


async def waiting(tx: Transaction) -> dict[UUID, int]:
    """By webhook how many calls of it wait."""
    rows = await tx.rows(
        """
        select webhook_id, count(*) from webhook_calls
        where workspace_id = %(workspace)s and state = 'waiting' group by webhook_id""",
        {"workspace": tx.workspace_id},
    )
    return {row[0]: row[1] for row in rows}


LISTED: LiteralString = """
    select k.call_id as id, k.made_at as at, k.trigger, k.rule_id, r.content ->> 'name' as rule_name,
           c.conversation_id, coalesce(p.name, i.username) as contact_name, k.state, k.attempts, k.tried_at,
           k.due_at as next_at, k.status, k.trouble
    from webhook_calls k
    left join rules r on r.workspace_id = k.workspace_id and r.rule_id = k.rule_id
    left join conversations c on c.workspace_id = k.workspace_id and c.conversation_id = k.conversation_id
         and (%(everything)s or c.channel_id = any(%(channels)s))
    left join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    left join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id"""


async def calls(
    tx: Transaction, webhook_id: UUID, visible: frozenset[UUID] | None, before: UUID | None, limit: int
) -> list[Listed]:
    """The newest first; ids grow with time, so that the last id that one has is where one goes on. Of conversations
    on other channels than the visible ones (None: all) nothing is said."""
    return await tx.all(
        Listed,
        LISTED
        + """
        where k.workspace_id = %(workspace)s and k.webhook_id = %(webhook)s
          and (%(before)s::uuid is null or k.call_id < %(before)s)
        order by k.call_id desc limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "webhook": webhook_id,
            "everything": visible is None,
            "channels": list(visible or ()),
            "before": before,
            "limit": limit,
        },
    )


async def last_calls(tx: Transaction, webhook_ids: Sequence[UUID]) -> dict[UUID, Listed]:
    """Of each webhook the newest call, without whom it is about."""
    found = {}
    for webhook_id in webhook_ids:
        for call in await calls(tx, webhook_id, frozenset(), None, 1):
            found[webhook_id] = call
    return found


async def forget_old(tx: Transaction, before: datetime, limit: int) -> int:
    """Ids grow with time, so that only the oldest are looked at."""
    return await tx.execute(
        """
        delete from webhook_calls where workspace_id = %(workspace)s and call_id in (
            select call_id from webhook_calls
            where workspace_id = %(workspace)s and call_id < %(before)s and state <> 'waiting'
            order by call_id limit %(limit)s)""",
        {"workspace": tx.workspace_id, "before": first_id_at(before), "limit": limit},
    )
