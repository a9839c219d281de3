"""Every statement about what members have been told of, and what they want to be told of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.notifications.model import Listener, QuietHours, Said, Settings, Shows, Told, Turn, Who

MOST_STANDING = 40  # named in one push; with more, none is taken away
MOST_COUNTED = 99  # on the app's mark: what is beyond says "99"

# m is a member, c a conversation: whether the one may see the other.
SEES: LiteralString = """
    (m.left_at is null and (m.sees_all_channels or exists (
        select from team_members t
        join team_channels h on h.workspace_id = t.workspace_id and h.team_id = t.team_id
        where t.workspace_id = m.workspace_id and t.member_id = m.member_id and h.channel_id = c.channel_id)))"""

SETTINGS: LiteralString = """
    coalesce(s.who, 'waiting'), coalesce(s.shows, 'name'), coalesce(s.sound, true), coalesce(s.quiet_days, 0),
    coalesce(s.quiet_from, 0), coalesce(s.quiet_to, 0), coalesce(s.time_zone, 'UTC'),
    array(select u.channel_id from muted_channels u
          where u.workspace_id = m.workspace_id and u.member_id = m.member_id),
    coalesce(s.alarms, true), coalesce(s.given, true)"""


async def is_anybody_told(tx: Transaction) -> bool:
    """Whether anybody in this workspace has a device."""
    found: bool = await tx.value(
        "select exists (select from push_devices where workspace_id = %(workspace)s)",
        {"workspace": tx.workspace_id},
    )
    return found


async def settled_turn(tx: Transaction, turn_id: UUID) -> Turn | None:
    """None: it goes on, or nothing in it waits for us. What came late notifies nobody."""
    return await tx.one(
        Turn,
        """
        select t.turn_id, t.conversation_id, c.channel_id, t.fragments, max(m.arrived_at) as arrived_at,
               c.waiting_since
        from turns t
        join conversations c on c.workspace_id = t.workspace_id and c.conversation_id = t.conversation_id
        join messages m on m.workspace_id = t.workspace_id and m.turn_id = t.turn_id
        where t.workspace_id = %(workspace)s and t.turn_id = %(turn)s and t.settled_at is not null
          and t.noise is null and c.status = 'open' and c.waiting_for = 'us'
          and m.waits and not m.late and m.deleted_at is null and m.sent_at >= c.first_unanswered_at
        group by t.turn_id, t.conversation_id, c.channel_id, t.fragments, c.waiting_since""",
        {"workspace": tx.workspace_id, "turn": turn_id},
    )


async def listeners(tx: Transaction, turn: Turn) -> list[Listener]:
    """Members with a device who may see the conversation."""
    rows = await tx.rows(
        "select m.member_id, "
        + SETTINGS
        + """, r.read_up_to, n.turn_id, n.fragments, n.arrived_at, n.told_at
        from members m
        join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = %(conversation)s
        left join notification_settings s on s.workspace_id = m.workspace_id and s.member_id = m.member_id
        left join reads r on r.workspace_id = m.workspace_id and r.member_id = m.member_id
             and r.conversation_id = c.conversation_id
        left join notifications n on n.workspace_id = m.workspace_id and n.member_id = m.member_id
             and n.conversation_id = c.conversation_id
        where m.workspace_id = %(workspace)s
          and exists (select from push_devices d where d.workspace_id = m.workspace_id and d.member_id = m.member_id)
          and """
        + SEES,
        {"workspace": tx.workspace_id, "conversation": turn.conversation_id},
    )
    return [
        Listener(row[0], settings_of(row[1:11]), row[11], Told(*row[12:16]) if row[12] else None)
        for row in rows
    ]


async def note_told(tx: Transaction, turn: Turn, members: Collection[UUID], at: datetime) -> None:
    await tx.execute(
        """
        insert into notifications (workspace_id, member_id, conversation_id, turn_id, fragments, arrived_at, told_at)
        select %(workspace)s, member, %(conversation)s, %(turn)s, %(fragments)s, %(arrived_at)s, %(at)s
        from unnest(%(members)s::uuid[]) as member
        on conflict (workspace_id, member_id, conversation_id) do update
            set turn_id = excluded.turn_id, fragments = excluded.fragments, arrived_at = excluded.arrived_at,
                told_at = excluded.told_at""",
        {
            "workspace": tx.workspace_id,
            "conversation": turn.conversation_id,
            "turn": turn.turn_id,
            "fragments": turn.fragments,
            "arrived_at": turn.arrived_at,
            "members": list(members),
            "at": at,
        },
    )


async def forget_what_is_over(tx: Transaction, members: Collection[UUID]) -> None:
    """What they have looked at since, or nobody waits in any more."""
    await tx.execute(
        """
        delete from notifications n using conversations c
        where n.workspace_id = %(workspace)s and n.member_id = any(%(members)s)
          and c.workspace_id = n.workspace_id and c.conversation_id = n.conversation_id
          and (c.status <> 'open' or c.waiting_for <> 'us' or exists (
               select from reads r where r.workspace_id = n.workspace_id and r.member_id = n.member_id
                 and r.conversation_id = n.conversation_id and r.read_up_to >= n.arrived_at))""",
        {"workspace": tx.workspace_id, "members": list(members)},
    )


async def standing(tx: Transaction, member_id: UUID) -> list[UUID] | None:
    """The conversations that a member has been told of and not looked at; None: more than a push names."""
    rows = await tx.rows(
        """
        select conversation_id from notifications
        where workspace_id = %(workspace)s and member_id = %(member)s order by told_at desc limit %(limit)s""",
        {"workspace": tx.workspace_id, "member": member_id, "limit": MOST_STANDING + 1},
    )
    return [row[0] for row in rows] if len(rows) <= MOST_STANDING else None


async def unread_and_waiting(tx: Transaction, member_id: UUID) -> int:
    """How many wait for us whom this member has not looked at, up to 99."""
    found: int = await tx.value(
        """
        select count(*) from (
            select from members m
            join conversations c on c.workspace_id = m.workspace_id and c.status = 'open' and c.waiting_for = 'us'
            left join reads r on r.workspace_id = m.workspace_id and r.member_id = m.member_id
                 and r.conversation_id = c.conversation_id
            where m.workspace_id = %(workspace)s and m.member_id = %(member)s
              and c.last_arrived_at > coalesce(r.read_up_to, '-infinity') and """
        + SEES
        + """
            limit %(limit)s) as unread""",
        {"workspace": tx.workspace_id, "member": member_id, "limit": MOST_COUNTED},
    )
    return found


async def still_said(tx: Transaction, member_id: UUID, conversation_id: UUID, turn_id: UUID) -> Said | None:
    """None: the member has looked, or may not look any more, or nobody waits for an answer to it."""
    rows = await tx.rows(
        """
        select coalesce(p.name, i.username), t.text,
               case t.parts -> 0 ->> 'type' when 'attachment' then t.parts -> 0 ->> 'kind'
                    when 'context' then 'context_' || (t.parts -> 0 ->> 'kind')
                    else t.parts -> 0 ->> 'type' end
        from members m
        join conversations c on c.workspace_id = m.workspace_id and c.conversation_id = %(conversation)s
        join identities i on i.workspace_id = c.workspace_id and i.identity_id = c.identity_id
        join contacts p on p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
        join notifications n on n.workspace_id = m.workspace_id and n.member_id = m.member_id
             and n.conversation_id = c.conversation_id and n.turn_id = %(turn)s
        join messages t on t.workspace_id = c.workspace_id and t.turn_id = n.turn_id and t.deleted_at is null
        left join reads r on r.workspace_id = m.workspace_id and r.member_id = m.member_id
             and r.conversation_id = c.conversation_id
        where m.workspace_id = %(workspace)s and m.member_id = %(member)s and c.status = 'open'
          and c.waiting_for = 'us' and n.arrived_at > coalesce(r.read_up_to, '-infinity') and """
        + SEES
        + """
        order by t.sent_at, t.platform_order, t.message_id limit 100""",
        {
            "workspace": tx.workspace_id,
            "member": member_id,
            "conversation": conversation_id,
            "turn": turn_id,
        },
    )
    if not rows:
        return None
    kinds = [row[2] for row in rows if row[2]]
    return Said(rows[0][0], [row[1] for row in rows if row[1]], kinds[0] if kinds else None)


async def settings(tx: Transaction, member_id: UUID) -> Settings:
    row = await tx.row(
        "select "
        + SETTINGS
        + """
        from members m
        left join notification_settings s on s.workspace_id = m.workspace_id and s.member_id = m.member_id
        where m.workspace_id = %(workspace)s and m.member_id = %(member)s""",
        {"workspace": tx.workspace_id, "member": member_id},
    )
    return settings_of(row) if row else Settings()


async def keep_settings(tx: Transaction, member_id: UUID, wanted: Settings) -> None:
    """Channels that do not exist (any more) are passed over."""
    quiet = wanted.quiet or QuietHours(frozenset(), 0, 0, "UTC")
    named = {"workspace": tx.workspace_id, "member": member_id}
    await tx.execute(
        """
        insert into notification_settings (workspace_id, member_id, who, shows, sound, quiet_days, quiet_from,
                                           quiet_to, time_zone, alarms, given)
        values (%(workspace)s, %(member)s, %(who)s, %(shows)s, %(sound)s, %(days)s, %(from)s, %(to)s, %(zone)s,
                %(alarms)s, %(given)s)
        on conflict (workspace_id, member_id) do update
            set who = excluded.who, shows = excluded.shows, sound = excluded.sound,
                quiet_days = excluded.quiet_days, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
                time_zone = excluded.time_zone,
                alarms = excluded.alarms, given = excluded.given""",
        {
            **named,
            "who": wanted.who.value,
            "shows": wanted.shows.value,
            "sound": wanted.sound,
            "days": sum(1 << (day - 1) for day in quiet.days),
            "from": quiet.start,
            "to": quiet.end,
            "zone": quiet.zone,
            "alarms": wanted.alarms,
            "given": wanted.given,
        },
    )
    await tx.execute(
        "delete from muted_channels where workspace_id = %(workspace)s and member_id = %(member)s", named
    )
    await tx.execute(
        """
        insert into muted_channels (workspace_id, member_id, channel_id)
        select workspace_id, %(member)s, channel_id from channels
        where workspace_id = %(workspace)s and channel_id = any(%(muted)s)""",
        {**named, "muted": list(wanted.muted)},
    )


def settings_of(row: Sequence[Any]) -> Settings:
    who, shows, sound, days, start, end, zone, muted, alarms, given = row
    on = frozenset(day for day in range(1, 8) if days & 1 << (day - 1))
    quiet = QuietHours(on, start, end, zone) if on else None
    return Settings(Who(who), Shows(shows), sound, quiet, frozenset(muted), alarms, given)
