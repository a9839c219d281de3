"""SQL about back-fills."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from dragoman.backfill.model import Backfill, Why
from dragoman.db.database import Transaction
from dragoman.sentences import wording_of

Row = dict[str, Any]

COLUMNS: LiteralString = (
    "backfill_id, channel_id, why, since, until, state, touched_since, pass_began_at, cursor, pages, conversations,"
    " found, reached, reason, stuck_since, started_at, ended_at"
)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The channel whose past it is."""

    connection_id: UUID
    platform: str
    account: str
    state: str
    trouble: str | None
    connected_at: datetime


SOURCE: LiteralString = """
    select connection_id, platform, account, state, trouble, created_at as connected_at from channels
    where workspace_id = %(workspace)s and channel_id = %(channel)s and state <> 'removed'"""


async def source(tx: Transaction, channel_id: UUID) -> Source | None:
    """None: it is not connected any more."""
    return await tx.one(Source, SOURCE, {"workspace": tx.workspace_id, "channel": channel_id})


async def locked_source(tx: Transaction, channel_id: UUID) -> Source | None:
    """The same, and as it is until this transaction is over. A channel is locked before its runs."""
    named = {"workspace": tx.workspace_id, "channel": channel_id}
    return await tx.one(Source, SOURCE + " for no key update", named)


async def history_days(tx: Transaction) -> int:
    found: int = await tx.value(
        "select history_days from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    return found


async def newest(tx: Transaction, channel_id: UUID, why: Why) -> Backfill | None:
    """The one begun last, for this transaction alone."""
    return await tx.one(
        Backfill,
        f"""
        select {COLUMNS} from backfills
        where workspace_id = %(workspace)s and channel_id = %(channel)s and why = %(why)s
        order by started_at desc limit 1 for update""",
        {"workspace": tx.workspace_id, "channel": channel_id, "why": why},
    )


async def lock(tx: Transaction, backfill_id: UUID) -> Backfill | None:
    return await tx.one(
        Backfill,
        f"""
        select {COLUMNS} from backfills
        where workspace_id = %(workspace)s and backfill_id = %(backfill)s for update""",
        {"workspace": tx.workspace_id, "backfill": backfill_id},
    )


async def save(tx: Transaction, run: Backfill) -> None:
    """Write it, new or known, and tell the browsers how it stands."""
    await tx.execute(
        f"""
        insert into backfills (workspace_id, {COLUMNS})
        values (%(workspace)s, %(backfill_id)s, %(channel_id)s, %(why)s, %(since)s, %(until)s, %(state)s,
                %(touched_since)s, %(pass_began_at)s, %(cursor)s, %(pages)s, %(conversations)s, %(found)s,
                %(reached)s, %(reason)s, %(stuck_since)s, %(started_at)s, %(ended_at)s)
        on conflict (workspace_id, backfill_id) do update
            set since = excluded.since, state = excluded.state, touched_since = excluded.touched_since,
                pass_began_at = excluded.pass_began_at, cursor = excluded.cursor, pages = excluded.pages,
                conversations = excluded.conversations, found = excluded.found, reached = excluded.reached,
                reason = excluded.reason, stuck_since = excluded.stuck_since, ended_at = excluded.ended_at""",
        {"workspace": tx.workspace_id, **msgspec.structs.asdict(run)},
    )
    tx.changed("channel", channel_id=run.channel_id)


async def is_behind(tx: Transaction) -> bool:
    """Whether something that came in has been waiting for its turn: live messages go first."""
    found: bool = await tx.value(
        """
        select exists (select from envelopes where workspace_id = %(workspace)s
                         and due_at < now() - interval '2 seconds')
            or exists (select from arrivals where workspace_id = %(workspace)s
                         and due_at < now() - interval '2 seconds')""",
        {"workspace": tx.workspace_id},
    )
    return found


async def rows(tx: Transaction, channels: Collection[UUID] | None = None) -> dict[UUID, list[Row]]:
    """As browsers get them: of each channel the newest of either kind."""
    found = await tx.all(
        Backfill,
        f"""
        select distinct on (channel_id, why) {COLUMNS} from backfills
        where workspace_id = %(workspace)s and (%(all)s or channel_id = any(%(channels)s))
        order by channel_id, why, started_at desc""",
        {"workspace": tx.workspace_id, "all": channels is None, "channels": list(channels or ())},
    )
    of_channel: dict[UUID, list[Row]] = {}
    for run in found:
        of_channel.setdefault(run.channel_id, []).append(_row(run))
    return of_channel


def _row(run: Backfill) -> Row:
    return {
        "id": run.backfill_id,
        "why": run.why,
        "state": run.state,
        "since": run.since,
        "conversations": run.conversations,
        "found": run.found,
        "reached": run.reached,
        "reason": run.reason,
        "reason_wording": wording_of(run.reason),
        "started_at": run.started_at,
        "ended_at": run.ended_at,
    }
