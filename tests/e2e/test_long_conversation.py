"""A conversation of years before a real browser: read upward without a jump, and from its middle to its end."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Coroutine
from typing import Any

from PIL import Image
from playwright.async_api import Page, expect

from tests.e2e.screens import LONG, Screen, Screens
from tests.inbox.house import House

MESSAGES = 5000


async def test_five_thousand_messages_are_read_upward_without_a_jump(house: House, screens: Screens) -> None:
    maria = await _before_a_long_conversation(house, screens)
    await maria.sees("is it still there?")

    moved = await maria.page.evaluate(READ_UPWARD, 150)
    pushed = await maria.page.evaluate(COMPOSER_GROWS)

    await _looks_at_pictures_by_keyboard(maria)
    assert moved["loaded"] >= 150
    assert moved["furthest"] <= 0.5, f"what was read moved by {moved['furthest']} pixels"
    assert pushed <= 0.5, f"the composer pushed what was read by {pushed} pixels"
    assert maria.complaints == []


async def test_a_hit_in_the_middle_is_jumped_to_and_read_on_from_to_the_end(
    house: House, screens: Screens
) -> None:
    maria = await _before_a_long_conversation(house, screens)
    await maria.sees("is it still there?")
    middle = (await house.sql("select message_id from messages where text = 'line 200'"))[0][0]

    await maria.page.goto(f"{maria.page.url.partition('#')[0]}#message={middle}")

    sought = maria.timeline.locator("[data-sought]")
    await expect(sought).to_contain_text("line 200", timeout=LONG)
    await expect(sought).to_be_in_viewport(timeout=LONG)
    await _turn_the_wheel(maria)  # nobody is taken back to the hit any more
    moved = await maria.page.evaluate(READ_DOWNWARD, 25)
    assert moved["furthest"] <= 0.5, f"what was read moved by {moved['furthest']} pixels"
    await _until(maria.page, lambda: _scrolled_to_the_end(maria))
    await maria.sees("is it still there?")
    await maria.page.evaluate("document.querySelector('[data-timeline]').scrollTop = -9000")
    await maria.page.get_by_role("button", name="Jump to newest").click()
    await expect(maria.timeline.get_by_text("is it still there?")).to_be_in_viewport(timeout=LONG)
    assert maria.complaints == []


async def _looks_at_pictures_by_keyboard(maria: Screen) -> None:
    """From message to message, into the picture, to the one before, nearer, and back to where one was."""
    page = maria.page
    await page.get_by_role("button", name="Jump to newest").click()
    await maria.timeline.focus()
    picture = maria.timeline.locator("[data-message]").filter(has=page.locator(".picture")).last
    for _ in range(11):
        await page.keyboard.press("ArrowUp")
    await expect(picture).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Pictures and videos")
    await expect(viewer.get_by_role("img")).to_be_visible(timeout=LONG)
    place = await viewer.get_by_role("status").inner_text()
    await page.keyboard.press("ArrowLeft")
    await expect(viewer.get_by_role("status")).not_to_have_text(place)
    await page.keyboard.press("+")
    await expect(viewer.get_by_role("button", name="Zoom out")).to_be_enabled()
    await page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)
    await expect(picture.get_by_role("button", name="photo")).to_be_focused()


async def _before_a_long_conversation(house: House, screens: Screens) -> Screen:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "is it still there?")
    person = await house.a_member("Maria")
    maria = await screens.of(person)
    await expect(maria.rows).to_have_count(1, timeout=LONG)
    picture = await person.asks("POST", "attachments", content=_a_picture(), params={"name": "photo.png"})
    await house.sql(MANY, MESSAGES)
    await house.sql(PICTURES, picture.json()["attachment"]["id"])
    await maria.page.reload()
    await maria.open("Ana")
    return maria


async def _turn_the_wheel(maria: Screen) -> None:
    """A little at a time, until the browser has done it, which it does when it likes."""
    at = "document.querySelector('[data-timeline]').scrollTop"
    before = await maria.page.evaluate(at)
    await maria.timeline.hover()

    async def is_past() -> bool:
        await maria.page.mouse.wheel(0, 10)
        return bool(await maria.page.evaluate(at) - before > 9)

    async def is_at_rest() -> bool:
        before = await maria.page.evaluate(at)
        await maria.page.wait_for_timeout(200)
        return bool(await maria.page.evaluate(at) == before)

    await _until(maria.page, is_past)
    await _until(maria.page, is_at_rest)


async def _scrolled_to_the_end(maria: Screen) -> bool:
    await maria.page.evaluate("document.querySelector('[data-timeline]').scrollTop = 0")
    return await maria.timeline.get_by_text("is it still there?").count() > 0


async def _until(page: Page, is_so: Callable[[], Coroutine[Any, Any, bool]]) -> None:
    async with asyncio.timeout(LONG / 1000 * 4):
        while not await is_so():
            await page.wait_for_timeout(50)


def _a_picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((600, 400), 60).save(file, "PNG")
    return file.getvalue()


# Behind the back, as thousands of webhooks would take minutes: what one customer said in years, every hour a line,
# the odd ones longer, and now and then a picture.
MANY = """
insert into messages (workspace_id, message_id, conversation_id, channel_id, turn_id, side, origin, external_id,
                      sent_at, platform_order, arrived_at, text, parts, waits)
select workspace_id, id, conversation_id, channel_id, id, side, origin, external_id || '/' || n,
       at, n, at, 'line ' || n || repeat(' and on it goes', (n %% 3) * (n %% 40)),
       case when n %% 10 = 0 then jsonb_build_array(jsonb_build_object(
           'type', 'attachment', 'id', gen_random_uuid(), 'kind', 'image')) else '[]' end, false
from messages, lateral (select n, gen_random_uuid() as id, sent_at - n * interval '1 hour' as at
                        from generate_series(1, %s) as n) as old
where messages.text = 'is it still there?'"""

PICTURES = """
insert into attachments (workspace_id, attachment_id, channel_id, message_id, kind, state, sniffed_type, size_bytes,
                         width, height, storage_key, created_at)
select m.workspace_id, (part ->> 'id')::uuid, m.channel_id, m.message_id, 'image', 'stored', a.sniffed_type,
       a.size_bytes, a.width, a.height, a.storage_key, m.sent_at
from messages m, jsonb_array_elements(m.parts) as part, attachments a
where a.attachment_id = %s and part ->> 'type' = 'attachment'"""

# Scrolls in steps, and looks how far what is read has moved beyond the step once pages and pictures have come.
READ = """
const place = document.querySelector("[data-timeline]");
const frames = async (count) => { for (let n = 0; n < count; n++) await new Promise(requestAnimationFrame); };
const count = () => place.querySelectorAll("[data-message]").length;
const inSight = () => {
  const { top, height } = place.getBoundingClientRect();
  return [...place.querySelectorAll("[data-message]")].find((each) =>
    each.getBoundingClientRect().top > top + height * (UP ? 0.2 : 0.7));
};
let furthest = 0;
for (let n = 0; n < 400 && !isEnough(n); n++) {
  const read = inSight();
  if (!read) break;
  const from = read.getBoundingClientRect().top;
  const scrolled = place.scrollTop;
  place.scrollTop += UP ? -600 : 600;
  const step = scrolled - place.scrollTop;
  await frames(8);
  if (read.isConnected) furthest = Math.max(furthest, Math.abs(read.getBoundingClientRect().top - from - step));
}
return { furthest, loaded: count() };"""

READ_UPWARD = "async (wanted) => { const UP = true; const isEnough = () => count() >= wanted;" + READ + "}"
READ_DOWNWARD = "async (steps) => { const UP = false; const isEnough = (n) => n >= steps;" + READ + "}"

# Questions come above the field, a text becomes longer: the place of what is read is shorter from its foot.
COMPOSER_GROWS = """async () => {
  const place = document.querySelector("[data-timeline]");
  const { top, height } = place.getBoundingClientRect();
  const read = [...place.querySelectorAll("[data-message]")].find((each) =>
    each.getBoundingClientRect().top > top + height * 0.2);
  const from = read.getBoundingClientRect().top;
  const composer = document.querySelector(".composer");
  composer.style.paddingBlockStart = "90px";
  for (let n = 0; n < 8; n++) await new Promise(requestAnimationFrame);
  const pushed = Math.abs(read.getBoundingClientRect().top - from);
  const isShorter = place.getBoundingClientRect().height < height;
  composer.style.paddingBlockStart = "";
  return isShorter ? pushed : Infinity;
}"""
