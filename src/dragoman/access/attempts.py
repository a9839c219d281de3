"""How often somebody may try a password in 15 minutes: from one network address 10 times for one e-mail address
and 50 times in all, and 100 times for one e-mail address from wherever. The last is wide, so that a stranger who
knows a colleague's address does not easily shut them out.

An attempt is counted before the password is looked at, so that a thousand at once are no way around, and
forgiven when it fits. Who asks is kept as a keyed hash only.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from dragoman.access import store
from dragoman.access.origin import neighbourhood
from dragoman.access.sealing import Sealer
from dragoman.db.database import Database
from dragoman.kit.errors import Refused

WINDOW = timedelta(minutes=15)
PER_PAIR = 10  # of e-mail and network address
PER_NETWORK = 50
PER_EMAIL = 100


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a password, as hashes of who is meant and of where it came from."""

    pair: bytes
    network: bytes
    email: bytes
    at: datetime

    @classmethod
    def of(cls, sealer: Sealer, email: str, network: str, at: datetime) -> Attempt:
        key = sealer.derived_keys("sign-in attempts")[0]
        near = neighbourhood(network)
        return cls(
            pair=_hash(key, f"pair {near} {email}"),
            network=_hash(key, f"network {near}"),
            email=_hash(key, f"email {email}"),
            at=at,
        )


async def count(database: Database, attempt: Attempt) -> None:
    """Raises Refused (429) where there were too many; such a one is not counted itself."""
    await _count(database, attempt.network, attempt.at, at_most=PER_NETWORK)
    await _count(database, attempt.pair, attempt.at, at_most=PER_PAIR)
    await _count(database, attempt.email, attempt.at, at_most=PER_EMAIL)


async def forgive(database: Database, attempt: Attempt) -> None:
    """The password was right: what failed before for this address is forgotten."""
    for subject in (attempt.pair, attempt.email):
        async with database.transaction(subject=subject.hex()) as tx:
            await store.forgive_attempts(tx, subject)
    async with database.transaction(subject=attempt.network.hex()) as tx:
        await store.forgive_one_attempt(tx, attempt.network, attempt.at)


async def _count(database: Database, subject: bytes, at: datetime, *, at_most: int) -> None:
    async with database.transaction(subject=subject.hex()) as tx:
        await store.add_attempt(tx, subject, at)
        attempts, first = await store.attempts_since(tx, subject, at - WINDOW)
        if attempts > at_most:
            raise slow_down(first or at, at)


def slow_down(first: datetime, at: datetime) -> Refused:
    """Until the first minute of attempts has left the window."""
    seconds = max(1, round((first + WINDOW - at).total_seconds()))
    minutes = -(-seconds // 60)
    message = f"Too many attempts to sign in: try again in {minutes} min."
    return Refused("slow_down", message, 429, retry_after_seconds=seconds)


def _hash(key: bytes, subject: str) -> bytes:
    return hmac.digest(key, subject.encode(), "sha256")
