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
    return _shown(by, await store.lock_one(tx, conversation_id))


async def in_sight(tx: Transaction, by: Membership, conversation_id: UUID) -> Conversation:
    """The same without the lock, for what changes nothing about the conversation itself."""
    return _shown(by, await store.find_one(tx, conversation_id))


def _shown(by: Membership, c: Conversation | None) -> Conversation:
    if c is None or not by.sees(c.channel_id):
        raise not_found("There is no such conversation.")
    return c
