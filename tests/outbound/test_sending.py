"""A reply leaves once, in order, and the bubble tells the truth."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from dragoman.channels.registry import channel
from dragoman.db.database import Database
from dragoman.kit.clock import now
from dragoman.outbound.claiming import claim
from dragoman.outbound.dispatch import dispatch
from dragoman.outbound.model import Sending
from dragoman.outbound.pacing import pause_channel
from dragoman.simulator.acts import Block
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind, Note
from dragoman.work.jobs import Job
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

BURST = 30
PER_SECOND = channel("telegram").capabilities.pace.per_second


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


async def test_a_text_that_is_longer_than_the_channel_takes_goes_as_several_in_order(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asked(inbox, jun.says("what do you sell?"))
    lines = [f"{number}. {'lamp ' * 200}".strip() for number in range(3)]
    seen = await inbox.seq()

    sent = await inbox.maria.reply(conversation, "\n".join(lines), key="a-long-one", seen=seen)
    again = await inbox.maria.reply(conversation, "\n".join(lines), key="a-long-one", seen=seen)
    await inbox.until(lambda: _has(jun.sees, 3))

    assert await jun.sees() == lines
    assert [m["text"] for m in sent["messages"]] == lines
    assert [m["id"] for m in again["messages"]] == [m["id"] for m in sent["messages"]]


async def test_what_its_author_marked_as_a_question_is_kept_with_the_message(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("when does it come?"))

    await inbox.maria.reply(conversation, "Friday, 2 pm", expects_answer=True)
    await inbox.maria.reply(conversation, "Have a good day")

    ours = [m for m in await inbox.timeline() if m["side"] == "team"]
    assert [(m["text"], m["expects_answer"]) for m in ours] == [
        ("Friday, 2 pm", True),
        ("Have a good day", False),
    ]


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


async def test_a_text_that_would_be_too_many_messages_is_refused_with_both_numbers(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("tell me everything"))

    refused = await inbox.try_to_reply(conversation, "x" * (5 * 4096 + 1))

    assert refused.status_code == 422
    sentence = refused.json()["error"]["fields"]["text"]
    assert sentence == "This would be 6 messages; at most 5 go with one reply."
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


async def test_a_colleague_who_discards_a_failed_message_has_its_file_to_send(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("the price list, please"))
    jonas = await inbox.a_member("Jonas")
    file = await inbox.upload("prices.txt", b"beans: 9 euro", "file")
    (kept,) = await _lies_at(inbox, file, "0" * 40)
    await inbox.maria.reply(conversation, "", attachment_ids=[file])
    await inbox.work()
    await _lies_at(inbox, file, kept)

    given = await jonas.post(f"messages/{(await inbox.bubble())['id']}/discard", expect=200)
    await jonas.reply(conversation, "", attachment_ids=given["attachment_ids"])
    await inbox.until(lambda: _has(ana.sees, 1))

    assert given["attachment_ids"] == [file]
    assert [line.media for line in await ana.screen() if not line.mine] == ["document"]


async def test_a_file_that_is_gone_fails_the_message_which_certainly_did_not_arrive(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("the price list, please"))
    file = await inbox.upload("prices.txt", b"beans: 9 euro", "file")
    await _lies_at(inbox, file, "0" * 40)

    await inbox.maria.reply(conversation, "", attachment_ids=[file])
    await inbox.work()

    delivery = (await inbox.bubble())["delivery"]
    assert (delivery["state"], delivery["reason"]) == (
        "failed",
        "The file cannot be read any more: add it again.",
    )


async def test_a_database_that_is_away_before_the_request_puts_the_message_back(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    clients = inbox.house.services.clients
    unreachable = Database("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    monkeypatch.setattr(clients, "_database", unreachable)

    await inbox.maria.reply(conversation, "Good morning")
    await inbox.house.worker.work_off()
    waiting = await inbox.state_of()
    monkeypatch.undo()
    await inbox.all_due_now()

    assert waiting == "queued"
    assert await ana.sees() == ["Good morning"]


async def test_a_burst_of_replies_leaves_at_the_pace_of_its_channel(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    for nth in range(BURST):
        customer = await inbox.on_telegram(f"Ana {nth}", bot.id)
        await customer.says("hello")
    await inbox.work()
    for row in await inbox.rows():
        await inbox.maria.reply(row["id"], "Good morning")

    began = time.time()
    await inbox.until(lambda: _all_received(inbox, bot.id, BURST))

    left = sorted(note.at for note in await _received(inbox, bot.id))
    assert len(left) == BURST
    # Clocks are no finer than a hundredth of a second.
    assert all(at - began >= nth / PER_SECOND - 0.01 for nth, at in enumerate(left))


async def test_a_pause_takes_back_the_places_that_were_given_out(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    channel_id = (await inbox.row())["channel_id"]
    await inbox.sql(
        "update channels set next_send_at = now() + interval '1 minute' where channel_id = %s", channel_id
    )
    await inbox.maria.reply(conversation, "Good morning")
    await inbox.house.worker.work_off()
    given = await _slots(inbox)

    async with inbox.house.database.transaction(inbox.id) as tx:
        await pause_channel(tx, channel_id, now() + timedelta(minutes=5))

    assert len(given) == 1
    assert await _slots(inbox) == []
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'send'", inbox.id)
    await inbox.house.worker.work_off()
    ((minutes,),) = await inbox.sql(
        """
        select extract(epoch from due_at - now()) / 60 from jobs
        where workspace_id = %s and kind = 'send'""",
        inbox.id,
    )
    bubble = await inbox.bubble()
    assert 4 < minutes <= 5
    assert bubble["delivery"]["state"] == "queued"
    assert datetime.fromisoformat(bubble["delivery"]["leaves_at"]) > now() + timedelta(minutes=4)


async def test_who_is_stopped_before_the_request_begins_puts_the_reply_back(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asked(inbox, ana.says("hello"))
    await inbox.maria.reply(conversation, "Good morning")
    sending = await _claimed(inbox, leaves_at=now() + timedelta(minutes=1))
    services = inbox.house.services

    task = asyncio.create_task(dispatch(services, inbox.id, sending))
    await asyncio.sleep(0.2)
    task.cancel()
    await asyncio.wait([task])
    stopped = await inbox.state_of()
    await inbox.all_due_now()

    assert stopped == "queued"
    assert await inbox.state_of() == "sent"
    assert await ana.sees() == ["Good morning"]


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


async def _lies_at(inbox: Inbox, file: str, key: str) -> list[str]:
    """Have the file's content looked for there; where it was before."""
    before = await inbox.sql("select storage_key from attachments where attachment_id = %s", file)
    await inbox.sql("update attachments set storage_key = %s where attachment_id = %s", key, file)
    return [str(row[0]) for row in before]


async def _claimed(inbox: Inbox, *, leaves_at: datetime) -> Sending:
    async with inbox.house.database.transaction(inbox.id) as tx:
        ((subject, lane),) = await tx.rows(
            "select subject, lane from jobs where workspace_id = %(id)s and kind = 'send'", {"id": inbox.id}
        )
        sending = await claim(tx, Job(kind="send", subject=subject, lane=lane, due_at=now()), 60)
    assert isinstance(sending, Sending)
    return replace(sending, leaves_at=leaves_at)


async def _slots(inbox: Inbox) -> list[str]:
    found = await inbox.sql(
        "select payload ->> 'slot' from jobs where workspace_id = %s and payload ->> 'slot' is not null",
        inbox.id,
    )
    return [str(row[0]) for row in found]


async def _received(inbox: Inbox, account: str) -> list[Note]:
    notes = await inbox.house.simulator.notes(Kind.RECEIVED)
    return [note for note in notes if note.about.account == account]


async def _all_received(inbox: Inbox, account: str, count: int) -> bool:
    return len(await _received(inbox, account)) >= count
