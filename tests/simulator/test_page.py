"""A person plays a customer on the simulator's page, in a real browser."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from dragoman.simulator.acts import SendMedia
from dragoman.simulator.running import Simulator
from tests.simulator.messenger.page import PageInbox
from tests.simulator.receiver import Receiver
from tests.simulator.telegram.bot import Conversation

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


expect.set_options(timeout=20_000)  # of a slow machine


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, simulator: Simulator) -> AsyncIterator[Page]:
    opened = await browser.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    await opened.goto(simulator.base_url)
    yield opened
    assert complaints == []


async def test_a_person_writes_a_burst_and_sees_the_answer(simulator: Simulator, page: Page) -> None:
    conversation = await Conversation.begin(simulator, "Zoë", last_name="Żółć")
    await page.get_by_label("Bot or page").select_option(conversation.bot.id)
    await page.get_by_role("button", name="Zoë Żółć").click()
    await expect(page.get_by_role("log").get_by_text("hola")).to_be_visible()

    await page.get_by_label("Each line by itself").check()
    await page.get_by_label("Message", exact=True).fill("one thing\nis it 220 V?")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("log").get_by_text("is it 220 V?")).to_be_visible()
    keyboard = {"inline_keyboard": [[{"text": "Show me", "callback_data": "show"}]]}
    await conversation.bot.call(
        "sendMessage", chat_id=conversation.chat_id, text="It <b>is</b>.", reply_markup=keyboard
    )
    await expect(page.get_by_role("log").get_by_text("It <b>is</b>.")).to_be_visible()
    async with page.expect_response(lambda answer: answer.url.endswith("/does")):
        await page.get_by_role("button", name="Show me").click()

    told = [update for update in await conversation.updates() if "callback_query" in update]
    texts = [line.text for line in (await conversation.phone()).lines]
    assert texts == ["hola", "one thing", "is it 220 V?", "It <b>is</b>."]
    assert [update["callback_query"]["data"] for update in told] == ["show"]


async def test_a_person_reacts_edits_and_replies(
    simulator: Simulator, receiver: Receiver, page: Page
) -> None:
    inbox = await PageInbox.begin(simulator, receiver)
    [mid] = await inbox.says("helo")
    answer = await inbox.send({"text": "Good day!"})
    await page.get_by_label("Platform").select_option("messenger")
    await page.get_by_label("Bot or page").select_option(inbox.page.page_id)
    await page.get_by_role("button", name="Jürgen Groß").last.click()

    await page.get_by_role("button", name="React with ❤️").click()
    await page.get_by_role("button", name="Edit").click()
    await page.get_by_label("Message", exact=True).fill("hello")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("edited")).to_be_visible()
    await page.get_by_role("button", name="Reply").last.click()
    await page.get_by_label("Message", exact=True).fill("thanks")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("thanks")).to_be_visible()

    first, second, third = (await inbox.phone()).lines
    assert (first.id, first.text, first.edited) == (mid, "hello", True)
    assert second.my_reaction == "❤️"
    assert third.reply_to == answer["message_id"]


async def test_what_customers_send_can_be_seen_and_played(simulator: Simulator, page: Page) -> None:
    conversation = await Conversation.begin(simulator, "Médard")
    for kind in ("photo", "sticker", "video", "voice"):
        await conversation.does(SendMedia(kind=kind))
    await page.get_by_label("Bot or page").select_option(conversation.bot.id)
    await page.get_by_role("button", name="Médard").click()

    for tag in ("img", "video", "audio"):
        await expect(page.get_by_role("log").locator(tag).first).to_be_attached()
    await page.wait_for_function(
        """() => [...document.querySelectorAll("#lines img")].every((picture) => picture.naturalWidth > 0)
          && [...document.querySelectorAll("#lines video, #lines audio")].every((player) => player.duration > 1)"""
    )


async def test_a_script_of_another_site_may_give_no_orders(simulator: Simulator) -> None:
    answer = await simulator.http.post(
        f"{simulator.base_url}/control/bots", json={}, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert "simulator's own page" in answer.json()["error"]
