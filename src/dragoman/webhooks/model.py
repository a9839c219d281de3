"""What a webhook is, what is written down of its calls, and how often one is tried. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from uuid import UUID

import msgspec

from dragoman.alarms.model import Cause, What
from dragoman.config_values import HostPort
from dragoman.files.addresses import Place, is_allowed_by_operator, is_public, place_of
from dragoman.files.failures import AddressRefused
from dragoman.kit.errors import invalid
from dragoman.kit.text import is_name, one_line

MOST_WEBHOOKS = 20  # of one workspace
NAME_MAX = 60  # characters
ADDRESS_MAX = 2000
CALLS_AT_ONCE = 8  # of one webhook: who answers slowly keeps nobody else waiting
MOST_WAITING = 10_000  # calls of one webhook; what would come on top is given up at once
TOO_MANY = f"{MOST_WAITING} calls of it waited already."
CALL_SECONDS = 10.0
LEASE = timedelta(seconds=30)  # longer than a call takes: then whoever had it in hand is gone
KEPT = timedelta(days=30)
OLD_SECRET_KEPT = timedelta(hours=24)  # as long, a receiver may go by either

# Between attempts: eight of them, over seven hours and a bit.
PAUSES = (
    timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1),
    timedelta(hours=2), timedelta(hours=4),
)  # fmt: skip
MOST_ATTEMPTS = len(PAUSES) + 1


class CallState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class Endpoint(msgspec.Struct, frozen=True):
    """Where a webhook is, and the secret that signs; sealed at rest. ``old_secret`` signs as well until then."""

    address: str
    secret: str
    old_secret: str | None = None
    old_until: datetime | None = None

    def signing_at(self, at: datetime) -> list[str]:
        """The secrets that sign now, the newest first."""
        is_old_good = self.old_secret is not None and self.old_until is not None and at < self.old_until
        return [self.secret, self.old_secret] if is_old_good and self.old_secret else [self.secret]


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook is to be called. ``key`` names for ever what for; ``trigger`` None: somebody tries it."""

    call_id: UUID
    webhook_id: UUID
    key: str
    made_at: datetime
    trigger: str | None = None
    rule_id: UUID | None = None
    conversation_id: UUID | None = None
    turn_id: UUID | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What an attempt came to. ``trouble`` None: it was delivered. ``is_passing``: another one makes sense."""

    status: int | None = None
    trouble: str | None = None
    is_passing: bool = False
    wait: timedelta = timedelta()


class Fate(msgspec.Struct, frozen=True):
    """What becomes of a call: ``again`` is when it is tried next."""

    state: CallState
    again: datetime | None = None


def fate_of(attempt: Attempt, attempts: int, at: datetime) -> Fate:
    """``attempts``: with this one."""
    if attempt.trouble is None:
        return Fate(CallState.DELIVERED)
    if not attempt.is_passing or attempts >= MOST_ATTEMPTS:
        return Fate(CallState.GIVEN_UP)
    return Fate(CallState.WAITING, at + max(PAUSES[attempts - 1], attempt.wait))


def given_up(webhook_id: UUID, name: str) -> Cause:
    """What admins are told when a call did not arrive. Why stands among its calls: it may name the address, which not
    everybody who reads alarms may know."""
    return Cause(
        what=What.WEBHOOK_FAILED,
        subject=webhook_id,
        subject_kind="workspace",
        channel_id=None,
        reason=f"Calls of “{name}” did not arrive.",
    )


def checked(name: str, address: str, allow_hosts: frozenset[HostPort]) -> tuple[str, str]:
    """Its name on one line, and an address that can be called, as far as it can be told without a look outside.
    Raises Refused, with all that is wrong."""
    name, address = one_line(name), address.strip()
    problems = {"name": _problem_of_name(name), "address": _problem_of_address(address, allow_hosts)}
    if said := {field: problem for field, problem in problems.items() if problem is not None}:
        raise invalid(**said)
    return name, address


def _problem_of_name(name: str) -> str | None:
    if is_name(name, NAME_MAX):
        return None
    return f"A webhook's name has 1 to {NAME_MAX} characters on one line."


def _problem_of_address(address: str, allow_hosts: frozenset[HostPort]) -> str | None:
    if len(address) > ADDRESS_MAX:
        return f"An address has {ADDRESS_MAX} characters at most."
    if "://" not in address:
        return NEEDS_HTTPS
    try:
        place = place_of(address)
    except AddressRefused as refused:
        return refused.reason
    if is_allowed_by_operator(place, allow_hosts):
        return None
    if place.scheme != "https":
        return NEEDS_HTTPS
    return IS_PRIVATE if _is_private(place) else None


NEEDS_HTTPS = "A webhook's address begins with https://."
IS_PRIVATE = "This address lies in a private network: whoever runs this server may allow it."


def _is_private(place: Place) -> bool:
    """As far as it says so itself: what a name leads to is looked at whenever it is called."""
    is_this_machine = f".{place.host}".endswith(".localhost")
    return is_this_machine or (_is_number(place) and not is_public(place.host))


def _is_number(place: Place) -> bool:
    try:
        ip_address(place.host)
    except ValueError:
        return False
    return True


def named(names: Collection[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
