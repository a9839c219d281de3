"""What platforms tell beside words: receipts, blocking, who may answer, names, buttons."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from dragoman.simulator.acts import Block, Press, Start, Unblock
from dragoman.simulator.running import NewBot
from tests.inbox.deliveries import PageLine, ago, membership, millis, text
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_receipts_by_watermark_and_by_name_raise_what_a_bubble_shows(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    page, psid, mid = await _answered(inbox, jun)

    await page.delivers(page.item({"delivery": {"mids": [mid], "watermark": 1}}, sender=psid))
    await inbox.work()
    delivered = await inbox.state_of()
    await page.delivers(page.item({"read": {"watermark": millis(time.time() + 5)}}, sender=psid))
    await inbox.work()

    assert delivered == "delivered"
    assert await inbox.state_of() == "read"


async def test_a_receipt_never_lowers_what_is_known(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    page, psid, mid = await _answered(inbox, jun)
    await page.delivers(page.item({"read": {"watermark": millis(time.time() + 5)}}, sender=psid))
    await inbox.work()

    await page.delivers(
        page.item({"delivery": {"mids": [mid], "watermark": millis(time.time() + 9)}}, sender=psid)
    )
    await inbox.work()

    assert await inbox.state_of() == "read"


async def test_a_watermark_from_before_our_message_says_nothing_of_it(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    page, psid, _ = await _answered(inbox, jun)

    await page.delivers(page.item({"read": {"watermark": millis(time.time() - 3600)}}, sender=psid))
    await inbox.work()

    assert await inbox.state_of() in ("sent", "delivered")


async def test_who_has_blocked_us_cannot_be_written_to_until_they_come_back(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("stop writing to me")
    await ana.does(Block())
    await inbox.work()
    row = await inbox.row()

    refused = await inbox.maria.post(
        f"conversations/{row['id']}/replies",
        expect=422,
        text="Sorry!",
        idempotency_key="key-12345",
        seen_seq=await inbox.seq(),
    )
    await ana.does(Unblock())
    await inbox.work()
    await inbox.maria.reply(row["id"], "Welcome back!")
    await inbox.work()

    assert row["contact"]["blocked_us"]
    assert refused["error"]["code"] == "cannot_send"
    assert "blocked" in refused["error"]["message"]
    assert await ana.sees() == ["Welcome back!"]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
@pytest.mark.parametrize(
    ("earlier", "later", "blocked"), [("kicked", "member", False), ("member", "kicked", True)]
)
async def test_of_blocking_and_coming_back_the_later_one_holds_whichever_comes_first(
    inbox: Inbox, earlier: str, later: str, blocked: bool, together: bool
) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1, at=ago(60)), membership(later, at=ago(10)))
    if not together:
        await inbox.work()

    await bot.delivers(membership(earlier, at=ago(30)))
    await inbox.work()

    assert (await inbox.row())["contact"]["blocked_us"] is blocked


async def test_blocking_before_any_word_opens_no_conversation(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    await bot.delivers(membership("kicked"))
    await inbox.work()

    assert await inbox.rows() == []
    assert await inbox.outcomes() == [("unfollow", "applied")]


async def test_another_app_that_holds_the_conversation_is_seen_until_the_customer_is_given_back(
    inbox: Inbox,
) -> None:
    page = await inbox.a_page_line()
    await page.delivers(page.message("for the bot", "m_1", at=time.time() - 60), place="standby")
    await inbox.work()
    held = await inbox.row()

    await page.delivers(page.message("for people", "m_2"))
    await inbox.work()

    assert held["held_elsewhere"]
    assert not (await inbox.row())["held_elsewhere"]
    told, *said = await inbox.timeline()
    assert told["parts"][0]["text"] == "Another app holds this conversation."
    assert [message["text"] for message in said] == ["for the bot", "for people"]


async def test_a_conversation_that_is_passed_to_us_is_ours(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    await page.delivers(page.message("for the bot", "m_1", at=time.time() - 60), place="standby")
    await inbox.work()

    await page.delivers(page.item({"pass_thread_control": {"new_owner_app_id": 4711, "metadata": ""}}))
    await inbox.work()

    assert not (await inbox.row())["held_elsewhere"]


async def test_a_customer_whom_the_webhook_does_not_name_is_looked_up(inbox: Inbox) -> None:
    jun = await inbox.on_messenger("Jun")
    seen = await inbox.seq()

    await jun.says("안녕하세요")
    await inbox.work()

    row = await inbox.row()
    assert (row["contact"]["name"] or "").startswith("Jun")
    told = await inbox.sql(
        "select count(*) from changes where workspace_id = %s and seq > %s and kind = 'conversation'",
        inbox.id,
        seen,
    )
    assert told[0][0] == 2  # the message, and then the name


async def test_a_customer_who_changes_their_name_is_called_by_the_new_one(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hi", 1))
    await inbox.work()
    married = text("hi again", 2)
    married["message"]["from"]["first_name"] = "Ana Lima"

    await bot.delivers(married)
    await inbox.work()

    assert (await inbox.row())["contact"]["name"] == "Ana Lima"


async def test_a_pressed_button_is_said_and_acknowledged(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    ana = await inbox.on_telegram(bot=bot.id)
    await ana.does(Start())
    keyboard = {"inline_keyboard": [[{"text": "60 cm", "callback_data": "size:60"}]]}
    sent = await _bot_api(
        inbox, bot, "sendMessage", chat_id=int(ana.id), text="Which size?", reply_markup=keyboard
    )

    await ana.does(Press(str(sent["result"]["message_id"]), "size:60"))
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "us"
    assert [p["type"] for p in (await inbox.timeline())[-1]["parts"]] == ["choice"]
    once_more = await _bot_api(inbox, bot, "answerCallbackQuery", callback_query_id=await _query(inbox))
    assert "query is too old" in once_more["description"]


async def _answered(inbox: Inbox, jun: Customer) -> tuple[PageLine, str, str]:
    """Jun asked and we answered: the page's line, Jun's id on it, and the id of our message."""
    await jun.says("is it ready?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "Come by any time.")
    await inbox.work()
    (sent,) = await inbox.sql(
        "select external_id from messages where workspace_id = %s and side = 'team'", inbox.id
    )
    page = await PageLine.of(inbox.house, jun.account)
    return page, await inbox.house.simulator.psid(jun.account, jun.id), sent[0]


async def _bot_api(inbox: Inbox, bot: NewBot, method: str, **parameters: Any) -> Any:
    """As another program with the same token would call the platform."""
    address = f"{inbox.house.simulator.telegram_api}/bot{bot.token}/{method}"
    return (await inbox.house.http.post(address, json=parameters)).json()


async def _query(inbox: Inbox) -> str:
    bodies = await inbox.sql("select body from envelopes where workspace_id = %s", inbox.id)
    updates = [json.loads(row[0]) for row in bodies]
    (query,) = [u["callback_query"]["id"] for u in updates if "callback_query" in u]
    return str(query)
