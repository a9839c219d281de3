"""Everything may happen twice, and in any order: each thing is there once, in the platform's order."""

from __future__ import annotations

import json
import time

import pytest

from tests.inbox.deliveries import PAGE_INBOX, ago, text, unix
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_a_message_delivered_twice_is_there_once(inbox: Inbox, together: bool) -> None:
    bot = await inbox.a_bot_line()
    update = text("only once", 1, at=ago(60))
    await bot.delivers(update)
    if not together:
        await inbox.work()

    await bot.delivers(update, update)
    await inbox.work()

    assert await inbox.texts() == ["only once"]
    assert await inbox.outcomes() == [
        ("message", "conversation"),
        ("message", "duplicate"),
        ("message", "duplicate"),
    ]
    firsts = await inbox.sql(
        "select distinct duplicate_of from arrivals where workspace_id = %s and outcome = 'duplicate'",
        inbox.id,
    )
    assert len(firsts) == 1


async def test_an_echo_delivered_twice_answers_once(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    echo = page.echo("Yes.", "m_2", app_id=PAGE_INBOX)
    await page.delivers(page.message("open?", "m_1", at=time.time() - 60), echo)
    await inbox.work()

    await page.delivers(echo)
    await inbox.work()

    assert await inbox.texts() == ["open?", "Yes."]
    assert (await inbox.outcomes())[-1] == ("message", "duplicate")


async def test_messages_that_came_in_disorder_stand_in_the_platforms_order(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(60)

    for number in (3, 1, 2):
        await bot.delivers(text(f"fragment {number}", number, at=at + number))
        await inbox.work()

    assert await inbox.texts() == ["fragment 1", "fragment 2", "fragment 3"]
    assert len({m["turn_id"] for m in await inbox.timeline()}) == 1
    row = await inbox.row()
    assert row["preview"]["count"] == 3
    assert row["preview"]["first"]["text"] == "fragment 1"
    assert unix(row["waiting_since"]) == at + 1


async def test_messages_of_the_same_second_keep_the_platforms_own_order(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(60)

    await bot.delivers(text("second", 11, at=at), text("third", 12, at=at), text("first", 10, at=at))
    await inbox.work()

    assert await inbox.texts() == ["first", "second", "third"]


async def test_a_fragment_that_comes_between_two_turns_makes_them_one(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(600)
    await bot.delivers(text("well", 1, at=at), text("no", 3, at=at + 16))
    await inbox.work()
    two = {m["turn_id"] for m in await inbox.timeline()}

    await bot.delivers(text("hm", 2, at=at + 8))
    await inbox.work()

    assert len(two) == 2
    assert len({m["turn_id"] for m in await inbox.timeline()}) == 1


async def test_a_word_of_ours_that_comes_between_splits_a_turn(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    at = time.time() - 600
    await page.delivers(page.message("so", "m_1", at=at), page.message("well", "m_3", at=at + 6))
    await inbox.work()
    one = {m["turn_id"] for m in await inbox.timeline()}

    await page.delivers(page.echo("yes?", "m_2", at=at + 3, app_id=PAGE_INBOX))
    await inbox.work()

    assert len(one) == 1
    assert [m["text"] for m in await inbox.timeline()] == ["so", "yes?", "well"]
    assert len({m["turn_id"] for m in await inbox.timeline()}) == 3


async def test_a_clock_that_runs_ahead_is_cut_to_the_arrival_and_the_original_kept(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    ahead = ago(-HOUR)

    await bot.delivers(text("from the future", 1, at=ahead))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert message["sent_at"] == message["arrived_at"]
    kept = await inbox.sql(
        "select extract(epoch from platform_at)::bigint from messages where workspace_id = %s", inbox.id
    )
    assert kept == [(ahead,)]


async def test_a_message_that_took_hours_is_marked_late_and_waits_from_its_own_time(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(3 * HOUR)

    await bot.delivers(text("sent in the tunnel", 1, at=at))
    await inbox.work()

    row = await inbox.row()
    assert unix(row["waiting_since"]) == at
    assert [m["late"] for m in await inbox.timeline()] == [True]


async def test_a_late_message_that_was_answered_after_makes_nobody_wait(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    await page.delivers(
        page.message("red or blue?", "m_1", at=time.time() - 2 * HOUR),
        page.echo("Both.", "m_3", at=time.time() - HOUR, app_id=PAGE_INBOX),
    )
    await inbox.work()

    await page.delivers(page.message("or green?", "m_2", at=time.time() - 1.5 * HOUR))
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "them"
    assert await inbox.texts() == ["red or blue?", "or green?", "Both."]


async def test_a_message_older_than_a_week_opens_nothing(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    await bot.delivers(text("long ago", 1, at=ago(8 * DAY)))
    await inbox.work()

    assert await inbox.rows() == []
    assert await inbox.counts() == {}
    assert await inbox.outcomes() == [("message", "conversation")]


async def test_what_an_older_message_said_is_there_once_the_conversation_opens(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("long ago", 1, at=ago(8 * DAY)))
    await inbox.work()

    await bot.delivers(text("and now?", 2, at=ago(5)))
    await inbox.work()

    assert await inbox.texts() == ["long ago", "and now?"]
    assert (await inbox.row())["preview"]["count"] == 1


async def test_one_bodys_many_events_are_each_accounted_for(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    at = time.time() - 60

    await page.accepted(
        page.body(
            *[page.message(f"word {n}", f"m_{n}", at=at + n) for n in range(5)], page.item({"novelty": {}})
        )
    )
    await inbox.work()

    assert await inbox.texts() == [f"word {n}" for n in range(5)]
    assert sorted(await inbox.outcomes()) == [("message", "conversation")] * 5 + [("unrecognised", "parked")]


async def test_a_turn_settles_once_and_says_how_many_fragments_it_has(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(*[text(f"word {n}", n, at=ago(5)) for n in (1, 2, 3)])
    await inbox.work()
    before = await _settled(inbox)

    await inbox.all_due_now()
    await inbox.all_due_now()

    assert before == []
    assert await _settled(inbox) == [3]


async def test_a_turn_that_came_late_settles_at_once(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    await bot.delivers(text("from yesterday", 1, at=ago(DAY)))
    await inbox.work()

    assert await _settled(inbox) == [1]


async def _settled(inbox: Inbox) -> list[object]:
    rows = await inbox.sql(
        """select (fields ->> 'fragments')::integer from changes
           where workspace_id = %s and kind = 'turn.settled' order by seq""",
        inbox.id,
    )
    return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]
