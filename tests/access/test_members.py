"""Members: invited by members, given roles, taken out again, each by those whose role allows it."""

from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from dragoman.access.model import RIGHTS, Right, Role, right_over
from tests.house import PASSWORD, House, code_of

PEOPLE = {role: f"{role}@example.com" for role in Role}


@pytest.fixture
async def workspace(house: House) -> UUID:
    """With an owner, an admin and a member."""
    workspace = await house.a_workspace()
    for role, email in PEOPLE.items():
        await house.an_account(email, role.title())
        await house.a_member(workspace, email, role)
    return workspace


def test_a_role_that_may_less_has_no_right_of_its_own() -> None:
    assert RIGHTS[Role.MEMBER] < RIGHTS[Role.ADMIN] < RIGHTS[Role.OWNER] == frozenset(Right)
    assert right_over(Role.OWNER) not in RIGHTS[Role.ADMIN]


@pytest.mark.parametrize(
    ("by", "role", "status"),
    [
        (Role.OWNER, Role.OWNER, 201),
        (Role.OWNER, Role.MEMBER, 201),
        (Role.ADMIN, Role.OWNER, 403),
        (Role.ADMIN, Role.ADMIN, 201),
        (Role.ADMIN, Role.MEMBER, 201),
        (Role.MEMBER, Role.MEMBER, 403),
    ],
)
async def test_nobody_invites_somebody_who_may_more_than_they_give_away(
    house: House, workspace: UUID, by: Role, role: Role, status: int
) -> None:
    async with house.browser() as browser:
        await house.sign_in(browser, PEOPLE[by])
        answer = await invite(browser, workspace, role=role)

    assert answer.status_code == status
    links = await house.as_owner("select count(*) from one_time_links")
    assert links == [(1 if status == 201 else 0,)]


@pytest.mark.parametrize(
    ("by", "target", "role", "status"),
    [
        (Role.OWNER, Role.MEMBER, Role.OWNER, 204),
        (Role.OWNER, Role.ADMIN, Role.MEMBER, 204),
        (Role.ADMIN, Role.MEMBER, Role.ADMIN, 204),
        (Role.ADMIN, Role.MEMBER, Role.OWNER, 403),
        (Role.ADMIN, Role.OWNER, Role.MEMBER, 403),
        (Role.MEMBER, Role.MEMBER, Role.OWNER, 403),
        (Role.MEMBER, Role.ADMIN, Role.MEMBER, 403),
    ],
)
async def test_roles_are_given_and_taken_by_those_who_may(
    house: House, workspace: UUID, by: Role, target: Role, role: Role, status: int
) -> None:
    async with house.browser() as browser:
        await house.sign_in(browser, PEOPLE[by])
        member = (await listed(browser, workspace))[PEOPLE[target]]
        answer = await browser.post(f"{members(workspace)}/{member['id']}/role", json={"role": role})
        after = await listed(browser, workspace)

    assert answer.status_code == status
    assert after[PEOPLE[target]]["role"] == (role if status == 204 else target)


@pytest.mark.parametrize(
    ("by", "target", "status"),
    [
        (Role.OWNER, Role.ADMIN, 204),
        (Role.ADMIN, Role.MEMBER, 204),
        (Role.ADMIN, Role.OWNER, 403),
        (Role.MEMBER, Role.MEMBER, 403),
    ],
)
async def test_members_are_removed_by_those_who_may(
    house: House, workspace: UUID, by: Role, target: Role, status: int
) -> None:
    async with house.browser() as browser:
        await house.sign_in(browser, PEOPLE[by])
        member = (await listed(browser, workspace))[PEOPLE[target]]
        answer = await browser.post(f"{members(workspace)}/{member['id']}/remove")
        after = await listed(browser, workspace)

    assert answer.status_code == status
    assert (PEOPLE[target] in after) == (status != 204)


@pytest.mark.parametrize(("deed", "body"), [("role", {"role": "member"}), ("remove", {})])
async def test_the_last_owner_stays(house: House, workspace: UUID, deed: str, body: dict[str, str]) -> None:
    async with house.browser() as browser:
        await house.sign_in(browser, PEOPLE[Role.OWNER])
        owner = (await listed(browser, workspace))[PEOPLE[Role.OWNER]]
        answer = await browser.post(f"{members(workspace)}/{owner['id']}/{deed}", json=body)

    assert (answer.status_code, code_of(answer)) == (409, "conflict")
    assert answer.json()["error"]["wording"]["code"] == "access.last_owner"


async def test_who_invites_sees_it_open_until_it_is_used_or_taken_back(house: House, workspace: UUID) -> None:
    async with house.browser() as browser, house.browser() as jonas, house.browser() as eve:
        await house.sign_in(browser, PEOPLE[Role.OWNER])
        used = await invite(browser, workspace, email="Jonas@example.com", name="Jonas")
        regretted = await invite(browser, workspace, role=Role.ADMIN)
        (second, first) = (await browser.get(invitations(workspace))).json()["items"]
        await browser.post(f"{invitations(workspace)}/{second['id']}/take-back")
        joined = await accept(jonas, used, name="Jonas", password=PASSWORD)
        late = await accept(eve, regretted, name="Eve", email="eve@example.com", password=PASSWORD)
        left = (await browser.get(invitations(workspace))).json()["items"]
        again = await browser.post(f"{invitations(workspace)}/{first['id']}/take-back")

    assert (first["email"], first["name"], first["role"]) == ("jonas@example.com", "Jonas", "member")
    assert (second["email"], second["role"]) == (None, "admin")
    assert (joined.status_code, late.status_code, left, again.status_code) == (204, 404, [], 404)


async def test_a_link_for_whoever_has_it_takes_in_one_person_by_their_own_address(
    house: House, workspace: UUID
) -> None:
    async with house.browser() as browser, house.browser() as jun, house.browser() as eve:
        await house.sign_in(browser, PEOPLE[Role.OWNER])
        link = await invite(browser, workspace)
        nameless = await accept(jun, link, name="Jun", password=PASSWORD)
        joined = await accept(jun, link, name="Jun", email="jun@example.com", password=PASSWORD)
        second = await accept(eve, link, name="Eve", email="eve@example.com", password=PASSWORD)
        now_here = await listed(browser, workspace)

    assert list(nameless.json()["error"]["fields"]) == ["email"]
    assert (joined.status_code, second.status_code) == (204, 404)
    assert now_here["jun@example.com"]["role"] == "member"
    assert "eve@example.com" not in now_here


async def test_an_invitation_is_open_for_seven_days(house: House, workspace: UUID) -> None:
    async with house.browser() as browser, house.browser() as jun:
        await house.sign_in(browser, PEOPLE[Role.OWNER])
        link = await invite(browser, workspace)
        (lasts,) = await house.as_owner("select (expires_at - created_at)::text from one_time_links")
        await house.as_owner("update one_time_links set expires_at = now()")
        listed_then = (await browser.get(invitations(workspace))).json()["items"]
        late = await accept(jun, link, name="Jun", email="jun@example.com", password=PASSWORD)

    assert (lasts, listed_then, late.status_code) == (("7 days",), [], 404)


async def test_who_is_signed_in_joins_a_second_workspace_as_who_they_are(
    house: House, workspace: UUID
) -> None:
    other = await house.a_workspace("Beans & Co.")
    await house.an_account("ada@example.com", "Ada")
    await house.a_member(other, "ada@example.com", Role.OWNER)
    async with house.browser() as ada, house.browser() as member:
        await house.sign_in(ada, "ada@example.com")
        await house.sign_in(member, PEOPLE[Role.MEMBER])
        not_for_them = await invite(ada, other, email="somebody@example.com")
        link = await invite(ada, other, role=Role.ADMIN)

        refused = await join(member, not_for_them)
        joined = await join(member, link)
        twice = await join(member, await invite(ada, other))
        me = (await member.get("/api/me")).json()

    assert refused.json()["error"]["wording"]["code"] == "access.invited_somebody_else"
    assert joined.status_code == 204
    assert twice.json()["error"]["wording"]["code"] == "access.member_already"
    assert [(m["workspace_name"], m["role"]) for m in me["memberships"]] == [
        ("Espresso & Co.", "member"),
        ("Beans & Co.", "admin"),
    ]


async def test_a_link_to_sign_in_is_no_invitation(house: House, workspace: UUID) -> None:
    await house.as_owner(
        "insert into one_time_links (token_hash, purpose, account_id, created_at, expires_at)"
        " select sha256('x'), 'sign_in', account_id, now(), now() + '1 hour' from accounts limit 1"
    )
    async with house.browser() as browser:
        await house.sign_in(browser, PEOPLE[Role.MEMBER])
        answer = await browser.post("/api/links/join", json={"token": "x"})

    assert answer.status_code == 404


async def test_nobody_comes_in_by_the_word_of_somebody_who_was_removed(house: House, workspace: UUID) -> None:
    async with house.browser() as owner, house.browser() as admin, house.browser() as eve:
        await house.sign_in(owner, PEOPLE[Role.OWNER])
        await house.sign_in(admin, PEOPLE[Role.ADMIN])
        link = await invite(admin, workspace, role=Role.ADMIN)
        member = (await listed(owner, workspace))[PEOPLE[Role.ADMIN]]
        await owner.post(f"{members(workspace)}/{member['id']}/remove")
        answer = await accept(eve, link, name="Eve", email="eve@example.com", password=PASSWORD)

    assert answer.status_code == 404


async def test_an_admin_takes_back_no_invitation_to_be_an_owner(house: House, workspace: UUID) -> None:
    async with house.browser() as owner, house.browser() as admin:
        await house.sign_in(owner, PEOPLE[Role.OWNER])
        await house.sign_in(admin, PEOPLE[Role.ADMIN])
        await invite(owner, workspace, role=Role.OWNER)
        (seen,) = (await admin.get(invitations(workspace))).json()["items"]
        answer = await admin.post(f"{invitations(workspace)}/{seen['id']}/take-back")
        left = (await owner.get(invitations(workspace))).json()["items"]

    assert (answer.status_code, len(left)) == (403, 1)


async def test_of_another_workspace_nothing_can_be_named(house: House, workspace: UUID) -> None:
    other = await house.a_workspace("Beans & Co.")
    await house.an_account("ada@example.com", "Ada")
    await house.a_member(other, "ada@example.com", Role.OWNER)
    async with house.browser() as owner, house.browser() as ada:
        await house.sign_in(owner, PEOPLE[Role.OWNER])
        await house.sign_in(ada, "ada@example.com")
        await invite(owner, workspace)
        (invitation,) = (await owner.get(invitations(workspace))).json()["items"]
        member = (await listed(owner, workspace))[PEOPLE[Role.MEMBER]]
        answers = [
            await ada.get(members(workspace)),
            await ada.get(invitations(workspace)),
            await invite(ada, workspace),
            await ada.post(f"{members(workspace)}/{member['id']}/remove"),
            await ada.post(f"{members(other)}/{member['id']}/remove"),
            await ada.post(f"{members(other)}/{member['id']}/role", json={"role": "owner"}),
            await ada.post(f"{invitations(other)}/{invitation['id']}/take-back"),
            await ada.post(f"{members(other)}/{uuid4()}/remove"),
        ]
        still = await listed(owner, workspace), (await owner.get(invitations(workspace))).json()["items"]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403, 404, 404, 404, 404]
    assert (member["email"] in still[0], len(still[1])) == (True, 1)


async def test_only_so_many_invitations_are_open_at_once(
    house: House, workspace: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.access.invitations.MOST_OPEN", 2)
    async with house.browser() as owner:
        await house.sign_in(owner, PEOPLE[Role.OWNER])
        answers = [await invite(owner, workspace) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[2].json()["error"]["wording"]["values"] == {"most": "2"}


async def test_the_members_come_page_by_page_each_once(house: House, workspace: UUID) -> None:
    for number in range(5):
        await house.an_account(f"{number}@example.com", "Jonas")  # one name: the id tells them apart
        await house.a_member(workspace, f"{number}@example.com")
    async with house.browser() as browser:
        await house.sign_in(browser, PEOPLE[Role.MEMBER])
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            asked = {"limit": 3} | ({"cursor": cursor} if cursor else {})
            page = (await browser.get(members(workspace), params=asked)).json()
            assert len(page["items"]) <= 3
            seen += [each["email"] for each in page["items"]]
            cursor = page["next_cursor"]
        broken = await browser.get(members(workspace), params={"cursor": "AAAA"})

    assert sorted(seen) == sorted([*PEOPLE.values(), *(f"{number}@example.com" for number in range(5))])
    assert len(seen) == len(set(seen))
    assert broken.status_code == 422


def members(workspace: UUID) -> str:
    return f"/api/w/{workspace}/members"


def invitations(workspace: UUID) -> str:
    return f"/api/w/{workspace}/invitations"


async def listed(browser: httpx2.AsyncClient, workspace: UUID) -> dict[str, Any]:
    """The members by their address."""
    found = (await browser.get(members(workspace))).json()["items"]
    return {each["email"]: each for each in found}


async def invite(browser: httpx2.AsyncClient, workspace: UUID, **asked: Any) -> httpx2.Response:
    return await browser.post(invitations(workspace), json={"role": Role.MEMBER} | asked)


async def accept(browser: httpx2.AsyncClient, made: httpx2.Response, **fields: str) -> httpx2.Response:
    return await browser.post("/api/links/use", json={"token": _token(made), **fields})


async def join(browser: httpx2.AsyncClient, made: httpx2.Response) -> httpx2.Response:
    return await browser.post("/api/links/join", json={"token": _token(made)})


def _token(made: httpx2.Response) -> str:
    return str(made.json()["link"].split("#")[1])
