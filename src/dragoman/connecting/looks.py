"""When accounts that their owners connected to ours are looked at: because the platform told of one, or because
something arrived for one that we do not know."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

TOLD = "account_told"
UNKNOWN = "unknown_accounts"
EVERY = timedelta(seconds=30)  # how long what arrives for an unknown account may lie


def told_of(connection_id: UUID, account: str, at: datetime) -> Job:
    """The platform told that this account came, changed or went."""
    return Job(
        kind=TOLD,
        subject=uuid5(connection_id, account),
        lane=lane_of(connection_id, TOLD),
        due_at=at,
        payload={"connection": str(connection_id), "account": account},
    )


def for_unknown_ones(connection_id: UUID, at: datetime) -> Job:
    """Comes again for as long as there is the connection."""
    return Job(kind=UNKNOWN, subject=connection_id, lane=lane_of(connection_id, UNKNOWN), due_at=at)
