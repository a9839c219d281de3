"""What a person changes about themselves: profile, password, sessions."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from dragoman.access.devices import device_of
from dragoman.access.visitors import REMEMBERED_SECONDS
from tests.house import PASSWORD, House

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1"
NEW = "another good password"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox, Linux"),
        (PHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.1", None),
        ("x" * 100_000, None),
    ],
)  # fmt: skip
def test_a_device_is_named_as_its_owner_would(user_agent: str, device: str | None) -> None:
    assert device_of(user_agent) == device


async def test_sessions_are_listed_with_their_devices_and_ended_one_by_one(house: House) -> None:
    await house.an_account()
    async with _desk(house) as desk, _phone(house) as phone, _phone(house) as other:
        for each in (desk, phone, other):
            await house.sign_in(each)
        listed = await _sessions(desk)
        mine = next(each for each in listed if each["is_this"])
        ended = next(each for each in await _sessions(phone) if each["is_this"])
        answer = await desk.post(f"/api/me/sessions/{ended['id']}/end")
        left = await _sessions(desk)
        again = await desk.post(f"/api/me/sessions/{ended['id']}/end")
        await _nobody_is_remembered()
        gone = await phone.get("/api/me")

    assert sorted(each["device"] for each in listed) == ["Firefox, Linux", "Safari, iPhone", "Safari, iPhone"]
    assert mine["device"] == "Firefox, Linux"
    assert (answer.status_code, again.status_code, gone.status_code) == (204, 404, 401)
    assert ended["id"] not in {each["id"] for each in left}
    assert len(left) == 2


async def test_a_session_of_somebody_else_cannot_be_named(house: House) -> None:
    await house.an_account()
    await house.an_account("jonas@example.com", "Jonas")
    async with _desk(house) as maria, _desk(house) as jonas:
        await house.sign_in(maria)
        await house.sign_in(jonas, "jonas@example.com")
        (theirs,) = await _sessions(jonas)
        answers = [await maria.post(f"/api/me/sessions/{each}/end") for each in (theirs["id"], uuid4())]
        still = await jonas.get("/api/me")

    assert ([answer.status_code for answer in answers], still.status_code) == ([404, 404], 200)


async def test_all_other_sessions_end_at_once(house: House) -> None:
    await house.an_account()
    async with _desk(house) as desk, _phone(house) as phone:
        await house.sign_in(desk)
        await house.sign_in(phone)
        await desk.post("/api/me/sessions/end-others")
        await _nobody_is_remembered()
        answers = [await desk.get("/api/me"), await phone.get("/api/me")]

    assert [answer.status_code for answer in answers] == [200, 401]


async def test_a_new_password_wants_the_old_one_and_ends_the_other_sessions(house: House) -> None:
    await house.an_account()
    async with _desk(house) as desk, _phone(house) as phone:
        await house.sign_in(desk)
        await house.sign_in(phone)
        wrong = await desk.post("/api/me/password", json={"old_password": NEW, "password": NEW})
        short = await desk.post("/api/me/password", json={"old_password": PASSWORD, "password": "short"})
        right = await desk.post("/api/me/password", json={"old_password": PASSWORD, "password": NEW})
        await _nobody_is_remembered()
        answers = [await desk.get("/api/me"), await phone.get("/api/me")]
        old, new = [await _sign_in(phone, password) for password in (PASSWORD, NEW)]

    assert (wrong.status_code, wrong.json()["error"]["field_wordings"]) == (
        422, {"old_password": {"code": "access.wrong_password", "values": {}}},
    )  # fmt: skip
    assert list(short.json()["error"]["fields"]) == ["password"]
    assert (right.status_code, [answer.status_code for answer in answers]) == (204, [200, 401])
    assert (old.status_code, new.status_code) == (401, 204)


async def test_the_old_password_is_not_to_be_guessed(house: House) -> None:
    await house.an_account()
    async with _desk(house) as desk:
        await house.sign_in(desk)
        guesses = [
            await desk.post("/api/me/password", json={"old_password": f"guess {n}", "password": NEW})
            for n in range(11)
        ]

    assert [guess.status_code for guess in guesses] == [422] * 10 + [429]


async def test_a_new_name_is_heard_of_in_every_workspace(house: House) -> None:
    await house.an_account()
    for name in ("Espresso & Co.", "Beans & Co."):
        await house.a_member(await house.a_workspace(name))
    async with _desk(house) as desk:
        await house.sign_in(desk)
        answer = await _profile(desk, name="Maria K.", locale="pl")
        me = (await desk.get("/api/me")).json()["account"]

    assert answer.status_code == 204
    assert (me["name"], me["locale"]) == ("Maria K.", "pl")
    assert await house.as_owner("select name, email from members") == [("Maria K.", "maria@example.com")] * 2
    assert await house.as_owner("select max(seq) from changes group by workspace_id") == [(2,), (2,)]


async def test_the_language_of_an_account_is_the_last_that_was_chosen(house: House) -> None:
    account = await house.an_account()
    chosen_earlier = "update accounts set locale = 'de' where account_id = %(account)s"
    await house.as_owner(chosen_earlier, account=account)
    async with _desk(house) as desk:
        await house.sign_in(desk)
        kept = [await _locale(desk)]
        for locale in ("ar", None, "pl"):
            await _profile(desk, locale=locale)
            kept.append(await _locale(desk))
        unknown = await _profile(desk, locale="xx")

    assert kept == ["de", "ar", None, "pl"]
    assert unknown.status_code == 422


async def test_a_new_address_wants_the_password_and_is_nobody_else_s(house: House) -> None:
    await house.an_account()
    await house.an_account("jonas@example.com", "Jonas")
    async with _desk(house) as desk, _phone(house) as phone:
        await house.sign_in(desk)
        without = await _profile(desk, email="ada@example.com")
        taken = await _profile(desk, email="jonas@example.com", password=PASSWORD)
        changed = await _profile(desk, email="Ada@example.com", password=PASSWORD)
        old, new = [await _sign_in(phone, PASSWORD, who) for who in ("maria@example.com", "ada@example.com")]

    assert list(without.json()["error"]["fields"]) == ["password"]
    assert (taken.status_code, taken.json()["error"]["wording"]["code"]) == (409, "access.has_account")
    assert (changed.status_code, old.status_code, new.status_code) == (204, 401, 204)


def _desk(house: House) -> httpx2.AsyncClient:
    return house.browser(**{"User-Agent": FIREFOX})


def _phone(house: House) -> httpx2.AsyncClient:
    return house.browser(**{"User-Agent": PHONE})


async def _sessions(browser: httpx2.AsyncClient) -> list[Mapping[str, Any]]:
    items: list[Mapping[str, Any]] = (await browser.get("/api/me/sessions")).json()["items"]
    return items


async def _locale(browser: httpx2.AsyncClient) -> str | None:
    locale: str | None = (await browser.get("/api/me")).json()["account"]["locale"]
    return locale


async def _profile(browser: httpx2.AsyncClient, **wanted: str | None) -> httpx2.Response:
    given = {"name": "Maria", "email": "maria@example.com", "locale": None}
    return await browser.post("/api/me/profile", json=given | wanted)


async def _sign_in(
    browser: httpx2.AsyncClient, password: str, email: str = "maria@example.com"
) -> httpx2.Response:
    return await browser.post("/api/sign-in", json={"email": email, "password": password})


async def _nobody_is_remembered() -> None:
    """The second is over in which an answer may still rest on what was."""
    await asyncio.sleep(REMEMBERED_SECONDS)
