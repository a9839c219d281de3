"""An alarm has begun: who is told of it, and on which devices. Once, and again only when it grows more urgent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dragoman.alarms.model import ACTS, Acts, What
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.notifications import alarm_store, device_store
from dragoman.notifications.model import StandingAlarm, alarm_wait
from dragoman.notifications.telling import PUSH
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job


async def tell_alarm(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Whoever has quiet hours is told when they end, if the alarm stands then."""
    async with services.database.transaction(workspace_id) as tx:
        alarm = await alarm_store.standing(tx, job.subject)
        return None if alarm is None else await _tell(tx, alarm, job.lane, now())


async def _tell(tx: Transaction, alarm: StandingAlarm, lane: int, at: datetime) -> timedelta | None:
    only_admins = ACTS[What(alarm.what)] is Acts.ADMINS
    listeners = await alarm_store.listeners(tx, alarm, only_admins=only_admins)
    waits = {member: alarm_wait(settings, alarm.channel_id, at) for member, settings in listeners.items()}
    told = [member for member, wait in waits.items() if wait == timedelta()]
    if told:
        await alarm_store.note_told(tx, alarm, told, at)
        devices = await device_store.ids_of(tx, told)
        await jobs.schedule(tx, [_push(alarm, device, lane, at) for device, _ in devices])
    return min((wait for wait in waits.values() if wait), default=None)


def _push(alarm: StandingAlarm, device_id: UUID, lane: int, at: datetime) -> Job:
    """Named after what it is about: told twice, it is the same job."""
    payload = {"device": str(device_id), "alarm": str(alarm.alarm_id), "at": at.isoformat()}
    subject = uuid5(device_id, f"{alarm.alarm_id} {alarm.level}")
    return Job(kind=PUSH, subject=subject, lane=lane, due_at=at, payload=payload)
