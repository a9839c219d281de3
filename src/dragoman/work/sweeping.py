"""What is kept for a time only: the change log for 7 days, raw bodies for as long as the workspace says,
keys of requests as long, uploads that no reply took along for a day, as well as files that no row names,
drafts for 90 days, calls of webhooks for 30."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from dragoman.alarms import store as alarms
from dragoman.alarms.model import KEPT as ALARMS_KEPT
from dragoman.connecting import accounts
from dragoman.db import once
from dragoman.db.database import Transaction
from dragoman.drafts.forgetting import forget_old_drafts
from dragoman.files.leftovers import forget_leftovers
from dragoman.files.upload import forget_never_sent
from dragoman.health.listening import keep_listening
from dragoman.health.watching import keep_watching
from dragoman.kit.clock import now
from dragoman.kit.ids import first_id_at
from dragoman.ledger.checking import keep_checking
from dragoman.services import Services
from dragoman.templates import looking
from dragoman.webhooks import call_store
from dragoman.webhooks.model import KEPT as CALLS_KEPT
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

SWEEP = "sweep"
EVERY = timedelta(hours=1)
LOG_KEPT = timedelta(days=7)
BATCH = 5000  # rows a transaction forgets


def first_sweep(workspace_id: UUID, at: datetime) -> Job:
    """Each workspace is swept every hour, from its first on."""
    return Job(kind=SWEEP, subject=workspace_id, lane=lane_of(workspace_id, SWEEP), due_at=at + EVERY)


async def sweep(services: Services, workspace_id: UUID, _: Job) -> timedelta | None:
    at = now()
    for forget in (
        _forget_changes,
        _forget_bodies,
        _forget_drafts,
        _forget_requests,
        _forget_alarms,
        _forget_calls,
    ):
        more = True
        while more:
            async with services.database.transaction(workspace_id) as tx:
                more = await forget(tx, at) >= BATCH
    await forget_never_sent(services, workspace_id)
    await forget_leftovers(services, workspace_id, at)
    await accounts.keep_looking(services, workspace_id)
    await looking.keep_looking(services, workspace_id)
    await keep_watching(services, workspace_id)
    await keep_listening(services, workspace_id)
    await keep_checking(services, workspace_id)
    return EVERY


async def _forget_changes(tx: Transaction, at: datetime) -> int:
    """The oldest entries of the log; who asks for them starts over."""
    last = await tx.value(
        """
        select max(seq) from (
            select seq, at from changes
            where workspace_id = %(workspace)s order by seq limit %(batch)s) as oldest
        where at < %(before)s""",
        {"workspace": tx.workspace_id, "before": at - LOG_KEPT, "batch": BATCH},
    )
    if last is None:
        return 0
    await tx.execute(
        "update workspaces set log_from = %(last)s where workspace_id = %(workspace)s and log_from < %(last)s",
        {"workspace": tx.workspace_id, "last": last},
    )
    return await tx.execute(
        "delete from changes where workspace_id = %(workspace)s and seq <= %(last)s",
        {"workspace": tx.workspace_id, "last": last},
    )


async def _forget_drafts(tx: Transaction, at: datetime) -> int:
    return await forget_old_drafts(tx, at, BATCH)


async def _forget_requests(tx: Transaction, at: datetime) -> int:
    return await once.forget_done(tx, at, BATCH)


async def _forget_alarms(tx: Transaction, at: datetime) -> int:
    return await alarms.forget_over(tx, at - ALARMS_KEPT, BATCH)


async def _forget_calls(tx: Transaction, at: datetime) -> int:
    return await call_store.forget_old(tx, at - CALLS_KEPT, BATCH)


async def _forget_bodies(tx: Transaction, at: datetime) -> int:
    """Raw bodies that were taken up; what is due or parked stays until it is done. Ids grow with time, so that only
    the oldest are looked at."""
    days: int | None = await tx.value(
        "select bodies_kept_days from workspaces where workspace_id = %(workspace)s",
        {"workspace": tx.workspace_id},
    )
    if days is None:
        return 0
    return await tx.execute(
        """
        delete from envelopes where workspace_id = %(workspace)s and envelope_id in (
            select e.envelope_id from envelopes e
            where e.workspace_id = %(workspace)s and e.envelope_id < %(before)s
              and e.due_at is null and e.parked_reason is null
              and not exists (select from arrivals a
                              where a.workspace_id = e.workspace_id and a.envelope_id = e.envelope_id
                                and (a.due_at is not null or a.outcome = 'parked'))
            order by e.envelope_id limit %(batch)s)""",
        {
            "workspace": tx.workspace_id,
            "before": first_id_at(at - timedelta(days=days)),
            "batch": BATCH,
        },
    )
