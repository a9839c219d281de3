"""A day's work without a mouse, before a real browser."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.screens import LONG, Screen, Screens
from tests.inbox.house import House


async def test_a_day_is_worked_by_keyboard_alone(house: House, screens: Screens) -> None:
    bot = await house.a_bot()
    maria = await screens.of(await house.a_member("Maria"))
    keys = maria.page.keyboard
    questions = {"Ana": "is the Koya there?", "Ben": "where is my lamp?", "Chloe": "in black?"}
    for count, (name, said) in enumerate(questions.items(), 1):
        customer = await house.simulator.new_customer("telegram", name)
        await house.simulator.says("telegram", bot.id, customer, said)
        await expect(maria.rows).to_have_count(count, timeout=LONG)

    await keys.press("j")
    await keys.press("o")
    await maria.sees("is the Koya there?")
    await keys.press("r")
    await expect(maria.composer).to_be_focused(timeout=LONG)
    await keys.type("It is, e.g. in [black].")
    await keys.press("Control+Enter")
    await maria.sees("It is, e.g. in [black].")
    await keys.press("Escape")
    await keys.press("]")
    await maria.sees("where is my lamp?")
    await _is_somewhere(maria)

    await keys.press("e")
    await expect(maria.page.get_by_role("button", name="Reopen").first).to_be_visible(timeout=LONG)
    await keys.press("z")
    await expect(maria.page.get_by_role("button", name="Close", exact=True)).to_be_visible(timeout=LONG)
    await _is_somewhere(maria)

    await keys.press("/")
    await keys.type("black")
    # What is found for the first letters alone may come before the last one is written.
    await expect(maria.page.locator("[data-hit] mark").first).to_have_text("black", timeout=LONG)
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(maria.timeline.locator("[data-sought]")).to_be_visible(timeout=LONG)

    await keys.press("Control+k")
    await keys.type("go closed")
    await keys.press("Enter")
    await expect(maria.page).to_have_url(f"{_workspace(house, maria)}/closed", timeout=LONG)
    await expect(maria.rows).to_have_count(1, timeout=LONG)
    await keys.press("g")
    await keys.press("w")
    await expect(maria.page).to_have_url(f"{_workspace(house, maria)}/waiting", timeout=LONG)
    await expect(maria.rows).to_have_count(2, timeout=LONG)
    await _is_somewhere(maria)

    await keys.press("j")
    await keys.press("h")
    await expect(maria.page.get_by_role("dialog").get_by_role("button").first).to_be_visible(timeout=LONG)
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(maria.rows).to_have_count(1, timeout=LONG)
    await _is_somewhere(maria)
    await keys.press("z")
    await expect(maria.rows).to_have_count(2, timeout=LONG)
    assert maria.complaints == []


def _workspace(house: House, maria: Screen) -> str:
    return maria.page.url.rpartition("/w/")[0] + f"/w/{house.workspace_id}"


async def _is_somewhere(screen: Screen) -> None:
    """The keyboard is on something that is on the screen, not on the page as such."""
    await screen.until("document.activeElement !== document.body")
