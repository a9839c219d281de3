"""What a set-up is, what is tried in it, and where it stands after that. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

MOST_UNFINISHED = 20  # in one workspace

# How long a message is waited for, and how often it is looked whether it came or the platform has approved.
LOOK_SOON, SOON = timedelta(seconds=20), timedelta(hours=1)
LOOK_LATER, LATER = timedelta(minutes=15), timedelta(days=30)


class State(StrEnum):
    """Where it stands. Not begun: there is none. In need of attention: its channel says so."""

    WAITING_FOR_YOU = "waiting_for_you"
    WAITING_FOR_PLATFORM = "waiting_for_platform"
    TESTING = "testing"
    LIVE = "live"


class Name(StrEnum):
    """What is tried, in this order: the next one makes sense only after the one before."""

    CREDENTIALS = "credentials"  # the platform takes them, and says whose they are
    RIGHTS = "rights"  # the token may do what we need
    ADDRESS = "address"  # our webhook can be reached from outside
    DELIVERY = "delivery"  # the platform verified it, and delivers to it
    HEARD = "heard"  # somebody wrote, and we heard it
    ANSWERED = "answered"  # and our answer was accepted


class Outcome(StrEnum):
    OK = "ok"
    FAILED = "failed"  # somebody of ours must act
    PENDING = "pending"  # the platform has still to approve


class Check(msgspec.Struct, frozen=True):
    """What trying one thing came to. ``sentence``: what is wrong and what to do, or what was found."""

    name: Name
    outcome: Outcome
    at: datetime
    sentence: str | None = None


class Asked(msgspec.Struct, frozen=True):
    """An approval of the platform: asked for, and once it is there, granted."""

    asked_at: datetime
    granted_at: datetime | None = None


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    connection_id: UUID
    way: str
    renews: UUID | None
    state: State
    step: str
    checks: tuple[Check, ...]
    approvals: Mapping[str, Asked]
    begun_by: UUID
    begun_at: datetime


def with_check(checks: Sequence[Check], new: Check) -> tuple[Check, ...]:
    """In its place; what was found out after it, before, says nothing any more."""
    order = list(Name)
    return (*(each for each in checks if order.index(each.name) < order.index(new.name)), new)


def state_after(checks: Sequence[Check]) -> State:
    """Whoever has to do the next thing. Only a message there and back makes it live."""
    if any(each.outcome is Outcome.PENDING for each in checks):
        return State.WAITING_FOR_PLATFORM
    well = {each.name for each in checks if each.outcome is Outcome.OK}
    if well == set(Name):
        return State.LIVE
    if Name.DELIVERY in well:
        return State.TESTING
    return State.WAITING_FOR_YOU


def next_look(state: State, waited: timedelta) -> timedelta | None:
    """When to look by ourselves again, after having waited so long. None: there is nothing to look for any more."""
    if state is State.TESTING:
        return LOOK_SOON if waited < SOON else LOOK_LATER if waited < LATER else None
    if state is State.WAITING_FOR_PLATFORM:
        return LOOK_LATER if waited < LATER else None
    return None
