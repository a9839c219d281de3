"""All kept envelopes of a day are parsed again, and every natural key is looked for: a worker does it in slices, when
somebody asks for it and by itself once the day is over. What cannot be found is an alarm."""

from __future__ import annotations

import logging
import time
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dragoman.access.model import Membership, Right
from dragoman.alarms import raising
from dragoman.alarms.model import Cause, What
from dragoman.db.away import is_away
from dragoman.db.database import Database, Transaction
from dragoman.inbound.ledger import SHOWN, kept, missing_among
from dragoman.kit.clock import now
from dragoman.ledger import store
from dragoman.ledger.model import DAYS_KEPT, Check, Span, check_day, span_of, today_in
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

log = logging.getLogger(__name__)

CHECK_LEDGER = "check_ledger"
CHUNK = 200  # envelopes in one transaction; some hold a thousand things
SECONDS_AT_A_TIME = 2.0  # then whatever else is due has its turn


async def begin(database: Database, by: Membership, day: date) -> None:
    """Somebody wants to know now. One that runs already goes on. Raises Refused."""
    by.needs(Right.MANAGE_CHANNELS)
    async with database.transaction(by.workspace_id) as tx:
        zone, at = await store.zone(tx), now()
        check_day(zone, day, at)
        running = await store.lock(tx, day)
        if running is None or running.state != "running":
            await _begin(tx, zone, day, at, by.member_id)


async def keep_checking(services: Services, workspace_id: UUID) -> None:
    """The day before is looked up by itself, once: called again and again."""
    async with services.database.transaction(workspace_id) as tx:
        zone, at = await store.zone(tx), now()
        yesterday = today_in(zone, at) - timedelta(days=1)
        found = await store.lock(tx, yesterday)
        span = span_of(zone, yesterday, yesterday)
        if (
            found is None
            or found.state == "failed"
            or (found.state == "done" and not _was_whole(found, span, zone))
        ):
            await _begin(tx, zone, yesterday, at, None)
        await store.forget_before(tx, yesterday - timedelta(days=DAYS_KEPT))


def _was_whole(found: Check, span: Span, zone: str) -> bool:
    """It was looked up when the day was over, for the hours that the day has by now."""
    return found.span == span and found.started_at.astimezone(ZoneInfo(zone)).date() > found.day


async def _begin(tx: Transaction, zone: str, day: date, at: datetime, by: UUID | None) -> None:
    span = span_of(zone, day, day)
    check = Check(
        day=day,
        span=span,
        state="running",
        cursor=UUID(int=span.first.int - 1),
        total=await store.how_many_envelopes(tx, span),
        asked_by=by,
        started_at=at,
    )
    await store.begin(tx, check)
    subject = _subject(tx, day)
    payload = {"day": day.isoformat()}
    lane = lane_of(subject, CHECK_LEDGER)
    await jobs.schedule(tx, [Job(kind=CHECK_LEDGER, subject=subject, lane=lane, due_at=at, payload=payload)])


async def check_on(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Go on for a moment. Returns when to go on; None: it is over."""
    day = date.fromisoformat(job.payload["day"])
    until = time.monotonic() + SECONDS_AT_A_TIME
    try:
        while time.monotonic() < until:
            async with services.database.transaction(workspace_id) as tx:
                if not await _go_on(tx, day, now()):
                    return None
    except Exception as bug:
        if is_away(bug):
            raise
        log.exception("looking up %s in the ledger failed", day)
        await _fail(services.database, workspace_id, day)
        return None
    return timedelta(0)


async def _go_on(tx: Transaction, day: date, at: datetime) -> bool:
    check = await store.lock(tx, day)
    if check is None or check.state != "running":
        return False
    envelopes = await kept(tx, check.cursor, check.span.last, CHUNK)
    missing = await missing_among(tx, envelopes)
    check = replace(
        check,
        cursor=envelopes[-1].envelope_id if envelopes else check.cursor,
        verified=check.verified + len(envelopes),
        unaccounted=check.unaccounted + len(missing),
        missing=[*check.missing, *missing][:SHOWN],
    )
    if len(envelopes) < CHUNK:
        arrivals = await store.arrivals(tx, check.span, None)
        check = replace(check, state="done", arrivals=arrivals, ended_at=at)
        await _tell(tx, check, at)
    await store.save(tx, check)
    return check.state == "running"


async def _tell(tx: Transaction, check: Check, at: datetime) -> None:
    subject = _subject(tx, check.day)
    if check.unaccounted == 0:
        await raising.end(tx, What.UNACCOUNTED, [subject], at)
        return
    reason = f"Of {check.day.isoformat()} {check.unaccounted} cannot be found: the ledger names them."
    cause = Cause(
        what=What.UNACCOUNTED, subject=subject, subject_kind="workspace", channel_id=None, reason=reason
    )
    await raising.begin(tx, [cause], at)


async def _fail(database: Database, workspace_id: UUID, day: date) -> None:
    async with database.transaction(workspace_id) as tx:
        check = await store.lock(tx, day)
        if check is not None and check.state == "running":
            await store.save(tx, replace(check, state="failed", ended_at=now()))


def _subject(tx: Transaction, day: date) -> UUID:
    assert tx.workspace_id is not None
    return uuid5(tx.workspace_id, f"ledger {day.isoformat()}")
