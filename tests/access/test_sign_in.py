"""Signing in and out, as a browser sees it."""

import asyncio
from datetime import timedelta

from psycopg import AsyncConnection

from dragoman.access import actions
from dragoman.access.attempts import PER_EMAIL, PER_NETWORK, PER_PAIR
from dragoman.access.store import SIGNED_OUT
from dragoman.access.tokens import hash_of
from dragoman.access.visitors import REMEMBERED_SECONDS
from tests.house import PASSWORD, House, code_of


async def test_the_right_password_opens_and_signing_out_closes(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser:
        before = await browser.get("/api/me")
        await house.sign_in(browser)
        inside = await browser.get("/api/me")
        out = await browser.post("/api/sign-out")
        after = await browser.get("/api/me")

    assert (before.status_code, code_of(before)) == (401, "signed_out")
    account = {"id": "", "name": "Maria", "email": "maria@example.com", "locale": None}
    assert inside.json()["account"] | {"id": ""} == account
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
        unknown = await browser.post(
            "/api/sign-in", json={"email": "nobody@example.com", "password": "x" * 10}
        )
        nonsense = await browser.post("/api/sign-in", json={"email": "no address", "password": "\x00"})

    assert wrong.status_code == unknown.status_code == nonsense.status_code == 401
    assert code_of(wrong) == "wrong_credentials"
    assert wrong.json() == unknown.json() == nonsense.json()


async def test_the_eleventh_wrong_password_for_one_address_has_to_wait(house: House) -> None:
    await house.an_account()
    wrong = {"email": "maria@example.com", "password": "not the password"}

    async with house.browser() as browser:
        answers = [await browser.post("/api/sign-in", json=wrong) for _ in range(PER_PAIR + 1)]
        right = await browser.post("/api/sign-in", json=wrong | {"password": PASSWORD})
        other = await browser.post("/api/sign-in", json=wrong | {"email": "jonas@example.com"})

    assert [answer.status_code for answer in answers] == [401] * PER_PAIR + [429]
    assert code_of(answers[-1]) == "slow_down"
    assert 0 < answers[-1].json()["error"]["retry_after_seconds"] <= 15 * 60
    assert answers[-1].headers["retry-after"] == str(answers[-1].json()["error"]["retry_after_seconds"])
    assert right.status_code == 429  # not even the right one: guessing must not pay
    assert other.status_code == 401


async def test_a_stranger_who_guesses_shuts_nobody_out_elsewhere(house: House) -> None:
    await house.an_account()
    wrong = {"email": "maria@example.com", "password": "not the password"}

    async with house.browser() as stranger, house.browser() as maria:
        stranger.headers["X-Forwarded-For"] = "203.0.113.9"
        for _ in range(PER_PAIR + 1):
            refused = await stranger.post("/api/sign-in", json=wrong)
        right = await maria.post("/api/sign-in", json=wrong | {"password": PASSWORD})

    assert refused.status_code == 429
    assert right.status_code == 204


async def test_many_strangers_together_may_not_guess_for_ever(house: House) -> None:
    await house.an_account()
    wrong = {"email": "maria@example.com", "password": "not the password"}

    answers = []
    async with house.browser() as stranger:
        for number in range(PER_EMAIL // PER_PAIR + 1):
            stranger.headers["X-Forwarded-For"] = f"203.0.113.{number + 1}"
            answers += [
                (await stranger.post("/api/sign-in", json=wrong)).status_code for _ in range(PER_PAIR)
            ]

    assert answers == [401] * PER_EMAIL + [429] * PER_PAIR


async def test_ten_at_once_are_no_way_around_the_limit(house: House) -> None:
    await house.an_account()
    wrong = {"email": "maria@example.com", "password": "not the password"}

    async with house.browser() as browser:
        answers = await asyncio.gather(*(browser.post("/api/sign-in", json=wrong) for _ in range(16)))

    assert sorted(answer.status_code for answer in answers) == [401] * PER_PAIR + [429] * 6


async def test_the_right_password_forgives_the_wrong_ones_before_it(house: House) -> None:
    await house.an_account()
    wrong = {"email": "maria@example.com", "password": "not the password"}

    async with house.browser() as browser:
        for _ in range(2):
            for _ in range(PER_PAIR - 1):
                await browser.post("/api/sign-in", json=wrong)
            right = await browser.post("/api/sign-in", json=wrong | {"password": PASSWORD})

    assert right.status_code == 204


async def test_one_network_address_may_not_try_many_accounts(house: House) -> None:
    async with house.browser() as browser:
        for number in range(PER_NETWORK):
            await browser.post("/api/sign-in", json=_as(f"person{number}@example.com"))
        one_more = await browser.post("/api/sign-in", json=_as("one.more@example.com"))
        browser.headers["X-Forwarded-For"] = (
            "203.0.113.9"  # believed: the test's own address is a trusted proxy
        )
        elsewhere = await browser.post("/api/sign-in", json=_as("one.more@example.com"))

    assert one_more.status_code == 429
    assert elsewhere.status_code == 401


async def test_a_password_in_another_unicode_form_is_the_same_password(house: House) -> None:
    composed, decomposed = "pässwörter", "pa\u0308sswo\u0308rter"
    await actions.create_account(house.services.database, "jonas@example.com", "Jonas", composed)

    async with house.browser() as browser:
        answer = await browser.post(
            "/api/sign-in", json={"email": "jonas@example.com", "password": decomposed}
        )

    assert answer.status_code == 204


async def test_a_session_in_use_lasts_and_a_forgotten_one_ends_after_thirty_days(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser:
        await house.sign_in(browser)
        await _let_time_pass(house, days=29)
        used = await browser.get("/api/me")
        await _let_time_pass(house, days=29)
        used_again = await browser.get("/api/me")
        await _let_time_pass(house, days=31)
        forgotten = await browser.get("/api/me")

    assert (used.status_code, used_again.status_code, forgotten.status_code) == (200, 200, 401)


async def test_signing_out_tells_every_process_which_session_ended(house: House) -> None:
    await house.an_account()

    async with (
        house.browser() as browser,
        await AsyncConnection.connect(house.services.database.dsn, autocommit=True) as listener,
    ):
        await listener.execute(f"listen {SIGNED_OUT}")
        await house.sign_in(browser)
        session = hash_of(browser.cookies["dragoman_session"])
        await browser.post("/api/sign-out")
        heard = [notice.payload async for notice in listener.notifies(timeout=30, stop_after=1)]

    assert heard == [session.hex()]


async def test_what_the_database_holds_opens_no_session(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser:
        await house.sign_in(browser)
        token = browser.cookies["dragoman_session"]
        stored = await _everything_stored(house)

    assert token not in stored
    assert PASSWORD not in stored
    assert hash_of(token).hex() in stored


async def test_what_has_expired_is_swept_away_by_whoever_signs_in_next(house: House) -> None:
    await house.an_account()

    async with house.browser() as browser, house.browser() as another:
        await house.sign_in(browser)
        old = hash_of(browser.cookies["dragoman_session"]).hex()
        await _let_time_pass(house, days=40)
        await house.sign_in(another)

        assert old not in await _everything_stored(house)


def _as(email: str) -> dict[str, str]:
    return {"email": email, "password": "not the password"}


async def _let_time_pass(house: House, days: int) -> None:
    """Everything that is stored becomes older."""
    await house.as_owner(
        """update account_sessions set created_at = created_at - %(gone)s,
               expires_at = expires_at - %(gone)s, last_used_at = last_used_at - %(gone)s""",
        gone=timedelta(days=days),
    )
    await asyncio.sleep(REMEMBERED_SECONDS)


async def _everything_stored(house: House) -> str:
    rows = await house.as_owner(
        "select a::text, s::text from accounts a left join account_sessions s using (account_id)"
    )
    return str(rows)
