"""Which requests may use a session: those of our own pages, of members, and of nobody else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import httpx2
import pytest

from dragoman.access.api import Me
from dragoman.services import Services
from tests.house import House, application, code_of
from tests.serving import serving


@pytest.fixture
async def inside(house: House) -> AsyncIterator[httpx2.AsyncClient]:
    """Maria's browser."""
    await house.an_account()
    async with house.browser() as browser:
        await house.sign_in(browser)
        yield browser


async def test_another_web_site_reaches_nothing_with_our_cookie(inside: httpx2.AsyncClient) -> None:
    for site in ("cross-site", "same-site"):
        read = await inside.get("/api/me", headers={"Sec-Fetch-Site": site})
        written = await inside.post("/api/sign-out", headers={"Sec-Fetch-Site": site})

        assert (read.status_code, code_of(read)) == (403, "csrf")
        assert (written.status_code, code_of(written)) == (403, "csrf")


async def test_an_address_typed_by_a_person_may_be_read_but_changes_nothing(
    inside: httpx2.AsyncClient,
) -> None:
    typed = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}

    assert (await inside.get("/api/me", headers=typed)).status_code == 200
    assert (await inside.post("/api/sign-out", headers=typed)).status_code == 403


async def test_a_change_needs_the_token_that_only_our_page_knows(inside: httpx2.AsyncClient) -> None:
    del inside.headers["X-CSRF-Token"]

    without = await inside.post("/api/sign-out")
    guessed = await inside.post("/api/sign-out", headers={"X-CSRF-Token": "guessed"})

    assert (without.status_code, code_of(without)) == (403, "csrf")
    assert (guessed.status_code, code_of(guessed)) == (403, "csrf")


async def test_signing_in_is_refused_when_another_site_asks_for_it(house: House) -> None:
    """Else a stranger could sign a visitor in as themselves and read what the visitor then writes."""
    async with house.browser() as browser:
        answer = await browser.post(
            "/api/sign-in",
            json={"email": "a@example.com", "password": "1234567890"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )

    assert (answer.status_code, code_of(answer)) == (403, "csrf")


async def test_a_member_is_let_into_their_workspace_and_no_other(
    house: House, inside: httpx2.AsyncClient
) -> None:
    ours, theirs = await house.a_workspace("Ours"), await house.a_workspace("Theirs")
    await house.a_member(ours)

    let_in = await inside.get(f"/api/w/{ours}/whoami")
    kept_out = await inside.get(f"/api/w/{theirs}/whoami")
    nowhere = await inside.get(f"/api/w/{uuid4()}/whoami")

    assert let_in.json() == {"role": "member", "channels": None}
    assert kept_out.status_code == nowhere.status_code == 403
    assert kept_out.json() == nowhere.json()


async def test_a_member_who_left_is_kept_out(house: House, inside: httpx2.AsyncClient) -> None:
    workspace = await house.a_workspace()
    await house.a_member(workspace)
    await house.as_owner("update members set left_at = now()")

    assert (await inside.get(f"/api/w/{workspace}/whoami")).status_code == 403


async def test_a_member_of_a_team_sees_the_channels_of_that_team_only(
    house: House, inside: httpx2.AsyncClient
) -> None:
    workspace = await house.a_workspace()
    member = await house.a_member(workspace)
    mine = await house.a_channel(workspace, account="1")
    await house.a_channel(workspace, account="2")
    await house.may_only_see(workspace, member, mine)

    assert (await inside.get(f"/api/w/{workspace}/whoami")).json()["channels"] == [str(mine)]


async def test_me_lists_the_workspaces_that_one_belongs_to(house: House, inside: httpx2.AsyncClient) -> None:
    workspace = await house.a_workspace("Espresso & Co.")
    await house.a_workspace("Somebody else's")
    member = await house.a_member(workspace)

    me = Me.model_validate((await inside.get("/api/me")).json())

    assert [(m.workspace_id, m.workspace_name, m.member_id, m.role, m.kind) for m in me.memberships] == [
        (workspace, "Espresso & Co.", member, "member", "trial")
    ]


async def test_behind_https_the_cookie_is_bound_to_the_host_and_to_https(services: Services) -> None:
    public = replace(services.settings, public_url="https://inbox.example.com")
    house = House(replace(services, settings=public), "")
    await house.an_account()

    async with serving(application(house.services)) as house.address, house.browser() as browser:
        answer = await browser.post(
            "/api/sign-in", json={"email": "maria@example.com", "password": "correct horse battery"}
        )

    assert answer.headers["set-cookie"].startswith("__Host-dragoman_session=")
    assert "Secure" in answer.headers["set-cookie"]


async def test_a_wrong_request_is_told_field_by_field(house: House) -> None:
    async with house.browser() as browser:
        answer = await browser.post("/api/sign-in", json={"email": 7})
        broken = await browser.post(
            "/api/sign-in", content=b"{", headers={"Content-Type": "application/json"}
        )

    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    assert set(answer.json()["error"]["fields"]) == {"email", "password"}
    assert (broken.status_code, code_of(broken)) == (422, "invalid")


async def test_a_route_that_is_not_there_is_an_error_of_the_same_shape(house: House) -> None:
    async with house.browser() as browser:
        missing, wrong_verb = await browser.get("/api/nothing"), await browser.delete("/api/me")

    assert (missing.status_code, code_of(missing)) == (404, "not_found")
    assert (wrong_verb.status_code, code_of(wrong_verb)) == (405, "method_not_allowed")
