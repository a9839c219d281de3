"""Who waits, and since when: the customer's first unanswered message says so and nothing else."""

from __future__ import annotations

import time

import pytest

from tests.inbox.deliveries import (
    OF_A_BOT,
    PAGE_INBOX,
    ago,
    business,
    edit,
    reaction,
    taken_back,
    text,
    unix,
)
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_clock_runs_from_the_first_of_five_fragments(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    first = ago(60)

    await bot.delivers(*[text(words, n, at=first + n) for n, words in enumerate(("hi", "size?", "220 V?"))])
    await inbox.work()

    row = await inbox.row()
    assert row["waiting_for"] == "us"
    assert unix(row["waiting_since"]) == first
    assert row["preview"]["count"] == 3
    assert await inbox.counts() == {"waiting": 1, "open": 1}


async def test_nothing_that_comes_later_moves_the_clock(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    first = ago(3600)
    await bot.delivers(text("do you ship to Norway?", 1, at=first))
    await inbox.work()

    await bot.delivers(
        text("hello?", 2, at=ago(100)), edit("do you ship to Oslo?", 1, at=first), reaction("👀", 1)
    )
    await inbox.work()
    row = await inbox.row()
    await inbox.maria.post(f"conversations/{row['id']}/read", expect=204, read_up_to=row["last_arrived_at"])

    after = await inbox.row()
    assert unix(after["waiting_since"]) == first
    assert after["preview"]["first"]["text"] == "do you ship to Oslo?"


async def test_the_one_who_waits_longest_stays_first_however_many_come_after(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("since this morning", 1, at=ago(5 * 3600), chat=1))

    await bot.delivers(*[text("me too", 1, at=ago(60 - n), chat=100 + n) for n in range(12)])
    await inbox.work()

    waiting = await inbox.rows("waiting")
    assert len(waiting) == 13
    assert waiting[0]["preview"]["first"]["text"] == "since this morning"


async def test_an_answer_ends_the_waiting(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("is it open today?")
    await inbox.work()

    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    await inbox.work()

    row = await inbox.row()
    assert (row["waiting_for"], row["waiting_since"], row["answering"]) == ("them", None, False)
    assert await inbox.counts() == {"open": 1}


async def test_a_queued_answer_keeps_the_place_and_shows_that_somebody_answers(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    ana = await inbox.on_telegram()
    await ana.says("is it open today?")
    await inbox.work()
    before = await inbox.row()

    await inbox.maria.reply(before["id"], "Until six.")

    (row,) = await inbox.rows("waiting")
    assert row["answering"]
    assert row["waiting_since"] == before["waiting_since"]


async def test_an_answer_typed_in_the_networks_own_app_ends_the_waiting(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    await page.delivers(page.message("is it open today?", "m_1", at=time.time() - 60))

    await page.delivers(page.echo("Until six.", "m_2", app_id=PAGE_INBOX))
    await inbox.work()

    row = await inbox.row()
    assert row["waiting_for"] == "them"
    assert (await inbox.timeline())[-1]["origin"] == "elsewhere"


async def test_an_automatic_greeting_is_no_answer(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    await page.delivers(page.message("anyone there?", "m_1", at=time.time() - 60))

    await page.delivers(page.echo("We are away until Monday.", "m_2", app_id=OF_A_BOT))
    await inbox.work()

    (row,) = await inbox.rows("waiting")
    assert row["preview"]["first"]["text"] == "anyone there?"
    assert (await inbox.timeline(row["id"]))[-1]["origin"] == "automatic"


async def test_what_is_typed_elsewhere_answers_only_what_stood_before_it(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    at = time.time() - 600

    await page.delivers(
        page.message("price?", "m_1", at=at),
        page.message("and size?", "m_3", at=at + 120),
        page.echo("20 euro", "m_2", at=at + 60, app_id=PAGE_INBOX),
    )
    await inbox.work()

    row = await inbox.row()
    assert row["waiting_for"] == "us"
    assert row["preview"]["count"] == 1
    assert row["preview"]["first"]["text"] == "and size?"


async def test_who_takes_back_everything_unanswered_waits_no_more(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await inbox.serve_business_account(bot)
    await bot.delivers(business("oops", 1), business("wrong shop", 2))
    await inbox.work()
    assert (await inbox.row())["waiting_for"] == "us"

    await bot.delivers(taken_back(1))
    await inbox.work()
    one_left = await inbox.row()
    await bot.delivers(taken_back(2))
    await inbox.work()

    assert one_left["preview"]["count"] == 1
    assert one_left["preview"]["first"]["text"] == "wrong shop"
    row = await inbox.row()
    assert (row["waiting_for"], row["waiting_since"]) == ("them", None)
    assert [m["deleted"] for m in await inbox.timeline()] == [True, True]
    assert await inbox.counts() == {"open": 1}


async def test_words_after_an_answer_wait_from_their_own_time(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    await page.delivers(
        page.message("price?", "m_1", at=time.time() - 600),
        page.echo("20 euro", "m_2", at=time.time() - 500, app_id=PAGE_INBOX),
    )
    await inbox.work()
    again = ago(30)

    await page.delivers(page.message("and the blue one?", "m_3", at=again))
    await inbox.work()

    (newest,) = await inbox.rows("waiting")
    assert unix(newest["waiting_since"]) == again
    assert newest["preview"]["count"] == 1
