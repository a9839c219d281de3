"""Whether anything can be sent in a conversation, and what its channel can do."""

from __future__ import annotations

from dragoman.channels.capabilities import Capabilities
from dragoman.channels.registry import channel
from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.kit.errors import Refused
from dragoman.outbound import store


async def reachable_by(tx: Transaction, c: Conversation) -> Capabilities:
    """What the channel can do. Raises Refused where nothing at all can be sent."""
    reach = (await store.reachable(tx, [c.conversation_id]))[c.conversation_id]
    if reach.state == "removed":
        raise Refused("cannot_send", "This channel is not connected any more.", 422)
    if reach.trouble is not None:
        raise Refused("cannot_send", f"This channel needs attention first: {reach.trouble}", 422)
    if reach.blocked_at is not None:
        raise Refused("cannot_send", "The customer has blocked us: nothing that we send would arrive.", 422)
    return channel(reach.platform).capabilities_of(reach.account)
