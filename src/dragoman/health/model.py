"""When a channel's token, its sends or its delivery want somebody to look. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from dragoman.sentences import wording_of

TOKEN_ENDS_SOON = timedelta(days=14)
TOKEN_ENDS_VERY_SOON = timedelta(days=3)

RENEWED_BEFORE = timedelta(days=20)  # its end
RENEWABLE_AFTER = timedelta(hours=24)  # the platform renews no younger token, and nothing is tried more often

LAST_SENDS = 20
MANY_FAILED = 5  # of the last sends, for one reason
IN_CONVERSATIONS = 3  # so many at least: else it is about the customer
OURS = "reply."  # what we refused ourselves says nothing of the channel

OFTEN = 3  # begun anew, each time within a day of the last
WITHIN = timedelta(days=1)


class Send(msgspec.Struct, frozen=True):
    """One that went, or failed for a reason."""

    conversation_id: UUID
    failed: bool
    reason: str | None


def urgency_of_token(until: datetime | None, at: datetime) -> int:
    """0: no alarm; the end is far, or there is none."""
    if until is None or until - at >= TOKEN_ENDS_SOON:
        return 0
    return 2 if until - at < TOKEN_ENDS_VERY_SOON else 1


def is_renewal_due(since: datetime, until: datetime | None, tried_at: datetime | None, at: datetime) -> bool:
    """Whose end is not known is renewed as soon as that can be, which tells it."""
    is_old_enough = at - since >= RENEWABLE_AFTER
    was_just_tried = tried_at is not None and at - tried_at < RENEWABLE_AFTER
    is_wanted = until is None or until - at < RENEWED_BEFORE
    return is_old_enough and is_wanted and not was_just_tried


def why_sends_fail(sends: Sequence[Send]) -> str | None:
    """The reason that the platform gives again and again, to different customers; None: there is none such."""
    reasons = Counter(send.reason for send in sends if send.failed and send.reason)
    customers: defaultdict[str | None, set[UUID]] = defaultdict(set)
    for send in sends:
        customers[send.reason].add(send.conversation_id)
    for reason, times in reasons.most_common():
        if times >= MANY_FAILED and len(customers[reason]) >= IN_CONVERSATIONS and not _is_ours(reason):
            return reason
    return None


def _is_ours(reason: str | None) -> bool:
    wording = wording_of(reason)
    return wording is not None and wording["code"].startswith(OURS)


def times_resubscribed(before: int, last_at: datetime | None, at: datetime) -> int:
    """How often it was begun anew by now, counting those that followed each other within a day."""
    return before + 1 if last_at is not None and at - last_at < WITHIN else 1


def is_too_often(times: int) -> bool:
    return times >= OFTEN
