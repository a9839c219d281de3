"""Every part looks as it did when somebody last looked at it, and can be used by everybody."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Browser, Page

from tests.pictures.album import look_at
from tests.pictures.compare import difference
from tests.pictures.everybody import barriers

THAT_AFTERNOON = datetime(2026, 11, 20, 14, 21, tzinfo=UTC)
PATIENCE_SECONDS = 20.0
# Time enough for a machine that does a dozen other things.
pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True, slots=True)
class Look:
    width: int
    theme: str
    locale: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.locale[:2]}"


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def point_at_search(page: Page) -> None:
    await page.get_by_role("button", name="Search").hover()
    await page.locator(".tip").wait_for()


FLOATING: dict[str, Callable[[Page], Awaitable[None]]] = {
    "menu": lambda page: press(page, "Ways to send"),
    "popover": lambda page: press(page, "Snooze"),
    "dialog": lambda page: press(page, "Remove the channel"),
    "combobox": lambda page: page.get_by_role("combobox").click(),
    "tip": point_at_search,
}


@pytest.mark.parametrize("look", [Look(1000, "light", "en-GB"), Look(390, "dark", "en-GB")], ids=str)
async def test_every_part_looks_as_it_did(pages: str, painter: Browser, look: Look) -> None:
    async with a_page(painter, look) as page:
        await page.goto(f"{pages}/gallery.html")
        await settle(page, ".gallery")
        await page.set_viewport_size({"width": look.width, "height": await height_of_all(page)})

        wrong = [await differs(page, f"parts-{look}", painter.version), *await barriers(page)]

    assert [each for each in wrong if each] == []


async def test_what_floats_looks_as_it_did(pages: str, painter: Browser) -> None:
    wrong: list[str | None] = []
    async with a_page(painter, Look(480, "light", "en-GB")) as page:
        for story, opened in FLOATING.items():
            await page.goto(f"{pages}/gallery.html?story={story}")
            await settle(page, ".gallery")
            await opened(page)
            await page.wait_for_timeout(200)
            wrong.append(await differs(page, story, painter.version))
            wrong.extend(await barriers(page))

    assert [each for each in wrong if each] == []


async def test_a_part_that_moved_by_two_pixels_is_seen(pages: str, painter: Browser) -> None:
    async with a_page(painter, Look(390, "light", "en-GB")) as page:
        await page.goto(f"{pages}/gallery.html?story=buttons")
        await settle(page, ".gallery")
        kept = await at_rest(page)

        again = difference(kept, as_picture(await shot(page)))
        await page.add_style_tag(content=".button:first-child { translate: 2px 0; }")
        moved = difference(kept, as_picture(await shot(page)))

    assert not again.is_seen
    assert moved.is_seen


def test_a_smoother_edge_is_no_difference_but_a_moved_hairline_is() -> None:
    def a_line(at: float, shade: int = 0) -> Image.Image:
        picture = Image.new("RGB", (200, 50), "white")
        ImageDraw.Draw(picture).line([(20, at), (180, at)], fill=(shade, shade, shade))
        return picture

    assert not difference(a_line(20), a_line(20, shade=30)).is_seen
    assert not difference(a_line(20), a_line(21)).is_seen
    assert difference(a_line(20), a_line(22)).is_seen
    assert difference(a_line(20), a_line(20, shade=120)).is_seen


@asynccontextmanager
async def a_page(painter: Browser, look: Look) -> AsyncIterator[Page]:
    context = await painter.new_context(
        viewport={"width": look.width, "height": 844 if look.width < 640 else 900},
        color_scheme="dark" if look.theme == "dark" else "light",
        locale=look.locale,
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
        device_scale_factor=1,
        has_touch=look.width < 640,
    )
    page = await context.new_page()
    await page.clock.set_fixed_time(THAT_AFTERNOON)
    yield page
    await context.close()


async def settle(page: Page, what: str) -> None:
    await page.locator(what).first.wait_for()
    await page.evaluate("() => document.fonts.ready.then(() => undefined)")
    await page.wait_for_timeout(400)


async def differs(page: Page, name: str, chromium: str) -> str | None:
    """What is wrong with the picture, unless that only had to be drawn to its end."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (wrong := look_at(name, await shot(page), chromium)) and time.monotonic() < until:
        await page.wait_for_timeout(300)
    return wrong


async def at_rest(page: Page) -> Image.Image:
    """Once two pictures in a row are the same."""
    before = as_picture(await shot(page))
    while difference(before, now := as_picture(await shot(page))).is_seen:
        before = now
    return before


async def height_of_all(page: Page) -> int:
    return int(await page.locator(".gallery").evaluate("(gallery) => gallery.scrollHeight"))


async def shot(page: Page) -> bytes:
    return await page.screenshot(animations="disabled", caret="hide")


def as_picture(shot: bytes) -> Image.Image:
    return Image.open(BytesIO(shot)).convert("RGB")
