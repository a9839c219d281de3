"""A rule that does nothing is an alarm, until somebody has seen to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dragoman.alarms import raising
from dragoman.alarms.model import Cause, What
from dragoman.db.database import Transaction
from dragoman.rules import store
from dragoman.rules.model import UNREADABLE


def parked(rule_id: UUID, reason: str) -> Cause:
    return Cause(
        what=What.RULE_PARKED, subject=rule_id, subject_kind="workspace", channel_id=None, reason=reason
    )


async def look_at_rules(tx: Transaction, at: datetime) -> None:
    """Which can be read depends on the version that runs: with another one nobody has changed anything."""
    there = await store.rules(tx)
    unreadable = [parked(each.rule_id, UNREADABLE) for each in there if not each.is_readable]
    await raising.begin(tx, unreadable, at)
    works = [each.rule_id for each in there if each.is_readable and each.parked_at is None]
    await raising.end(tx, What.RULE_PARKED, works, at)
