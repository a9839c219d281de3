"""What the doctor sees of a database that is not as it should be."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from dragoman.doctor.database import clock_verdict
from dragoman.doctor.model import Verdict
from tests.doctor.looking import Found, look_with


async def test_a_database_without_our_tables_is_told_and_asked_no_further(
    empty_dsn: str, tmp_path: Path
) -> None:
    found = await look(empty_dsn, tmp_path)

    assert found["database.reachable"].verdict is Verdict.OK
    assert "0001_roles_and_workspaces: run `dragoman migrate`" in found["database.schema"].sentence
    assert "work.worker" not in found


async def test_a_database_of_a_newer_version_is_told(dsn: str, tmp_path: Path) -> None:
    change(dsn, "insert into schema_migrations values (9999, 'tomorrow', 'x', now())")

    found = await look(dsn, tmp_path)

    assert found["database.schema"].verdict is Verdict.FAIL
    assert "of a newer Dragoman" in found["database.schema"].sentence


async def test_a_table_whose_rows_everybody_sees_is_named(dsn: str, tmp_path: Path) -> None:
    change(dsn, "alter table contacts no force row level security")
    change(dsn, "create table leftovers (note text)")

    found = await look(dsn, tmp_path)

    assert found["database.row_level_security"].sentence == (
        "Row-level security is not forced on contacts, leftovers."
    )


async def test_a_serving_role_that_owns_a_table_is_named(dsn: str, tmp_path: Path) -> None:
    change(dsn, "alter table contacts owner to dragoman_app")

    found = await look(dsn, tmp_path)

    assert found["database.roles"].verdict is Verdict.FAIL
    assert "the role dragoman_app owns tables" in found["database.roles"].sentence


async def test_a_migrated_database_keeps_workspaces_apart(dsn: str, tmp_path: Path) -> None:
    found = await look(dsn, tmp_path)

    for check in ("version", "schema", "roles", "row_level_security", "clock"):
        assert found[f"database.{check}"].verdict is Verdict.OK


async def test_a_database_that_does_not_sync_is_named(dsn: str, tmp_path: Path) -> None:
    """As the tests' own server does not."""
    found = await look(dsn, tmp_path)

    assert found["database.durability"].verdict is Verdict.FAIL
    assert "fsync" in found["database.durability"].sentence


async def test_a_database_that_does_not_answer_is_one_finding(tmp_path: Path) -> None:
    found = await look("postgresql://nobody@127.0.0.1:1/nothing", tmp_path)

    assert found["database.reachable"].verdict is Verdict.FAIL
    assert "database.version" not in found


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [(0.3, Verdict.OK), (-1.9, Verdict.OK), (2, Verdict.WARN), (-29, Verdict.WARN), (-30, Verdict.FAIL)],
)
def test_clocks_may_differ_a_little(seconds: float, verdict: Verdict) -> None:
    assert clock_verdict(timedelta(seconds=seconds)).verdict is verdict


def test_it_is_said_whose_clock_is_ahead() -> None:
    assert "45 s ahead of this machine's" in clock_verdict(timedelta(seconds=45)).sentence
    assert "45 s behind this machine's" in clock_verdict(timedelta(seconds=-45)).sentence


async def look(dsn: str, folder: Path) -> Found:
    places = {"DRAGOMAN_DATA": str(folder / "data"), "DRAGOMAN_KEY": f"k1:{'A' * 43}="}
    return await look_with({"DATABASE_URL": dsn, **places})


def change(dsn: str, statement: str) -> None:
    """As the owner of the database."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)
