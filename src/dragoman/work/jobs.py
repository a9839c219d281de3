"""Jobs: timers, chores and sends are rows in the same lanes as arrivals, written with their cause.

A job that speaks to the outside is claimed (its due time moves behind a lease), done, and then finished; when the
worker dies in between, it comes due again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id

MOST_ATTEMPTS = 1000  # counted; a job that comes again for ever must not outgrow its column


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do at ``due_at``. There is at most one job of a kind about a subject."""

    kind: str
    subject: UUID
    lane: int
    due_at: datetime
    payload: Mapping[str, Any] = {}
    attempts: int = 0


JOB = Columns({
    "job_id": "uuid", "lane": "smallint", "kind": "text", "subject": "uuid", "due_at": "timestamptz",
    "payload": "jsonb",
})  # fmt: skip


async def schedule(tx: Transaction, jobs: Sequence[Job]) -> None:
    """Write jobs; one that is there already about the same subject gets the new time."""
    if not jobs:
        return
    last = {(j.kind, j.subject): j for j in jobs}  # one statement may not write the same row twice
    rows = [(new_id(), j.lane, j.kind, j.subject, j.due_at, j.payload) for j in last.values()]
    await tx.execute(
        f"""
        insert into jobs ({JOB.names}, workspace_id)
        select j.*, %(workspace)s from json_to_recordset(%(rows)s) as j({JOB.typed})
        on conflict (workspace_id, kind, subject) do update
            set due_at = excluded.due_at, attempts = 0, payload = excluded.payload, parked_reason = null""",
        {"workspace": tx.workspace_id, "rows": JOB(rows)},
    )
    if min(j.due_at for j in last.values()) <= now():
        tx.wake_worker("jobs")


async def schedule_at_latest(tx: Transaction, job: Job) -> None:
    """Write this job; one that is there already about the same subject comes no later. It is held until the end of this
    transaction, so that whoever does it sees what is written here."""
    await tx.execute(
        f"""
        insert into jobs ({JOB.names}, workspace_id)
        select j.*, %(workspace)s from json_to_recordset(%(rows)s) as j({JOB.typed})
        on conflict (workspace_id, kind, subject) do update
            set due_at = least(jobs.due_at, excluded.due_at), parked_reason = null""",
        {
            "workspace": tx.workspace_id,
            "rows": JOB([(new_id(), job.lane, job.kind, job.subject, job.due_at, job.payload)]),
        },
    )


async def due(tx: Transaction, lanes: Sequence[int], kinds: Collection[str], limit: int) -> list[Job]:
    """What is due in these (locked) lanes, oldest first."""
    rows = await tx.rows(
        """
        select kind, subject, lane, due_at, payload, attempts from jobs
        where workspace_id = %(workspace)s and lane = any(%(lanes)s) and due_at <= now()
          and kind = any(%(kinds)s) and parked_reason is null
        order by due_at limit %(limit)s""",
        {"workspace": tx.workspace_id, "lanes": list(lanes), "kinds": list(kinds), "limit": limit},
    )
    return _jobs(rows)


def _jobs(rows: Sequence[Sequence[Any]]) -> list[Job]:
    return [
        Job(kind=kind, subject=subject, lane=lane, due_at=at, payload=payload, attempts=attempts)
        for kind, subject, lane, at, payload, attempts in rows
    ]


async def due_timers(tx: Transaction, lanes: Sequence[int], kinds: Collection[str], limit: int) -> list[Job]:
    """The same of timers. What came in before a timer's time takes its place before it rings: after an outage a turn
    settles whole, not once for each batch that finds some more of it."""
    # By the oldest of them: asked of each timer whether there is an older one, it would walk them all, over and over.
    rows = await tx.rows(
        """
        select kind, subject, lane, due_at, payload, attempts from jobs j
        where workspace_id = %(workspace)s and lane = any(%(lanes)s) and due_at <= now()
          and kind = any(%(kinds)s) and parked_reason is null
          and due_at < coalesce((select min(e.due_at) from envelopes e
                                 where e.workspace_id = %(workspace)s), 'infinity')
          and due_at < coalesce((select min(a.due_at) from arrivals a
                                 where a.workspace_id = %(workspace)s and a.lane = j.lane), 'infinity')
        order by due_at limit %(limit)s""",
        {"workspace": tx.workspace_id, "lanes": list(lanes), "kinds": list(kinds), "limit": limit},
    )
    return _jobs(rows)


async def lease(tx: Transaction, jobs: Sequence[Job], until: datetime) -> list[Job]:
    """Take jobs in hand, as they are then: they come due again if nothing is heard of them until then."""
    await tx.execute(
        """
        update jobs set due_at = %(until)s, attempts = least(attempts + 1, %(most)s)
        from unnest(%(kinds)s::text[], %(subjects)s::uuid[]) as t(kind, subject)
        where workspace_id = %(workspace)s and jobs.kind = t.kind and jobs.subject = t.subject""",
        {
            "workspace": tx.workspace_id,
            "until": until,
            "most": MOST_ATTEMPTS,
            "kinds": [j.kind for j in jobs],
            "subjects": [j.subject for j in jobs],
        },
    )
    return [replace(j, due_at=until) for j in jobs]


async def done(tx: Transaction, kind: str, subjects: Collection[UUID]) -> None:
    await tx.execute(
        """
        delete from jobs where workspace_id = %(workspace)s and kind = %(kind)s and subject = any(%(subjects)s)""",
        {"workspace": tx.workspace_id, "kind": kind, "subjects": list(subjects)},
    )


async def again(tx: Transaction, kind: str, subject: UUID, at: datetime) -> None:
    await tx.execute(
        """
        update jobs set due_at = %(at)s
        where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s""",
        {"workspace": tx.workspace_id, "kind": kind, "subject": subject, "at": at},
    )
    if at <= now():
        tx.wake_worker("jobs")


async def done_as_leased(tx: Transaction, job: Job) -> None:
    """Finished, unless it was scheduled anew meanwhile: then it is to be done once more."""
    await tx.execute(
        """
        delete from jobs
        where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s and due_at = %(leased)s""",
        {"workspace": tx.workspace_id, "kind": job.kind, "subject": job.subject, "leased": job.due_at},
    )


async def again_as_leased(tx: Transaction, job: Job, at: datetime) -> None:
    """To come again then, unless it was scheduled anew meanwhile."""
    await tx.execute(
        """
        update jobs set due_at = %(at)s
        where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s and due_at = %(leased)s""",
        {
            "workspace": tx.workspace_id,
            "kind": job.kind,
            "subject": job.subject,
            "leased": job.due_at,
            "at": at,
        },
    )
    if at <= now():
        tx.wake_worker("jobs")


async def went_well(tx: Transaction, kind: str, subject: UUID) -> None:
    """A job that comes again and again has no failed attempts behind it any more."""
    await tx.execute(
        """
        update jobs set attempts = 0
        where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s""",
        {"workspace": tx.workspace_id, "kind": kind, "subject": subject},
    )


async def due_at(tx: Transaction, kind: str, subject: UUID) -> datetime | None:
    """When the job about this subject comes due; None: there is none."""
    found: datetime | None = await tx.value(
        """
        select due_at from jobs
        where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s""",
        {"workspace": tx.workspace_id, "kind": kind, "subject": subject},
    )
    return found


async def is_due(tx: Transaction, kind: str, subject: UUID) -> bool:
    """Whether it is still there and due, by the database's clock."""
    found: bool = await tx.value(
        """
        select exists (
            select from jobs where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s
                               and due_at <= now() and parked_reason is null)""",
        {"workspace": tx.workspace_id, "kind": kind, "subject": subject},
    )
    return found


async def park(tx: Transaction, kind: str, subject: UUID, reason: str) -> None:
    """Give up for now: a person sees the reason and may have it tried again."""
    await tx.execute(
        """
        update jobs set parked_reason = %(reason)s
        where workspace_id = %(workspace)s and kind = %(kind)s and subject = %(subject)s""",
        {"workspace": tx.workspace_id, "kind": kind, "subject": subject, "reason": reason},
    )


BACKOFF = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15))


def retry_after(attempts: int) -> timedelta | None:
    """How long to wait before the next try; None: enough, park it."""
    return BACKOFF[attempts] if attempts < len(BACKOFF) else None
