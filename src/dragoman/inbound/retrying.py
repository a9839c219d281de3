"""What is parked, for a person to look at: tried again after a repair or an upgrade, or dismissed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from dragoman.db.database import Database

MAX_LISTED = 500
DISMISSED = "dismissed"  # the ledger knows it by this word


class Parked(msgspec.Struct, frozen=True, kw_only=True):
    """``kind`` is the arrival's, or ``job``; ``id`` is what ``retry`` takes."""

    id: UUID
    kind: str
    what: str
    since: datetime
    reason: str


async def parked(database: Database, workspace_id: UUID, limit: int = MAX_LISTED) -> list[Parked]:
    """Arrivals and jobs that wait for a person, oldest first."""
    async with database.transaction(workspace_id) as tx:
        return await tx.all(
            Parked,
            """
            select arrival_id as id, kind, natural_key as what, received_at as since, coalesce(reason, '') as reason
            from arrivals where workspace_id = %(workspace)s and outcome = 'parked'
            union all
            select job_id, 'job', kind, due_at, parked_reason from jobs
            where workspace_id = %(workspace)s and parked_reason is not null
            order by since limit %(limit)s""",
            {"workspace": workspace_id, "limit": limit},
        )


async def retry(database: Database, workspace_id: UUID, chosen: UUID | None) -> int:
    """Try what is parked again: one of them, or (None) all. Returns how many envelopes and jobs that is.

    A parked arrival has its whole envelope parsed again; what was placed from it before stays as it is, and its
    duplicates are found anew.
    """
    async with database.transaction(workspace_id) as tx:
        params = {"workspace": workspace_id, "chosen": chosen}
        envelopes = await tx.execute(
            """
            with chosen as (
                select distinct envelope_id from arrivals
                where workspace_id = %(workspace)s and outcome = 'parked'
                  and (%(chosen)s::uuid is null or arrival_id = %(chosen)s)
            ), gone as (
                delete from arrivals
                where workspace_id = %(workspace)s and envelope_id in (select envelope_id from chosen)
                  and (outcome = 'parked' or duplicate_of is not null)
            )
            update envelopes set due_at = now(), parked_reason = null, attempts = 0
            where workspace_id = %(workspace)s and envelope_id in (select envelope_id from chosen)""",
            params,
        )
        jobs = await tx.execute(
            """
            update jobs set parked_reason = null, attempts = 0, due_at = now()
            where workspace_id = %(workspace)s and parked_reason is not null
              and (%(chosen)s::uuid is null or job_id = %(chosen)s)""",
            params,
        )
        tx.wake_worker("envelopes")
        tx.wake_worker("jobs")
    return envelopes + jobs


async def dismiss(database: Database, workspace_id: UUID, chosen: UUID | None) -> int:
    """What is parked waits for nobody any more: one of them, or (None) all. Returns how many arrivals and jobs.

    The arrivals are shelved and counted as such; raw bodies go when their time comes; jobs are not done.
    """
    async with database.transaction(workspace_id) as tx:
        params = {"workspace": workspace_id, "chosen": chosen, "reason": DISMISSED}
        rows = await tx.rows(
            """
            update arrivals set outcome = 'shelved', reason = %(reason)s
            where workspace_id = %(workspace)s and outcome = 'parked'
              and (%(chosen)s::uuid is null or arrival_id = %(chosen)s)
            returning envelope_id""",
            params,
        )
        await tx.execute(
            """
            update envelopes set parked_reason = null
            where workspace_id = %(workspace)s and envelope_id = any(%(envelopes)s)""",
            {"workspace": workspace_id, "envelopes": [row[0] for row in rows]},
        )
        jobs = await tx.execute(
            """
            delete from jobs where workspace_id = %(workspace)s and parked_reason is not null
              and (%(chosen)s::uuid is null or job_id = %(chosen)s)""",
            params,
        )
    return len(rows) + jobs
