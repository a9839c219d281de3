"""One message comes into, moves within, or leaves a timeline, and the turns around it follow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from dragoman.conversations import settling, timeline, turn_store
from dragoman.conversations.model import Conversation
from dragoman.conversations.timeline import NewMessage
from dragoman.db.database import Transaction


async def append(tx: Transaction, c: Conversation, message: NewMessage, now: datetime) -> Conversation:
    """Put a message of ours into the timeline, usually at its end."""
    await timeline.add(tx, [message])
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
