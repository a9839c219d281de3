"""What platforms say of customers: how they are called and look, asked once a week, at no cost to their messages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_customer(inbox: Inbox, platform: str) -> Customer:
    """Who shows a picture of themselves, and has written."""
    account = (
        (await inbox.house.a_bot()).id if platform == "telegram" else (await inbox.house.a_page()).page_id
    )
    person = await inbox.house.simulator.new_customer(platform, "Mei", with_picture=True)
    mei = Customer(inbox, platform, account, person)
    await mei.says("hello")
    await inbox.work()
    return mei


async def contact(inbox: Inbox) -> dict[str, Any]:
    found: dict[str, Any] = (await inbox.row())["contact"]
    return found


async def a_week_passes(inbox: Inbox) -> None:
    await inbox.sql(
        "update identities set profile_at = now() - interval '8 days' where workspace_id = %s", inbox.id
    )


@pytest.mark.parametrize("platform", ["telegram", "messenger"])
async def test_a_customer_is_seen_by_the_picture_that_they_show(inbox: Inbox, platform: str) -> None:
    await a_customer(inbox, platform)

    who = await contact(inbox)
    answer = await inbox.maria.asks("GET", f"attachments/{who['picture_id']}")

    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("WEBP", (192, 192))
    assert answer.headers["cache-control"].startswith("private, max-age=31536000")
    assert who["name"] == "Mei"


async def test_who_does_not_see_the_channel_does_not_see_the_picture(inbox: Inbox) -> None:
    await a_customer(inbox, "telegram")
    picture_id = (await contact(inbox))["picture_id"]
    jonas = await inbox.a_member("Jonas")
    await inbox.sees_only(jonas)

    answer = await jonas.asks("GET", f"attachments/{picture_id}")

    assert answer.status_code == 404


async def test_they_are_asked_once_and_again_when_they_write_after_a_week(inbox: Inbox) -> None:
    mei = await a_customer(inbox, "telegram")
    first = (await contact(inbox))["picture_id"]
    await mei.says("still there?")
    await inbox.work()
    same = (await contact(inbox))["picture_id"]

    await a_week_passes(inbox)
    await mei.says("and now?")
    await inbox.work()

    fresh = (await contact(inbox))["picture_id"]
    before = await inbox.maria.asks("GET", f"attachments/{first}")
    assert same == first
    assert fresh not in (None, first)
    assert before.status_code == 404


async def test_a_platform_that_shows_no_picture_any_more_takes_it_away_and_leaves_the_name(
    inbox: Inbox,
) -> None:
    mei = await a_customer(inbox, "messenger")
    await a_week_passes(inbox)
    hidden = Fault(
        kind=Trouble.ERROR, side="api", account=mei.account, method="node", status=400, code=100, subcode=33
    )  # fmt: skip
    await inbox.house.simulator.trouble(hidden)

    await mei.says("and now?")
    await inbox.work()

    who = await contact(inbox)
    assert (who["name"], who["picture_id"]) == ("Mei", None)


async def test_a_token_that_died_takes_nobodys_picture_away(inbox: Inbox) -> None:
    mei = await a_customer(inbox, "messenger")
    before = await contact(inbox)
    await a_week_passes(inbox)
    expired = Fault(
        kind=Trouble.ERROR, side="api", account=mei.account, method="node", status=401, code=190, subcode=463
    )  # fmt: skip
    number = await inbox.house.simulator.trouble(expired)
    await mei.says("and now?")
    await inbox.work()
    meanwhile = await contact(inbox)

    await inbox.house.simulator.end_trouble(number)
    await mei.says("and later?")
    await inbox.work()

    assert meanwhile == before
    assert (await contact(inbox))["picture_id"] not in (None, before["picture_id"])


async def test_a_profile_that_cannot_be_had_now_is_tried_again_and_holds_up_nothing(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    busy = Fault(
        kind=Trouble.RATE_LIMITED, side="api", account=bot.id, method="getChat", retry_after=60, times=1
    )
    await inbox.house.simulator.trouble(busy)
    person = await inbox.house.simulator.new_customer("telegram", "Mei", with_picture=True)
    mei = Customer(inbox, "telegram", bot.id, person)

    await mei.says("hello")
    await inbox.work()
    at_once = await contact(inbox)
    await inbox.all_due_now()

    assert (at_once["name"], at_once["picture_id"]) == ("Mei", None)
    assert (await contact(inbox))["picture_id"] is not None


async def test_a_platform_without_profiles_is_not_asked(inbox: Inbox) -> None:
    mei = await inbox.on_whatsapp("Mei")
    await mei.says("hello")
    await inbox.work()

    asked = await inbox.sql(
        "select count(*) from identities where workspace_id = %s and profile_at is not null", inbox.id
    )
    assert asked == [(0,)]
    assert (await contact(inbox))["name"] == "Mei"
