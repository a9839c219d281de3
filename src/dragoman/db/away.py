"""Whether an error says that the database is away, or that what we asked of it cannot be done."""

from __future__ import annotations

from psycopg import OperationalError, errors
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

# Connection exceptions; too few resources (disk, memory, connections); it stops, crashed, or is still starting.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
AWAY_CLASSES = ("08", "53", "57P0")
POOL = (PoolTimeout, PoolClosed, TooManyRequests)


def is_collision(error: BaseException) -> bool:
    """True: two transactions got in each other's way, which is nobody's fault; all of it is done once more."""
    return isinstance(error, (errors.DeadlockDetected, errors.SerializationFailure))


def is_away(error: BaseException) -> bool:
    """True: nothing is wrong with the work, and it is done once the database is back.

    False for deadlocks, time-outs of a statement and limits of the database, which psycopg calls operational too:
    asked again, the same work may fail again and again.
    """
    if isinstance(error, POOL):
        return True
    if not isinstance(error, OperationalError) or isinstance(error, errors.PipelineAborted):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(AWAY_CLASSES)
