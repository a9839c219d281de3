"""Every statement about who is told of which alarm."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dragoman.access.model import RIGHTS, Right
from dragoman.db.database import Transaction
from dragoman.notifications.model import Settings, StandingAlarm, who_hears
from dragoman.notifications.store import SEES, SETTINGS, settings_of


async def standing(tx: Transaction, alarm_id: UUID) -> StandingAlarm | None:
    """None: it is over."""
    return await tx.one(
        StandingAlarm,
        """
        select a.alarm_id, a.what, a.level, a.channel_id, h.name as channel, c.conversation_id,
               coalesce(p.name, i.username) as customer, o.member_id as owner_id
        from alarms a
        left join channels h on h.workspace_id = a.workspace_id and h.channel_id = a.channel_id
        left join conversations c on a.subject_kind = 'conversation' and c.workspace_id = a.workspace_id
             and c.conversation_id = a.subject
        left join members o on o.workspace_id = c.workspace_id and o.member_id = c.owner_id and o.left_at is null
        left join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        left join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        where a.workspace_id = %(workspace)s and a.alarm_id = %(alarm)s and a.ended_at is null""",
        {"workspace": tx.workspace_id, "alarm": alarm_id},
    )


async def listeners(tx: Transaction, alarm: StandingAlarm, *, only_admins: bool) -> dict[UUID, Settings]:
    """Members with a device who can do something about it, and have not been told that it is as urgent as it is. Whose
    conversation it is hears of it alone, unless they cannot."""
    may = [
        role.value for role, rights in RIGHTS.items() if Right.MANAGE_CHANNELS in rights or not only_admins
    ]
    rows = await tx.rows(
        "select m.member_id, "
        + SETTINGS
        + """,
               exists (select from alarms_told t
                       where t.workspace_id = m.workspace_id and t.alarm_id = %(alarm)s
                         and t.member_id = m.member_id and t.level >= %(level)s)
        from members m
        cross join (select %(channel)s::uuid as channel_id) as c
        left join notification_settings s on s.workspace_id = m.workspace_id and s.member_id = m.member_id
        where m.workspace_id = %(workspace)s and m.role = any(%(roles)s)
          and exists (select from push_devices d where d.workspace_id = m.workspace_id and d.member_id = m.member_id)
          and """
        + SEES,
        {
            "workspace": tx.workspace_id,
            "channel": alarm.channel_id,
            "roles": may,
            "alarm": alarm.alarm_id,
            "level": alarm.level,
        },
    )
    may_hear = {row[0]: settings_of(row[1:-1]) for row in rows}
    told = {row[0] for row in rows if row[-1]}
    heard_by = who_hears(alarm, may_hear)
    return {member: settings for member, settings in heard_by.items() if member not in told}


async def note_told(tx: Transaction, alarm: StandingAlarm, members: Collection[UUID], at: datetime) -> None:
    await tx.execute(
        """
        insert into alarms_told (workspace_id, alarm_id, member_id, level, told_at)
        select %(workspace)s, %(alarm)s, member, %(level)s, %(at)s from unnest(%(members)s::uuid[]) as member
        on conflict (workspace_id, alarm_id, member_id) do update
            set level = excluded.level, told_at = excluded.told_at""",
        {
            "workspace": tx.workspace_id,
            "alarm": alarm.alarm_id,
            "level": alarm.level,
            "members": list(members),
            "at": at,
        },
    )
