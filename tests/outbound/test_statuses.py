"""What WhatsApp's statuses say of our answers: ranks that only rise, doubts that end, and arrivals taken back."""

from __future__ import annotations

import pytest

from dragoman.simulator.acts import Block, Read, SendMedia
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.deliveries import NumberLine
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

WINDOW = {"code": 131026, "title": "Message undeliverable"}


async def a_question(inbox: Inbox) -> tuple[Customer, str]:
    mei = await inbox.on_whatsapp()
    await mei.says("is it there?")
    await inbox.work()
    return mei, (await inbox.row())["id"]


async def external_id(inbox: Inbox) -> str:
    [(found,)] = await inbox.sql(
        "select external_id from messages where workspace_id = %s and side = 'team'", inbox.id
    )
    return str(found)


async def test_ranks_only_rise_in_whatever_order_they_are_told(inbox: Inbox) -> None:
    mei, conversation = await a_question(inbox)
    await inbox.maria.reply(conversation, "It is.")
    await inbox.work()
    await mei.does(Read())
    await inbox.work()
    line = await NumberLine.of(inbox.house, mei.account)

    await line.delivers("statuses", line.status("delivered", await external_id(inbox)))
    await inbox.work()

    assert await inbox.state_of() == "read"


async def test_an_answer_that_is_given_up_later_has_failed_and_the_customer_waits_again(inbox: Inbox) -> None:
    mei, conversation = await a_question(inbox)
    waiting_since = (await inbox.row())["waiting_since"]
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.STOP, side="webhook", account=mei.account, times=1_000_000)
    )
    await inbox.maria.reply(conversation, "It is.")
    await inbox.house.worker.work_off()
    assert (await inbox.row())["waiting_for"] == "them"
    line = await NumberLine.of(inbox.house, mei.account)

    await line.delivers("statuses", line.status("failed", await external_id(inbox), errors=[WINDOW]))
    await inbox.house.worker.work_off()
    await inbox.house.simulator.no_more_troubles()

    row, bubble = await inbox.row(), await inbox.bubble()
    assert (row["waiting_for"], row["waiting_since"]) == ("us", waiting_since)
    assert bubble["delivery"]["state"] == "failed"
    assert "cannot reach this person" in bubble["delivery"]["reason"]


async def test_who_blocked_us_is_told_by_the_bubble(inbox: Inbox) -> None:
    mei, conversation = await a_question(inbox)
    await mei.does(Block())

    await inbox.maria.reply(conversation, "It is.")
    await inbox.work()
    told_late = {"biz_opaque_callback_data": f"dragoman:{(await inbox.bubble())['id'].replace('-', '')}"}
    line = await NumberLine.of(inbox.house, mei.account)
    await line.delivers("statuses", line.status("sent", await external_id(inbox), **told_late))
    await inbox.work()

    assert await inbox.state_of() == "failed"
    assert (await inbox.row())["waiting_for"] == "us"


async def test_what_is_known_to_have_arrived_did(inbox: Inbox) -> None:
    mei, conversation = await a_question(inbox)
    await inbox.maria.reply(conversation, "It is.")
    await inbox.work()
    line = await NumberLine.of(inbox.house, mei.account)

    await line.delivers("statuses", line.status("failed", await external_id(inbox), errors=[WINDOW]))
    await inbox.work()

    assert (await inbox.state_of(), (await inbox.row())["waiting_for"]) == ("delivered", "them")


async def test_a_status_ends_the_doubt_about_an_answer_that_was_lost(inbox: Inbox) -> None:
    mei, conversation = await a_question(inbox)
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.LOST_ANSWER, side="api", account=mei.account, method="messages", times=1)
    )

    await inbox.maria.reply(conversation, "It is.")
    await inbox.work()
    await inbox.work()

    assert await mei.sees() == ["It is."]
    assert await inbox.state_of() == "delivered"
    assert (await inbox.row())["waiting_for"] == "them"


async def test_an_answer_from_the_phone_counts_as_one(inbox: Inbox) -> None:
    number = await inbox.house.a_number(in_app=True)
    mei = await inbox.on_whatsapp(number=number.number_id)
    await mei.says("is it there?")
    await inbox.work()

    order = {"account": mei.account, "customer": mei.id, "text": "Yes!"}
    await inbox.house.simulator.post("/numbers/phone-app", **order)
    await inbox.work()

    assert await inbox.texts() == ["is it there?", "Yes!"]
    assert (await inbox.row())["waiting_for"] == "them"


async def test_after_a_day_an_answer_is_refused_before_whatsapp_is_asked(inbox: Inbox) -> None:
    mei, conversation = await a_question(inbox)
    await inbox.sql(
        "update conversations set last_customer_at = now() - interval '25 hours' where workspace_id = %s",
        inbox.id,
    )

    answer = await inbox.try_to_reply(conversation, "too late")

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "window_closed")
    assert await mei.sees() == []


async def test_files_go_both_ways(inbox: Inbox) -> None:
    mei = await inbox.on_whatsapp()
    await mei.does(SendMedia(kind="photo", caption="this one"))
    await inbox.work()
    conversation = (await inbox.row())["id"]
    [theirs] = await inbox.timeline()
    assert theirs["text"] == "this one"
    assert [part["state"] for part in theirs["parts"]] == ["stored"]

    file = await inbox.upload("note.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "file")
    await inbox.maria.reply(conversation, "", attachment_ids=[file])
    await inbox.work()

    assert [line.media for line in await mei.screen() if not line.mine] == ["document"]
