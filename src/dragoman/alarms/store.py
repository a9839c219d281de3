"""SQL about alarms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.alarms.model import ACTS, MOST_SHOWN, Cause, What
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.kit.ids import new_id
from dragoman.sentences import wording_of

Row = dict[str, Any]


class Touched(msgspec.Struct, frozen=True):
    """An alarm that began, changed or ended."""

    alarm_id: UUID
    what: What
    channel_id: UUID | None
    since: datetime
    is_new: bool = False


CAUSES = Columns({
    "alarm_id": "uuid", "subject_kind": "text", "subject": "uuid", "channel_id": "uuid", "what": "text",
    "level": "smallint", "reason": "text", "until": "timestamptz", "since": "timestamptz",
})  # fmt: skip


async def open_or_change(tx: Transaction, causes: Collection[Cause], at: datetime) -> list[Touched]:
    """Those that are new now, or say something else than before. Of a removed channel there is none."""
    wanted = sorted(causes, key=lambda cause: (cause.subject, cause.what))
    rows = [
        (
            new_id(),
            c.subject_kind,
            c.subject,
            c.channel_id,
            c.what.value,
            c.level,
            c.reason,
            c.until,
            c.since or at,
        )
        for c in wanted
    ]
    return await tx.all(
        Touched,
        f"""
        insert into alarms as a ({CAUSES.names}, workspace_id)
        select c.*, %(workspace)s from json_to_recordset(%(rows)s) as c({CAUSES.typed})
        where c.channel_id is null
           or exists (select from channels h where h.workspace_id = %(workspace)s and h.channel_id = c.channel_id
                                               and h.state <> 'removed')
        on conflict (workspace_id, subject, what) where ended_at is null do update
            set level = excluded.level, reason = excluded.reason, until = excluded.until
            where (a.level, a.reason, a.until) is distinct from (excluded.level, excluded.reason, excluded.until)
        returning alarm_id, what, channel_id, since, alarm_id = any(%(made)s) as is_new""",
        {"workspace": tx.workspace_id, "rows": CAUSES(rows), "made": [row[0] for row in rows]},
    )


async def close(tx: Transaction, what: What, subjects: Collection[UUID], at: datetime) -> list[Touched]:
    return await tx.all(
        Touched,
        """
        update alarms set ended_at = %(at)s
        where workspace_id = %(workspace)s and subject = any(%(subjects)s) and what = %(what)s and ended_at is null
        returning alarm_id, what, channel_id, since""",
        {"workspace": tx.workspace_id, "at": at, "what": what.value, "subjects": list(subjects)},
    )


async def close_others(
    tx: Transaction, what: What, subjects: Collection[UUID], at: datetime
) -> list[Touched]:
    """All but those about these."""
    return await tx.all(
        Touched,
        """
        update alarms set ended_at = %(at)s
        where workspace_id = %(workspace)s and subject <> all(%(subjects)s::uuid[]) and what = %(what)s
          and ended_at is null
        returning alarm_id, what, channel_id, since""",
        {"workspace": tx.workspace_id, "at": at, "what": what.value, "subjects": list(subjects)},
    )


async def close_all_of(tx: Transaction, channel_id: UUID, at: datetime) -> list[Touched]:
    return await tx.all(
        Touched,
        """
        update alarms set ended_at = %(at)s
        where workspace_id = %(workspace)s and channel_id = %(channel)s and ended_at is null
        returning alarm_id, what, channel_id, since""",
        {"workspace": tx.workspace_id, "at": at, "channel": channel_id},
    )


SHOWN: LiteralString = """
    select a.alarm_id, a.what, a.channel_id, a.subject_kind, a.subject, a.reason, a.until, a.since,
           coalesce(p.name, i.username), c.owner_id
    from alarms a
    left join conversations c on a.subject_kind = 'conversation' and c.workspace_id = a.workspace_id
         and c.conversation_id = a.subject
    left join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
    left join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
    where a.workspace_id = %(workspace)s and a.ended_at is null"""


async def standing(tx: Transaction, visible: frozenset[UUID] | None) -> Row:
    """Those that stand, of the channels that may be seen (None: all): ``{items, more}``. Of conversations the most
    urgent; there are as many others as there are channels."""
    seen: LiteralString = " and (%(everything)s or a.channel_id is null or a.channel_id = any(%(channels)s))"
    asked = {
        "workspace": tx.workspace_id,
        "everything": visible is None,
        "channels": list(visible or ()),
        "limit": MOST_SHOWN + 1,
    }
    others = await tx.rows(
        SHOWN + seen + " and a.subject_kind <> 'conversation' order by a.since, a.alarm_id", asked
    )
    urgent = await tx.rows(
        SHOWN + seen + " and a.subject_kind = 'conversation' order by a.until, a.alarm_id limit %(limit)s",
        asked,
    )
    shown = [*others, *urgent[:MOST_SHOWN]]
    return {"items": [_shown(*row) for row in shown], "more": len(urgent) > MOST_SHOWN}


async def rows(
    tx: Transaction, alarm_ids: Collection[UUID], conversation_ids: Collection[UUID]
) -> dict[UUID, Row]:
    """Of these, and of those about these conversations, all that stand."""
    if not alarm_ids and not conversation_ids:
        return {}
    found = await tx.rows(
        SHOWN
        + " and (a.alarm_id = any(%(alarms)s)"
        + " or a.subject = any(%(conversations)s) and a.subject_kind = 'conversation')",
        {
            "workspace": tx.workspace_id,
            "alarms": list(alarm_ids),
            "conversations": list(conversation_ids),
        },
    )
    return {row[0]: _shown(*row) for row in found}


def _shown(
    alarm_id: UUID, what: str, channel_id: UUID | None, kind: str, subject: UUID, reason: str | None,
    until: datetime | None, since: datetime, name: str | None, owner_id: UUID | None,
) -> Row:  # fmt: skip
    return {
        "id": alarm_id,
        "what": what,
        "acts": ACTS[What(what)],
        "channel_id": channel_id,
        "conversation_id": subject if kind == "conversation" else None,
        "name": name,
        "owner_id": owner_id,
        "reason": reason,
        "reason_wording": wording_of(reason),
        "until": until,
        "since": since,
    }


async def forget_over(tx: Transaction, before: datetime, limit: int) -> int:
    """Those that ended before then."""
    return await tx.execute(
        """
        delete from alarms where workspace_id = %(workspace)s and alarm_id in (
            select alarm_id from alarms
            where workspace_id = %(workspace)s and ended_at < %(before)s order by ended_at limit %(limit)s)""",
        {"workspace": tx.workspace_id, "before": before, "limit": limit},
    )
