"""Who is asking, remembered for a second: one person asks many things at once, and each answer must begin with this.

What ends a session or a right is therefore felt everywhere within a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from dragoman.access import sessions, workspace_store
from dragoman.access.model import Account, Membership
from dragoman.access.tokens import hash_of
from dragoman.db.database import Database

REMEMBERED_SECONDS = 1.0
AT_MOST = 10_000

K = TypeVar("K")
V = TypeVar("V")


class Visitors:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._accounts: Remembered[bytes, Account] = Remembered()
        self._memberships: Remembered[tuple[UUID, UUID], Membership] = Remembered()

    async def account(self, session_token: str) -> Account | None:
        """Who carries this cookie; None when the session has ended."""
        token_hash = hash_of(session_token)
        known = self._accounts.get(token_hash)
        if known is None:
            known = await sessions.account_of_session(self._database, token_hash)
            self._accounts.put(token_hash, known)
        return known

    async def membership(self, workspace_id: UUID, account_id: UUID) -> Membership | None:
        key = workspace_id, account_id
        known = self._memberships.get(key)
        if known is None:
            async with self._database.transaction(workspace_id) as tx:
                known = await workspace_store.membership(tx, workspace_id, account_id)
            self._memberships.put(key, known)
        return known

    async def sign_out(self, account: Account) -> None:
        await sessions.end_session(self._database, account.session_hash)
        self.forget(account)

    def forget(self, account: Account) -> None:
        """Something about them has changed: the next request looks anew."""
        self._accounts.forget(account.session_hash)


class Remembered(Generic[K, V]):
    """What was found within the last second. That nothing was found is not remembered."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._found: dict[K, tuple[float, V]] = {}

    def get(self, key: K) -> V | None:
        until, found = self._found.get(key, (0.0, None))
        return found if self._clock() < until else None

    def put(self, key: K, found: V | None) -> None:
        if found is None:
            return
        if len(self._found) >= AT_MOST:
            self._found.clear()
        self._found[key] = self._clock() + REMEMBERED_SECONDS, found

    def forget(self, key: K) -> None:
        self._found.pop(key, None)
