"""One message comes into, moves within, or leaves a timeline, and the turns around it follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from dragoman.conversations import settling, timeline, turn_store
from dragoman.conversations.model import Conversation, Origin, appended
from dragoman.conversations.timeline import NewMessage
from dragoman.conversations.turns import Fragment, Turn, continues
from dragoman.db.database import Transaction


async def append(tx: Transaction, c: Conversation, message: NewMessage, now: datetime) -> Conversation:
    """Put a message of ours into the timeline, usually at its end."""
    [after] = await append_each(tx, [(c, message)], now)
    return after


async def append_each(
    tx: Transaction, pairs: Sequence[tuple[Conversation, NewMessage]], now: datetime
) -> list[Conversation]:
    """The same for several conversations, one message in each."""
    at_the_end = [(c, message) for c, message in pairs if _is_last(c, message)]
    for c, message in at_the_end:
        if c.last and c.last_turn_id and continues(c.last_side, c.last.at, _fragment(message)):
            message.turn_id = c.last_turn_id
    await timeline.add(tx, [message for _, message in pairs])
    await turn_store.grow_turns(
        tx,
        [(c.conversation_id, Turn(m.turn_id, m.side, (_fragment(m),)), None) for c, m in at_the_end],
    )
    return [await _with(tx, c, message, now) for c, message in pairs]


def _is_last(c: Conversation, message: NewMessage) -> bool:
    return c.last is None or message.place >= c.last


def _fragment(message: NewMessage) -> Fragment:
    return Fragment(message.place, message.side, message.arrived_at)


async def _with(tx: Transaction, c: Conversation, message: NewMessage, now: datetime) -> Conversation:
    """The conversation once this message stands in it."""
    if _is_last(c, message):
        is_quiet = message.origin is Origin.AUTOMATIC
        return appended(
            c, message.place, message.side, message.turn_id, message.arrived_at, is_quiet=is_quiet
        )
    c = replace(c, newest_id=message.message_id)
    return await rearrange(tx, c, message.sent_at, message.sent_at, now)


async def remove(tx: Transaction, c: Conversation, message_id: UUID, now: datetime) -> Conversation:
    """Take a message of ours out again: undone, discarded, or the same as another."""
    gone = await timeline.delete(tx, message_id)
    if gone is None:
        return c
    at, turn_id = gone
    c = await rearrange(tx, c, at, at, now)
    await turn_store.drop_if_empty(tx, turn_id)
    tx.changed(
        "message.gone", conversation_id=c.conversation_id, message_id=message_id, channel_id=c.channel_id
    )
    return c


async def rearrange(
    tx: Transaction, c: Conversation, start: datetime, end: datetime, now: datetime
) -> Conversation:
    """Group the turns of a stretch again, set their timers, and find the newest message."""
    timings = await turn_store.regroup(tx, c, start, end)
    await settling.wait_for(tx, timings, {c.conversation_id: c}, now)
    return await turn_store.newest(tx, c)
