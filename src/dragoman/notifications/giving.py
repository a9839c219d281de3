"""Whoever is given a conversation by somebody else is told: in their browsers at once, on their devices a moment later.

Several that come together are told of together, and what they have been told of meanwhile, as its turn settled, is not
told once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dragoman.conversations import reading
from dragoman.conversations.model import Conversation, Status
from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.notifications import device_store, giving_store, store
from dragoman.notifications.model import given_wait
from dragoman.notifications.telling import PUSH, TIME_TO_READ
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

TELL_GIVEN = "tell_given"
# After the turn with which it came was told of: that says it already.
GATHERED_FOR = 3 * TIME_TO_READ

Pairs = Iterable[tuple[Conversation, Conversation]]


async def give_anew(tx: Transaction, pairs: Pairs, by: UUID | None, at: datetime) -> None:
    """Of these conversations, before and after, those that have come to somebody: they are unread to them again."""
    given = _given(pairs, by)
    for member_id, theirs in given.items():
        await reading.unread_to(tx, member_id, theirs)
    await _tell_later(tx, given, by, at)


async def give(tx: Transaction, pairs: Pairs, at: datetime) -> None:
    """The same by routing, as the customer has just written: who has read that has nothing new to read."""
    await _tell_later(tx, _given(pairs, None), None, at)


def _given(pairs: Pairs, by: UUID | None) -> dict[UUID, list[Conversation]]:
    """By member, in one order, so that nobody waits for each other. Nobody is told of what they took, and nobody of
    what is over."""
    given: dict[UUID, list[Conversation]] = {}
    for before, after in sorted(pairs, key=lambda pair: str(pair[1].owner_id)):
        is_over = after.status in (Status.UNOPENED, Status.CLOSED)
        if after.owner_id is not None and after.owner_id not in (before.owner_id, by) and not is_over:
            given.setdefault(after.owner_id, []).append(after)
    return given


async def _tell_later(
    tx: Transaction, given: dict[UUID, list[Conversation]], by: UUID | None, at: datetime
) -> None:
    for member_id, theirs in given.items():
        for c in theirs:
            tx.changed(
                "given",
                conversation_id=c.conversation_id,
                channel_id=c.channel_id,
                member_id=by,
                fields={"to": str(member_id)},
            )
    if not given or not await store.is_anybody_told(tx):
        return
    for member_id, theirs in given.items():
        await giving_store.add(tx, member_id, [c.conversation_id for c in theirs], at)
    due_at = at + GATHERED_FOR
    await jobs.schedule(
        tx,
        [
            Job(kind=TELL_GIVEN, subject=member, lane=lane_of(member, TELL_GIVEN), due_at=due_at)
            for member in given
        ],
    )


async def tell_given(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Whoever has quiet hours is told when they end, of what is theirs and unread then."""
    async with services.database.transaction(workspace_id) as tx:
        return await _tell(tx, job.subject, job.lane, now())


async def _tell(tx: Transaction, member_id: UUID, lane: int, at: datetime) -> timedelta | None:
    settings = await store.settings(tx, member_id)
    wait = given_wait(settings, at)
    if wait:
        return wait
    news = await giving_store.take(tx, member_id)
    told = [] if wait is None else [each for each in news if each.channel_id not in settings.muted]
    if told:
        await giving_store.note_told(tx, member_id, [each.conversation_id for each in told], at)
        devices = await device_store.ids_of(tx, [member_id])
        first = told[0].conversation_id
        await jobs.schedule(tx, [_push(first, len(told), device, lane, at) for device, _ in devices])
    return None


def _push(conversation_id: UUID, count: int, device_id: UUID, lane: int, at: datetime) -> Job:
    payload = {
        "device": str(device_id),
        "given": str(conversation_id),
        "count": count,
        "at": at.isoformat(),
    }
    return Job(
        kind=PUSH,
        subject=uuid5(device_id, f"given {conversation_id} {at}"),
        lane=lane,
        due_at=at,
        payload=payload,
    )
