"""What each kind of job does.

Timers only touch the database and are done in batches, under their lane's lock. Everything that speaks to the
outside is claimed under the lock and done beside it, a limited number at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dragoman.alarms.raising import TELL_ALARM
from dragoman.automatic.speaking import SPEAK, speak_later
from dragoman.backfill.beginning import READ_PAST
from dragoman.backfill.reading import read_on
from dragoman.channels.errors import ChannelError
from dragoman.connecting import accounts, errands, looks
from dragoman.connecting.actions import POLL
from dragoman.connecting.profiles import look_up
from dragoman.connecting.trouble import CHECK
from dragoman.conversations import closing_windows, snoozing
from dragoman.conversations import store as conversations
from dragoman.conversations.closing_windows import WINDOW
from dragoman.conversations.people import PROFILE
from dragoman.conversations.reading import MARK_SEEN
from dragoman.conversations.settling import SETTLE
from dragoman.conversations.snoozing import WAKE
from dragoman.db.away import is_away
from dragoman.db.database import Transaction
from dragoman.evening import telling as evening
from dragoman.evening.telling import EVENING, EVENING_MAIL
from dragoman.files import receive as files
from dragoman.files.forgetting import FORGET_FILE, forget_file
from dragoman.health.listening import listen
from dragoman.health.schedule import LISTEN, WATCH
from dragoman.health.watching import watch
from dragoman.inbound import polling
from dragoman.kit.clock import now
from dragoman.ledger.checking import CHECK_LEDGER, check_on
from dragoman.mail.sending import MailFailed
from dragoman.notifications.alarms import tell_alarm
from dragoman.notifications.giving import TELL_GIVEN, tell_given
from dragoman.notifications.pushing import push
from dragoman.notifications.telling import PUSH, TELL, tell
from dragoman.outbound import dispatch, matching, reacting, reconcile
from dragoman.outbound.claiming import claim
from dragoman.outbound.model import Sending
from dragoman.outbound.reacting import REACT
from dragoman.outbound.store import MATCH, RECONCILE, SEND, due_sends
from dragoman.rules import on_assignment
from dragoman.rules.by_time import RUN_BY_TIME, run_by_time
from dragoman.rules.rehearsing import REHEARSE, rehearse
from dragoman.rules.timers import RUN_ON_ASSIGNMENT
from dragoman.running.child import STOP_SECONDS
from dragoman.service import timers as service
from dragoman.service.clocks import SERVICE
from dragoman.service.reckoning import RECKON
from dragoman.services import Services
from dragoman.settling import stage
from dragoman.setups.checking import LOOK, look_by_ourselves
from dragoman.team.nobodys import route_again
from dragoman.team.timers import ROUTE_AGAIN
from dragoman.templates import looking
from dragoman.webhooks.call_store import CALL_WEBHOOK
from dragoman.webhooks.calling import call_webhook
from dragoman.webhooks.model import LEASE as CALL_LEASE
from dragoman.work import jobs, lanes, sweeping
from dragoman.work.jobs import BACKOFF, Job, retry_after
from dragoman.work.sweeping import SWEEP

log = logging.getLogger(__name__)

TIMERS_AT_ONCE = (
    120  # in one transaction: more would make a member's action wait for the conversations' locks
)
CLAIMED_AT_ONCE = 16
SENDS_AT_ONCE = 64  # messages of ours on their way out of this process
SENDS_OF_A_CHANNEL = 16  # of them: who does not answer must not hold up the others
SENDS_OF_A_PLATFORM = 48  # nor a platform with all its channels
ERRANDS_AT_ONCE = 24  # beside them: files and names never hold up a message
PROFILES_AT_ONCE = 4  # beside those: a crowd of new names stands before no notification
ERRANDS_IN_A_HURRY = 1  # while customers' messages wait to be placed
MAILS_AT_ONCE = 2  # beside those: a mail server that does not answer holds up nothing but mail
WEBHOOKS_AT_ONCE = 8  # beside those: who answers slowly holds up nothing but other webhooks
WEBHOOKS_OF_A_WORKSPACE = 4  # of them, and of its own workspace
POLLS_AT_ONCE = 200  # they mostly wait for the platform
LEASE = timedelta(minutes=3)
POLL_LEASE = timedelta(seconds=75)  # longer than one poll; a gap in polling is a gap in what we hear
PUT_BACK_SECONDS = 1.0
FINISH_SECONDS = STOP_SECONDS - 1 - PUT_BACK_SECONDS  # whoever stops us waits that long

Errand = Callable[[Services, UUID, Job], Awaitable[timedelta | None]]
"""Does one job. Returns None when it is done, else after how long it wants to be done again."""


async def _fetch_media(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    await files.receive(services, workspace_id, job.subject)
    return None


async def _poll(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    return await polling.poll(services, workspace_id, job.subject)


ERRANDS: dict[str, Errand] = {
    "fetch_media": _fetch_media,
    PROFILE: look_up,
    "acknowledge": errands.acknowledge,
    FORGET_FILE: forget_file,
    CHECK: errands.check_channel,
    looks.TOLD: accounts.look_at_told,
    looks.UNKNOWN: accounts.look_for_unknown,
    MARK_SEEN: errands.mark_seen,
    REACT: reacting.tell,
    LOOK: look_by_ourselves,
    READ_PAST: read_on,
    looking.TEMPLATES: looking.look_by_ourselves,
    RECONCILE: reconcile.ask,
    MATCH: matching.match,
    SWEEP: sweeping.sweep,
    WATCH: watch,
    LISTEN: listen,
    TELL: tell,
    TELL_ALARM: tell_alarm,
    TELL_GIVEN: tell_given,
    PUSH: push,
    REHEARSE: rehearse,
    CHECK_LEDGER: check_on,
    RUN_BY_TIME: run_by_time,
    RECKON: service.reckon_all,
}


MAILS: dict[str, Errand] = {EVENING_MAIL: evening.mail}


CALLS: dict[str, Errand] = {CALL_WEBHOOK: call_webhook}


RECURRING = frozenset({SWEEP, WATCH, LISTEN, looking.TEMPLATES, RUN_BY_TIME, CALL_WEBHOOK})
"""They look after things for as long as there are any: whatever fails, they are tried again, and never parked."""


Timer = Callable[[Transaction, Collection[UUID], datetime], Awaitable[None]]

TIMERS: dict[str, Timer] = {
    SETTLE: stage.settle,
    WAKE: snoozing.wake,
    WINDOW: closing_windows.look,
    RUN_ON_ASSIGNMENT: on_assignment.run,
    EVENING: evening.tell,
    SPEAK: speak_later,
    SERVICE: service.look,
    ROUTE_AGAIN: route_again,
}
"""What only touches the database when its time has come, many at once."""


OF_CONVERSATIONS = frozenset({WAKE, WINDOW, SERVICE, RUN_ON_ASSIGNMENT})
"""Timers whose subject is a conversation."""


class Chores:
    """``on_room`` is called whenever something in hand is done, so that the next can be taken up."""

    def __init__(self, services: Services, on_room: Callable[[], None]) -> None:
        self._services = services
        self._database = services.database
        self._on_room = on_room
        self._sending: set[asyncio.Task[None]] = set()
        self._sending_in: Counter[UUID] = Counter()  # by channel
        self._sending_by: Counter[str] = Counter()  # by platform
        self._running: set[asyncio.Task[None]] = set()
        self._looking_up: set[asyncio.Task[None]] = set()
        self._mailing: set[asyncio.Task[None]] = set()
        self._calling: set[asyncio.Task[None]] = set()
        self._calling_for: Counter[UUID] = Counter()  # by workspace
        self._polling: set[asyncio.Task[None]] = set()

    async def do_some(self, workspace_id: UUID, wanted: Sequence[int], *, in_a_hurry: bool) -> int:
        """Do what is due in those of the wanted lanes that are free. Returns how many jobs were taken in hand.

        ``in_a_hurry``: what customers said is seen and settled first; their pictures and profiles, and what is said
        to them by itself, come after it.
        """
        rung = await self._ring(workspace_id, wanted)
        in_a_hurry = in_a_hurry or rung == TIMERS_AT_ONCE
        async with self._database.transaction(workspace_id) as tx:
            held = await lanes.lock(tx, wanted)
            if not held:
                return rung
            room = min(SENDS_AT_ONCE - len(self._sending), CLAIMED_AT_ONCE)
            full = self._full_channels, self._full_platforms
            sends = await due_sends(tx, held, room, *full, only_of_persons=in_a_hurry) if room > 0 else []
            room = (ERRANDS_IN_A_HURRY if in_a_hurry else ERRANDS_AT_ONCE) - len(self._running)
            errands = await self._claim(tx, held, ERRANDS.keys() - {PROFILE}, room, LEASE)
            room = 0 if in_a_hurry else PROFILES_AT_ONCE - len(self._looking_up)
            profiles = await self._claim(tx, held, [PROFILE], room, LEASE)
            room = 0 if in_a_hurry else MAILS_AT_ONCE - len(self._mailing)
            mails = await self._claim(tx, held, MAILS, room, LEASE)
            room = (ERRANDS_IN_A_HURRY if in_a_hurry else WEBHOOKS_AT_ONCE) - len(self._calling)
            room = min(room, WEBHOOKS_OF_A_WORKSPACE - self._calling_for[workspace_id])
            calls = await self._claim(tx, held, CALLS, room, CALL_LEASE)
            polls = await self._claim(tx, held, [POLL], POLLS_AT_ONCE - len(self._polling), POLL_LEASE)
        for job in errands:
            self._start(self._running, self._run(workspace_id, job, ERRANDS[job.kind]))
        for job in profiles:
            self._start(self._looking_up, self._run(workspace_id, job, ERRANDS[PROFILE]))
        for job in mails:
            self._start(self._mailing, self._run(workspace_id, job, MAILS[job.kind]))
        for job in calls:
            self._calling_for[workspace_id] += 1
            self._start(self._calling, self._call(workspace_id, job))
        for job in polls:
            self._start(self._polling, self._run(workspace_id, job, _poll))
        for job, channel_id in sends:
            if channel_id not in self._full_channels:  # by those before it
                await self._send(workspace_id, job)
        return rung + len(sends) + len(errands) + len(profiles) + len(mails) + len(calls) + len(polls)

    @property
    def _full_channels(self) -> set[UUID]:
        return {each for each, sending in self._sending_in.items() if sending >= SENDS_OF_A_CHANNEL}

    @property
    def _full_platforms(self) -> set[str]:
        return {each for each, sending in self._sending_by.items() if sending >= SENDS_OF_A_PLATFORM}

    @property
    def _in_hand(self) -> set[asyncio.Task[None]]:
        return self._sending | self._running | self._looking_up | self._mailing | self._calling

    async def idle(self) -> None:
        """Wait until everything in hand is done."""
        while in_hand := self._in_hand:
            await asyncio.gather(*in_hand, return_exceptions=True)

    async def finish(self) -> None:
        """Give what is in hand the time that there is; what has not ended then is taken up by another worker."""
        if in_hand := self._in_hand:
            await asyncio.wait(in_hand, timeout=FINISH_SECONDS)
        left = self._in_hand | self._polling
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=PUT_BACK_SECONDS)

    async def _ring(self, workspace_id: UUID, wanted: Sequence[int]) -> int:
        """In a transaction of its own: it locks conversations, and sending locks channels after them. Of one kind at a
        time, for the same reason; the others come in the next round."""
        due: list[Job] = []
        try:
            async with self._database.transaction(workspace_id) as tx:
                due = await jobs.due_timers(tx, await lanes.lock(tx, wanted), TIMERS, TIMERS_AT_ONCE)
                due = [job for job in due if job.kind == due[0].kind]
                if due:
                    await _ring_now(tx, due)
        except Exception as bug:
            if is_away(bug):
                raise
            log.exception("timers failed; they are rung one by one")
            await self._ring_one_by_one(workspace_id, due)
        return len(due)

    async def _ring_one_by_one(self, workspace_id: UUID, due: Sequence[Job]) -> None:
        """The one that fails comes later, and holds nothing else up."""
        for job in due:
            try:
                async with self._database.transaction(workspace_id) as tx:
                    if await lanes.lock(tx, [job.lane]) and await jobs.is_due(tx, job.kind, job.subject):
                        await _ring_now(tx, [job])
            except Exception as bug:
                if is_away(bug):
                    raise
                log.exception("the timer %s about %s failed", job.kind, job.subject)
                await self._later(workspace_id, job, f"it failed ({type(bug).__name__})", None)

    async def _send(self, workspace_id: UUID, job: Job) -> None:
        """In a transaction for each: one that claimed several would hold a channel while it waits for the next
        conversation."""
        async with self._database.transaction(workspace_id) as tx:
            if not await lanes.lock(tx, [job.lane]) or not await jobs.is_due(tx, SEND, job.subject):
                return
            claimed = await claim(tx, job, self._services.settings.send_seconds)
        if isinstance(claimed, Sending):
            self._sending_in[claimed.channel_id] += 1
            self._sending_by[claimed.platform] += 1
            self._start(self._sending, self._dispatch(workspace_id, claimed))
        elif claimed is not None:
            seconds = max(0.0, (claimed - now()).total_seconds())
            asyncio.get_running_loop().call_later(seconds, self._on_room)

    async def _claim(
        self, tx: Transaction, held: Sequence[int], kinds: Collection[str], limit: int, lease: timedelta
    ) -> list[Job]:
        if limit <= 0:
            return []
        due = await jobs.due(tx, held, kinds, limit)
        return await jobs.lease(tx, due, now() + lease) if due else []

    def _start(self, those: set[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        those.add(task)
        task.add_done_callback(those.discard)
        task.add_done_callback(lambda _: self._on_room())

    async def _dispatch(self, workspace_id: UUID, sending: Sending) -> None:
        try:
            await dispatch.dispatch(self._services, workspace_id, sending)
        finally:
            self._sending_in[sending.channel_id] -= 1
            self._sending_by[sending.platform] -= 1

    async def _call(self, workspace_id: UUID, job: Job) -> None:
        try:
            await self._run(workspace_id, job, CALLS[job.kind])
        finally:
            self._calling_for[workspace_id] -= 1

    async def _run(self, workspace_id: UUID, job: Job, errand: Errand) -> None:
        """One errand; what fails is tried again later, and parked when it goes on failing."""
        try:
            again = await errand(self._services, workspace_id, job)
        except (ChannelError, MailFailed) as refused:
            await self._later(workspace_id, job, refused.reason, refused.retry_after)
        except Exception as bug:
            if is_away(bug):
                return  # the lease brings the job back
            log.exception("the job %s about %s failed", job.kind, job.subject)
            await self._later(workspace_id, job, f"it failed ({type(bug).__name__})", None)
        else:
            async with self._database.transaction(workspace_id) as tx:
                if again is None:
                    await jobs.done_as_leased(tx, job)
                else:
                    await jobs.again_as_leased(tx, job, now() + again)
                if job.kind in RECURRING:
                    await jobs.went_well(tx, job.kind, job.subject)

    async def _later(self, workspace_id: UUID, job: Job, reason: str, wait: timedelta | None) -> None:
        again = retry_after(job.attempts) or (BACKOFF[-1] if job.kind in RECURRING else None)
        async with self._database.transaction(workspace_id) as tx:
            if again is None:
                await jobs.park(tx, job.kind, job.subject, reason)
            else:
                await jobs.again(tx, job.kind, job.subject, now() + max(again, wait or again))
        if again is None and job.kind == "fetch_media":
            await files.give_up(self._services, workspace_id, job.subject, reason)


async def _ring_now(tx: Transaction, due: Sequence[Job]) -> None:
    """Timers of one kind whose time has come."""
    kind, subjects = due[0].kind, [job.subject for job in due]
    if kind in OF_CONVERSATIONS:  # before their timers: whoever holds a conversation may set its timer anew
        await conversations.lock(tx, subjects)
    await jobs.done(tx, kind, subjects)  # first: some set their timer anew
    await TIMERS[kind](tx, subjects, now())
