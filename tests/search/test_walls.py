"""The statements of search run as the owner of their tables, whom no policy holds: they take the workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import psycopg
import pytest

from dragoman.access import actions as access
from dragoman.access.model import WorkspaceKind
from dragoman.db.database import Database, Transaction
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.search import store
from dragoman.search.finding import BEGINNING, END
from dragoman.search.store import Asked, Indexed

HIS_WORD = "theirs/kettle"  # the sign of the other workspace, as if ours had the same


@pytest.fixture
async def others(database: Database) -> UUID:
    """A workspace in which one message and one person are indexed."""
    workspace_id = await access.create_workspace(database, "Others", WorkspaceKind.TRIAL)
    async with database.transaction(workspace_id) as tx:
        row = Indexed(new_id(), new_id(), new_id(), None, now(), [HIS_WORD])
        await store.index_words(tx, [row])
        await store.index_names(tx, [(new_id(), new_id(), [HIS_WORD])])
    return workspace_id


@pytest.fixture
async def ours(database: Database) -> AsyncIterator[Transaction]:
    workspace_id = await access.create_workspace(database, "Ours", WorkspaceKind.TRIAL)
    async with database.transaction(workspace_id) as tx:
        yield tx


async def everything_found(tx: Transaction) -> int:
    asked = Asked(
        wanted=f"'{HIS_WORD}'",
        channels=None,
        authors=None,
        since=BEGINNING,
        below=(END, UUID(int=0)),
        most=10,
    )
    found = [await store.newest(tx, asked), await store.everywhere(tx, asked)]
    return sum(map(len, found)) + len(await store.people(tx, asked.wanted or "", None))


async def test_words_of_another_workspace_are_not_found(others: UUID, ours: Transaction) -> None:
    assert await everything_found(ours) == 0


async def test_they_are_found_in_their_own(database: Database, others: UUID) -> None:
    async with database.transaction(others) as tx:
        assert await everything_found(tx) == 3


async def test_nothing_is_found_without_a_workspace(database: Database, others: UUID) -> None:
    async with database.transaction() as tx:
        assert await everything_found(tx) == 0


async def test_nobody_but_the_application_may_search(dsn: str, others: UUID) -> None:
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        await connection.execute("set local role dragoman_door")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute("select search_all_names('x'::tsquery, null, 1)")


async def test_a_rare_word_is_looked_up_and_not_looked_for(database: Database, others: UUID) -> None:
    """The index of words is used although a policy lies on the table."""
    async with database.transaction(others) as tx:
        many = [Indexed(new_id(), new_id(), new_id(), None, now(), [f"theirs/w{n}"]) for n in range(20_000)]
        await store.index_words(tx, many)
    async with database.transaction(others) as tx:
        before = await _rows_read(tx)
        assert await everything_found(tx) == 2  # too old to be among the newest
        walked = store.WALKED
        assert await _rows_read(tx) - before <= walked + 10


async def _rows_read(tx: Transaction) -> int:
    found: int = await tx.value(
        "select idx_tup_fetch + seq_tup_read from pg_stat_xact_user_tables where relname = 'search_words'"
    )
    return found
