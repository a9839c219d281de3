"""Contents that no row names: whoever stored them died before the row was written. They go after a day.

One storage serves all workspaces, and only together they know what is named: the sweep of the first one looks for all.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dragoman.access.workspace_store import founded_at, workspace_ids
from dragoman.db.database import Database
from dragoman.files import store
from dragoman.files.storage import Share
from dragoman.services import Services

log = logging.getLogger(__name__)

ROW_WRITTEN_WITHIN = timedelta(days=1)
PARTS = 24  # of the storage: a sweep comes every hour, and looks at one


async def forget_leftovers(services: Services, workspace_id: UUID, at: datetime) -> None:
    """Look through the part of the storage whose hour it is. What is older than the first workspace was put there by
    another database, and is left alone: the data folder of one may have come to the other by mistake."""
    workspaces = await workspace_ids(services.database)
    if workspace_id != workspaces[0]:
        return
    since = await founded_at(services.database, workspace_id)
    hour = Share(at.hour, PARTS)
    async for keys in services.storage.kept(since, at - ROW_WRITTEN_WITHIN, hour):
        for key in await _without_a_row(services.database, workspaces, keys):
            log.warning("the content %s was named by no row, and is deleted", key)
            await services.storage.delete(key)


async def _without_a_row(database: Database, workspaces: Sequence[UUID], keys: list[str]) -> list[str]:
    named: set[str] = set()
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as tx:
            named |= await store.named(tx, keys)
    return [key for key in keys if key not in named]
