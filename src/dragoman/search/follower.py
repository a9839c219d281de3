"""Which workspaces have something new to index, in one worker process."""

from __future__ import annotations

import asyncio
import logging
from uuid import UUID

from dragoman.db.away import is_away
from dragoman.db.database import Database
from dragoman.search.indexing import index_some
from dragoman.work import calendar

log = logging.getLogger(__name__)

RECHECK_SECONDS = 60.0  # a NOTIFY that was lost, or a worker that died in the middle, is made up for by then


class Follower:
    """Any number of them may follow: whoever holds a workspace works for all."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._told: set[UUID] = set()
        self._checked_at: float | None = None

    def heard(self, payload: str) -> None:
        """Of a change, as NOTIFY tells it: workspace and number."""
        self._told.add(UUID(payload.split(" ", 1)[0]))

    async def index_what_is_told(self) -> int:
        """One batch of each workspace that changed, and of all of them once in a while. Returns how much that was."""
        if self._is_check_due:
            await self._check_all()
        told, self._told = self._told, set()
        done = 0
        while told:
            workspace_id = told.pop()
            try:
                indexed = await index_some(self._database, workspace_id)
            except Exception as trouble:
                if is_away(trouble):
                    self._told |= told | {workspace_id}
                    raise
                log.exception("indexing the workspace %s failed; the others go on", workspace_id)
                continue
            if indexed:
                self._told.add(workspace_id)
            done += indexed
        return done

    async def index_all(self) -> None:
        """Everything that there is now: for commands and tests."""
        await self._check_all()
        while await self.index_what_is_told():
            pass

    @property
    def _is_check_due(self) -> bool:
        return self._checked_at is None or _seconds() - self._checked_at >= RECHECK_SECONDS

    async def _check_all(self) -> None:
        async with self._database.clock() as tx:
            self._told.update(await calendar.workspaces(tx))
        self._checked_at = _seconds()


def _seconds() -> float:
    return asyncio.get_running_loop().time()
