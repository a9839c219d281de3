"""The gallery and the scenes, built with fonts of their own, before a Chromium that draws alike everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, async_playwright

from dragoman.bench.client import QUIET
from tests.pictures.site import built_pages, chromium_here

ALIKE = (
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-font-subpixel-positioning",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the built pages are."""
    with built_pages(tmp_path_factory.mktemp("pictures")) as address:
        yield address


@pytest.fixture
async def painter() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium_here(), args=[*QUIET, *ALIKE])
        yield opened
        await opened.close()
