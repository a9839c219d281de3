"""The laws: what must never break."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.inbox import house as building
from tests.inbox.house import House


@pytest.fixture
async def house(dsn: str, tmp_path: Path) -> AsyncIterator[House]:
    """A whole Dragoman of this test alone."""
    async with building.house(dsn, tmp_path) as whole:
        yield whole
