"""Closing, taking it back, and what the customer writes afterwards."""

from __future__ import annotations

import pytest

from tests.inbox.deliveries import ago, text, unix
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_closed_conversation_waits_for_nobody(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("all sorted, bye", 1))
    await inbox.work()

    await _close(inbox)

    row = await inbox.row()
    assert (row["status"], row["waiting_for"], row["waiting_since"]) == ("closed", "nobody", None)
    assert row["closed_by"] == str(inbox.maria.membership.member_id)
    assert await inbox.counts() == {"closed": 1}
    assert [r["id"] for r in await inbox.rows("closed")] == [row["id"]]


async def test_reopening_restores_the_old_clock(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hi", 1, at=ago(900)), text("hello?", 2, at=ago(800)))
    await inbox.work()
    before = await inbox.row()
    await _close(inbox)

    await inbox.maria.post(f"conversations/{before['id']}/reopen", expect=204)

    after = await inbox.row()
    assert after == before
    assert await inbox.counts() == {"waiting": 1, "open": 1}


async def test_who_writes_after_closing_waits_from_that_message_only(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("never answered", 1, at=ago(900)))
    await inbox.work()
    await _close(inbox)
    again = ago(20)

    await bot.delivers(text("but the box is broken", 2, at=again))
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("open", "us")
    assert unix(row["waiting_since"]) == again
    assert row["preview"]["count"] == 1
    assert await inbox.counts() == {"waiting": 1, "open": 1}


async def test_every_stretch_from_open_to_closed_is_an_episode_of_its_own(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("first matter", 1, at=ago(900)))
    await inbox.work()
    await _close(inbox)
    await bot.delivers(text("second matter", 2, at=ago(20)))
    await inbox.work()

    episodes = await inbox.sql(
        "select closed_at is null, closed_by is null from episodes where workspace_id = %s order by opened_at",
        inbox.id,
    )

    assert episodes == [(False, False), (True, True)]


async def test_closing_is_refused_when_the_customer_wrote_meanwhile(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("thanks!", 1))
    await inbox.work()
    seen = await inbox.seq()
    await bot.delivers(text("oh, one more thing", 2))
    await inbox.work()

    answer = await inbox.maria.post(
        f"conversations/{(await inbox.row())['id']}/close", expect=409, seen_seq=seen
    )

    assert answer["error"]["code"] == "stale"
    assert [m["text"] for m in answer["error"]["new"]] == ["oh, one more thing"]
    assert (await inbox.row())["status"] == "open"


async def test_closing_twice_changes_nothing(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("see you on Friday then", 1))
    await inbox.work()
    await _close(inbox)
    first = await inbox.row()

    await _close(inbox)

    assert await inbox.row() == first


async def _close(inbox: Inbox) -> None:
    row = await inbox.row()
    await inbox.maria.post(f"conversations/{row['id']}/close", expect=204, seen_seq=await inbox.seq())
