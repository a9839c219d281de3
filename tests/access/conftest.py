"""The house, for everything about access."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.services import Services
from tests.house import House, application, settings_in
from tests.serving import serving


@pytest.fixture
def settings(tmp_path: Path, dsn: str) -> Settings:
    return settings_in(tmp_path, dsn)


@pytest.fixture
def services(database: Database, settings: Settings) -> Services:
    return Services.over(database, settings)


@pytest.fixture
async def house(services: Services) -> AsyncIterator[House]:
    async with serving(application(services)) as address:
        yield House(services, address)
