"""Scene 11: the server is killed in the middle of a storm of webhooks and of an answer, before a real browser."""

from __future__ import annotations

from pathlib import Path

import httpx2
from playwright.async_api import Browser, expect

from tests.e2e.screens import LONG, Screens
from tests.laws.doomed import NOT_ANSWERED, PLACED, SENT, SETTLED
from tests.laws.processes import Installation, installed

UNTIL_THE_LEASE_ENDS = 90_000  # milliseconds
IN_HAND = """
    select (select count(*) from envelopes where due_at is not null)
         + (select count(*) from arrivals where due_at is not null) as n"""


async def test_everything_acknowledged_is_on_the_screen_and_no_answer_arrives_twice(
    server_folder: Path, browser: Browser
) -> None:
    async with installed(server_folder) as whole, _http(whole) as http:
        bot = await whole.simulator.new_bot()
        await whole.connect("telegram", {"token": bot.token})
        await whole.simulator.post("/patience", platform="telegram", first_seconds=0.2, cap_seconds=1)
        screens = Screens(browser, whole.settings.listening_url)
        maria = await screens.of(await whole.a_member(http, "Maria"))
        await expect(maria.page.get_by_text("Nobody is waiting")).to_be_visible(timeout=LONG)

        storm = await whole.simulator.start_storm("telegram", bot.id, 200, customers=8, seed=11, rate=25)
        await whole.kill("web", NOT_ANSWERED)
        await whole.kill("worker", PLACED)
        await whole.kill("database", SETTLED)
        await whole.simulator.storm_is_over(storm, 200)
        await whole.quiet(IN_HAND, seconds=100)

        waiting = (await whole.ask("select count(*) as n from conversations where waiting_for = 'us'"))[0][
            "n"
        ]
        assert waiting > 0
        await expect(maria.page).to_have_title(f"({waiting}) Dragoman", timeout=UNTIL_THE_LEASE_ENDS)
        assert (await whole.unaccounted()).unaccounted == 0

        ana = await whole.simulator.new_customer("telegram", "Ana")
        await whole.simulator.says("telegram", bot.id, ana, "does it take 220 V?")
        await maria.open("Ana")
        await maria.write("Yes, it does.")
        await maria.send()
        await whole.kill("worker", SENT)

        await expect(maria.page.get_by_text("May have arrived").first).to_be_visible(
            timeout=UNTIL_THE_LEASE_ENDS
        )
        phone = await whole.simulator.phone("telegram", bot.id, ana)
        assert [line.text for line in phone.lines if not line.mine] == ["Yes, it does."]
        await screens.close()


def _http(whole: Installation) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=whole.settings.listening_url, timeout=30, trust_env=False)
