"""A reply leaves once, in order, and the bubble tells the truth."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from dragoman.simulator.acts import Block
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_same_key_gives_the_same_message_and_sends_once(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("open today?"))
    seen = await inbox.seq()

    first = await inbox.maria.reply(conversation, "Until six.", key="pressed-once", seen=seen)
    again = await inbox.maria.reply(conversation, "Until six.", key="pressed-once", seen=seen)
    await inbox.work()
    last = await inbox.maria.reply(conversation, "Until six.", key="pressed-once", seen=seen)

    assert {answer["messages"][0]["id"] for answer in (first, again, last)} == {first["messages"][0]["id"]}
    assert await ana.sees() == ["Until six."]


async def test_replies_leave_in_the_order_in_which_they_were_pressed(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asked(inbox, jun.says("open today?"))
    wanted = [f"part {n}" for n in range(5)]

    for words in wanted:
        await inbox.maria.reply(conversation, words)
    await inbox.until(lambda: _has(jun.sees, len(wanted)))

    assert await jun.sees() == wanted
    assert [m["text"] for m in await inbox.timeline() if m["side"] == "team"] == wanted


async def test_a_text_and_its_files_are_bubbles_of_their_own_behind_one_key(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("do you have the price list?"))
    file = await inbox.upload("prices.txt", b"beans: 9 euro", "file")

    answer = await inbox.maria.reply(conversation, "Here it is:", key="with-a-file", attachment_ids=[file])
    again = await inbox.maria.reply(conversation, "Here it is:", key="with-a-file", attachment_ids=[file])

    assert [m["text"] for m in answer["messages"]] == ["Here it is:", None]
    assert answer["messages"][1]["parts"][0]["name"] == "prices.txt"
    assert [m["id"] for m in again["messages"]] == [m["id"] for m in answer["messages"]]


async def test_a_reply_quotes_the_message_it_answers(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    (asked, _) = await ana.says("what size?", "what colour?")
    await inbox.work()
    first = (await inbox.timeline())[0]

    await inbox.maria.reply((await inbox.row())["id"], "60 cm", reply_to=first["id"])
    await inbox.work()

    (line,) = [line for line in await ana.screen() if not line.mine]
    assert line.reply_to == asked
    assert (await inbox.bubble())["reply_to"]["text"] == "what size?"


async def test_a_quote_from_another_conversation_is_refused(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    ana, ben = await inbox.on_telegram("Ana", bot.id), await inbox.on_telegram("Ben", bot.id)
    await ana.says("mine")
    await ben.says("his")
    await inbox.work()
    one, other = await inbox.rows()
    elsewhere = (await inbox.timeline(other["id"]))[0]["id"]

    refused = await inbox.try_to_reply(one["id"], "quoting", reply_to=elsewhere)

    assert refused.status_code == 422
    assert "reply_to" in refused.json()["error"]["fields"]


async def test_a_text_that_is_too_long_is_refused_with_both_numbers(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("tell me everything"))

    refused = await inbox.try_to_reply(conversation, "x" * 4097)

    assert refused.status_code == 422
    sentence = refused.json()["error"]["fields"]["text"]
    assert "4097" in sentence
    assert "4096" in sentence
    assert len(await inbox.timeline()) == 1


async def test_nothing_but_spaces_is_no_reply(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))

    refused = await inbox.try_to_reply(conversation, "  \n ")

    assert refused.status_code == 422


async def test_a_customer_who_blocked_us_unseen_fails_the_reply_and_refuses_the_next(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    before = await inbox.row()
    trouble = await inbox.house.simulator.trouble(
        Fault(kind=Trouble.STOP, side="webhook", account=ana.account)
    )
    await ana.does(Block())

    await inbox.maria.reply(conversation, "Are you there?")
    await inbox.house.worker.work_off()
    failed = await inbox.bubble()
    put_back = await inbox.row()
    await inbox.house.simulator.end_trouble(trouble)
    await inbox.until(lambda: _is_blocked(inbox))
    refused = await inbox.try_to_reply(conversation, "Hello?")

    assert failed["delivery"]["state"] == "failed"
    assert failed["delivery"]["reason"].endswith(".")
    assert (put_back["waiting_for"], put_back["waiting_since"]) == ("us", before["waiting_since"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "cannot_send")


async def test_a_failed_message_can_be_discarded_and_gives_its_words_back(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    await inbox.house.simulator.trouble(_refused_once(ana.account))
    await inbox.maria.reply(conversation, "Good morning")
    await inbox.work()
    failed = await inbox.bubble()

    given_back = await inbox.maria.post(f"messages/{failed['id']}/discard", expect=200)

    assert failed["delivery"]["state"] == "failed"
    assert given_back == {"text": "Good morning", "attachment_ids": []}
    assert await inbox.texts() == ["hello"]


async def test_a_failed_message_can_be_tried_again(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    await inbox.house.simulator.trouble(_refused_once(ana.account))
    await inbox.maria.reply(conversation, "Good morning")
    await inbox.work()
    failed = await inbox.bubble()

    await inbox.maria.post(f"messages/{failed['id']}/retry", expect=202, seen_seq=await inbox.seq())
    await inbox.until(lambda: _has(ana.sees, 1))

    assert failed["delivery"]["state"] == "failed"
    assert await ana.sees() == ["Good morning"]
    assert await inbox.state_of() == "sent"


async def test_trying_again_asks_first_when_the_customer_wrote_meanwhile(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    await inbox.house.simulator.trouble(_refused_once(ana.account))
    await inbox.maria.reply(conversation, "Good morning")
    await inbox.work()
    seen = await inbox.seq()
    await ana.says("forget it")
    await inbox.work()

    failed = await inbox.bubble()
    answer = await inbox.maria.post(f"messages/{failed['id']}/retry", expect=409, seen_seq=seen)

    assert [m["text"] for m in answer["error"]["new"]] == ["forget it"]
    assert await ana.sees() == []


async def test_a_platform_that_asks_for_patience_gets_it(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    limited = Fault(
        kind=Trouble.RATE_LIMITED,
        side="api",
        account=ana.account,
        method="sendMessage",
        times=1,
        retry_after=30,
    )
    await inbox.house.simulator.trouble(limited)

    await inbox.maria.reply(conversation, "Good morning")
    await inbox.work()
    waiting = await inbox.bubble()
    (pause,) = await inbox.sql(
        """
        select extract(epoch from j.due_at - now()), extract(epoch from h.next_send_at - now())
        from jobs j join channels h using (workspace_id) where j.workspace_id = %s and j.kind = 'send'""",
        inbox.id,
    )
    await inbox.all_due_now()

    assert waiting["delivery"]["state"] == "queued"
    assert 25 < pause[0] <= 30
    assert 25 < pause[1] <= 30
    assert await ana.sees() == ["Good morning"]


async def test_a_token_that_died_is_told_at_the_bubble_and_at_the_channel(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    dead = Fault(
        kind=Trouble.ERROR,
        side="api",
        account=ana.account,
        method="sendMessage",
        status=401,
        message="Unauthorized",
    )
    number = await inbox.house.simulator.trouble(dead)

    await inbox.maria.reply(conversation, "Good morning")
    await inbox.work()
    (channel,) = (await inbox.maria.snapshot())["channels"]
    refused = await inbox.try_to_reply(conversation, "Hello?")
    await inbox.house.simulator.end_trouble(number)
    checked = await inbox.maria.post(f"channels/{channel['id']}/check", expect=200)
    await inbox.maria.reply(conversation, "We are back.")
    await inbox.until(lambda: _has(ana.sees, 1))

    assert await inbox.state_of("Good morning") == "failed"
    assert channel["state"] == "attention"
    assert channel["trouble"] == (await inbox.bubble("Good morning"))["delivery"]["reason"]
    assert refused.status_code == 422
    assert channel["trouble"] in refused.json()["error"]["message"]
    assert checked["ok"]
    assert await ana.sees() == ["We are back."]


async def _asked(inbox: Inbox, saying: Awaitable[object]) -> str:
    """The customer has said this; the conversation's id."""
    await saying
    await inbox.work()
    return str((await inbox.row())["id"])


async def _has(seen: Callable[[], Awaitable[list[str | None]]], count: int) -> bool:
    return len(await seen()) >= count


async def _is_blocked(inbox: Inbox) -> bool:
    return bool((await inbox.row())["contact"]["blocked_us"])


def _refused_once(account: str) -> Fault:
    """The platform says no, clearly, and only this time."""
    return Fault(
        kind=Trouble.ERROR,
        side="api",
        account=account,
        method="sendMessage",
        times=1,
        status=400,
        message="Bad Request: chat not found",
    )
