"""Who comes and who goes, before real browsers."""

from __future__ import annotations

from playwright.async_api import expect

from dragoman.access.model import Role
from tests.e2e.screens import LONG, Screens
from tests.e2e.shelves import until_forgotten
from tests.inbox.house import PASSWORD, House


async def test_a_colleague_comes_in_by_a_link_sees_the_inbox_and_is_shown_out_again(
    house: House, screens: Screens
) -> None:
    bot = await house.a_bot()
    ana = await house.simulator.new_customer("telegram", "Ana")
    await house.simulator.says("telegram", bot.id, ana, "is anybody there?")
    owner = await house.a_member("Maria", Role.OWNER)
    maria = await screens.of(owner)
    await maria.page.goto(f"{house.address}/w/{owner.membership.workspace_id}/members")
    await maria.page.get_by_role("textbox", name="E-mail address").fill("jonas@example.com", timeout=LONG)
    await maria.page.get_by_role("button", name="Make a link").click()
    link = await maria.page.get_by_role("textbox", name="The link").input_value(timeout=LONG)
    await expect(maria.page.get_by_text("Open invitations")).to_be_visible(timeout=LONG)

    jonas = await screens.blank()
    await jonas.page.goto(link)
    await jonas.page.get_by_role("textbox", name="Your name").fill("Jonas", timeout=LONG)
    await jonas.page.get_by_label("Password").fill(PASSWORD)
    await jonas.page.get_by_role("button", name="Join").click()

    await expect(jonas.rows).to_have_count(1, timeout=LONG)
    await expect(jonas.rows.first).to_contain_text("is anybody there?")
    await expect(maria.page.get_by_text("jonas@example.com")).to_be_visible(timeout=LONG)
    await expect(maria.page.get_by_text("Open invitations")).to_be_hidden(timeout=LONG)

    await maria.page.get_by_role("combobox", name="Role of Jonas").select_option("admin")
    await jonas.page.get_by_role("button", name="Manage channels").click()
    await expect(jonas.page.get_by_role("heading", name="Connect a channel")).to_be_visible(timeout=LONG)

    await maria.page.get_by_role("button", name="Remove Jonas").click()
    await maria.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    await expect(jonas.page.get_by_text("You belong to no workspace")).to_be_visible(timeout=LONG)
    await expect(maria.page.get_by_role("combobox", name="Role of Jonas")).to_be_hidden(timeout=LONG)
    assert maria.complaints == []


async def test_a_session_ended_from_another_device_shows_the_way_in(house: House, screens: Screens) -> None:
    person = await house.a_member("Maria")
    desk = await screens.of(person)
    await expect(desk.page.get_by_text("No channel is connected")).to_be_visible(timeout=LONG)
    phone = await screens.blank()
    await phone.page.goto(house.address)
    await phone.page.get_by_label("E-mail address").fill("maria@example.com", timeout=LONG)
    await phone.page.get_by_label("Password").fill(PASSWORD)
    await phone.page.get_by_role("button", name="Sign in").click()
    await expect(phone.page.get_by_text("No channel is connected")).to_be_visible(timeout=LONG)

    await phone.page.goto(f"{house.address}/w/{person.membership.workspace_id}/sessions")
    await expect(phone.page.get_by_text("Chrome, Linux")).to_be_visible(timeout=LONG)
    await phone.page.get_by_role("button", name="End all others").click()

    await expect(desk.page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=LONG)
    await until_forgotten(desk.page)
    await expect(phone.page.get_by_text("This one")).to_be_visible(timeout=LONG)


async def test_who_changes_name_and_password_is_called_so_and_comes_in_with_the_new_one(
    house: House, screens: Screens
) -> None:
    jonas = await screens.of(await house.a_member("Jonas"))
    desk = await screens.of(await house.a_member("Maria"))
    page = desk.page
    await page.goto(f"{house.address}/w/{house.workspace_id}/profile")
    await page.get_by_label("Your name").fill("Maria Nowak-Świątek", timeout=LONG)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Maria Nowak-Świątek: my choices")).to_be_visible(
        timeout=LONG
    )
    await jonas.page.goto(f"{house.address}/w/{house.workspace_id}/members")
    await expect(jonas.page.get_by_text("Maria Nowak-Świątek")).to_be_visible(timeout=LONG)

    await page.get_by_label("Your present password").fill("not mine at all")
    await page.get_by_label("New password").fill("another good password")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("This is not your password.")).to_be_visible(timeout=LONG)
    await page.get_by_label("Your present password").fill(PASSWORD)
    await page.get_by_label("New password").fill("another good password")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("password is changed")).to_be_visible(timeout=LONG)

    await page.get_by_role("button", name="my choices").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=LONG)
    await page.get_by_label("E-mail address").fill("maria@example.com", timeout=LONG)
    await page.get_by_label("Password").fill("another good password")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("button", name="Maria Nowak-Świątek: my choices")).to_be_visible(
        timeout=LONG
    )
