"""What the trail keeps of assignment: whose a conversation became, by whom, and how it came to that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dragoman.conversations.model import Conversation
from dragoman.db.database import Transaction
from dragoman.notifications.giving import give_anew
from dragoman.rules.timers import ask_on_assignment
from dragoman.trail import store as trail
from dragoman.trail.store import Cause, Entry

ASSIGNED = "assigned"


class How(StrEnum):
    BY_HAND = "by_hand"
    REPLIED = "replied"  # who answers what nobody has, has it
    LEFT = "left"  # the workspace, or the team by which they saw the channel
    TEAM_REMOVED = "team_removed"


async def write(
    tx: Transaction,
    member_id: UUID | None,
    how: How,
    pairs: Iterable[tuple[Conversation, Conversation]],
    at: datetime,
) -> None:
    """An entry for each, before and after, whose owner or team is another one now; rules that wait for that hear of
    it, and so does whoever was given something."""
    moved = [
        (before, after)
        for before, after in pairs
        if (before.owner_id, before.team_id) != (after.owner_id, after.team_id)
    ]
    await trail.add(tx, [_entry(member_id, how, before, after, at) for before, after in moved])
    if member_id is not None:
        await give_anew(tx, moved, member_id, at)
        await ask_on_assignment(
            tx, [(c.conversation_id, c.lane) for _, c in moved if c.owner_id or c.team_id], at
        )


def _entry(
    member_id: UUID | None, how: How, before: Conversation, after: Conversation, at: datetime
) -> Entry:
    return Entry(
        conversation_id=after.conversation_id,
        at=at,
        kind=ASSIGNED,
        cause=Cause.MEMBER if member_id else Cause.SYSTEM,
        member_id=member_id,
        what={"how": how.value, "owner": after.owner_id, "team": after.team_id, "was": before.owner_id},
    )
