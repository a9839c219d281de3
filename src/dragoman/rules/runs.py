"""SQL about runs: that a rule runs once about the same, how often it did, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dragoman.alarms import raising
from dragoman.db.database import Transaction
from dragoman.rules.alarming import parked
from dragoman.rules.model import FAILS_AT_MOST
from dragoman.rules.store import lock_set

Key = tuple[UUID, UUID]  # a rule, and what it is about


async def begin(tx: Transaction, due: Sequence[tuple[UUID, UUID, UUID]], at: datetime) -> set[Key]:
    """Write down these runs (rule, subject, conversation). Returns those that there were not before."""
    rows = await tx.rows(
        """
        insert into rule_runs (workspace_id, rule_id, subject, conversation_id, at, outcome)
        select %(workspace)s, r.*, %(at)s, 'nothing'
        from unnest(%(rules)s::uuid[], %(subjects)s::uuid[], %(conversations)s::uuid[]) as r
        order by 2, 3 on conflict do nothing returning rule_id, subject""",
        {
            "workspace": tx.workspace_id,
            "at": at,
            "rules": [row[0] for row in due],
            "subjects": [row[1] for row in due],
            "conversations": [row[2] for row in due],
        },
    )
    return {(row[0], row[1]) for row in rows}


async def end(tx: Transaction, outcomes: Mapping[Key, str]) -> None:
    """What became of them; and a rule that went well has no failures behind it."""
    others = {key: outcome for key, outcome in outcomes.items() if outcome != "nothing"}
    if others:
        await tx.execute(
            """
            update rule_runs r set outcome = o.outcome
            from unnest(%(rules)s::uuid[], %(subjects)s::uuid[], %(outcomes)s::text[])
                 as o(rule_id, subject, outcome)
            where r.workspace_id = %(workspace)s and r.rule_id = o.rule_id and r.subject = o.subject""",
            {
                "workspace": tx.workspace_id,
                "rules": [key[0] for key in others],
                "subjects": [key[1] for key in others],
                "outcomes": list(others.values()),
            },
        )
    await tx.execute(
        """
        update rules set failures = 0
        where workspace_id = %(workspace)s and rule_id = any(%(rules)s) and failures > 0""",
        {"workspace": tx.workspace_id, "rules": list({key[0] for key in outcomes})},
    )


async def forget_that_nothing_was_done(tx: Transaction, rule_id: UUID) -> None:
    """A rule that says something else is asked again about what it passed over; what it did it never does twice."""
    await tx.execute(
        """
        delete from rule_runs
        where workspace_id = %(workspace)s and rule_id = %(rule)s and outcome = 'nothing'""",
        {"workspace": tx.workspace_id, "rule": rule_id},
    )


async def within_the_hour(
    tx: Transaction, conversations: Collection[UUID], since: datetime
) -> dict[UUID, int]:
    """Of each conversation how often rules did something about it since then."""
    rows = await tx.rows(
        """
        select conversation_id, count(*) from rule_runs
        where workspace_id = %(workspace)s and conversation_id = any(%(ids)s) and at > %(since)s
          and outcome = 'done' group by conversation_id""",
        {"workspace": tx.workspace_id, "ids": list(conversations), "since": since},
    )
    return {row[0]: row[1] for row in rows}


async def labels_on(tx: Transaction, conversations: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    rows = await tx.rows(
        """
        select conversation_id, array_agg(label_id) from conversation_labels
        where workspace_id = %(workspace)s and conversation_id = any(%(ids)s) group by conversation_id""",
        {"workspace": tx.workspace_id, "ids": list(conversations)},
    )
    return {each: frozenset() for each in conversations} | {row[0]: frozenset(row[1]) for row in rows}


async def acted(
    tx: Transaction, rule_id: UUID, visible: frozenset[UUID] | None, before: UUID | None, limit: int
) -> list[Any]:
    """What a rule did, the newest first, on the channels that may be seen (None: all)."""
    return await tx.rows(
        """
        select t.entry_id, t.at, t.kind, t.conversation_id, coalesce(p.name, i.username), t.reverted_at is not null
        from trail t
        join conversations c on c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where t.workspace_id = %(workspace)s and t.rule_id = %(rule)s
          and (%(everything)s or c.channel_id = any(%(channels)s))
          and (%(all)s or (t.at, t.entry_id) < (
              select b.at, b.entry_id from trail b
              where b.workspace_id = t.workspace_id and b.entry_id = %(before)s))
        order by t.at desc, t.entry_id desc limit %(limit)s""",
        {
            "workspace": tx.workspace_id,
            "rule": rule_id,
            "everything": visible is None,
            "channels": list(visible or ()),
            "all": before is None,
            "before": before,
            "limit": limit,
        },
    )


async def fail(tx: Transaction, rule_id: UUID, subject: UUID, what: str, at: datetime) -> bool:
    """One more failure in a row; the caller holds the set. True: it waits for a person from now on."""
    rule = {"workspace": tx.workspace_id, "rule": rule_id}
    await tx.execute(
        """
        update rule_runs set outcome = 'failed'
        where workspace_id = %(workspace)s and rule_id = %(rule)s and subject = %(subject)s""",
        {**rule, "subject": subject},
    )
    failures: int = await tx.value(
        """
        update rules set failures = failures + 1
        where workspace_id = %(workspace)s and rule_id = %(rule)s returning failures""",
        rule,
    )
    if failures < FAILS_AT_MOST:
        return False
    version = await lock_set(tx)
    reason = f"It failed {FAILS_AT_MOST} times in a row ({what})."
    await tx.execute(
        """
        update rules set parked_at = %(at)s, parked_reason = %(reason)s
        where workspace_id = %(workspace)s and rule_id = %(rule)s""",
        {**rule, "at": at, "reason": reason},
    )
    await raising.begin(tx, [parked(rule_id, reason)], at)
    tx.changed("rules", fields={"version": version})
    return True
