"""One-time links: the first owner, an invitation, a sign-in."""

import asyncio
from uuid import UUID

from dragoman.access.first_owner import first_owner_link
from dragoman.access.links import invite, sign_in_link
from dragoman.access.model import Role
from tests.house import PASSWORD, House, code_of

OWNER = {
    "name": "Ada",
    "email": "Ada@Example.com",
    "password": PASSWORD,
    "workspace_name": "Espresso & Co.",
}


async def test_the_first_owner_makes_the_first_workspace_and_is_signed_in(house: House) -> None:
    link = await _first_owner_link(house)

    async with house.browser() as browser:
        seen = (await browser.get(link)).json()
        used = await browser.post(link, json=OWNER)
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
        await browser.post(await _first_owner_link(house), json=OWNER)

    (member,) = await house.as_owner("select member_id from members")
    assert await house.as_owner("select count(*) from lanes") == [(64,)]
    assert await house.as_owner("select seq, kind, member_id from changes") == [(1, "member", *member)]


async def test_of_two_first_owners_at_once_one_wins(house: House) -> None:
    first, second = await _first_owner_link(house), await _first_owner_link(house)

    async with house.browser() as ada, house.browser() as bob:
        answers = await asyncio.gather(
            ada.post(first, json=OWNER), bob.post(second, json=OWNER | {"email": "bob@example.com"})
        )

    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_a_link_works_once_however_fast_it_is_clicked(house: House) -> None:
    link = await _invitation(house, await house.a_workspace())

    async with house.browser() as browser, house.browser() as another:
        answers = await asyncio.gather(
            *(who.post(link, json={"name": "Jonas", "password": PASSWORD}) for who in (browser, another))
        )
        again = await browser.get(link)

    assert 204 in {answer.status_code for answer in answers}
    assert sum(answer.status_code == 204 for answer in answers) == 1
    assert (again.status_code, code_of(again)) == (404, "not_found")


async def test_an_invited_person_chooses_a_password_and_becomes_a_member(house: House) -> None:
    workspace = await house.a_workspace("Espresso & Co.")
    link = await _invitation(house, workspace)

    async with house.browser() as browser:
        seen = (await browser.get(link)).json()
        used = await browser.post(link, json={"name": "Jonas", "password": PASSWORD})
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
    link = await _invitation(house, workspace)

    async with house.browser() as browser:
        seen = (await browser.get(link)).json()
        stranger = await browser.post(link, json={"name": "X", "password": "a password of my own"})
        himself = await browser.post(link, json={"password": PASSWORD})
        me = (await browser.get("/api/me")).json()

    assert seen["has_account"] is True
    assert (stranger.status_code, code_of(stranger)) == (401, "wrong_credentials")
    assert himself.status_code == 204
    assert me["account"]["name"] == "Jonas"
    assert [m["workspace_id"] for m in me["memberships"]] == [str(workspace)]


async def test_a_refused_newcomer_leaves_nothing_behind_and_may_try_again(house: House) -> None:
    link = await _first_owner_link(house)

    async with house.browser() as browser:
        short = await browser.post(link, json=OWNER | {"password": "short"})
        nameless = await browser.post(link, json=OWNER | {"name": " \n "})
        no_workspace = await browser.post(link, json=OWNER | {"workspace_name": None})
        right = await browser.post(link, json=OWNER)

    assert (short.status_code, list(short.json()["error"]["fields"])) == (422, ["password"])
    assert list(nameless.json()["error"]["fields"]) == ["name"]
    assert list(no_workspace.json()["error"]["fields"]) == ["workspace_name"]
    assert right.status_code == 204


async def test_a_sign_in_link_signs_in_once_and_no_longer_than_ten_minutes(house: House) -> None:
    await house.an_account()
    link, late = await _sign_in_link(house), await _sign_in_link(house)

    async with house.browser() as browser:
        used = await browser.post(link, json={})
        me = await browser.get("/api/me")
        again = await browser.post(link, json={})
        await _let_links_expire(house)
        expired = await browser.post(late, json={})

    assert used.status_code == 204
    assert me.json()["account"]["name"] == "Maria"
    assert again.status_code == expired.status_code == 404


async def test_a_link_that_nobody_made_is_not_found(house: House) -> None:
    async with house.browser() as browser:
        answers = [await browser.get(f"/api/links/{token}") for token in ("x", "%00", "ü" * 20, "A" * 43)]

    assert {answer.status_code for answer in answers} == {404}


async def _first_owner_link(house: House) -> str:
    link = await first_owner_link(house.services.database, house.services.settings)
    assert link is not None
    return _api_of(house, link)


async def _invitation(house: House, workspace: UUID) -> str:
    database, settings = house.services.database, house.services.settings
    return _api_of(
        house, await invite(database, settings, workspace, "jonas@example.com", "Jonas J.", Role.ADMIN)
    )


async def _sign_in_link(house: House) -> str:
    return _api_of(
        house, await sign_in_link(house.services.database, house.services.settings, "maria@example.com")
    )


def _api_of(house: House, link: str) -> str:
    """What the page asks for, which takes the token from behind the "#"."""
    page, token = link.split("#")
    assert page == f"{house.services.settings.own_url}/welcome"
    return f"/api/links/{token}"


async def _let_links_expire(house: House) -> None:
    await house.as_owner("update one_time_links set expires_at = expires_at - interval '10 minutes'")
