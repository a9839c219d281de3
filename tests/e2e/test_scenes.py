"""The scenes that the product must play, before real browsers."""

import asyncio

from playwright.async_api import Route, expect

from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House, Person

BURST = ("hi again!", "which size is the one in your window", "and does it come in black?", "220 V?", "😉")


async def test_five_fragments_in_nine_seconds_are_one_row_one_turn_and_one_notification(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    maria = await screens.of(await house.a_member("Maria"))
    await expect(maria.page.get_by_text("Nobody is waiting")).to_be_visible(timeout=LONG)

    await house.simulator.says("telegram", bot.id, ana, *BURST, gap_seconds=0.5)

    await expect(maria.rows).to_have_count(1, timeout=LONG)
    await expect(maria.rows.first).to_contain_text("×5", timeout=LONG)
    await expect(maria.page).to_have_title("(1) Dragoman", timeout=LONG)
    await maria.open("Ana")
    for fragment in BURST:
        await maria.sees(fragment)
    await expect(maria.page.get_by_text("5 messages in")).to_be_visible(timeout=LONG)
    await expect(maria.page).to_have_title("Dragoman", timeout=LONG)
    assert maria.complaints == []


async def test_the_one_who_waits_longest_stays_first_when_forty_others_write(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    early = await house.simulator.new_customer("telegram", "Early Bird")
    await house.simulator.says("telegram", bot.id, early, "is anybody there?")
    await asyncio.sleep(1.2)  # the platform's times are whole seconds
    maria = await screens.of(await house.a_member("Maria"))
    await expect(maria.rows).to_have_count(1, timeout=LONG)

    for number in range(40):
        other = await house.simulator.new_customer("telegram", f"Customer {number}")
        await house.simulator.says("telegram", bot.id, other, f"question {number}")

    await expect(maria.page).to_have_title("(41) Dragoman", timeout=LONG)
    await expect(maria.rows.first).to_contain_text("Early Bird")


async def test_an_answer_of_one_member_appears_on_the_other_s_screen_and_on_the_customer_s_phone(
    house: House, screens: Screens
) -> None:
    await house.no_undo()
    page = await house.a_page()
    jun = await house.simulator.new_customer("messenger", "Jun")
    await house.simulator.says("messenger", page.page_id, jun, "hello?")
    maria = await screens.of(await house.a_member("Maria"))
    jonas = await screens.of(await house.a_member("Jonas"))
    await maria.open("Jun")
    await jonas.open("Jun")

    await maria.write("On its way!")
    await maria.send()

    await jonas.sees("On its way!")
    await expect(jonas.rows.first).to_contain_text("You: On its way!", timeout=LONG)
    await house.customer_has_read("messenger", page.page_id, jun, "On its way!")


async def test_what_the_customer_adds_while_one_writes_pauses_the_answer_once(
    house: House, screens: Screens
) -> None:
    await house.no_undo()
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "does it take 110 V?")
    maria = await screens.of(await house.a_member("Maria"))
    await maria.open("Ana")

    await maria.write("Yes, 110 V is fine.")
    await house.simulator.says("telegram", bot.id, ana, "oh and it's the 220 V one")

    await expect(maria.page.get_by_text("1 new message since you began")).to_be_visible(timeout=LONG)
    await maria.send()
    await expect(maria.page.get_by_text("Not sent yet: 1 new message")).to_be_visible(timeout=LONG)
    await expect(maria.composer).to_have_value("Yes, 110 V is fine.")
    await maria.send()
    await maria.sees("Yes, 110 V is fine.")
    await expect(maria.composer).to_have_value("")


async def test_what_was_said_is_found_in_any_script_and_opened_where_it_was_said(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    sato = await house.simulator.new_customer("telegram", "Sato")
    await house.simulator.says("telegram", bot.id, sato, "東京タワーの近くに届けてもらえますか")
    await house.simulator.says("telegram", bot.id, sato, *(f"line {number}" for number in range(120)))
    person = await house.a_member("Maria")
    maria = await screens.of(person)
    await expect(maria.rows.first).to_contain_text("line 119", timeout=LONG)
    await is_found(person, "京タワー")
    await maria.page.route("**/messages?*", slowly)

    await maria.page.keyboard.press("/")
    await maria.page.keyboard.type("京タワー")
    hit = maria.page.get_by_role("button", name="東京タワー")
    await expect(hit.locator("mark")).to_have_text("京タワー", timeout=LONG)
    await maria.page.keyboard.press("ArrowDown")
    await maria.page.keyboard.press("Enter")

    sought = maria.timeline.locator("[data-sought]")
    await expect(sought).to_contain_text("東京タワーの近くに", timeout=LONG)
    await expect(maria.timeline.get_by_text("line 119")).to_be_attached(timeout=LONG)
    await expect(sought).to_be_in_viewport(timeout=LONG)
    assert maria.complaints == []


async def is_found(person: Person, words: str) -> None:
    """Wait until it is indexed, which happens a moment after it is shown; a search asks once."""
    async with asyncio.timeout(LONG / 1000):
        while not (await person.get("search", q=words))["items"]:  # noqa: ASYNC110 an index is asked
            await asyncio.sleep(0.1)


async def slowly(route: Route) -> None:
    """As over a bad line: what was asked for before somebody jumped comes when the reader has long come to rest."""
    if "around=" not in route.request.url:
        await asyncio.sleep(1)
    await route.continue_()
