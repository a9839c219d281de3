"""What people do before their screens, in the words on them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.inbox.house import Person

# Without the app's worker, which keeps the page: a test of what goes on in it begins with the server's.
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "service_workers": "block"}
# Milliseconds: a loaded machine, not a promise. Longer than the longest pause (15 s) after which a page tries again.
LONG = 40_000
expect.set_options(timeout=LONG)


@dataclass(slots=True)
class Screen:
    """One member's browser."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Locator:
        return self.page.locator("[data-rows]").get_by_role("option")

    @property
    def timeline(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def composer(self) -> Locator:
        return self.page.locator("textarea[data-reply]")

    async def open(self, name: str) -> None:
        await self.rows.filter(has_text=name).first.click(timeout=LONG)
        await expect(self.composer).to_be_visible(timeout=LONG)

    async def write(self, text: str) -> None:
        await self.composer.click()
        await self.composer.press_sequentially(text)

    async def send(self) -> None:
        await self.composer.press("Control+Enter")

    async def until(self, script: str) -> None:
        """Asked from outside again and again: the page's own policy forbids what would wait inside it."""
        async with asyncio.timeout(LONG / 1000):
            while not await self.page.evaluate(script):  # noqa: ASYNC110 a browser is asked
                await asyncio.sleep(0.05)

    async def sees(self, text: str) -> None:
        await expect(self.timeline.get_by_text(text, exact=True).first).to_be_visible(timeout=LONG)


@dataclass(slots=True)
class Screens:
    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    opened: list[Screen] = field(default_factory=list)

    async def of(self, person: Person, path: str = "", **options: Any) -> Screen:
        """A browser in which this member is signed in, on the inbox (or another path of the workspace)."""
        context = await self.browser.new_context(**(DESK | options))
        await context.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in person.cookies.items()]
        )
        screen = await self.blank(context)
        await screen.page.goto(f"{self.address}/w/{person.membership.workspace_id}/waiting{path}")
        return screen

    async def blank(self, context: BrowserContext | None = None) -> Screen:
        """A browser of somebody who is not signed in. What the page complains about is noted."""
        context = context or await self.browser.new_context(viewport={"width": 1440, "height": 900})
        self.contexts.append(context)
        screen = Screen(await context.new_page())
        screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        screen.page.on(
            "console",
            lambda said: screen.complaints.append(_complaint(said)) if _is_complaint(said) else None,
        )
        self.opened.append(screen)
        return screen

    async def close(self) -> None:
        for context in self.contexts:
            await context.close()


def _complaint(said: ConsoleMessage) -> str:
    """What a request that failed was for stands beside its words."""
    return f"{said.text} {said.location['url']}".strip()


def _is_complaint(said: ConsoleMessage) -> bool:
    return said.type in ("error", "warning") and "blocked by Playwright" not in said.text
