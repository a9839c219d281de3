"""A content whose row is gone leaves the storage: after the commit, and again should it not have worked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from dragoman.services import Services
from dragoman.work.jobs import Job

FORGET_FILE = "forget_file"


async def forget_file(services: Services, _: UUID, job: Job) -> timedelta | None:
    """Empty the storage of the content that the job names. Harmless when done twice."""
    await services.storage.delete(job.payload["key"])
    return None
