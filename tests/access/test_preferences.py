"""How a person likes to work goes with them to every device, and to nobody else."""

from typing import Any

import httpx2
import pytest

from tests.house import House

USUAL = {"single": True, "changed": {}, "enter_sends": False}
CHOSEN = {
    "single": False,
    "changed": {"close": ["x"], "go_waiting": ["g 1", "Mod+1"], "next": []},
    "enter_sends": True,
}


async def test_who_has_chosen_nothing_has_the_usual_keys(house: House) -> None:
    await house.an_account()
    async with house.browser() as desk:
        await house.sign_in(desk)

        assert await _preferences(desk) == {"keys": USUAL}


async def test_keys_that_were_chosen_are_there_on_the_next_device_and_nobody_elses(house: House) -> None:
    await house.an_account()
    await house.an_account("jonas@example.com", "Jonas")
    async with house.browser() as desk, house.browser() as phone, house.browser() as jonas:
        await house.sign_in(desk)
        await house.sign_in(phone)
        await house.sign_in(jonas, "jonas@example.com")
        answer = await desk.post("/api/me/preferences", json={"keys": CHOSEN})
        await desk.post("/api/me/preferences", json={})

        assert answer.status_code == 204
        assert await _preferences(phone) == {"keys": CHOSEN}
        assert await _preferences(jonas) == {"keys": USUAL}


@pytest.mark.parametrize(
    "keys",
    [
        {"changed": {"close": ["g w x y"]}},
        {"changed": {"close": ["\x00"]}},
        {"changed": {"close": ["x" * 31]}},
        {"changed": {"close": ["a", "b", "c", "d", "e"]}},
        {"changed": {"Close!": ["x"]}},
        {"changed": {f"command_{chr(97 + n // 26)}{chr(97 + n % 26)}": [] for n in range(81)}},
        {"single": "perhaps"},
        {"enter_sends": "perhaps"},
    ],
)
async def test_what_is_no_key_is_refused(house: House, keys: dict[str, Any]) -> None:
    await house.an_account()
    async with house.browser() as desk:
        await house.sign_in(desk)
        answer = await desk.post("/api/me/preferences", json={"keys": keys})

        assert answer.status_code == 422
        assert await _preferences(desk) == {"keys": USUAL}


async def test_the_most_that_can_be_chosen_fits(house: House) -> None:
    await house.an_account()
    keys = ["é" * 30 + f" {n}" for n in range(4)]
    most = {f"{'c' * 37}_{chr(97 + n // 26)}{chr(97 + n % 26)}": keys for n in range(80)}
    async with house.browser() as desk:
        await house.sign_in(desk)
        answer = await desk.post("/api/me/preferences", json={"keys": {"changed": most}})

        assert answer.status_code == 204
        assert (await _preferences(desk))["keys"]["changed"] == most


async def _preferences(browser: httpx2.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await browser.get("/api/me")).json()["preferences"]
    return found
