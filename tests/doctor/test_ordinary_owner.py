"""A database on a server of the operator's own, whose owner is no superuser, as a careful operator makes it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dragoman.db.database import Database
from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.embedded_settings import FOR_THROWING_AWAY
from dragoman.db.migrate import migrate
from dragoman.doctor.model import Verdict
from tests.doctor.test_database import look


@pytest.fixture
def server_of_others(server_folder: Path) -> Iterator[str]:
    """Its superuser's address; roles belong to a whole server, so that this test needs one of its own."""
    with EmbeddedPostgres(server_folder, extra_settings=FOR_THROWING_AWAY, sync_to_disk=False) as server:
        yield server.dsn


async def test_an_owner_who_is_no_superuser_makes_the_roles_and_steps_down_to_them(
    server_of_others: str, tmp_path: Path
) -> None:
    dsn = ordinary_database(server_of_others)
    migrate(dsn)

    async with Database(dsn) as database, database.clock() as tx:
        assert await tx.value("select current_user::text") == "dragoman_clock"
    found = await look(dsn, tmp_path)
    assert found["database.roles"].verdict is Verdict.OK
    assert "work.worker" in found


async def test_an_owner_who_may_not_step_down_is_told_what_to_grant(
    server_of_others: str, tmp_path: Path
) -> None:
    dsn = ordinary_database(server_of_others)
    migrate(dsn)
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("revoke dragoman_door from ordinary granted by ordinary")

    found = await look(dsn, tmp_path)

    assert found["database.roles"].sentence == (
        "The user of DATABASE_URL may not become dragoman_door: a superuser grants it that role."
    )
    assert "work.worker" not in found


def ordinary_database(superuser: str) -> str:
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("create role ordinary login createrole")
        connection.execute("create database inbox owner ordinary")
    return superuser.replace("dragoman@/dragoman", "ordinary@/inbox")
