"""What every single command that works on a running installation has in common."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from dragoman.access import workspace_store
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.db.reaching import reached_database
from dragoman.errors import OperatorError
from dragoman.kit.errors import Refused

T = TypeVar("T")


def done(what: Callable[[Database, Settings], Awaitable[T]]) -> T:
    """Do it in the database of this installation; a refusal is a sentence for the operator."""

    async def reach() -> T:
        settings = Settings.from_environment()
        async with reached_database(settings) as database:
            return await what(database, settings)

    try:
        return asyncio.run(reach())
    except Refused as refused:
        raise OperatorError(refused.message) from None


async def chosen_workspace(database: Database, chosen: UUID | None) -> UUID:
    """The one that was named, or the only one. Raises OperatorError with a sentence."""
    there = await workspace_store.workspace_ids(database)
    if chosen is None and len(there) == 1:
        return there[0]
    if chosen is None:
        raise OperatorError("Say which workspace with --workspace; `dragoman workspace list` shows them.")
    if chosen not in there:
        raise OperatorError(f"There is no workspace {chosen}.")
    return chosen


async def chosen_workspaces(database: Database, chosen: UUID | None) -> list[UUID]:
    """The one that was named, or all of them."""
    if chosen is None:
        return await workspace_store.workspace_ids(database)
    return [await chosen_workspace(database, chosen)]
