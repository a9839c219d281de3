"""Takes a picture of every screen in every state into a folder: to be looked at before a change is done.

    .venv/bin/python -m tests.pictures.take FOLDER [SCREEN ...] [--in pl,de] [--as 1440-light,390-dark]

Without names all screens are taken, in English, at 1440, 1024 and 390 pixels, light and dark. What axe finds and
words that are cut off are printed beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from playwright.async_api import Error as BrowserError

from dragoman.bench.client import QUIET
from tests.pictures.everybody import barriers, cut_off
from tests.pictures.screens import HEIGHTS, SCREENS
from tests.pictures.showing import LOCALES, show, window
from tests.pictures.site import built_pages, chromium_here

AT_ONCE = 3
USUAL = "1440-light,1440-dark,1024-light,1024-dark,390-light,390-dark"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One screen at one width in one language: loaded once, whatever the themes."""

    screen: str
    width: int
    language: str
    themes: tuple[str, ...]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("folder", type=Path)
    given.add_argument("screens", nargs="*", metavar="SCREEN", help=", ".join(SCREENS))
    given.add_argument("--in", dest="languages", default="en", help="en,pl,de,ar")
    given.add_argument("--as", dest="looks", default=USUAL, help=f"{USUAL}; 360 is known, too")
    asked = given.parse_args()
    unknown = {*asked.screens} - SCREENS.keys() | {*asked.languages.split(",")} - LOCALES.keys()
    if unknown:
        given.error(f"there is no {', '.join(sorted(unknown))}")
    asked.folder.mkdir(parents=True, exist_ok=True)
    looks = [look.partition("-")[::2] for look in asked.looks.split(",")]
    sittings = [
        Sitting(name, width, language, tuple(theme for at, theme in looks if int(at) == width))
        for language in asked.languages.split(",")
        for width in sorted({int(at) for at, _ in looks} & HEIGHTS.keys(), reverse=True)
        for name in asked.screens or SCREENS
        if SCREENS[name].is_for(width)
    ]
    with tempfile.TemporaryDirectory() as built, built_pages(Path(built)) as origin:
        asyncio.run(take_all(origin, asked.folder, sittings))


async def take_all(origin: str, folder: Path, sittings: list[Sitting]) -> None:
    places = asyncio.Semaphore(AT_ONCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_here(), args=[*QUIET])

        async def one(sitting: Sitting) -> None:
            async with places:
                await take(browser, origin, folder, sitting)

        await asyncio.gather(*(one(sitting) for sitting in sittings))
        await browser.close()


async def take(browser: Browser, origin: str, folder: Path, sitting: Sitting) -> None:
    context = await window(browser, sitting.width, language=sitting.language)
    page = await context.new_page()
    where = f"{sitting.screen} {sitting.width} {sitting.language}"
    page.on("pageerror", lambda error: say(where, str(error)))
    try:
        await show(page, origin, SCREENS[sitting.screen])
        for each in await cut_off(page):
            say(where, each)
        for theme in sitting.themes:
            await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            name = f"{sitting.screen}-{sitting.width}-{theme}-{sitting.language}"
            await page.screenshot(path=folder / f"{name}.png")
        for each in await barriers(page):
            say(where, each)
    except BrowserError as error:  # the next picture is worth taking
        say(where, str(error))
    await context.close()


def say(where: str, what: str) -> None:
    sys.stdout.write(f"{where}: {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
