"""A turn has settled: who is told of it, and on which devices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dragoman.db.database import Transaction
from dragoman.kit.clock import now
from dragoman.notifications import device_store, giving_store, store
from dragoman.notifications.model import Listener, Telling, Turn, telling
from dragoman.services import Services
from dragoman.work import jobs
from dragoman.work.jobs import Job

TELL = "tell_turn"
PUSH = "push"

# Who has the conversation before their eyes says so by reading it: their browser has that long to do so.
TIME_TO_READ = timedelta(seconds=1)


async def tell_later(tx: Transaction, turns: Sequence[tuple[UUID, int]], at: datetime) -> None:
    """In the transaction in which these turns settle. Each comes with its lane."""
    if turns and await store.is_anybody_told(tx):
        due_at = at + TIME_TO_READ
        await jobs.schedule(
            tx, [Job(kind=TELL, subject=turn, lane=lane, due_at=due_at) for turn, lane in turns]
        )


async def tell(services: Services, workspace_id: UUID, job: Job) -> timedelta | None:
    """Decide for each member, and write down what goes to which device: the pushes are jobs of their own."""
    async with services.database.transaction(workspace_id) as tx:
        turn = await store.settled_turn(tx, job.subject)
        if turn is not None:
            await giving_store.hold(tx, turn.conversation_id)
            await _tell(tx, turn, await store.listeners(tx, turn), job.lane, now())
    return None


async def _tell(
    tx: Transaction, turn: Turn, listeners: Collection[Listener], lane: int, at: datetime
) -> None:
    decided = {each.member_id: telling(turn, each, at) for each in listeners}
    told = {member: how for member, how in decided.items() if how is not None}
    if not told:
        return
    await store.note_told(tx, turn, told, at)
    await giving_store.forget(tx, turn.conversation_id, told)
    await store.forget_what_is_over(tx, told)
    devices = await device_store.ids_of(tx, told)
    await jobs.schedule(tx, [_push(turn, device, told[member], lane, at) for device, member in devices])


async def tell_these(
    tx: Transaction, turn_id: UUID, members: Collection[UUID], lane: int, at: datetime
) -> None:
    """Somebody wants these members to look, whatever they were told of before; where nobody waits there is nothing to
    ring for."""
    turn = await store.settled_turn(tx, turn_id)
    if turn is None:
        return
    anew = [
        replace(each, told=None, read_up_to=None)
        for each in await store.listeners(tx, turn)
        if each.member_id in members
    ]
    await _tell(tx, turn, anew, lane, at)


def _push(turn: Turn, device_id: UUID, how: Telling, lane: int, at: datetime) -> Job:
    """Named after what it is about: told twice, it is the same job."""
    payload = {
        "device": str(device_id),
        "conversation": str(turn.conversation_id),
        "turn": str(turn.turn_id),
        "fragments": turn.fragments,
        "how": how.value,
        "at": at.isoformat(),
    }
    subject = uuid5(device_id, f"{turn.turn_id} {turn.fragments}")
    return Job(kind=PUSH, subject=subject, lane=lane, due_at=at, payload=payload)
