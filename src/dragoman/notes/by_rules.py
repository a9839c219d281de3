"""Notes that rules write: words for us, and members who are to look."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.kit.ids import new_id
from dragoman.notes import store
from dragoman.notes.store import Note
from dragoman.notes.telling import tell_changed, tell_mentioned


async def write(tx: Transaction, c: Conversation, rule_id: UUID, text: str, at: datetime) -> Note:
    note = Note(new_id(), c.conversation_id, c.channel_id, None, text, at, rule_id)
    await store.add(tx, note)
    tell_changed(tx, note)
    return note


async def call(
    tx: Transaction, c: Conversation, rule_id: UUID, members: Collection[UUID], at: datetime
) -> list[UUID]:
    """A note that mentions these members, those at least who see the channel. Returns who that is."""
    found = [each.member_id for each in await store.addressees(tx, members, c.channel_id) if each.sees]
    if not found:
        return []
    called = sorted(found)
    note = await write(tx, c, rule_id, " ".join(f"<@{member}>" for member in called), at)
    await store.mention(tx, note, called, at)
    tell_mentioned(tx, c.conversation_id, c.channel_id, called)
    return called
