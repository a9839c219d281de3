"""What a browser keeps between visits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from playwright.async_api import Page

PATIENCE_SECONDS = 45.0

COUNT = """([shelf, kind]) => new Promise((tell) => {
    const opened = indexedDB.open("dragoman");
    opened.onsuccess = () => {
        const found = opened.result.transaction(shelf).objectStore(shelf).getAll();
        found.onsuccess = () => {
            opened.result.close();
            tell(found.result.filter((piece) => !kind || piece.kind === kind).length);
        };
    };
})"""


async def until_kept(page: Page) -> None:
    """The inbox, with what was said in the conversation that is open."""
    await _until(page, "inbox", lambda count: count > 0, kind="timeline")


async def until_forgotten(page: Page) -> None:
    """Nothing of the inbox, nor who was here."""
    for shelf in ("inbox", "queued", "visit"):
        await _until(page, shelf, lambda count: count == 0)


async def until_nothing_is_kept(page: Page) -> None:
    """Nothing of any workspace."""
    for shelf in ("inbox", "queued"):
        await _until(page, shelf, lambda count: count == 0)


async def until_all_is_sent(page: Page) -> None:
    await _until(page, "queued", lambda count: count == 0)


async def _until(page: Page, shelf: str, is_meant: Callable[[int], bool], kind: str = "") -> None:
    """The page is asked from here: its own waiting takes the promise of an answer for the answer."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_meant(await page.evaluate(COUNT, [shelf, kind])):  # noqa: ASYNC110 a browser is asked
            await asyncio.sleep(0.1)
