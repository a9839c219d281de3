"""What one member may see of conversations: a parameter of every list, count, stream and action."""

from __future__ import annotations

from uuid import UUID

from dragoman.access.model import Membership
from dragoman.conversations import store
from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.kit.errors import not_found


async def visible(tx: Transaction, by: Membership, conversation_id: UUID) -> Conversation:
    """Lock a conversation that this member may see. Raises Refused (404): what one may not see does not exist."""
    c = await store.lock_one(tx, conversation_id)
    if c is None or not by.sees(c.channel_id):
        raise not_found("There is no such conversation.")
    return c
