"""What the trail keeps of priority: how urgent a conversation became, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dragoman.conversations.model import Conversation
from dragoman.trail.store import Cause, Entry

PRIORITISED = "prioritised"


def prioritised_by(
    member_id: UUID, pairs: Iterable[tuple[Conversation, Conversation]], at: datetime
) -> list[Entry]:
    """An entry for each, before and after, whose priority is another one now."""
    return [
        Entry(
            conversation_id=after.conversation_id,
            at=at,
            kind=PRIORITISED,
            cause=Cause.MEMBER,
            member_id=member_id,
            what={"priority": after.priority.value, "was": before.priority.value},
        )
        for before, after in pairs
        if before.priority is not after.priority
    ]
