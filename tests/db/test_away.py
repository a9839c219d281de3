"""The database is away, or it refuses: two different things."""

import pytest
from psycopg import DataError, OperationalError, errors
from psycopg_pool import PoolTimeout

from dragoman.db.away import is_away


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("consuming input failed: server closed the connection unexpectedly"),
        PoolTimeout("couldn't get a connection after 10.00 sec"),
        errors.ConnectionFailure(),
        errors.AdminShutdown(),
        errors.CrashShutdown(),
        errors.CannotConnectNow(),
        errors.DiskFull(),
        errors.TooManyConnections(),
    ],
    ids=repr,
)
def test_a_database_that_is_gone_full_or_starting_is_away(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        errors.QueryCanceled(),
        errors.DeadlockDetected(),
        errors.ProgramLimitExceeded(),
        errors.LockNotAvailable(),
        errors.PipelineAborted(),
        errors.CheckViolation(),
        DataError("out of range"),
        ValueError("a bug of ours"),
    ],
    ids=repr,
)
def test_a_database_that_refuses_what_we_asked_is_there(error: Exception) -> None:
    assert not is_away(error)
