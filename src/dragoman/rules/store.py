"""SQL about rules, their versions, and that each runs once about the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg.types.json import Json

from dragoman.channels.registry import CHANNELS
from dragoman.db.database import Transaction
from dragoman.rules.checking import Known
from dragoman.rules.model import KeptRule, Rule, Trigger, rule_in

VERSIONS_KEPT = 50  # of one rule


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule was, from when on, and who made it so."""

    version: int
    rule: Rule
    made_by: UUID
    made_at: datetime


class Changed(msgspec.Struct, frozen=True):
    """Who changed a rule last, and when."""

    by: UUID
    at: datetime


async def lock_set(tx: Transaction) -> int:
    """Whoever changes rules holds this first, and it is counted. Returns the version that there is from now on."""
    found: int = await tx.value(
        """
        insert into rule_sets as s (workspace_id, version) values (%(workspace)s, 1)
        on conflict (workspace_id) do update set version = s.version + 1 returning version""",
        {"workspace": tx.workspace_id},
    )
    return found


async def hold_set(tx: Transaction) -> None:
    """The same without a change of any rule: whoever comes next waits."""
    named = {"workspace": tx.workspace_id}
    await tx.execute(
        "insert into rule_sets (workspace_id, version) values (%(workspace)s, 0) on conflict do nothing",
        named,
    )
    await tx.execute("select from rule_sets where workspace_id = %(workspace)s for update", named)


async def version_of_set(tx: Transaction) -> int:
    """0: there never were rules."""
    found: int | None = await tx.value(
        "select version from rule_sets where workspace_id = %(workspace)s", {"workspace": tx.workspace_id}
    )
    return found or 0


COLUMNS: LiteralString = "rule_id, content, version, failures, parked_at, parked_reason"


async def rules(tx: Transaction) -> list[KeptRule]:
    """All, in their order."""
    found = await tx.rows(
        "select " + COLUMNS + " from rules where workspace_id = %(workspace)s and removed_at is null"
        " order by place, rule_id",
        {"workspace": tx.workspace_id},
    )
    return [_kept(row) for row in found]


async def one(tx: Transaction, rule_id: UUID) -> KeptRule | None:
    row = await tx.row(
        "select " + COLUMNS + " from rules where workspace_id = %(workspace)s and rule_id = %(rule)s"
        " and removed_at is null",
        {"workspace": tx.workspace_id, "rule": rule_id},
    )
    return _kept(row) if row else None


def _kept(row: Sequence[Any]) -> KeptRule:
    rule = rule_in(row[1])
    return KeptRule(
        rule_id=row[0],
        rule=rule or Rule(name=str(row[1]["name"]), enabled=False),
        is_readable=rule is not None,
        version=row[2],
        failures=row[3],
        parked_at=row[4],
        parked_reason=row[5],
    )


async def changed(tx: Transaction) -> dict[UUID, Changed]:
    """By rule."""
    found = await tx.rows(
        "select rule_id, changed_by, changed_at from rules where workspace_id = %(workspace)s"
        " and removed_at is null",
        {"workspace": tx.workspace_id},
    )
    return {row[0]: Changed(row[1], row[2]) for row in found}


async def is_any_waiting_for(tx: Transaction, trigger: Trigger) -> bool:
    """Whether a rule of this workspace is at work that has this trigger."""
    found: bool = await tx.value(
        """
        select exists (select from rules where workspace_id = %(workspace)s and removed_at is null
                         and parked_at is null and content ->> 'trigger' = %(trigger)s
                         and (content ->> 'enabled')::boolean)""",
        {"workspace": tx.workspace_id, "trigger": trigger.value},
    )
    return found


async def last_runs(tx: Transaction, visible: frozenset[UUID] | None) -> dict[UUID, datetime]:
    """Of each rule when it acted last, on the channels that may be seen (None: all)."""
    found = await tx.rows(
        """
        select r.rule_id, t.at from rules r, lateral (
            select max(t.at) as at from (
                select t.at from trail t
                join conversations c on c.workspace_id = t.workspace_id
                     and c.conversation_id = t.conversation_id
                where t.workspace_id = r.workspace_id and t.rule_id = r.rule_id
                  and (%(everything)s or c.channel_id = any(%(channels)s))
                order by t.at desc, t.entry_id desc limit 1) as t) as t
        where r.workspace_id = %(workspace)s and r.removed_at is null and t.at is not null""",
        {
            "workspace": tx.workspace_id,
            "everything": visible is None,
            "channels": list(visible or ()),
        },
    )
    return {row[0]: row[1] for row in found}


async def add(tx: Transaction, rule_id: UUID, rule: Rule, by: UUID, at: datetime) -> None:
    """After all that there are."""
    await tx.execute(
        """
        insert into rules (workspace_id, rule_id, place, content, version, changed_by, changed_at)
        select %(workspace)s, %(rule)s, coalesce(max(place), 0) + 1, %(content)s, 1, %(by)s, %(at)s
        from rules where workspace_id = %(workspace)s and removed_at is null""",
        {"workspace": tx.workspace_id, "rule": rule_id, "content": Json(rule), "by": by, "at": at},
    )
    await _add_version(tx, rule_id, 1, rule, by, at)


async def change(tx: Transaction, rule_id: UUID, version: int, rule: Rule, by: UUID, at: datetime) -> None:
    """Into a new version, which begins without failures."""
    await tx.execute(
        """
        update rules set content = %(content)s, version = %(version)s, changed_by = %(by)s, changed_at = %(at)s,
               failures = 0, parked_at = null, parked_reason = null
        where workspace_id = %(workspace)s and rule_id = %(rule)s""",
        {
            "workspace": tx.workspace_id,
            "rule": rule_id,
            "content": Json(rule),
            "version": version,
            "by": by,
            "at": at,
        },
    )
    await _add_version(tx, rule_id, version, rule, by, at)


async def _add_version(
    tx: Transaction, rule_id: UUID, version: int, rule: Rule, by: UUID, at: datetime
) -> None:
    named = {"workspace": tx.workspace_id, "rule": rule_id}
    await tx.execute(
        """
        insert into rule_versions (workspace_id, rule_id, version, content, made_by, made_at)
        values (%(workspace)s, %(rule)s, %(version)s, %(content)s, %(by)s, %(at)s)""",
        {**named, "version": version, "content": Json(rule), "by": by, "at": at},
    )
    await tx.execute(
        """
        delete from rule_versions
        where workspace_id = %(workspace)s and rule_id = %(rule)s and version <= %(gone)s""",
        {**named, "gone": version - VERSIONS_KEPT},
    )


async def versions(tx: Transaction, rule_id: UUID) -> list[Version]:
    """The newest first, of those that can be read."""
    found = await tx.rows(
        """
        select version, content, made_by, made_at from rule_versions
        where workspace_id = %(workspace)s and rule_id = %(rule)s order by version desc""",
        {"workspace": tx.workspace_id, "rule": rule_id},
    )
    return [
        Version(version=row[0], rule=rule, made_by=row[2], made_at=row[3])
        for row in found
        if (rule := rule_in(row[1])) is not None
    ]


async def put_in_order(tx: Transaction, rule_ids: Sequence[UUID]) -> None:
    await tx.execute(
        """
        update rules set place = o.place
        from unnest(%(rules)s::uuid[]) with ordinality as o(rule_id, place)
        where rules.workspace_id = %(workspace)s and rules.rule_id = o.rule_id""",
        {"workspace": tx.workspace_id, "rules": list(rule_ids)},
    )


async def remove(tx: Transaction, rule_id: UUID, at: datetime) -> None:
    """What it did still names it."""
    await tx.execute(
        "update rules set removed_at = %(at)s where workspace_id = %(workspace)s and rule_id = %(rule)s",
        {"workspace": tx.workspace_id, "rule": rule_id, "at": at},
    )


async def names(tx: Transaction, rule_ids: Collection[UUID]) -> dict[UUID, str]:
    """Also of those that were removed."""
    found = await tx.rows(
        """
        select rule_id, content->>'name' from rules
        where workspace_id = %(workspace)s and rule_id = any(%(rules)s)""",
        {"workspace": tx.workspace_id, "rules": list(rule_ids)},
    )
    return {row[0]: row[1] for row in found}


async def known(tx: Transaction) -> Known:
    """What of the workspace rules may name."""
    params = {"workspace": tx.workspace_id}
    channels = await tx.rows(
        "select channel_id, name from channels where workspace_id = %(workspace)s and state <> 'removed'",
        params,
    )
    labels = await tx.rows("select label_id, name from labels where workspace_id = %(workspace)s", params)
    members = await tx.rows(
        "select member_id, name from members where workspace_id = %(workspace)s and left_at is null", params
    )
    teams = await tx.rows("select team_id, name from teams where workspace_id = %(workspace)s", params)
    webhooks = await tx.rows(
        "select webhook_id, name from webhooks where workspace_id = %(workspace)s", params
    )
    skills = await tx.rows(
        """
        select distinct skill from members m
        join member_work w on w.workspace_id = m.workspace_id and w.member_id = m.member_id
        cross join jsonb_array_elements_text(w.skills) as skill
        where m.workspace_id = %(workspace)s and m.left_at is null order by skill""",
        params,
    )
    return Known(
        channels={str(row[0]): row[1] for row in channels},
        labels={str(row[0]): row[1] for row in labels},
        members={str(row[0]): row[1] for row in members},
        teams={str(row[0]): row[1] for row in teams},
        webhooks={str(row[0]): row[1] for row in webhooks},
        skills=tuple(row[0] for row in skills),
        platforms=frozenset(CHANNELS),
    )
