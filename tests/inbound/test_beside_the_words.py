"""What nobody said and a person should see: it stands in the timeline, and nobody waits because of it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from dragoman.conversations import people
from tests.inbox.deliveries import ANA, ago, membership, text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_where_a_customer_came_from_stands_in_the_timeline_and_makes_nobody_wait(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    link = {"ref": "spring leaflet", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    await page.delivers(page.item({"referral": link}, at=time.time() - 60))
    await inbox.work()
    opened = await inbox.rows()

    await page.delivers(page.message("do you have it?", "m_1", at=time.time() - 5))
    await inbox.work()

    assert opened == []
    came, asked = await inbox.timeline()
    assert came["parts"] == [{"type": "context", "kind": "referral", "text": "spring leaflet"}]
    assert asked["text"] == "do you have it?"
    preview = (await inbox.row())["preview"]
    assert (preview["count"], preview["first"]["text"]) == (1, "do you have it?")


async def test_that_another_app_took_over_is_told_once(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    await page.delivers(page.message("hello?", "m_1", at=time.time() - 60))
    await inbox.work()

    await page.delivers(
        page.message("a question", "m_2", at=time.time() - 40),
        page.message("for the bot", "m_3", at=time.time() - 30),
        place="standby",
    )
    await inbox.work()

    assert [m["text"] or m["parts"][0]["text"] for m in await inbox.timeline()] == [
        "hello?",
        "Another app holds this conversation.",
        "a question",
        "for the bot",
    ]


async def test_a_profile_that_comes_late_unblocks_nobody(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1, at=ago(60)), membership("kicked"))
    await inbox.work()
    ((identity, before),) = await _identity(inbox)

    async with inbox.house.database.transaction(inbox.id) as tx:
        await people.rename(tx, identity, name="Ana Lovelace", username=None, locale=None)

    ((_, after),) = await _identity(inbox)
    assert before is not None
    assert after == before
    assert (await inbox.row())["contact"]["name"] == "Ana Lovelace"


async def _identity(inbox: Inbox) -> list[tuple[Any, ...]]:
    return await inbox.sql(
        "select identity_id, blocked_us_at from identities where workspace_id = %s and address = %s",
        inbox.id,
        str(ANA),
    )
