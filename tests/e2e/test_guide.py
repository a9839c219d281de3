"""A new owner connects a channel of every platform from an empty workspace, by the browser alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from dragoman.access.model import Role
from tests.e2e.screens import LONG, Screens
from tests.inbox import house as building
from tests.inbox.house import House

# What somebody has at hand who wants to connect it: where the simulator gives it, and the labels of the form.
AT_HAND = {
    "telegram": ("/bots", {"Bot token": "token"}),
    "messenger": (
        "/pages",
        {"App ID": "app_id", "App secret": "app_secret", "Page access token": "page_token"},
    ),
    "instagram": (
        "/instagrams",
        {
            "App ID": "app_id",
            "App secret": "app_secret",
            "Instagram app secret": "instagram_app_secret",
            "Instagram access token": "instagram_token",
        },
    ),
    "whatsapp": (
        "/numbers",
        {
            "App ID": "app_id",
            "App secret": "app_secret",
            "WhatsApp Business Account ID": "waba_id",
            "Access token": "access_token",
        },
    ),
}


@pytest.fixture
async def house(dsn: str, tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        whole = await stack.enter_async_context(building.house(dsn, tmp_path, knows_only_the_simulator=True))
        stop = asyncio.Event()
        worker = asyncio.create_task(whole.worker.run_until(stop))
        yield whole
        stop.set()
        await worker


async def test_an_owner_connects_one_of_each_by_the_guide(house: House, screens: Screens) -> None:
    await house.no_undo()
    maria = await screens.of(await house.a_member("Maria", Role.OWNER))
    page = maria.page

    for platform, (path, labels) in AT_HAND.items():
        given = await house.simulator.post(path, name="Espresso & Co.")
        await _to_guide(page, platform, house)
        await _go_through(page, {label: given[name] for label, name in labels.items()})
        await page.get_by_role("button", name="Check now").click()
        await expect(page.get_by_text("The platform delivers to us")).to_be_visible(timeout=LONG)
        await expect(page.get_by_role("heading", name="A message there and back")).to_be_visible(timeout=LONG)

    await page.get_by_role("button", name="Let a practice customer write").click()
    await page.get_by_role("button", name="Answer it").click(timeout=LONG)
    await expect(page.get_by_text("It works: messages come in")).to_be_visible(timeout=LONG)

    await page.get_by_role("main").get_by_role("button", name="To the channels").last.click()
    await expect(page.get_by_role("main").get_by_role("button", name="Check", exact=True)).to_have_count(4)
    assert maria.complaints == []


async def _to_guide(page: Page, platform: str, house: House) -> None:
    await page.goto(f"{house.address}/w/{house.workspace_id}/channels/new/{platform}")
    await page.get_by_role("button", name="Begin", exact=True).click(timeout=LONG)
    await expect(page.get_by_role("button", name="Step 1:")).to_be_visible(timeout=LONG)


async def _go_through(page: Page, entries: dict[str, str]) -> None:
    """Enter what each step asks for, until everything is to be tried."""
    check = page.get_by_role("button", name="Check now")
    while not await check.is_visible():
        (open_step,) = await page.locator(".guide-inside").all()
        for label, value in entries.items():
            field = open_step.get_by_label(label, exact=True)
            if await field.count():
                await field.fill(value)
        before = await page.locator("[aria-current=step]").get_attribute("aria-label") or ""
        await open_step.locator("button[type=submit]").click()
        here = page.locator("[aria-current=step]")
        await expect(here).not_to_have_attribute("aria-label", before, timeout=LONG)
