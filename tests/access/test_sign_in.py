"""Signing in and out, as a browser sees it."""

import httpx2
from tests.access.conftest import OURS, PASSWORD, House, code_of

from dragoman.access.attempts import PER_EMAIL, PER_NETWORK


async def test_the_right_password_opens_and_signing_out_closes(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser:
        before = await browser.get("/api/me")
        await house.signed_in(browser)
        inside = await browser.get("/api/me")
        out = await browser.post("/api/sign-out")
        after = await browser.get("/api/me")

    assert (before.status_code, code_of(before)) == (401, "signed_out")
    assert inside.json()["account"] | {"id": ""} == {"id": "", "name": "Maria", "email": "maria@example.com"}
    assert out.status_code == 204
    assert code_of(after) == "signed_out"


async def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser:
        answer = await browser.post("/api/sign-in", json={"email": "maria@example.com", "password": PASSWORD})

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("dragoman_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie  # this installation speaks plain http


async def test_a_wrong_password_and_an_unknown_address_look_the_same(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser:
        wrong = await browser.post("/api/sign-in", json={"email": "maria@example.com", "password": "x" * 10})
        unknown = await browser.post("/api/sign-in", json={"email": "nobody@example.com", "password": "x" * 10})
        nonsense = await browser.post("/api/sign-in", json={"email": "no address", "password": "\x00"})

    assert wrong.status_code == unknown.status_code == nonsense.status_code == 401
    assert code_of(wrong) == "wrong_credentials"
    assert wrong.json() == unknown.json() == nonsense.json()
