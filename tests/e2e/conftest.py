"""Real browsers before a whole Dragoman: a worker that never stops, the simulator, and Chromium."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from dragoman.bench.client import CHROMIUMS, QUIET
from dragoman.web import BUILT
from tests.e2e.screens import Screens
from tests.inbox import house as building
from tests.inbox.house import House


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser and a whole Dragoman are slow when others share the machine."""
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    assert found, "These tests need Chromium: install it (on Debian: apt-get install chromium)."
    assert (BUILT / "index.html").is_file(), "The browser client is not built: run `make setup`."
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield opened
        await opened.close()


@pytest.fixture
async def house(dsn: str, tmp_path: Path) -> AsyncIterator[House]:
    """A whole Dragoman with a worker that works until the test is over."""
    async with AsyncExitStack() as stack:
        whole = await stack.enter_async_context(building.house(dsn, tmp_path))
        stop = asyncio.Event()
        worker = asyncio.create_task(whole.worker.run_until(stop))
        yield whole
        stop.set()
        await worker


@pytest.fixture
async def screens(browser: Browser, house: House) -> AsyncIterator[Screens]:
    opened = Screens(browser, house.address)
    yield opened
    await opened.close()
