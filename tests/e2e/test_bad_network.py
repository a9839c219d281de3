"""Before real browsers, over a network that is slow and comes and goes: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from random import Random
from typing import Any

import pytest
from playwright.async_api import Page, expect

from dragoman.access.model import Role
from tests.e2e.flapping import FlappingProxy, Network, flapping_proxy
from tests.e2e.screens import LONG, Screen, Screens
from tests.e2e.shelves import until_all_is_sent, until_kept, until_nothing_is_kept
from tests.inbox.house import House, Person

INSTALLED = "async () => !!navigator.serviceWorker.controller && !!(await caches.match('/index.html'))"


@pytest.fixture
async def proxy(house: House) -> AsyncIterator[FlappingProxy]:
    async with flapping_proxy(house.settings.port) as opened:
        yield opened


async def test_everything_done_over_a_flapping_network_is_done_once_and_both_tabs_show_it(
    house: House, screens: Screens, proxy: FlappingProxy
) -> None:
    bot = await house.a_bot()
    await house.no_undo()
    ana = await house.simulator.new_customer("telegram", "Ana")
    for name in ("Otto", "Zoe"):
        other = await house.simulator.new_customer("telegram", name)
        await house.simulator.says("telegram", bot.id, other, "hello?")
    await house.simulator.says("telegram", bot.id, ana, "two coffees")
    person = await house.a_member("Maria")
    await person.post("labels", name="regulars", colour="leaf")
    maria = await _behind(proxy, screens, person)
    await expect(maria.rows).to_have_count(3, timeout=LONG)
    await maria.open("Ana")
    second = await _another_tab(screens, maria)
    await second.sees("two coffees")
    await proxy.has_streams(1)
    calm = asyncio.Event()
    storm = asyncio.create_task(proxy.flap(Random(7), calm))

    for text in ("one", "two", "three"):
        await maria.write(text)
        await maria.send()
        await maria.sees(text)
    await _note(maria.page, "They pay in coins.")
    await _label(maria.page, "regulars")
    await _press(maria.page, "Close")
    await _press(maria.page, "Reopen")
    await _press(maria.page, "Close")
    await _read(maria, "Otto")
    await _press(maria.page, "Snooze")
    await maria.page.get_by_role("button", name="Tomorrow morning").click(timeout=LONG)
    await _read(maria, "Zoe")
    await maria.page.keyboard.press("Shift+U")
    await asyncio.sleep(2)
    calm.set()
    await storm
    await until_all_is_sent(maria.page)

    await house.customer_has_read("telegram", bot.id, ana, "three")
    assert await _our_words(house, bot.id, ana) == ["one", "two", "three"]
    assert await _sent(house) == [("one", 1), ("three", 1), ("two", 1)]
    assert await house.sql("select text from notes") == [("They pay in coins.",)]
    assert await house.sql("select count(*) from conversation_labels") == [(1,)]
    assert await _statuses(house) == {"Ana": "closed", "Otto": "snoozed", "Zoe": "open"}
    assert await _unread(person) == {"Ana": False, "Otto": False, "Zoe": True}
    screens.address = house.address
    fresh = await screens.of(person)
    for tab in (maria, second):
        await expect(tab.page.get_by_text("Live updates stopped")).to_be_hidden(timeout=LONG)
        await expect(tab.page.get_by_text("for the network")).to_be_hidden(timeout=LONG)
        await _looks_like(tab, fresh)

    await maria.page.close()
    await house.simulator.says("telegram", bot.id, ana, "and a cup")
    await second.sees("and a cup")
    await proxy.has_streams(1)


async def test_what_was_done_without_a_network_goes_out_after_a_reload_once(
    house: House, screens: Screens, proxy: FlappingProxy
) -> None:
    bot = await house.a_bot()
    await house.no_undo()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "two coffees")
    maria = await _behind(proxy, screens, await house.a_member("Maria"), service_workers="allow")
    await maria.until(INSTALLED)
    await maria.open("Ana")
    await until_kept(maria.page)
    proxy.become(Network.GONE)
    await maria.write("Here you are.")
    await maria.send()
    await _press(maria.page, "Close")
    await expect(maria.page.get_by_text("2 actions wait for the network")).to_be_visible(timeout=LONG)

    # The app's worker has the page, the browser's database what was not sent; a second tab finds the same.
    await maria.page.reload()
    await maria.sees("Here you are.")
    await expect(maria.page.get_by_text("2 actions wait for the network")).to_be_visible(timeout=LONG)
    second = await _another_tab(screens, maria)
    await second.sees("Here you are.")
    proxy.become(Network.THROUGH)
    await until_all_is_sent(maria.page)
    await until_all_is_sent(second.page)

    await house.customer_has_read("telegram", bot.id, ana, "Here you are.")
    assert await _our_words(house, bot.id, ana) == ["Here you are."]
    assert await _sent(house) == [("Here you are.", 1)]
    assert await _statuses(house) == {"Ana": "closed"}


async def test_the_inbox_opens_as_it_was_while_the_server_cannot_be_reached_and_is_gone_for_who_is_sent_away(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "two coffees")
    person = await house.a_member("Maria")
    maria = await screens.of(person)
    await maria.open("Ana")
    await until_kept(maria.page)

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
    await until_nothing_is_kept(maria.page)


async def _behind(proxy: FlappingProxy, screens: Screens, person: Person, **options: Any) -> Screen:
    """Somebody whose browser reaches the server only through the bad network."""
    screens.address = f"http://127.0.0.1:{proxy.port}"
    return await screens.of(person, **options)


async def _another_tab(screens: Screens, screen: Screen) -> Screen:
    tab = Screen(await screen.page.context.new_page())
    await tab.page.goto(screen.page.url)
    return tab


async def _read(screen: Screen, name: str) -> None:
    """Open, and look long enough: over such a network what was said may come late."""
    await screen.open(name)
    await expect(screen.rows.filter(has_text=name)).to_have_attribute("data-unread", "false", timeout=LONG)


async def _note(page: Page, text: str) -> None:
    await _press(page, "Note")
    await page.get_by_role("textbox", name="Note about").press_sequentially(text)
    await _press(page, "Add note")
    await expect(page.get_by_role("article", name="Note by Maria")).to_have_count(1, timeout=LONG)


async def _label(page: Page, name: str) -> None:
    await page.get_by_role("log").focus()
    await page.keyboard.press("l")
    await page.get_by_role("combobox", name="Find or create a label").press_sequentially(name)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")


async def _looks_like(tab: Screen, fresh: Screen) -> None:
    """The same rows, and the same words in a conversation, as on a page that was loaded just now."""
    for screen in (tab, fresh):
        views = screen.page.get_by_role("navigation", name="Views")
        await views.get_by_role("button", name=re.compile("^All")).click(timeout=LONG)
        await expect(screen.rows).to_have_count(3, timeout=LONG)
        await screen.rows.filter(has_text="Ana").click(timeout=LONG)
        await screen.sees("three")
    async with asyncio.timeout(LONG / 1000):
        while await _seen(tab) != await _seen(fresh):  # noqa: ASYNC110 browsers are asked
            await asyncio.sleep(0.3)


async def _seen(screen: Screen) -> tuple[list[str], list[str]]:
    messages = screen.timeline.get_by_role("article")
    return await screen.rows.all_inner_texts(), await messages.all_inner_texts()


async def _press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click(timeout=LONG)


async def _our_words(house: House, bot: str, customer: str) -> list[str | None]:
    phone = await house.simulator.phone("telegram", bot, customer)
    return [line.text for line in phone.lines if not line.mine]


async def _sent(house: House) -> list[tuple[str, int]]:
    found = await house.sql(
        "select text, count(*) from messages where side = 'team' group by text order by text"
    )
    return [(row[0], row[1]) for row in found]


async def _statuses(house: House) -> dict[str, str]:
    found = await house.sql(
        """
        select k.name, c.status from conversations c join identities i using (workspace_id, identity_id)
        join contacts k using (workspace_id, contact_id)"""
    )
    return {row[0]: str(row[1]) for row in found}


async def _unread(person: Person) -> dict[str, bool]:
    rows = (await person.snapshot("all"))["rows"]["items"]
    return {
        row["contact"]["name"]: row["read_up_to"] is None
        or _time(row["read_up_to"]) < _time(row["last_arrived_at"])
        for row in rows
    }


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)
