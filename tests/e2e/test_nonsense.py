"""Nonsense before real browsers: whatever customers write or are called, the page shows it and goes on."""

from __future__ import annotations

import asyncio
from random import Random
from uuid import UUID

from playwright.async_api import expect

from tests.e2e.nonsense import messenger_posts, telegram_updates
from tests.e2e.screens import LONG, Screen, Screens
from tests.inbox.house import House, Person
from tests.laws.knocking import hook_of, knock
from tests.laws.nasty import messenger_bodies, mutants, telegram_bodies

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PLEASE = "Answer me, please"
GO = """(conversation) => {
    const [workspace] = location.pathname.match(/^.w.[^/]+/);
    history.pushState(null, "", `${workspace}/all/${conversation}`);
    dispatchEvent(new PopStateEvent("popstate"));
}"""

WATCH = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (it) => window.violations.push(it.violatedDirective));"""


async def test_nonsense_is_shown_harms_nothing_and_the_next_customer_is_answered(
    house: House, screens: Screens
) -> None:
    await house.no_undo()
    bot, page = await house.a_bot(), await house.a_page()
    maria, jonas = await house.a_member("Maria"), await house.a_member("Jonas")
    wide = await _watching(screens, maria, WIDE)
    narrow = await _watching(screens, jonas, NARROW)
    accounts = {"telegram": bot.id, "messenger": page.page_id}

    for platform, bodies in _deliveries(page.page_id).items():
        hook = await hook_of(house, platform)
        for body in bodies:
            assert (await knock(house.http, hook, body)).status_code == 200
        await _says_and_is_answered(house, wide, platform, accounts[platform])

    conversations = await house.sql("select conversation_id from conversations where opened_at is not null")
    assert len(conversations) > 40
    for screen, some in ((wide, conversations), (narrow, conversations[::3])):
        for (conversation_id,) in some:
            await _can_be_opened(screen, str(conversation_id))
    for screen in (wide, narrow):
        assert screen.complaints == []
        assert await screen.page.evaluate("[window.violations, window.scriptOfACustomerRan]") == [[], None]


def _deliveries(page: str) -> dict[str, list[bytes]]:
    chance = Random(5)
    return {
        "telegram": [*telegram_updates(), *mutants(telegram_bodies(), chance, 60)],
        "messenger": [*messenger_posts(page), *mutants(messenger_bodies(page), chance, 60)],
    }


async def _watching(screens: Screens, member: Person, viewport: dict[str, int]) -> Screen:
    """A browser on the inbox, which notes whatever its page is not allowed to do."""
    screen = await screens.of(member, viewport=viewport)
    screen.page.on("dialog", lambda dialog: screen.complaints.append(f"a dialog: {dialog.message}"))
    await screen.page.context.add_init_script(WATCH)
    await screen.page.reload()
    await expect(screen.page.get_by_text("Nobody is waiting")).to_be_visible(timeout=LONG)
    return screen


async def _says_and_is_answered(house: House, screen: Screen, platform: str, account: str) -> None:
    """An ordinary customer, after all that."""
    name = f"Ada of {platform}"
    ada = await house.simulator.new_customer(platform, name)
    await house.simulator.says(platform, account, ada, PLEASE)
    conversation_id = await _conversation_with(house, name)
    await _can_be_opened(screen, conversation_id)
    await screen.sees(PLEASE)
    await screen.write("Here I am.")
    await screen.send()
    await house.customer_has_read(platform, account, ada, "Here I am.")


async def _conversation_with(house: House, name: str) -> str:
    """Once it is there; its id."""
    found: list[tuple[UUID]] = []
    async with asyncio.timeout(60):
        while not found:
            await asyncio.sleep(0.1)
            found = await house.sql(
                """select conversation_id from conversations join identities using (workspace_id, identity_id)
                   where name = %s and opened_at is not null""",
                name,
            )
    return str(found[0][0])


async def _can_be_opened(screen: Screen, conversation_id: str) -> None:
    """By its address, as the page itself goes there and never loaded anew; nothing reaches out of the window."""
    await screen.page.evaluate(GO, conversation_id)
    await expect(screen.timeline).to_be_visible(timeout=LONG)
    await expect(screen.timeline.locator(".turn").first).to_be_attached(timeout=LONG)
    sizes = await screen.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1], f"{conversation_id} is {sizes[0]} pixels wide"
