"""Before real browsers, over a network that is slow and comes and goes: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest
from playwright.async_api import Page, expect

from dragoman.access.model import Role
from tests.e2e.flapping import FlappingProxy, Network, flapping_proxy
from tests.e2e.screens import LONG, Screen, Screens
from tests.inbox.house import House

HOLDS = """
    () => new Promise((tell) => {
        const opened = indexedDB.open("dragoman");
        opened.onsuccess = () => {
            const counted = opened.result.transaction("SHELF").objectStore("SHELF").count();
            counted.onsuccess = () => {
                opened.result.close();
                tell(counted.result MEANT);
            };
        };
    })"""
NOTHING_QUEUED = HOLDS.replace("SHELF", "queued").replace("MEANT", "=== 0")
KEPT = HOLDS.replace("SHELF", "inbox")


@pytest.fixture
async def proxy(house: House) -> AsyncIterator[FlappingProxy]:
    async with flapping_proxy(house.settings.port) as opened:
        yield opened


async def test_everything_done_over_a_flapping_network_is_done_once(
    house: House, screens: Screens, proxy: FlappingProxy
) -> None:
    bot = await house.a_bot()
    await house.no_undo()
    ana = await house.simulator.new_customer("telegram", "Ana")
    otto = await house.simulator.new_customer("telegram", "Otto")
    await house.simulator.says("telegram", bot.id, ana, "two coffees")
    await house.simulator.says("telegram", bot.id, otto, "and a tea")
    maria = await _behind(proxy, screens, house)
    await expect(maria.rows).to_have_count(2, timeout=LONG)
    await maria.open("Ana")
    calm = asyncio.Event()
    storm = asyncio.create_task(proxy.flap(Random(7), calm))

    for text in ("one", "two", "three"):
        await maria.write(text)
        await maria.send()
        await maria.sees(text)
    await _press(maria.page, "Close")
    await _press(maria.page, "Reopen")
    await _press(maria.page, "Close")
    await asyncio.sleep(3)
    calm.set()
    await storm
    await _all_is_sent(maria.page)

    await house.customer_has_read("telegram", bot.id, ana, "three")
    assert await _our_words(house, bot.id, ana) == ["one", "two", "three"]
    assert await _sent(house) == [("one", 1), ("three", 1), ("two", 1)]
    assert await _status(house, "Ana") == "closed"
    assert await _status(house, "Otto") == "open"
    assert await house.sql("select count(*) from reads where read_up_to is not null") == [(1,)]


async def test_what_was_done_without_a_network_goes_out_after_a_reload_once(
    house: House, screens: Screens, proxy: FlappingProxy
) -> None:
    bot = await house.a_bot()
    await house.no_undo()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "two coffees")
    maria = await _behind(proxy, screens, house)
    await maria.open("Ana")
    proxy.become(Network.GONE)
    await maria.write("Here you are.")
    await maria.send()
    await _press(maria.page, "Close")
    await expect(maria.page.get_by_text("2 actions wait for the network")).to_be_visible(timeout=LONG)

    # A second tab of the same browser finds the same queue.
    proxy.become(Network.THROUGH)
    second = await maria.page.context.new_page()
    await asyncio.gather(maria.page.reload(), second.goto(maria.page.url))
    await _all_is_sent(maria.page)
    await _all_is_sent(second)

    await house.customer_has_read("telegram", bot.id, ana, "Here you are.")
    assert await _our_words(house, bot.id, ana) == ["Here you are."]
    assert await _sent(house) == [("Here you are.", 1)]
    assert await _status(house, "Ana") == "closed"


async def test_the_inbox_opens_as_it_was_while_the_server_cannot_be_reached_and_is_gone_for_who_is_sent_away(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "two coffees")
    person = await house.a_member("Maria")
    maria = await screens.of(person)
    await maria.open("Ana")
    await maria.page.wait_for_function(KEPT.replace("MEANT", "> 1"), timeout=LONG)

    await maria.page.route("**/api/**", lambda route: route.abort())
    await maria.page.reload()
    await maria.sees("two coffees")
    await expect(maria.page.get_by_text("Live updates stopped")).to_be_visible(timeout=LONG)
    await house.simulator.says("telegram", bot.id, ana, "and a tea")
    await maria.page.unroute("**/api/**")

    await maria.sees("and a tea")
    await expect(maria.page.get_by_text("Live updates stopped")).to_be_hidden(timeout=LONG)
    owner = await house.a_member("Otto", Role.OWNER)
    await owner.post(f"members/{person.membership.member_id}/remove")
    await expect(maria.page.get_by_text("You belong to no workspace")).to_be_visible(timeout=LONG)
    await maria.page.wait_for_function(KEPT.replace("MEANT", "=== 0"), timeout=LONG)


async def _behind(proxy: FlappingProxy, screens: Screens, house: House) -> Screen:
    """Maria, whose browser reaches the server only through the bad network."""
    screens.address = f"http://127.0.0.1:{proxy.port}"
    return await screens.of(await house.a_member("Maria"))


async def _press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click(timeout=LONG)


async def _all_is_sent(page: Page) -> None:
    await page.wait_for_function(NOTHING_QUEUED, timeout=3 * LONG)


async def _our_words(house: House, bot: str, customer: str) -> list[str | None]:
    phone = await house.simulator.phone("telegram", bot, customer)
    return [line.text for line in phone.lines if not line.mine]


async def _sent(house: House) -> list[tuple[str, int]]:
    found = await house.sql(
        "select text, count(*) from messages where side = 'team' group by text order by text"
    )
    return [(row[0], row[1]) for row in found]


async def _status(house: House, name: str) -> str:
    found = await house.sql(
        """
        select c.status from conversations c join identities i using (workspace_id, identity_id)
        join contacts k using (workspace_id, contact_id) where k.name = %s""",
        name,
    )
    return str(found[0][0])
