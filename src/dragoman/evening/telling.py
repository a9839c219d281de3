"""It is evening where a member is: their line is written once, in the transaction that also sets the next one's time,
and a mail about it leaves by a job of its own."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid5

from dragoman.db.database import Transaction
from dragoman.evening import counting, store, words
from dragoman.evening.model import Due, Line, Trouble, due_now, next_due
from dragoman.evening.store import KeptLine, Reader, Wanted
from dragoman.kit.clock import now
from dragoman.mail.model import Mail
from dragoman.mail.sending import MailFailed, MailRefused, NobodyThere, send
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

log = logging.getLogger(__name__)

EVENING = "evening"
EVENING_MAIL = "evening_mail"


async def wait_for_evening(tx: Transaction, wanted: Wanted, at: datetime) -> None:
    """The next one after that time, and no other."""
    member = wanted.member_id
    due_at = next_due(wanted.evening, at).at
    await jobs.schedule(tx, [Job(kind=EVENING, subject=member, lane=lane_of(member, EVENING), due_at=due_at)])


async def never_mind(tx: Transaction, member_id: UUID) -> None:
    await store.forget(tx, member_id)
    await jobs.done(tx, EVENING, [member_id])


async def tell(tx: Transaction, members: Collection[UUID], at: datetime) -> None:
    """A timer: whose evening it is. Who has left, or wants none any more, waits for no other."""
    for wanted in await store.wanted(tx, members):
        due = due_now(wanted.evening, at)
        if due is not None:
            await _tell(tx, wanted, due, at)
        await wait_for_evening(tx, wanted, at)


async def _tell(tx: Transaction, wanted: Wanted, due: Due, at: datetime) -> None:
    reader = await store.reader(tx, wanted.member_id)
    if reader is None:
        return
    line = await counting.line(tx, reader.membership.channels, wanted.evening.zone, due.day, at)
    if await store.add_line(tx, wanted.member_id, line):
        subject = mail_id(wanted.member_id, due.day)
        payload = {"member": str(wanted.member_id), "day": due.day.isoformat()}
        lane = lane_of(subject, EVENING_MAIL)
        await jobs.schedule(
            tx, [Job(kind=EVENING_MAIL, subject=subject, lane=lane, due_at=at, payload=payload)]
        )


def mail_id(member_id: UUID, day: date) -> UUID:
    """One mail for each member and day: scheduled twice it is one job, sent twice it carries one Message-ID."""
    return uuid5(member_id, f"evening {day.isoformat()}")


async def mail(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Where no mail can be sent, the line stands in the app all the same."""
    member_id, day = UUID(job.payload["member"]), date.fromisoformat(job.payload["day"])
    if services.settings.mail_url is None:
        return None
    async with services.database.transaction(workspace_id) as tx:
        written = await _written(tx, services, member_id, day, job.subject)
    if written is None:
        return None
    try:
        await send(services.settings, written)
    except MailFailed as failed:
        log.warning("the evening line of the member %s was not mailed: %s", member_id, failed.reason)
        trouble = Trouble.ADDRESS if isinstance(failed, NobodyThere) else Trouble.SERVER
        await _note(services, workspace_id, member_id, day, trouble)
        if isinstance(failed, MailRefused):
            return None
        raise
    await _note(services, workspace_id, member_id, day, None)
    return None


async def _note(
    services: Services, workspace_id: UUID, member_id: UUID, day: date, trouble: Trouble | None
) -> None:
    async with services.database.transaction(workspace_id) as tx:
        await store.note_mailed(tx, member_id, day, None if trouble else now(), trouble)


async def _written(
    tx: Transaction, services: Services, member_id: UUID, day: date, about: UUID
) -> Mail | None:
    """None: it was sent already, or nobody wants it any more."""
    kept = await store.kept(tx, member_id, day)
    reader = await store.reader(tx, member_id)
    (wanted,) = await store.wanted(tx, [member_id]) or (None,)
    if kept is None or kept.is_mailed or reader is None or wanted is None:
        return None
    line = await _line(tx, reader, kept)
    own = services.settings.own_url
    workspace = reader.membership.workspace_id
    inbox, settings = f"{own}/w/{workspace}/waiting", f"{own}/w/{workspace}/notifications"
    return Mail(
        about=about,
        to=reader.email,
        subject=words.subject(line, wanted.locale, reader.workspace),
        text=words.plain(line, wanted.locale, inbox, settings),
        html=words.html(line, wanted.locale, inbox, settings),
        language=wanted.locale,
        at=line.at,
        stop_url=f"{own}/api/w/{workspace}/evening/stop/{member_id}/{quote(wanted.stop_key)}"
        if services.settings.public_url
        else None,
    )


async def _line(tx: Transaction, reader: Reader, kept: KeptLine) -> Line:
    """As it was counted then; names are read now, and who has been answered meanwhile is not named any more."""
    named = await counting.named(tx, reader.membership.channels, kept.conversation_ids)
    answered_since = len(kept.conversation_ids) - len(named)
    return Line(kept.count, kept.waiting - answered_since, named, kept.told_at)
