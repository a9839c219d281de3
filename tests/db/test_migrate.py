from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from dragoman.db.migrate import migrate
from dragoman.errors import OperatorError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_customers.sql").write_text("create table customers (name text)")
    (tmp_path / "0002_colours.sql").write_text(
        "alter table customers add colour text; insert into customers values ('100 % wool', 'red')"
    )
    return tmp_path


def test_migrations_are_applied_in_order_and_once(empty_dsn: str, folder: Path) -> None:
    assert migrate(empty_dsn, folder) == ["0001_customers", "0002_colours"]
    assert migrate(empty_dsn, folder) == []

    assert _rows(empty_dsn, "select name, colour from customers") == [("100 % wool", "red")]


def test_two_starters_at_once_apply_each_migration_once(empty_dsn: str, folder: Path) -> None:
    with ThreadPoolExecutor(8) as starters:
        applied = list(starters.map(lambda _: migrate(empty_dsn, folder), range(8)))

    assert sorted(name for names in applied for name in names) == ["0001_customers", "0002_colours"]


def test_a_migration_that_fails_leaves_no_trace_and_those_before_it_stand(
    empty_dsn: str, folder: Path
) -> None:
    (folder / "0003_broken.sql").write_text("create table half (a int); select wrong from nowhere")

    with pytest.raises(OperatorError, match="0003_broken failed"):
        migrate(empty_dsn, folder)

    assert _rows(empty_dsn, "select to_regclass('half')") == [(None,)]
    assert _rows(empty_dsn, "select number from schema_migrations order by number") == [(1,), (2,)]


def test_a_database_of_a_newer_dragoman_is_left_as_it_is(empty_dsn: str, folder: Path) -> None:
    migrate(empty_dsn, folder)
    (folder / "0002_colours.sql").unlink()
    (folder / "0001_customers.sql").write_text("drop table customers")

    with pytest.raises(OperatorError, match="not the one") as told:
        migrate(empty_dsn, folder)

    assert "nothing was touched" in str(told.value)
    assert _rows(empty_dsn, "select count(*) from customers") == [(1,)]


def test_a_database_with_migrations_we_do_not_know_is_of_a_newer_dragoman(
    empty_dsn: str, folder: Path
) -> None:
    migrate(empty_dsn, folder)
    (folder / "0002_colours.sql").unlink()

    with pytest.raises(OperatorError, match=r"newer Dragoman \(it has 0002_colours\)"):
        migrate(empty_dsn, folder)


def test_a_migration_that_was_changed_after_it_was_applied_is_noticed(empty_dsn: str, folder: Path) -> None:
    migrate(empty_dsn, folder)
    (folder / "0001_customers.sql").write_text("create table clients (name text)")

    with pytest.raises(OperatorError, match="0001_customers is not the one"):
        migrate(empty_dsn, folder)


def test_a_database_that_cannot_be_reached_is_one_sentence(folder: Path) -> None:
    with pytest.raises(OperatorError, match=r"^The database cannot be reached: .*\.$"):
        migrate("postgresql://nobody@127.0.0.1:1/nothing", folder)


def test_the_migrations_of_this_program_apply_to_an_empty_database(empty_dsn: str) -> None:
    assert migrate(empty_dsn)[0].startswith("0001_")
    assert migrate(empty_dsn) == []


def _rows(dsn: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(statement).fetchall()
