"""Drafts that nobody will send, and who hears of it when a draft changes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dragoman.db.database import Transaction
from dragoman.drafts import store
from dragoman.drafts.model import KEPT


async def forget_drafts_of(tx: Transaction, member_id: UUID) -> None:
    """Who leaves leaves no draft behind that nobody could send or discard."""
    for conversation_id, channel_id in await store.forget_of_member(tx, member_id):
        tx.changed("conversation", conversation_id=conversation_id, channel_id=channel_id)


async def forget_old_drafts(tx: Transaction, at: datetime, batch: int) -> int:
    """What nobody has touched for so long is not going to be sent."""
    gone = await store.forget_older(tx, at - KEPT, batch)
    for conversation_id, channel_id, member_id in gone:
        tell(tx, conversation_id, channel_id, member_id)
        tx.changed("conversation", conversation_id=conversation_id, channel_id=channel_id)
    return len(gone)


def tell(tx: Transaction, conversation_id: UUID, channel_id: UUID, member_id: UUID) -> None:
    """The words themselves are for their author alone."""
    tx.changed("draft", conversation_id=conversation_id, channel_id=channel_id, only_for=member_id)
