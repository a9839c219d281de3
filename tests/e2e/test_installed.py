"""The app on a device: it opens without a network, is told by push, and leads where the notification says.

Chromium reaches no push service here: what one would deliver is handed to the service worker by the browser itself.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House

SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map(({ title, body, tag, data }) => ({ title, body, tag, address: data.address }))"""


async def test_an_installed_app_opens_without_a_network_and_is_told_by_push(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "is anybody there?")
    person = await house.a_member("Maria")
    maria = await screens.of(person, service_workers="allow", permissions=["notifications"])
    await expect(maria.rows.first).to_contain_text("is anybody there?", timeout=LONG)
    await maria.until("navigator.serviceWorker.controller !== null")
    await maria.until("async () => (await caches.match('/index.html')) !== undefined")
    workspace, row = person.membership.workspace_id, (await person.snapshot())["rows"]["items"][0]["id"]

    # While one sits before the inbox, the list says it all: this page is not the inbox.
    await maria.page.goto(f"{house.address}/icon.svg")
    other = {"about": "turn", "workspace": str(workspace), "conversation": "gone", "locale": "en"}
    turn = {**other, "conversation": row, "name": "Ana", "count": 2, "standing": [row], "waiting": 1}
    await _push(maria.page, house, [other, turn, turn])

    (shown,) = await _until_shown(maria.page, ["Ana"])  # that of "gone" stood only for a moment
    assert shown["body"] == "2 new messages"
    assert shown["address"] == f"/w/{workspace}/waiting/{row}"

    await maria.page.goto(house.address)
    await maria.open("Ana")
    await _until_shown(maria.page, [])  # looked at: it is taken back

    kept = await maria.page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()"
    )
    assert "/index.html" in kept
    assert [path for path in kept if path != "/index.html" and not path.startswith("/assets/")] == []

    await maria.page.context.set_offline(True)
    await maria.page.reload()
    await expect(maria.page.locator("#app > *").first).to_be_visible(timeout=LONG)
    assert await maria.page.title() == "Dragoman"


async def test_a_member_settles_when_they_are_told(house: House, screens: Screens) -> None:
    person = await house.a_member("Maria")
    maria = await screens.of(person)
    await maria.page.goto(f"{house.address}/w/{person.membership.workspace_id}/notifications")

    await maria.page.get_by_role("combobox", name="What stands on the screen").select_option(
        "words", timeout=LONG
    )
    await maria.page.get_by_role("switch", name="Nothing rings at certain hours").click()
    await maria.page.get_by_role("button", name="Sun", exact=True).click()
    await maria.page.get_by_label("From").fill("21:30")
    await maria.page.get_by_role("combobox", name="By the clock of").select_option("Europe/Warsaw")

    quiet = {"days": [1, 2, 3, 4, 5, 6], "start": 1290, "end": 480, "zone": "Europe/Warsaw"}
    await _until_settled(person, {"shows": "words", "quiet": quiet})
    assert maria.complaints == []


async def _push(page: Page, house: House, messages: list[dict[str, Any]]) -> None:
    """As a push service delivers them."""
    devtools = await page.context.new_cdp_session(page)
    registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def updated(event: dict[str, Any]) -> None:
        for each in event["registrations"]:
            if not registered.done() and each["scopeURL"].startswith(house.address):
                registered.set_result(each["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", updated)
    await devtools.send("ServiceWorker.enable")
    registration = await asyncio.wait_for(registered, LONG / 1000)
    for message in messages:
        await devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": house.address, "registrationId": registration, "data": json.dumps(message)},
        )


async def _until_shown(page: Page, titles: list[str]) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    try:
        async with asyncio.timeout(LONG / 1000):
            while True:
                shown = await page.evaluate(SHOWN)
                if [each["title"] for each in shown] == titles:
                    return shown
                await asyncio.sleep(0.1)
    except TimeoutError:
        pytest.fail(f"{titles} should stand on the screen, there stand {shown}")


async def _until_settled(person: Any, wanted: dict[str, Any]) -> None:
    async with asyncio.timeout(LONG / 1000):
        while True:
            settings = (await person.get("notifications"))["settings"]
            if wanted.items() <= settings.items():
                return
            await asyncio.sleep(0.1)
