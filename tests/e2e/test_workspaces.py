"""One person who works for two companies, before a real browser: nothing of one is seen in the other."""

from __future__ import annotations

from playwright.async_api import expect

from dragoman.access import actions as access
from dragoman.access.model import Role, WorkspaceKind
from dragoman.connecting.actions import connect
from tests.e2e.screens import LONG, Screens
from tests.inbox.house import House


async def test_two_workspaces_of_one_person_never_mix(house: House, screens: Screens) -> None:
    here = await house.a_bot("Aster")
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", here.id, ana, "for Aster only")
    person = await house.a_member("Maria")
    beech = await access.create_workspace(house.database, "Beech", WorkspaceKind.TRIAL)
    await access.add_member(house.database, beech, "maria@example.com", Role.MEMBER)
    there = await house.simulator.new_bot("Beech")
    await connect(house.services, beech, "telegram", {"token": there.token}, simulated=True)
    ben = await house.simulator.new_customer("telegram", "Ben")
    await house.simulator.says("telegram", there.id, ben, "for Beech only")
    await house.work()

    maria = await screens.of(person)
    await maria.open("Ana")
    await maria.write("a draft for Aster")
    in_aster = maria.page.url
    await maria.page.get_by_role("button", name="change the workspace").click()
    await maria.page.get_by_role("menuitemradio", name="Beech").filter(has_text="1 waits").click(timeout=LONG)

    await maria.open("Ben")
    await expect(maria.rows).to_have_count(1)
    await expect(maria.composer).to_have_value("")
    await expect(maria.page.get_by_text("for Aster only")).to_have_count(0)
    await expect(maria.page).to_have_url(f"{house.address}/w/{beech}/waiting/{maria.page.url.split('/')[-1]}")
    await maria.page.get_by_role("button", name="Close", exact=True).click()
    await expect(maria.page.get_by_role("status").get_by_text("Ben")).to_be_visible(timeout=LONG)

    await maria.page.goto(in_aster)
    await maria.sees("for Aster only")
    await expect(maria.composer).to_have_value("a draft for Aster")
    await expect(maria.page.get_by_role("status").get_by_text("Ben")).to_have_count(0)
    await expect(maria.rows).to_have_count(1)
    assert maria.complaints == []

    await maria.page.goto(in_aster.replace(str(house.workspace_id), str(beech)))
    await expect(maria.page.get_by_text("for Aster only")).to_have_count(0)
    await expect(maria.rows.filter(has_text="Ana")).to_have_count(0)
