"""How a single command reaches the database of an installation that is running."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.db.embedded import EmbeddedPostgres
from dragoman.errors import OperatorError

CONNECT_SECONDS = 5


@asynccontextmanager
async def reached_database(settings: Settings) -> AsyncIterator[Database]:
    """The one of DATABASE_URL, else the embedded one while it runs.

    Raises:
        OperatorError: it does not answer.
    """
    address = _address(settings)
    try:
        await (await psycopg.AsyncConnection.connect(address, connect_timeout=CONNECT_SECONDS)).close()
    except psycopg.errors.ConnectionTimeout:
        raise OperatorError(
            f"The database took longer than {CONNECT_SECONDS} s to answer: try again."
        ) from None
    except psycopg.OperationalError:
        raise OperatorError(
            "The database does not answer: start `dragoman up` first, or set DATABASE_URL."
        ) from None
    async with Database(address, max_connections=2) as database:
        yield database


def _address(settings: Settings) -> str:
    if settings.database_url is not None:
        return settings.database_url
    folder = settings.data / "postgres"
    if not folder.exists():
        raise OperatorError(f"There is no database in {settings.data} yet: start `dragoman up` first.")
    return EmbeddedPostgres(folder).dsn
