"""What a crash leaves in the storage goes; what any row names, or another database put there, stays."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from dragoman.access import actions as access
from dragoman.access.model import WorkspaceKind
from dragoman.config import Settings
from dragoman.files.leftovers import PARTS, forget_leftovers
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.services import Services
from dragoman.work.sweeping import first_sweep, sweep

DAY = timedelta(days=1)


@pytest.fixture
async def workspaces(services: Services) -> list[UUID]:
    """Two, of which the first was founded ten days ago."""
    first, second = [
        await access.create_workspace(services.database, name, WorkspaceKind.TRIAL) for name in ("A", "B")
    ]
    async with services.database.transaction(first) as tx:
        await tx.execute("update workspaces set created_at = now() - interval '10 days'")
    return [first, second]


async def test_a_content_that_no_row_names_goes_after_a_day(
    services: Services, workspaces: list[UUID]
) -> None:
    old, young = await _stored(services, 4 * DAY), await _stored(services, 0.9 * DAY)

    await _a_day_of_looks(services, workspaces[0])

    assert [await services.storage.exists(key) for key in (old, young)] == [False, True]


async def test_a_content_that_any_workspace_names_stays(services: Services, workspaces: list[UUID]) -> None:
    keys = [await _stored(services, 4 * DAY) for _ in workspaces]
    for workspace_id, key in zip(workspaces, keys, strict=True):
        await _named(services, workspace_id, key)

    await _a_day_of_looks(services, workspaces[0])

    assert [await services.storage.exists(key) for key in keys] == [True, True]


async def test_what_is_older_than_the_database_is_another_ones(
    services: Services, workspaces: list[UUID]
) -> None:
    key = await _stored(services, 11 * DAY)

    await _a_day_of_looks(services, workspaces[0])

    assert await services.storage.exists(key)


async def test_what_was_left_half_written_goes_too(
    services: Services, workspaces: list[UUID], settings: Settings
) -> None:
    await _stored(services, 4 * DAY)
    (kept,) = (settings.data / "files").glob("*/*/*")
    draft = kept.rename(kept.with_suffix(".draft"))

    await _a_day_of_looks(services, workspaces[0])

    assert not draft.exists()


async def test_the_hourly_sweep_looks_for_them(services: Services, workspaces: list[UUID]) -> None:
    this_hour = now().hour
    shares, keys = {this_hour, (this_hour + 1) % PARTS}, list[str]()
    while not shares < {int(key[:2], 16) % PARTS for key in keys}:
        keys.append(await _stored(services, 4 * DAY))

    for workspace_id in workspaces:
        await sweep(services, workspace_id, first_sweep(workspace_id, now()))

    left = [await services.storage.exists(key) for key in keys]
    assert 0 < left.count(False) < len(keys)  # this hour's share


async def _a_day_of_looks(services: Services, workspace_id: UUID) -> None:
    yesterday = now() - DAY
    for hour in range(24):
        await forget_leftovers(services, workspace_id, yesterday.replace(hour=hour))


async def _stored(services: Services, ago: timedelta) -> str:
    key = await services.storage.put(io.BytesIO(b"beans"))
    path = services.settings.data / "files" / key[:2] / key[2:4] / key
    at = (now() - ago).timestamp()
    os.utime(path, (at, at))
    return key


async def _named(services: Services, workspace_id: UUID, key: str) -> None:
    async with await psycopg.AsyncConnection.connect(services.database.dsn, autocommit=True) as owner:
        await owner.execute(
            """
            insert into attachments (workspace_id, attachment_id, kind, state, storage_key, created_at)
            values (%s, %s, 'file', 'stored', %s, now())""",
            [workspace_id, new_id(), key],
        )
