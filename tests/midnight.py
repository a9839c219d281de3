"""Days end while tests run."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

NEAR = timedelta(seconds=30)


async def clear_of_midnight() -> None:
    """For a test that is about a day: where this one is about to end, wait for the next, which lasts."""
    at = datetime.now(UTC)
    begins = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), UTC)
    if begins - at < NEAR:
        await asyncio.sleep((begins - at).total_seconds())
