"""A PostgreSQL for one run of the tests: migrated once, copied for each test that wants a database."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.embedded_settings import FOR_THROWING_AWAY
from dragoman.db.migrate import migrate

TEMPLATE = "template_dragoman"
_copies = itertools.count(1)


@contextmanager
def folder_for_a_server() -> Iterator[Path]:
    """A short path that the server's own user may enter, also when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def migrated_server(given: str | None) -> Iterator[str]:
    """The address of a server whose template database has every migration: the given one, or an embedded one."""
    with ExitStack() as stack:
        dsn = given or stack.enter_context(_embedded_server())
        _run(dsn, f"drop database if exists {TEMPLATE}")
        _run(dsn, f"create database {TEMPLATE} template template0 encoding 'UTF8'")
        migrate(of_database(dsn, TEMPLATE))
        yield dsn


@contextmanager
def _embedded_server() -> Iterator[str]:
    with folder_for_a_server() as folder:
        server = EmbeddedPostgres(folder, extra_settings=FOR_THROWING_AWAY, sync_to_disk=False)
        with server:
            yield server.dsn


def fresh_copy(server: str) -> AbstractContextManager[str]:
    """The address of a database nobody has used: a copy of the migrated template."""
    return _database(server, template=TEMPLATE)


def empty_database(server: str) -> AbstractContextManager[str]:
    """The address of a database without any table."""
    return _database(server, template="template0")


@contextmanager
def _database(server: str, *, template: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{next(_copies)}"
    _run(server, f"create database {name} template {template}")
    try:
        yield of_database(server, name)
    finally:
        _run(server, f"drop database {name} with (force)")


def of_database(dsn: str, database: str) -> str:
    """The same server, another database."""
    return urlsplit(dsn)._replace(path=f"/{database}").geturl()


def _run(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)
