"""When connections are looked after, and workspaces listened to, for the first time."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of

WATCH = "watch_connection"
WATCH_EVERY = timedelta(minutes=15)
LISTEN = "listen_to_channels"
LISTEN_EVERY = timedelta(minutes=5)


def first_watch(connection_id: UUID, at: datetime) -> Job:
    """Spread over the time between two: many connections are not all looked after at once."""
    due_at = at + WATCH_EVERY * (connection_id.int % 1000 / 1000)
    return Job(kind=WATCH, subject=connection_id, lane=lane_of(connection_id, WATCH), due_at=due_at)


def first_listen(workspace_id: UUID, at: datetime) -> Job:
    return Job(
        kind=LISTEN, subject=workspace_id, lane=lane_of(workspace_id, LISTEN), due_at=at + LISTEN_EVERY
    )
