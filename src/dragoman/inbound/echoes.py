"""Echoes of our own sends that do not say which send they are of: the answer to the request tells, if it comes."""

from __future__ import annotations

from datetime import timedelta

from dragoman.channels.events import Direction, MessageEvent
from dragoman.conversations.timeline import NewMessage
from dragoman.inbound.desk import Desk
from dragoman.inbound.model import Arrival
from dragoman.outbound.store import MATCH
from dragoman.work.jobs import Job

PATIENCE = (
    timedelta(seconds=1),
    timedelta(seconds=5),
)  # the platform's answer is hardly ever later than its echo


def waits_for_its_answer(desk: Desk, arrival: Arrival, event: MessageEvent) -> bool:
    """An echo may overtake the answer to our request, which names its id: it comes again a moment later."""
    if not _is_of_some_send(event) or arrival.attempts >= len(PATIENCE):
        return False
    desk.try_again(arrival, desk.now + PATIENCE[arrival.attempts])
    return True


def look_for_its_send(desk: Desk, event: MessageEvent, message: NewMessage) -> None:
    """No answer named it, so that the answer may be lost: the send whose fate is unknown may be this one."""
    if _is_of_some_send(event) or event.may_be_ours:
        lane = desk.conversations[message.conversation_id].lane
        desk.jobs.append(Job(kind=MATCH, subject=message.message_id, lane=lane, due_at=desk.now))


def _is_of_some_send(event: MessageEvent) -> bool:
    return event.ours and event.direction is Direction.OUT and not event.correlation
