"""What browsers hear of notes."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.notes.store import Note


def tell_mentioned(
    tx: Transaction, conversation_id: UUID, channel_id: UUID, members: Collection[UUID]
) -> None:
    """With the row: it comes into their view of mentions, or moves there."""
    for member_id in members:
        tx.changed("mention", conversation_id=conversation_id, channel_id=channel_id, only_for=member_id)
    if members:
        tx.changed("conversation", conversation_id=conversation_id, channel_id=channel_id)


def tell_changed(tx: Transaction, note: Note) -> None:
    tx.changed(
        "note", conversation_id=note.conversation_id, channel_id=note.channel_id, message_id=note.note_id
    )
