"""What an alarm is, and who can do something about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

MOST_SHOWN = 100  # of conversations, the most urgent first; their view has all of them
KEPT = timedelta(days=30)  # after they ended


class What(StrEnum):
    WINDOW_CLOSING = "window_closing"  # the platform's reply window shuts on somebody who waits
    TROUBLE = "trouble"  # the channel does not work; its reason says why
    TOKEN_ENDS = "token_ends"  # noqa: S105 a word and no secret
    RIGHTS_MISSING = "rights_missing"  # of what we need the token lacks something
    SENDS_FAIL = "sends_fail"  # the platform refuses much of what we send, for the same reason
    UNSUBSCRIBED = "unsubscribed"  # the platform ended its delivery again and again, and we began it anew
    UNROUTED = "unrouted"  # somebody waits whom nobody here can take; its reason says why
    UNACCOUNTED = "unaccounted"  # something that came in cannot be found again; its reason says how much
    SERVICE_AT_RISK = "service_at_risk"  # somebody waits, and is to be answered soon
    SERVICE_OVERDUE = "service_overdue"  # they should have been answered by now
    RULE_PARKED = "rule_parked"  # a rule failed again and again, and waits for a person
    WEBHOOK_FAILED = "webhook_failed"  # a call of it was given up; its reason says why
    SILENT = "silent"  # nobody has written for longer than is likely


class Acts(StrEnum):
    """Who can do what it takes."""

    ADMINS = "admins"  # those who may manage channels
    MEMBERS = "members"  # everybody who sees the conversation


OF_EVERYBODY = {What.WINDOW_CLOSING, What.UNROUTED, What.SERVICE_AT_RISK, What.SERVICE_OVERDUE}
ACTS: Mapping[What, Acts] = {what: Acts.MEMBERS if what in OF_EVERYBODY else Acts.ADMINS for what in What}

# What has passed by then was none that anybody need have heard of.
TOLD_AFTER: Mapping[What, timedelta] = {
    What.TROUBLE: timedelta(minutes=2),
    What.SILENT: timedelta(minutes=10),
}


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is to be an alarm. About one subject there is one of each ``what`` at most."""

    what: What
    subject: UUID
    subject_kind: str = "channel"
    channel_id: UUID | None
    level: int = 1
    reason: str | None = None
    until: datetime | None = None
    since: datetime | None = None  # None: since now


def about_channel(
    channel_id: UUID,
    what: What,
    *,
    reason: str | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
    level: int = 1,
) -> Cause:
    return Cause(
        what=what,
        subject=channel_id,
        channel_id=channel_id,
        reason=reason,
        until=until,
        since=since,
        level=level,
    )
