"""SQL about who is here: what processes say of whom they hear, and what follows from it for colleagues."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.team.presence import GONE_AFTER, IDLE_AFTER


async def note_seen(
    tx: Transaction, members: Collection[UUID], active: Collection[UUID], at: datetime
) -> None:
    """These listen at this moment; of them, these have just done something."""
    await tx.execute(
        """
        insert into member_presence as p (workspace_id, member_id, seen_at, active_at)
        select workspace_id, member_id, %(at)s, case when member_id = any(%(active)s) then %(at)s end from members
        where workspace_id = %(workspace)s and member_id = any(%(members)s) order by member_id
        on conflict (workspace_id, member_id) do update
            set seen_at = greatest(p.seen_at, excluded.seen_at),
                active_at = greatest(p.active_at, excluded.active_at)""",
        {"workspace": tx.workspace_id, "members": list(members), "active": list(active), "at": at},
    )


async def settle(tx: Transaction, at: datetime) -> None:
    """Whoever has come is here from now on, and who has gone is not: also those whose process said nothing any more."""
    moved = await tx.rows(
        """
        with moved as (
            select member_id, here_since is null as comes from member_presence
            where workspace_id = %(workspace)s
              and (here_since is not null)
                  <> coalesce(seen_at > %(seen_after)s and active_at > %(active_after)s, false)
            order by member_id for update)
        update member_presence p set here_since = case when m.comes then %(at)s::timestamptz end
        from moved m where p.workspace_id = %(workspace)s and p.member_id = m.member_id
        returning p.member_id""",
        {
            "workspace": tx.workspace_id,
            "at": at,
            "seen_after": at - GONE_AFTER,
            "active_after": at - IDLE_AFTER,
        },
    )
    for (member_id,) in moved:
        tx.changed("presence", member_id=member_id)
