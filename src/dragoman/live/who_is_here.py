"""Whom this process knows to be here, written down together: when they come, and from time to time.

A process that dies says nothing any more; what it had written runs out, and any other finds that.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from uuid import UUID

from dragoman.db.away import is_away, is_collision
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.team import presence_store
from dragoman.team.presence import SEEN_EVERY

log = logging.getLogger(__name__)

TOGETHER_SECONDS = 0.5  # who comes within it is written with whoever came first

Listening = Callable[[], Mapping[UUID, set[UUID]]]
"""By workspace, the members who have a stream here."""


class WhoIsHere:
    def __init__(self, database: Database, listening: Listening) -> None:
        self._database = database
        self._listening = listening
        self._heard: defaultdict[UUID, dict[UUID, bool]] = defaultdict(dict)
        self._wake = asyncio.Event()

    def listens(self, workspace_id: UUID, member_id: UUID) -> None:
        self._heard[workspace_id].setdefault(member_id, False)
        self._wake.set()

    def is_active(self, workspace_id: UUID, member_id: UUID) -> None:
        """They have touched a browser of theirs, whichever process it listens to."""
        self._heard[workspace_id][member_id] = True
        self._wake.set()

    async def run(self) -> None:
        due = time.monotonic()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, due - time.monotonic())):
                    await self._wake.wait()
                await asyncio.sleep(TOGETHER_SECONDS)
            self._wake.clear()
            if time.monotonic() >= due:
                self._hear_everybody()
                due = time.monotonic() + SEEN_EVERY.total_seconds()
            heard, self._heard = self._heard, defaultdict(dict)
            for workspace_id, members in heard.items():
                try:
                    await self._write(workspace_id, members)
                except Exception as lost:
                    self._say_next_time(workspace_id, members)
                    if not (is_away(lost) or is_collision(lost)):
                        log.exception("a bug in saying who is here")

    def _say_next_time(self, workspace_id: UUID, members: Mapping[UUID, bool]) -> None:
        """A page says only once in two minutes that it was touched."""
        heard = self._heard[workspace_id]
        for member_id, is_active in members.items():
            heard[member_id] = heard.get(member_id, False) or is_active

    def _hear_everybody(self) -> None:
        for workspace_id, members in self._listening().items():
            for member_id in members:
                self._heard[workspace_id].setdefault(member_id, False)

    async def _write(self, workspace_id: UUID, members: Mapping[UUID, bool]) -> None:
        """In two steps: each locks members in their order."""
        at = now()
        active = [member_id for member_id, is_active in members.items() if is_active]
        async with self._database.transaction(workspace_id) as tx:
            await tx.execute("set local synchronous_commit to off")  # it is said again in half a minute
            await presence_store.note_seen(tx, members, active, at)
        async with self._database.transaction(workspace_id) as tx:
            await presence_store.settle(tx, at)
