"""Conversations go out of sight and come back, before two people at once."""

from playwright.async_api import expect

from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House


async def test_what_one_snoozes_leaves_the_other_s_screen_and_the_customer_s_word_brings_it_back(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "is it in stock?")
    maria = await screens.of(await house.a_member("Maria"))
    jonas = await screens.of(await house.a_member("Jonas"))
    await expect(jonas.rows).to_have_count(1, timeout=LONG)
    await maria.open("Ana")

    await maria.page.get_by_role("button", name="Snooze", exact=True).click()
    await maria.page.get_by_role("button", name="Tomorrow morning").click()

    tail = jonas.page.get_by_role("button", name="1 is snoozed although the customer waits")
    await expect(tail).to_be_visible(timeout=LONG)
    await expect(jonas.rows).to_have_count(0, timeout=LONG)
    await house.simulator.says("telegram", bot.id, ana, "hello?")
    await expect(jonas.rows.first).to_contain_text("hello?", timeout=LONG)
    await expect(tail).to_be_hidden(timeout=LONG)
    assert maria.complaints + jonas.complaints == []


async def test_many_are_closed_with_one_key_and_come_back_with_one_undo(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    for name in ("Ana", "Bo", "Cy"):
        customer = await house.simulator.new_customer("telegram", name)
        await house.simulator.says("telegram", bot.id, customer, "hello?")
    maria = await screens.of(await house.a_member("Maria"))
    jonas = await screens.of(await house.a_member("Jonas"))
    await expect(maria.rows).to_have_count(3, timeout=LONG)
    await expect(jonas.rows).to_have_count(3, timeout=LONG)

    for key in ("j", "x", "j", "j", "Shift+X", "e"):
        await maria.page.keyboard.press(key)
    # Whoever is on a notice keeps it from going, and with it the way back.
    await maria.page.get_by_text("3 conversations closed").hover(timeout=LONG)
    await expect(jonas.page.get_by_text("Nobody is waiting")).to_be_visible(timeout=LONG)

    await maria.page.keyboard.press("z")
    await expect(jonas.rows).to_have_count(3, timeout=LONG)
    await expect(maria.rows).to_have_count(3, timeout=LONG)
    assert maria.complaints + jonas.complaints == []
