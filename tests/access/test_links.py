"""One-time links: the first owner, an invitation, a sign-in."""

import asyncio
from uuid import UUID

from httpx2 import AsyncClient, Response

from dragoman.access.first_owner import first_owner_link
from dragoman.access.links import invite, sign_in_link
from dragoman.access.model import Role
from dragoman.app import create_api
from tests.house import PASSWORD, House, code_of

OWNER: dict[str, str | None] = {
    "name": "Ada",
    "email": "Ada@Example.com",
    "password": PASSWORD,
    "workspace_name": "Espresso & Co.",
}


async def test_the_first_owner_makes_the_first_workspace_and_is_signed_in(house: House) -> None:
    token = await _first_owner(house)

    async with house.browser() as browser:
        seen = (await look(browser, token)).json()
        used = await use(browser, token, OWNER)
        me = (await browser.get("/api/me")).json()

    assert seen == {
        "purpose": "first_owner", "email": None, "name": None, "workspace_name": None, "has_account": False,
    }  # fmt: skip
    assert used.status_code == 204
    assert me["account"]["email"] == "ada@example.com"
    assert [(m["workspace_name"], m["role"], m["kind"]) for m in me["memberships"]] == [
        ("Espresso & Co.", "owner", "production")
    ]
    assert await first_owner_link(house.services.database, house.services.settings) is None


async def test_a_new_workspace_has_its_64_lanes_and_tells_its_streams_of_the_member(house: House) -> None:
    async with house.browser() as browser:
        await use(browser, await _first_owner(house), OWNER)

    (member,) = await house.as_owner("select member_id from members")
    assert await house.as_owner("select count(*) from lanes") == [(64,)]
    assert await house.as_owner("select seq, kind, member_id from changes") == [(1, "member", *member)]


async def test_of_two_first_owners_at_once_one_wins(house: House) -> None:
    first, second = await _first_owner(house), await _first_owner(house)

    async with house.browser() as ada, house.browser() as bob:
        answers = await asyncio.gather(
            use(ada, first, OWNER), use(bob, second, OWNER | {"email": "bob@example.com"})
        )

    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_a_link_works_once_however_fast_it_is_clicked(house: House) -> None:
    token = await _invitation(house, await house.a_workspace())

    async with house.browser() as browser, house.browser() as another:
        answers = await asyncio.gather(
            *(use(who, token, {"name": "Jonas", "password": PASSWORD}) for who in (browser, another))
        )
        again = await look(browser, token)

    assert 204 in {answer.status_code for answer in answers}
    assert sum(answer.status_code == 204 for answer in answers) == 1
    assert (again.status_code, code_of(again)) == (404, "not_found")


async def test_an_invited_person_chooses_a_password_and_becomes_a_member(house: House) -> None:
    workspace = await house.a_workspace("Espresso & Co.")
    token = await _invitation(house, workspace)

    async with house.browser() as browser:
        seen = (await look(browser, token)).json()
        used = await use(browser, token, {"name": "Jonas", "password": PASSWORD})
        me = (await browser.get("/api/me")).json()

    assert (seen["purpose"], seen["email"], seen["name"], seen["workspace_name"], seen["has_account"]) == (
        "invitation", "jonas@example.com", "Jonas J.", "Espresso & Co.", False,
    )  # fmt: skip
    assert used.status_code == 204
    assert [(m["workspace_id"], m["role"]) for m in me["memberships"]] == [(str(workspace), "admin")]
    assert me["account"]["name"] == "Jonas"


async def test_who_has_an_account_already_joins_with_the_password_they_have(house: House) -> None:
    await house.an_account("jonas@example.com", "Jonas")
    workspace = await house.a_workspace()
    token = await _invitation(house, workspace)

    async with house.browser() as browser:
        seen = (await look(browser, token)).json()
        stranger = await use(browser, token, {"name": "X", "password": "a password of my own"})
        himself = await use(browser, token, {"password": PASSWORD})
        me = (await browser.get("/api/me")).json()

    assert seen["has_account"] is True
    assert (stranger.status_code, code_of(stranger)) == (401, "wrong_credentials")
    assert himself.status_code == 204
    assert me["account"]["name"] == "Jonas"
    assert [m["workspace_id"] for m in me["memberships"]] == [str(workspace)]


async def test_a_refused_newcomer_leaves_nothing_behind_and_may_try_again(house: House) -> None:
    token = await _first_owner(house)

    async with house.browser() as browser:
        short = await use(browser, token, OWNER | {"password": "short"})
        nameless = await use(browser, token, OWNER | {"name": " \n "})
        no_workspace = await use(browser, token, OWNER | {"workspace_name": None})
        right = await use(browser, token, OWNER)

    assert (short.status_code, list(short.json()["error"]["fields"])) == (422, ["password"])
    assert list(nameless.json()["error"]["fields"]) == ["name"]
    assert list(no_workspace.json()["error"]["fields"]) == ["workspace_name"]
    assert right.status_code == 204


async def test_a_sign_in_link_signs_in_once_and_no_longer_than_ten_minutes(house: House) -> None:
    await house.an_account()
    token, late = await _sign_in(house), await _sign_in(house)

    async with house.browser() as browser:
        used = await use(browser, token, {})
        me = await browser.get("/api/me")
        again = await use(browser, token, {})
        await _let_links_expire(house)
        expired = await use(browser, late, {})

    assert used.status_code == 204
    assert me.json()["account"]["name"] == "Maria"
    assert again.status_code == expired.status_code == 404


async def test_a_link_that_nobody_made_is_not_found(house: House) -> None:
    async with house.browser() as browser:
        answers = [await look(browser, token) for token in ("x", "\0", "ü" * 20, "A" * 43)]

    assert {answer.status_code for answer in answers} == {404}


def test_no_address_carries_a_links_token_into_the_logs_of_a_proxy() -> None:
    paths = create_api().openapi()["paths"]

    assert [path for path in paths if "token" in path] == []
    assert {"/api/links/look", "/api/links/use"} <= set(paths)


async def look(browser: AsyncClient, token: str) -> Response:
    """As the page does, which takes the token from behind the "#"."""
    return await browser.post("/api/links/look", json={"token": token})


async def use(browser: AsyncClient, token: str, fields: dict[str, str | None]) -> Response:
    return await browser.post("/api/links/use", json={**fields, "token": token})


async def _first_owner(house: House) -> str:
    link = await first_owner_link(house.services.database, house.services.settings)
    assert link is not None
    return _token_of(house, link)


async def _invitation(house: House, workspace: UUID) -> str:
    database, settings = house.services.database, house.services.settings
    link = await invite(database, settings, workspace, "jonas@example.com", "Jonas J.", Role.ADMIN)
    return _token_of(house, link)


async def _sign_in(house: House) -> str:
    database, settings = house.services.database, house.services.settings
    return _token_of(house, await sign_in_link(database, settings, "maria@example.com"))


def _token_of(house: House, link: str) -> str:
    page, token = link.split("#")
    assert page == f"{house.services.settings.own_url}/welcome"
    return token


async def _let_links_expire(house: House) -> None:
    await house.as_owner("update one_time_links set expires_at = expires_at - interval '10 minutes'")
