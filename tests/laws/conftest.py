"""The laws: what must never break. The long ones run only with ``--long`` (``make laws``)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.inbox import house as building
from tests.inbox.house import House


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: many kills or saboteurs; runs with --long only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="a long law: run `make laws`"))


@pytest.fixture
async def house(dsn: str, tmp_path: Path) -> AsyncIterator[House]:
    """A whole Dragoman of this test alone."""
    async with building.house(dsn, tmp_path) as whole:
        yield whole
