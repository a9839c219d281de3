"""How the first person comes in, while there is nobody who could invite them."""

from __future__ import annotations

from dragoman.access.links import new_link
from dragoman.access.model import Link, Purpose, Role
from dragoman.access.workspace_store import workspace_ids
from dragoman.config import Settings
from dragoman.db.database import Database


async def first_owner_link(database: Database, settings: Settings) -> str | None:
    """Where the first owner makes the first workspace: good for 24 hours, once. None when there is one already."""
    if await workspace_ids(database):
        return None
    link = Link(Purpose.FIRST_OWNER, None, None, Role.OWNER, workspace_id=None, account_id=None)
    return await new_link(database, settings, link)
