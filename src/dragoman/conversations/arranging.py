"""One message comes into, moves within, or leaves a timeline, and the turns around it follow."""

from __future__ import annotations

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
    if c.last is not None and message.place < c.last:
        await timeline.add(tx, [message])
        c = replace(c, newest_id=message.message_id)
        return await rearrange(tx, c, message.sent_at, message.sent_at, now)
    fragment = Fragment(message.place, message.side, message.arrived_at)
    if c.last and c.last_turn_id and continues(c.last_side, c.last.at, fragment):
        message.turn_id = c.last_turn_id
    await timeline.add(tx, [message])
    turn = Turn(message.turn_id, message.side, (fragment,))
    await turn_store.grow_turns(tx, [(c.conversation_id, turn, None)])
    is_quiet = message.origin is Origin.AUTOMATIC
    return appended(c, message.place, message.side, message.turn_id, message.arrived_at, is_quiet=is_quiet)


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
