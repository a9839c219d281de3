"""Nobody answers past something they have not seen, and for a moment everything can be taken back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dragoman.kit.ids import new_id
from dragoman.simulator.acts import Read
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.deliveries import ago, edit, reaction, text
from tests.inbox.house import Person
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_reply_that_passes_over_something_new_is_shown_just_the_difference(inbox: Inbox) -> None:
    ana, conversation = await _asks(inbox, "two coffees")
    seen = await inbox.seq()
    await ana.says("oh, and it's the 220 V one")
    await inbox.work()

    stale = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=seen)
    error = stale.json()["error"]
    sent = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=error["seq"])
    await inbox.work()

    assert (stale.status_code, error["code"]) == (409, "stale")
    assert [m["text"] for m in error["new"]] == ["oh, and it's the 220 V one"]
    assert sent.status_code == 201
    assert await ana.sees() == ["Here you are."]


async def test_a_late_message_in_the_middle_counts_as_news(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("two coffees", 1, at=ago(600)), text("please", 3, at=ago(500)))
    await inbox.work()
    seen = await inbox.seq()

    await bot.delivers(text("no, three", 2, at=ago(550)))
    await inbox.work()
    stale = await inbox.try_to_reply((await inbox.row())["id"], "Here you are.", seen_seq=seen)

    assert [m["text"] for m in stale.json()["error"]["new"]] == ["no, three"]


async def test_an_edit_counts_as_news_and_a_reaction_does_not(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(600)
    await bot.delivers(text("two coffees", 1, at=at))
    await inbox.work()
    conversation = (await inbox.row())["id"]
    first = await inbox.seq()
    await bot.delivers(edit("three coffees", 1, at=at))
    await inbox.work()
    second = await inbox.seq()
    await bot.delivers(reaction("❤", 1))
    await inbox.work()

    after_the_edit = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=first)
    after_the_reaction = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=second)

    assert [m["text"] for m in after_the_edit.json()["error"]["new"]] == ["three coffees"]
    assert after_the_reaction.status_code == 201


async def test_receipts_and_my_own_reply_are_no_news(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    await jun.says("open today?")
    await inbox.work()
    conversation = (await inbox.row())["id"]
    seen = await inbox.seq()
    await inbox.maria.reply(conversation, "Until six.", seen=seen)
    await inbox.work()
    await jun.does(Read())
    await inbox.work()

    more = await inbox.try_to_reply(conversation, "And on Sunday too.", seen_seq=seen)

    assert more.status_code == 201


async def test_of_two_members_who_press_at_once_one_goes_out_and_the_other_sees_why(inbox: Inbox) -> None:
    ana, conversation = await _asks(inbox, "do you ship to Norway?")
    jonas = await inbox.a_member("Jonas")
    seen = await inbox.seq()

    answers = await asyncio.gather(
        _press(inbox.maria, conversation, "Yes, we do.", seen),
        _press(jonas, conversation, "Of course!", seen),
    )
    await inbox.work()

    assert sorted(status for status, _ in answers) == [201, 409]
    ((_, sent),) = [answer for answer in answers if answer[0] == 201]
    ((_, refused),) = [answer for answer in answers if answer[0] == 409]
    assert [m["text"] for m in refused["error"]["new"]] == [sent["messages"][0]["text"]]
    assert await ana.sees() == [sent["messages"][0]["text"]]


async def test_a_colleague_who_adds_something_knowingly_does_not_stop_the_first_reply(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    ana, conversation = await _asks(inbox, "do you ship to Norway?")
    jonas = await inbox.a_member("Jonas")
    await inbox.maria.reply(conversation, "Yes, we do.")

    await jonas.reply(conversation, "It takes three days.")
    await _holds_end(inbox)
    await inbox.until(lambda: _both_there(ana))

    assert await ana.sees() == ["Yes, we do.", "It takes three days."]


async def test_a_reply_can_be_taken_back_while_it_is_held(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    ana, conversation = await _asks(inbox, "two coffees")
    answer = await inbox.maria.reply(conversation, "Here you are, Otto.")
    held = await inbox.bubble()

    given_back = await inbox.maria.post(f"messages/{answer['messages'][0]['id']}/undo", expect=200)
    await inbox.all_due_now()

    assert held["delivery"]["hold_until"] is not None
    assert given_back == {"text": "Here you are, Otto.", "attachment_ids": []}
    assert await inbox.texts() == ["two coffees"]
    row = await inbox.row()
    assert (row["waiting_for"], row["answering"]) == ("us", False)
    assert await ana.sees() == []


async def test_files_that_were_taken_back_can_be_sent_again(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    ana, conversation = await _asks(inbox, "the price list, please")
    file = await inbox.upload("prices.txt", b"beans: 9 euro", "file")
    answer = await inbox.maria.reply(conversation, "", attachment_ids=[file])

    given_back = await inbox.maria.post(f"messages/{answer['messages'][0]['id']}/undo", expect=200)
    await inbox.undo_seconds(0)
    await inbox.maria.reply(conversation, "", attachment_ids=given_back["attachment_ids"])
    await inbox.work()

    assert given_back["attachment_ids"] == [file]
    assert [line.media for line in await ana.screen() if not line.mine] == ["document"]


async def test_a_colleague_cannot_take_back_what_i_wrote(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    _, conversation = await _asks(inbox, "two coffees")
    jonas = await inbox.a_member("Jonas")
    answer = await inbox.maria.reply(conversation, "Here you are.")

    refused = await jonas.post(f"messages/{answer['messages'][0]['id']}/undo", expect=403)

    assert refused["error"]["message"] == "Only who wrote a message can take it back."
    assert await inbox.state_of() == "queued"


async def test_what_has_left_cannot_be_taken_back(inbox: Inbox) -> None:
    ana, conversation = await _asks(inbox, "two coffees")
    answer = await inbox.maria.reply(conversation, "Here you are.")
    await inbox.work()

    refused = await inbox.maria.post(f"messages/{answer['messages'][0]['id']}/undo", expect=409)

    assert refused["error"]["code"] == "conflict"
    assert await ana.sees() == ["Here you are."]


async def test_a_customer_who_writes_during_the_hold_stops_the_reply(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    ana, conversation = await _asks(inbox, "two coffees")
    before = await inbox.row()
    await inbox.maria.reply(conversation, "Two coffees, here you are.")

    await ana.says("sorry, three")
    await inbox.work()
    await _holds_end(inbox)
    await inbox.work()

    failed = await inbox.bubble()
    assert (failed["delivery"]["state"], failed["delivery"]["reason"]) == ("failed", "stale")
    assert await ana.sees() == []
    after = await inbox.row()
    assert (after["waiting_for"], after["waiting_since"]) == ("us", before["waiting_since"])
    assert not after["answering"]


async def test_an_answer_answers_only_what_its_author_had_seen(inbox: Inbox) -> None:
    ana, conversation = await _asks(inbox, "two coffees")
    await inbox.maria.reply(conversation, "Here you are.")
    trouble = await _api_is_held_up(inbox, ana)

    sending = asyncio.ensure_future(inbox.house.worker.work_off())
    await _until_sending(inbox)
    await ana.says("and milk?")
    await inbox.house.simulator.end_trouble(trouble)
    await sending
    await inbox.work()

    row = await inbox.row()
    assert await inbox.state_of() == "sent"
    assert row["waiting_for"] == "us"
    assert (row["preview"]["first"]["text"], row["preview"]["count"]) == ("and milk?", 1)


async def test_send_and_close_closes_when_the_answer_is_out(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    ana, conversation = await _asks(inbox, "thanks, and when?")
    await inbox.maria.reply(conversation, "See you!", then="close")
    before = await inbox.row()

    await _holds_end(inbox)
    await inbox.work()

    after = await inbox.row()
    assert (before["status"], after["status"]) == ("open", "closed")
    assert after["closed_by"] == str(inbox.maria.membership.member_id)
    assert await ana.sees() == ["See you!"]


async def test_send_and_close_leaves_open_what_the_customer_wrote_into(inbox: Inbox) -> None:
    ana, conversation = await _asks(inbox, "thanks, and when?")
    await inbox.maria.reply(conversation, "See you!", then="close")
    trouble = await _api_is_held_up(inbox, ana)

    sending = asyncio.ensure_future(inbox.house.worker.work_off())
    await _until_sending(inbox)
    await ana.says("wait, one more thing")
    await inbox.house.simulator.end_trouble(trouble)
    await sending
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("open", "us")


async def test_what_was_seen_before_the_log_begins_must_be_looked_at_again(inbox: Inbox) -> None:
    _, conversation = await _asks(inbox, "two coffees")
    await inbox.sql("update workspaces set log_from = seq where workspace_id = %s", inbox.id)

    old = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=0)
    invented = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=10**9)

    assert (old.status_code, old.json()["error"]["code"]) == (409, "stale")
    assert (invented.status_code, invented.json()["error"]["code"]) == (422, "invalid")


async def _asks(inbox: Inbox, words: str) -> tuple[Customer, str]:
    ana = await inbox.on_telegram()
    await ana.says(words)
    await inbox.work()
    return ana, str((await inbox.row())["id"])


async def _press(member: Person, conversation: str, text: str, seen: int) -> tuple[int, Any]:
    content = {"text": text, "idempotency_key": new_id().hex, "seen_seq": seen}
    answer = await member.asks("POST", f"conversations/{conversation}/replies", json=content)
    return answer.status_code, answer.json()


async def _both_there(ana: Customer) -> bool:
    return len(await ana.sees()) == 2


async def _holds_end(inbox: Inbox) -> None:
    """As if the seconds for undo had passed."""
    await inbox.sql(
        "update messages set hold_until = now() where workspace_id = %s and state = 'queued'", inbox.id
    )
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'send'", inbox.id)


async def _api_is_held_up(inbox: Inbox, ana: Customer) -> int:
    slow = Fault(kind=Trouble.SLOW, side="api", account=ana.account, method="sendMessage", seconds=60)
    return await inbox.house.simulator.trouble(slow)


async def _until_sending(inbox: Inbox) -> None:
    async with asyncio.timeout(20):
        while await inbox.state_of() != "sending":  # noqa: ASYNC110 the worker does it, in its own time
            await asyncio.sleep(0.02)


async def test_send_and_close_leaves_open_what_is_not_wholly_out(inbox: Inbox) -> None:
    ana, conversation = await _asks(inbox, "the price list, please")
    file = await inbox.upload("prices.txt", b"beans: 9 euro", "file")
    lost = Fault(kind=Trouble.LOST_ANSWER, side="api", account=ana.account, method="sendMessage", times=1)
    await inbox.house.simulator.trouble(lost)

    await inbox.maria.reply(conversation, "Here it is:", attachment_ids=[file], then="close")
    await inbox.until(lambda: _is_sent(inbox, file))

    assert await inbox.state_of("Here it is:") == "unknown"
    assert (await inbox.row())["status"] == "open"


async def _is_sent(inbox: Inbox, file: str) -> bool:
    bubbles = [m for m in await inbox.timeline() if [p for p in m["parts"] if p.get("id") == file]]
    return [m["delivery"]["state"] for m in bubbles] == ["sent"]
