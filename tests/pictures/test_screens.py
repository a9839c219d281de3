"""Every screen in every state can be used by everybody, light and dark: what axe knows of WCAG 2.2 AA holds."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser, Page
from playwright.async_api import Error as BrowserError

from tests.pictures.everybody import barriers, cut_off
from tests.pictures.screens import SCREENS, Screen
from tests.pictures.showing import LOCALES, show, window

# Time enough for a machine that does a dozen other things.
pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
async def test_no_screen_keeps_anybody_out(pages: str, painter: Browser, width: int, theme: str) -> None:
    """Each screen at each width in another language: what holds in German may break in Arabic."""
    screens = [(name, screen) for name, screen in SCREENS.items() if screen.is_for(width)]
    languages = [*LOCALES] if theme == "light" else [*reversed(LOCALES)]

    async def all_in(language: str, some: list[tuple[str, Screen]]) -> list[str]:
        context = await window(painter, width, theme, language)
        page = await context.new_page()
        found = [
            f"{name} ({language}): {each}"
            for name, screen in some
            for each in await what_is_wrong(page, pages, screen)
        ]
        await context.close()
        return found

    found = await asyncio.gather(
        *(all_in(language, screens[nth :: len(languages)]) for nth, language in enumerate(languages))
    )

    assert [each for language in found for each in language] == []


async def what_is_wrong(page: Page, pages: str, screen: Screen) -> list[str]:
    stumbled: list[str] = []
    page.once("pageerror", lambda error: stumbled.append(str(error)))
    try:
        await show(page, pages, screen)
        found = [*await cut_off(page), *await barriers(page, screen.part)]
    except BrowserError as error:
        return [str(error)]
    return found if screen.flag == "broken" else [*found, *stumbled]
