"""Forward-only migrations: numbered SQL files, each applied once, in one transaction."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow

from dragoman.errors import OperatorError

MIGRATIONS = Path(__file__).parent / "migrations"
FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
OLDEST_POSTGRES = 15
CONNECT_SECONDS = 10
LOCK = 0x64_72_61_67  # "drag": two starters at once take turns

Connection = psycopg.Connection[TupleRow]


@dataclass(frozen=True, slots=True)
class Migration:
    """One file. The checksum tells whether it is still what was applied."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration that a database has behind it."""

    number: int
    name: str
    checksum: str


def migrate(dsn: str, folder: Path = MIGRATIONS) -> list[str]:
    """Bring a database up to this program, and return the names of what was applied.

    Raises:
        OperatorError: it cannot be reached, is too old a PostgreSQL, or is of a newer Dragoman, and nothing was
            touched; or one migration failed: those before it stand, and it left no trace.
    """
    known = read_migrations(folder)
    done: list[str] = []
    with _connected(dsn) as connection:
        _refuse_old_postgres(connection)
        while (applied := _apply_next(connection, known)) is not None:
            done.append(applied)
    return done


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """All migrations of this program, in order."""
    found = sorted(folder.glob("*.sql"))
    return [_read(file) for file in found]


def next_to_apply(known: Sequence[Migration], applied: Sequence[Applied]) -> Migration | None:
    """Decide what comes next.

    Raises:
        OperatorError: the database has what this program does not know, or knows differently.
    """
    by_number = {each.number: each for each in known}
    for each in applied:
        ours = by_number.pop(each.number, None)
        if ours is None:
            raise OperatorError(
                f"The database is of a newer Dragoman (it has {each.number:04}_{each.name}):"
                " nothing was touched; start that version, or use another database."
            )
        if ours.checksum != each.checksum:
            raise OperatorError(
                f"The migration {each.number:04}_{each.name} is not the one this database was made with:"
                " nothing was touched; start the version that made it, or use another database."
            )
    return min(by_number.values(), key=lambda each: each.number, default=None)


def _read(file: Path) -> Migration:
    matched = FILE_NAME.fullmatch(file.name)
    if matched is None:
        raise ValueError(f"{file.name} is not named like 0001_what_it_does.sql")
    return Migration(int(matched[1]), matched[2], file.read_text(encoding="utf-8"))


def _connected(dsn: str) -> Connection:
    try:
        return psycopg.connect(dsn, autocommit=True, connect_timeout=CONNECT_SECONDS, prepare_threshold=None)
    except psycopg.OperationalError as problem:
        reason = " ".join(str(problem).split())
        raise OperatorError(f"The database cannot be reached: {reason}.") from None


def _refuse_old_postgres(connection: Connection) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST_POSTGRES:
        raise OperatorError(
            f"The database is PostgreSQL {version}, and Dragoman needs {OLDEST_POSTGRES} or later."
        )


def _apply_next(connection: Connection, known: Sequence[Migration]) -> str | None:
    """Apply one migration; its lock ends with its transaction, so that it works through pgbouncer too."""
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        migration = next_to_apply(known, _applied(connection))
        if migration is not None:
            _apply(connection, migration)
    return f"{migration.number:04}_{migration.name}" if migration else None


def _applied(connection: Connection) -> list[Applied]:
    exists = connection.execute("select to_regclass('schema_migrations') is not null").fetchone()
    if exists is None or not exists[0]:
        return []
    rows = connection.execute("select number, name, checksum from schema_migrations order by number")
    return [Applied(*row) for row in rows]


def _apply(connection: Connection, migration: Migration) -> None:
    connection.execute("""
        create table if not exists schema_migrations (
          number integer primary key,
          name text not null,
          checksum text not null,
          applied_at timestamptz not null
        )""")
    try:
        connection.execute(migration.sql)
    except psycopg.Error as problem:
        raise OperatorError(
            f"The migration {migration.number:04}_{migration.name} failed and left no trace:"
            f" {problem.diag.message_primary or problem}."
        ) from problem
    connection.execute(
        """
        insert into schema_migrations (number, name, checksum, applied_at)
        values (%s, %s, %s, clock_timestamp())""",
        [migration.number, migration.name, migration.checksum],
    )
