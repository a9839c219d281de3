"""Noise never becomes work, and every message finds who speaks its language: before real browsers."""

from __future__ import annotations

import asyncio

from playwright.async_api import expect

from dragoman.simulator.acts import SendOther
from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House, Person


async def test_noise_lies_on_the_shelf_until_somebody_opens_it_and_a_thumb_for_our_question_does_not(
    house: House, screens: Screens
) -> None:
    await house.no_undo()
    account = await house.an_instagram()
    bot = await house.a_bot()
    jun = await house.simulator.new_customer("instagram", "Jun")
    ana = await house.simulator.new_customer("telegram", "Ana")
    maria = await screens.of(await house.a_member("Maria"))
    await expect(maria.page.get_by_text("Nobody is waiting")).to_be_visible(timeout=LONG)

    await house.simulator.does("instagram", account.account, jun, SendOther(kind="story_mention"))
    await house.simulator.does("instagram", account.account, jun, SendOther(kind="story_emoji"))
    await house.simulator.says("telegram", bot.id, ana, "when can I come?")

    await expect(maria.rows).to_have_count(1, timeout=LONG)
    await maria.open("Ana")
    await maria.write("Friday, 2 pm?")
    await maria.send()
    await expect(maria.page.get_by_role("button", name="Waiting for us 0")).to_be_visible(timeout=LONG)
    await house.simulator.says("telegram", bot.id, ana, "👍")
    await expect(maria.page.get_by_role("button", name="Waiting for us 1")).to_be_visible(timeout=LONG)

    await maria.page.get_by_role("button", name="Shelf").click()
    await expect(maria.page.get_by_role("listitem").filter(has_text="Mention in a story")).to_be_visible(
        timeout=LONG
    )
    await maria.page.get_by_role("button", name="Open it: Jun").first.click()
    await expect(maria.page.get_by_text("Jun waits for us now")).to_be_visible(timeout=LONG)
    await maria.page.keyboard.press("g")
    await maria.page.keyboard.press("w")
    # A list that somebody works in stands still: the count tells, and a bar offers the row.
    await expect(maria.page.get_by_role("button", name="Waiting for us 2")).to_be_visible(timeout=LONG)
    assert maria.complaints == []


async def test_three_languages_find_three_right_owners_who_see_why(house: House, screens: Screens) -> None:
    bot, number = await house.a_bot(), await house.a_number()
    minji, mei, maria = [await house.a_member(name) for name in ("Minji", "Mei", "Maria")]
    for member, language in ((minji, "ko"), (mei, "zh-Hant"), (maria, "en")):
        await _speaks(member, language)
    screen = await screens.of(maria, "?")
    said = {
        "Seoyeon": ("telegram", bot.id, "안녕하세요, 배송은 얼마나 걸리나요?"),
        "Yijun": ("whatsapp", number.number_id, "請問這款咖啡機可以寄到台中嗎？"),
        "Ingrid": ("whatsapp", number.number_id, "Hi, does the grinder come in black as well?"),
    }

    for name, (platform, account, words) in said.items():
        customer = await house.simulator.new_customer(platform, name)
        await house.simulator.says(platform, account, customer, words)
    await expect(screen.rows).to_have_count(3, timeout=LONG)
    await _has_settled(house)

    for name, owner in (("Seoyeon", "Minji"), ("Yijun", "Mei"), ("Ingrid", "Maria")):
        await expect(screen.rows.filter(has_text=name)).to_contain_text(owner, timeout=LONG)
    await screen.open("Yijun")
    why = screen.page.get_by_role("complementary").get_by_text("Assigned to Mei: Traditional Chinese")
    await expect(why).to_be_visible(timeout=LONG)
    assert screen.complaints == []


async def _speaks(member: Person, language: str) -> None:
    answer = await member.asks(
        "POST",
        f"people/{member.membership.member_id}",
        json={"languages": [{"language": language, "level": "native"}]},
    )
    assert answer.status_code == 204, answer.text


async def _has_settled(house: House) -> None:
    """Nobody has to wait for ten seconds here."""
    async with asyncio.timeout(LONG / 1000):
        while await house.sql("select 1 from jobs where kind = 'settle_turn'"):
            await house.sql("update jobs set due_at = now() where kind = 'settle_turn'")
            await asyncio.sleep(0.2)
