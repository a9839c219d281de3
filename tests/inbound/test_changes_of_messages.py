"""Edits, deletions and reactions find their message, in whatever order they come."""

from __future__ import annotations

import time

import pytest

from tests.inbox.deliveries import ago, business, edit, reaction, taken_back, text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_edit_changes_the_message_and_its_preview_in_place(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(60)
    await bot.delivers(text("tow coffees", 1, at=at))
    await inbox.work()

    await bot.delivers(edit("two coffees", 1, at=at))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert (message["text"], message["edited"]) == ("two coffees", True)
    assert (await inbox.row())["preview"]["first"]["text"] == "two coffees"
    assert await inbox.outcomes() == [("message", "conversation"), ("edit", "applied")]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_an_edit_that_is_faster_than_its_message_is_that_message(inbox: Inbox, together: bool) -> None:
    bot = await inbox.a_bot_line()
    at = ago(60)
    await bot.delivers(edit("two coffees", 1, at=at))
    if not together:
        await inbox.work()

    await bot.delivers(text("tow coffees", 1, at=at))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert (message["text"], message["edited"]) == ("two coffees", True)
    assert (await inbox.row())["preview"]["count"] == 1
    assert await inbox.outcomes() == [("edit", "conversation"), ("message", "conversation")]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_of_two_edits_the_later_one_stays_whichever_comes_first(inbox: Inbox, together: bool) -> None:
    bot = await inbox.a_bot_line()
    at = ago(60)
    await bot.delivers(text("one coffee", 1, at=at), edit("three coffees", 1, at=at, edited_at=ago(10)))
    if not together:
        await inbox.work()

    await bot.delivers(edit("two coffees", 1, at=at, edited_at=ago(30)))
    await inbox.work()

    assert await inbox.texts() == ["three coffees"]


async def test_a_message_that_was_taken_back_shows_no_words_any_more(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await inbox.serve_business_account(bot)
    await bot.delivers(business("my card is 4111", 1))
    await inbox.work()

    await bot.delivers(taken_back(1))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert (message["text"], message["parts"], message["deleted"]) == (None, [], True)
    assert (await inbox.row())["preview"]["first"] == {
        "text": None,
        "kind": None,
        "deleted": True,
        "to": None,
    }


async def test_an_edit_does_not_bring_back_what_was_taken_back(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await inbox.serve_business_account(bot)
    await bot.delivers(business("my card is 4111", 1), taken_back(1))
    await inbox.work()
    changed = business("my card is 4242", 1)
    changed["edited_business_message"] = changed.pop("business_message") | {"edit_date": ago(0)}

    await bot.delivers(changed)
    await inbox.work()

    assert await inbox.texts() == [None]


async def test_a_reaction_is_an_annotation_and_no_message(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("I like your shop", 1, at=ago(60)))
    await inbox.work()

    await bot.delivers(reaction("❤", 1, at=ago(30)))
    await inbox.work()
    loved = await inbox.timeline()
    await bot.delivers(reaction(None, 1, at=ago(20)))
    await inbox.work()

    assert [m["reactions"] for m in loved] == [[{"side": "customer", "emoji": "❤"}]]
    assert [m["reactions"] for m in await inbox.timeline()] == [[]]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_of_two_reactions_the_later_one_stays_whichever_comes_first(
    inbox: Inbox, together: bool
) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("I like your shop", 1, at=ago(60)), reaction("👍", 1, at=ago(10)))
    if not together:
        await inbox.work()

    await bot.delivers(reaction("👎", 1, at=ago(30)))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert message["reactions"] == [{"side": "customer", "emoji": "👍"}]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_a_reaction_taken_back_stays_so_when_its_beginning_comes_later(
    inbox: Inbox, together: bool
) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("I like your shop", 1, at=ago(60)), reaction(None, 1, at=ago(10)))
    if not together:
        await inbox.work()

    await bot.delivers(reaction("👍", 1, at=ago(30)))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert message["reactions"] == []


async def test_a_reaction_that_is_faster_than_its_message_waits_for_it(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(reaction("🔥", 1))
    await inbox.work()
    waiting = await inbox.outcomes()

    await bot.delivers(text("new in the window", 1, at=ago(60)))
    await inbox.work()
    await inbox.all_due_now()

    assert waiting == [("reaction", None)]
    (message,) = await inbox.timeline()
    assert message["reactions"] == [{"side": "customer", "emoji": "🔥"}]
    assert await inbox.outcomes() == [("reaction", "applied"), ("message", "conversation")]


async def test_a_reaction_to_what_we_never_had_is_accounted_for_in_the_end(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(reaction("🔥", 1))
    await inbox.work()

    for _ in range(4):
        await inbox.all_due_now()

    assert await inbox.outcomes() == [("reaction", "applied")]
    assert await inbox.rows() == []


async def test_a_reaction_in_a_conversation_that_is_answered_makes_nobody_wait(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    (said,) = await ana.says("is it ready?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "Come by any time.")
    await inbox.work()
    bot = await inbox.line_of(ana)

    await bot.delivers(reaction("👍", int(said.split(":")[-1])))
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "them"


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_files_of_a_message_whose_edit_was_faster_are_there_too(inbox: Inbox, together: bool) -> None:
    page = await inbox.a_page_line()
    at = time.time() - 60
    photo = {"type": "image", "payload": {"url": "https://cdn.example.com/beans.jpg"}}
    await page.delivers(page.item({"message_edit": {"mid": "m_1", "text": "two bags", "num_edit": 1}}))
    if not together:
        await inbox.work()

    await page.delivers(page.message("tow bags", "m_1", at=at, attachments=[photo]))
    await inbox.work()

    (message,) = await inbox.timeline()
    assert message["text"] == "two bags"
    assert [(part["type"], part["kind"]) for part in message["parts"]] == [("attachment", "image")]
