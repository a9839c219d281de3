"""One whole Dragoman for all the tests of a process; each test has a workspace of its own in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from dragoman.access import actions as access
from dragoman.access.model import WorkspaceKind
from tests.inbox import house as building
from tests.inbox.house import House
from tests.inbox.inbox import Inbox
from tests.throwaway import fresh_copy


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_house(server: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    with fresh_copy(server) as dsn:
        async with building.house(dsn, folder) as whole:
            yield whole


@pytest_asyncio.fixture(loop_scope="session")
async def inbox(shared_house: House) -> AsyncIterator[Inbox]:
    """A workspace of this test alone, with Maria in it. Replies leave at once."""
    workspace_id = await access.create_workspace(shared_house.database, "Espresso & Co.", WorkspaceKind.TRIAL)
    opened = Inbox(replace(shared_house, workspace_id=workspace_id, people={}))
    await opened.undo_seconds(0)
    await opened.a_member("Maria")
    yield opened
    await shared_house.simulator.no_more_troubles()
    await opened.close_down()
