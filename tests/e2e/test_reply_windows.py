"""A reply window that closes, as a person sees it: on the row, in its view, in the composer."""

from __future__ import annotations

from datetime import timedelta

from playwright.async_api import expect

from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House


async def grow_older(house: House, time: timedelta) -> None:
    """Since the customer did anything."""
    await house.sql(
        """update conversations set last_customer_at = last_customer_at - %s::interval,
                  customer_wrote_at = customer_wrote_at - %s::interval""",
        time,
        time,
    )
    await house.sql("update jobs set due_at = now() where kind = 'window'")


async def test_a_window_closes_before_ones_eyes_and_what_was_written_stays(
    house: House, screens: Screens
) -> None:
    page = await house.a_page()
    jun = await house.simulator.new_customer("messenger", "Jun")
    await house.simulator.says("messenger", page.page_id, jun, "is it in stock?")
    person = await house.a_member("Maria")
    maria = await screens.of(person)
    await maria.open("Jun")
    await maria.write("Let me look.")
    view = maria.page.get_by_role("button", name="Window closing")
    note = maria.page.locator(".composer-window")
    alarms = maria.page.get_by_role("button", name="Alarms", exact=False).first
    await expect(view).to_contain_text("0", timeout=LONG)
    await expect(alarms).to_contain_text("0", timeout=LONG)

    await grow_older(house, timedelta(hours=22))

    await expect(view).to_contain_text("1", timeout=LONG)
    await expect(maria.rows.first).to_contain_text("left to reply", timeout=LONG)
    await expect(alarms).to_contain_text("1", timeout=LONG)
    await alarms.click()
    await expect(maria.page.get_by_role("heading", name="waits, and the reply window shuts")).to_be_visible(
        timeout=LONG
    )
    await maria.page.get_by_role("button", name="Answer: ").click()
    await expect(maria.composer).to_have_value("Let me look.", timeout=LONG)
    await view.click()
    await expect(maria.rows).to_have_count(1, timeout=LONG)

    await grow_older(house, timedelta(hours=3))

    await expect(maria.page.get_by_text("No reply window is about to shut")).to_be_visible(timeout=LONG)
    await expect(alarms).to_contain_text("0", timeout=LONG)
    await maria.page.get_by_role("button", name="Waiting for us").click()
    await maria.open("Jun")
    await expect(note).to_contain_text("only a person's own answer", timeout=LONG)
    await expect(maria.composer).to_be_editable()

    await grow_older(house, timedelta(days=7))
    # A browser that has kept nothing: time was moved behind the back of the change log.
    again = await screens.of(person)
    await again.open("Jun")

    await expect(again.page.locator(".composer-window")).to_contain_text(
        "It opens again when Jun", timeout=LONG
    )
    await expect(again.composer).to_have_value("Let me look.", timeout=LONG)
    await expect(again.composer).not_to_be_editable()
    assert maria.complaints + again.complaints == []
