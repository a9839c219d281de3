"""Who is asking is remembered for a second and no longer."""

import asyncio

import pytest

from dragoman.access.visitors import AT_MOST, REMEMBERED_SECONDS, Remembered
from dragoman.services import Services
from tests.house import House, application
from tests.serving import serving


class Clock:
    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def remembered(clock: Clock) -> Remembered[str, str]:
    return Remembered(clock)


def test_what_was_found_is_known_for_a_second(remembered: Remembered[str, str], clock: Clock) -> None:
    remembered.put("who", "Maria")

    clock.seconds += REMEMBERED_SECONDS - 0.01
    assert remembered.get("who") == "Maria"
    clock.seconds += 0.02
    assert remembered.get("who") is None


def test_that_nothing_was_found_is_not_remembered(remembered: Remembered[str, str]) -> None:
    remembered.put("who", None)

    assert remembered.get("who") is None


def test_what_is_forgotten_is_asked_for_again(remembered: Remembered[str, str]) -> None:
    remembered.put("who", "Maria")
    remembered.forget("who")
    remembered.forget("nobody")

    assert remembered.get("who") is None


def test_a_flood_of_visitors_does_not_fill_the_memory(remembered: Remembered[str, str]) -> None:
    for number in range(3 * AT_MOST):
        remembered.put(str(number), "x")

    assert remembered.get(str(3 * AT_MOST - 1)) == "x"
    assert sum(remembered.get(str(number)) is not None for number in range(3 * AT_MOST)) <= AT_MOST


async def test_who_signs_out_at_one_process_is_out_at_the_others_a_second_later(
    house: House, services: Services
) -> None:
    other = House(Services.over(services.database, services.settings), "")
    await house.an_account()

    async with serving(application(other.services)) as other.address, house.browser() as here:
        await house.sign_in(here)
        async with other.browser() as there:
            there.cookies = here.cookies
            inside = await there.get("/api/me")
            await here.post("/api/sign-out")
            await asyncio.sleep(REMEMBERED_SECONDS)
            outside = await there.get("/api/me")

    assert (inside.status_code, outside.status_code) == (200, 401)
