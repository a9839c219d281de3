"""A message that may have arrived is never sent again blindly: the platform, its echo or a person tells."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_on_telegram_a_lost_answer_leaves_it_to_a_person(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    before = await inbox.row()
    await _answer_gets_lost(inbox, ana)

    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()
    await inbox.all_due_now()

    row = await inbox.row()
    assert await inbox.state_of() == "unknown"
    assert (row["waiting_for"], row["waiting_since"]) == ("us", before["waiting_since"])
    assert not row["answering"]
    assert await ana.sees() == ["Until six."]  # once, although nobody told us


async def test_a_conversation_closed_while_its_answer_was_doubtful_comes_back(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    before = await inbox.row()
    await _answer_gets_lost(inbox, ana)
    await inbox.maria.reply(conversation, "Until six.")
    seq = (await inbox.maria.snapshot())["seq"]
    await inbox.maria.post(f"conversations/{conversation}/close", seen_seq=seq)

    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_since"]) == ("open", before["waiting_since"])


async def test_a_person_who_says_that_it_arrived_makes_it_an_answer(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    await _answer_gets_lost(inbox, ana)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()

    await _resolve(inbox, "arrived", expect=202)

    assert await inbox.state_of() == "sent"
    assert (await inbox.row())["waiting_for"] == "them"
    assert await ana.sees() == ["Until six."]


async def test_the_echo_of_what_a_person_said_had_arrived_brings_its_real_id(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    stopped = await _no_webhooks(inbox, jun)
    await _answer_gets_lost(inbox, jun)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.house.worker.work_off()
    await _resolve(inbox, "arrived", expect=202)
    said = await _external_ids(inbox)

    await inbox.house.simulator.end_trouble(stopped)
    await inbox.work()

    (on_the_phone,) = [line.id for line in await jun.screen() if not line.mine]
    assert said != [on_the_phone]
    assert await _external_ids(inbox) == [on_the_phone]


async def test_a_person_may_have_it_sent_again(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    nothing_done = Fault(
        kind=Trouble.ERROR, side="api", account=ana.account, method="sendMessage", times=1, status=502
    )
    await inbox.house.simulator.trouble(nothing_done)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()
    doubtful = await inbox.state_of()

    await _resolve(inbox, "send_again", expect=202)
    await inbox.until(lambda: _is(inbox, "sent"))

    assert doubtful == "unknown"
    assert await ana.sees() == ["Until six."]


async def test_telegram_cannot_be_asked_and_says_so(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    await _answer_gets_lost(inbox, ana)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()

    refused = await _resolve(inbox, "ask", expect=422)

    assert refused["error"]["code"] == "cannot_ask"
    assert await inbox.state_of() == "unknown"


async def test_what_is_known_cannot_be_resolved(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.work()

    refused = await _resolve(inbox, "send_again", expect=409)

    assert refused["error"]["code"] == "conflict"
    assert await ana.sees() == ["Until six."]


async def test_on_messenger_the_echo_tells_that_it_arrived(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    await _answer_gets_lost(inbox, jun)

    await inbox.maria.reply(conversation, "Until six.")
    await inbox.until(lambda: _is(inbox, "sent", "delivered", "read"))

    assert [m["text"] for m in await inbox.timeline() if m["side"] == "team"] == ["Until six."]
    assert (await inbox.row())["waiting_for"] == "them"
    assert await jun.sees() == ["Until six."]


async def test_without_its_echo_messengers_history_is_asked(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    await _no_webhooks(inbox, jun)
    await _answer_gets_lost(inbox, jun)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.house.worker.work_off()
    doubtful = await inbox.state_of()

    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'reconcile'", inbox.id)
    await inbox.house.worker.work_off()

    assert doubtful == "unknown"
    assert await inbox.state_of() == "sent"
    assert (await inbox.row())["waiting_for"] == "them"
    assert await jun.sees() == ["Until six."]


async def test_the_echo_that_comes_after_the_history_is_the_same_message(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    stopped = await _no_webhooks(inbox, jun)
    await _answer_gets_lost(inbox, jun)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.house.worker.work_off()
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'reconcile'", inbox.id)
    await inbox.house.worker.work_off()

    await inbox.house.simulator.end_trouble(stopped)
    await inbox.work()

    assert [m["text"] for m in await inbox.timeline() if m["side"] == "team"] == ["Until six."]


async def test_a_file_whose_answer_was_lost_is_found_in_messengers_history_by_its_name(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    stopped = await _no_webhooks(inbox, jun)
    await _answer_gets_lost(inbox, jun)
    await _sends_file(inbox, conversation, "price list.pdf", b"%PDF-1.4 prices")
    doubtful = await inbox.state_of()

    await _history_is_asked(inbox)

    assert (doubtful, await inbox.state_of()) == ("unknown", "sent")
    assert await _external_ids(inbox) == [line.id for line in await jun.screen() if not line.mine]
    await inbox.house.simulator.end_trouble(stopped)


async def test_of_two_files_alike_the_history_does_not_take_one_for_the_other(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    stopped = await _no_webhooks(inbox, jun)
    await _answer_gets_lost(inbox, jun)
    await _sends_file(inbox, conversation, "price list.pdf", b"%PDF-1.4 prices")
    await _sends_file(inbox, conversation, "price list.pdf", b"%PDF-1.4 prices")

    await _history_is_asked(inbox)

    states = [m["delivery"]["state"] for m in await inbox.timeline() if m["side"] == "team"]
    on_the_phone = [line.id for line in await jun.screen() if not line.mine]
    assert states == ["sent", "sent"]
    assert sorted(await _external_ids(inbox)) == sorted(on_the_phone)
    await inbox.house.simulator.end_trouble(stopped)


async def test_a_message_that_messengers_history_does_not_hold_has_failed(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    conversation = await _asks(inbox, jun)
    nothing_done = Fault(
        kind=Trouble.ERROR, side="api", account=jun.account, method="messages", times=1, status=500
    )
    await inbox.house.simulator.trouble(nothing_done)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.house.worker.work_off()
    doubtful = await inbox.state_of()

    await inbox.sql(
        "update messages set dispatched_at = now() - interval '5 minutes' where workspace_id = %s and side = 'team'",
        inbox.id,
    )
    await inbox.all_due_now()
    after_one_look = await inbox.state_of()
    async with asyncio.timeout(10):
        while await inbox.state_of() == "unknown":
            await asyncio.sleep(0.5)  # Meta answers two such questions a second
            await inbox.all_due_now()

    assert (doubtful, after_one_look) == ("unknown", "unknown")
    bubble = await inbox.bubble()
    assert bubble["delivery"]["state"] == "failed"
    assert "did not arrive" in bubble["delivery"]["reason"]
    assert (await inbox.row())["waiting_for"] == "us"


async def test_who_died_while_sending_leaves_an_unknown_message_and_the_next_one_still_leaves(
    inbox: Inbox,
) -> None:
    ana = await inbox.on_telegram()
    conversation = await _asks(inbox, ana)
    await inbox.undo_seconds(60)
    await inbox.maria.reply(conversation, "Until six.")
    await inbox.maria.reply(conversation, "On Sunday too.")
    await inbox.sql(
        """
        update messages set state = 'sending', dispatched_at = now() - interval '3 minutes'
        where workspace_id = %s and text = 'Until six.'""",
        inbox.id,
    )
    await inbox.sql(
        """
        update conversations set send_lease = gen_random_uuid(), send_lease_until = now() - interval '1 minute'
        where workspace_id = %s""",
        inbox.id,
    )

    await inbox.sql(
        "update messages set hold_until = now() where workspace_id = %s and state = 'queued'", inbox.id
    )
    await inbox.all_due_now()
    await inbox.until(lambda: _has_left(inbox, "On Sunday too."))

    assert await inbox.state_of("Until six.") == "unknown"
    assert await ana.sees() == ["On Sunday too."]


async def _sends_file(inbox: Inbox, conversation: str, name: str, content: bytes) -> None:
    file = await inbox.upload(name, content, "file")
    await inbox.maria.reply(conversation, "", attachment_ids=[file])
    async with asyncio.timeout(10):
        while await _is(inbox, "queued", "sending"):
            await inbox.house.worker.work_off()
            await asyncio.sleep(0.05)


async def _history_is_asked(inbox: Inbox) -> None:
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'reconcile'", inbox.id)
    await inbox.house.worker.work_off()


async def _asks(inbox: Inbox, customer: Customer) -> str:
    await customer.says("open today?")
    await inbox.work()
    return str((await inbox.row())["id"])


async def _answer_gets_lost(inbox: Inbox, customer: Customer) -> None:
    """The platform does as it is told, and the connection breaks before it can say so."""
    method = {"telegram": "sendMessage", "messenger": "messages"}[customer.platform]
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.LOST_ANSWER, side="api", account=customer.account, method=method, times=1)
    )


async def _no_webhooks(inbox: Inbox, customer: Customer) -> int:
    return await inbox.house.simulator.trouble(
        Fault(kind=Trouble.STOP, side="webhook", account=customer.account)
    )


async def _resolve(inbox: Inbox, how: str, *, expect: int) -> dict[str, dict[str, str]]:
    bubble = await inbox.bubble()
    answer: dict[str, dict[str, str]] = await inbox.maria.post(
        f"messages/{bubble['id']}/resolve", expect=expect, how=how
    )
    return answer


async def _external_ids(inbox: Inbox) -> list[str]:
    found = await inbox.sql(
        "select external_id from messages where workspace_id = %s and side = 'team'", inbox.id
    )
    return [str(row[0]) for row in found]


async def _is(inbox: Inbox, *states: str) -> bool:
    return await inbox.state_of() in states


async def _has_left(inbox: Inbox, text: str) -> bool:
    return await inbox.state_of(text) == "sent"
