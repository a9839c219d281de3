"""What a team says among itself, and the lists that it shares, before two people at once."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.screens import LONG, Screen, Screens
from tests.inbox.house import House


async def test_a_mention_a_label_and_a_shared_view_reach_the_colleague(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    for name in ("Ben", "Ana"):
        customer = await house.simulator.new_customer("telegram", name)
        await house.simulator.says("telegram", bot.id, customer, "is it in stock?")
    maria = await screens.of(await house.a_member("Maria"))
    jonas = await screens.of(await house.a_member("Jonas"))
    await expect(maria.rows).to_have_count(2, timeout=LONG)
    await expect(jonas.rows).to_have_count(2, timeout=LONG)

    # A note finds whom it mentions.
    await maria.open("Ana")
    await maria.page.keyboard.press("n")
    await expect(maria.page.get_by_role("textbox", name="Note about Ana")).to_be_focused(timeout=LONG)
    await maria.page.keyboard.type("@jo")
    await maria.page.keyboard.press("Enter")
    await maria.page.keyboard.type("have we any left?")
    await maria.page.keyboard.press("Control+Enter")
    mentions = jonas.page.get_by_role("button", name="Mentions")
    await expect(mentions).to_contain_text("1", timeout=LONG)
    await mentions.click()
    await expect(jonas.rows.first).to_contain_text("You are mentioned", timeout=LONG)
    await jonas.open("Ana")
    note = jonas.page.get_by_role("article", name="Note by Maria")
    await expect(note).to_contain_text("@Jonas have we any left?", timeout=LONG)
    await expect(mentions).to_contain_text("0", timeout=LONG)

    # A label that one puts on appears at the other.
    await maria.page.keyboard.press("Escape")
    await _label(maria, "stock")
    await expect(jonas.rows.filter(has_text="Ana")).to_contain_text("stock", timeout=LONG)

    # A filtered list becomes a view that everybody has.
    await maria.page.keyboard.press("f")
    await maria.page.get_by_role("checkbox", name="stock").check(timeout=LONG)
    await maria.page.keyboard.press("Escape")
    await expect(maria.rows).to_have_count(1, timeout=LONG)
    await maria.page.get_by_role("button", name="Save as view").click()
    await maria.page.get_by_role("textbox", name="Name").fill("Out of stock?")
    await maria.page.get_by_role("radio", name="Everybody in").check()
    await maria.page.get_by_role("button", name="Save", exact=True).click()
    heading = maria.page.get_by_role("heading", name="Out of stock?")
    await expect(heading).to_be_visible(timeout=LONG)

    # Its address shows the other the same, and follows what happens.
    await jonas.page.goto(maria.page.url)
    await expect(jonas.page.get_by_role("heading", name="Out of stock?")).to_be_visible(timeout=LONG)
    await expect(jonas.rows).to_have_count(1, timeout=LONG)
    await jonas.page.goto(f"{house.address}/w/{house.workspace_id}/waiting")
    await jonas.open("Ben")
    # No pointer among the rows: where one is, they keep still, and a bar offers what came.
    await maria.page.get_by_text("Pick a conversation").hover()
    await _label(jonas, "stock")
    await expect(maria.rows).to_have_count(2, timeout=LONG)
    await jonas.page.goto(maria.page.url)
    await expect(jonas.rows).to_have_count(2, timeout=LONG)

    # Removed, it is gone from both.
    await maria.page.get_by_role("button", name="Out of stock?: what can be done with it").click()
    await maria.page.get_by_role("menuitem", name="Remove…").click()
    dialog = maria.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("1 colleague loses it with you.")
    await dialog.get_by_role("button", name="Remove", exact=True).click()
    await expect(jonas.page.get_by_text("There is no such view")).to_be_visible(timeout=LONG)
    assert maria.complaints + jonas.complaints == []


async def _label(by: Screen, name: str) -> None:
    await by.page.keyboard.press("l")
    await expect(by.page.get_by_role("combobox", name="Find or create a label")).to_be_focused(timeout=LONG)
    await by.page.keyboard.type(name)
    await by.page.keyboard.press("Enter")
    await by.page.keyboard.press("Escape")
