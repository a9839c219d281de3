"""A screen before a browser, in the state that it is about, and quiet."""

from __future__ import annotations

import io
import math
import wave

from playwright.async_api import Browser, BrowserContext, Page, Route

from tests.pictures.screens import HEIGHTS, HOME, PHONE, Screen

LOCALES = {"en": "en-GB", "pl": "pl-PL", "de": "de-DE", "ar": "ar-EG"}
LAMP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 148"><rect width="220" height="148" fill="#b7a48f"/>'
    '<circle cx="140" cy="60" r="34" fill="#f6dfb2"/><rect y="122" width="220" height="26" fill="#5c4636"/></svg>'
)
# Nothing has changed on the page for a moment, all fonts and pictures are there.
QUIET = """() => new Promise((done) => {
    const settle = () => document.fonts.ready.then(() => requestAnimationFrame(() => done()));
    let timer = setTimeout(settle, 150);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(settle, 150); });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(settle, 1200);
})"""


async def window(browser: Browser, width: int, theme: str = "light", language: str = "en") -> BrowserContext:
    context = await browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme="dark" if theme == "dark" else "light",
        locale=LOCALES[language],
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
        has_touch=width <= PHONE,
    )
    await context.route("**/api/w/*/attachments/**", _attachment)
    return context


async def show(page: Page, origin: str, screen: Screen) -> None:
    """The first on a page is loaded; any other takes the place of the one before."""
    if page.url == "about:blank":
        await page.goto(f"{origin}/pictures.html?{screen.query}")
    else:
        await page.mouse.move(0, 0)
        await page.evaluate("(query) => window.show(query)", screen.query)
    # While it asks who is there, and what, a page says no more than that it loads.
    is_within = screen.path.startswith(HOME)
    await page.locator(
        ".app-columns main:visible:not(.entrance)" if is_within else ".entrance"
    ).first.wait_for()
    await page.evaluate(QUIET)
    if screen.act:
        await screen.act(page)
        await page.evaluate(QUIET)
    if screen.part:
        await page.locator(f"{screen.part}:visible").first.wait_for()


async def _attachment(route: Route) -> None:
    """Every picture is a lamp in a room; what sounds is a voice that rises and falls."""
    if route.request.resource_type == "image":
        await route.fulfill(content_type="image/svg+xml", body=LAMP)
    else:
        await route.fulfill(content_type="audio/wav", body=_voice())


def _voice(seconds: int = 4, rate: int = 8_000) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(_sample(n / rate) for n in range(seconds * rate)))
    return written.getvalue()


def _sample(at: float) -> int:
    loudness = abs(math.sin(at * 5)) * abs(math.sin(at * 1.3)) * 0.9
    return int(128 + 127 * loudness * math.sin(at * 1200))
