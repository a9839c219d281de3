"""An owner connects our bot to their own Telegram account: a channel comes of it, and goes, by itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from dragoman.simulator.acts import Delete, Edit, SendMedia, Write
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import NewBot
from dragoman.worker import Worker
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(slots=True)
class Owner:
    """Somebody whose own Telegram account our bot may read."""

    inbox: Inbox
    bot: str
    id: str

    async def connects(self, *, can_reply: bool = True) -> None:
        await self.inbox.house.simulator.connect_account(self.id, self.bot, can_reply=can_reply)
        await self.inbox.work()

    async def disconnects(self) -> None:
        await self.inbox.house.simulator.disconnect_account(self.id)
        await self.inbox.work()

    async def answers(self, customer: Customer, words: str) -> str:
        (message,) = await self.inbox.house.simulator.owner_does(self.id, customer.id, Write(words))
        await self.inbox.work()
        return message

    async def channels(self) -> list[dict[str, Any]]:
        """Those that the team sees, beside the bot's own."""
        return [c for c in await _channels(self.inbox) if c["name"] == "Marta"]


async def _channels(inbox: Inbox) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await inbox.maria.snapshot())["channels"]
    return found


async def _an_owner(inbox: Inbox, bot: str | None = None) -> Owner:
    bot = bot or (await inbox.house.a_bot()).id
    return Owner(inbox, bot, await inbox.house.simulator.new_customer("telegram", "Marta"))


async def _a_connected_owner(inbox: Inbox) -> Owner:
    owner = await _an_owner(inbox)
    await owner.connects()
    return owner


async def _a_customer_of(owner: Owner) -> Customer:
    person = await owner.inbox.house.simulator.new_customer("telegram", "Ana")
    return Customer(owner.inbox, "telegram", owner.id, person)


# ------------------------------------------------------------------------------------------ it comes and goes


async def test_an_account_that_its_owner_connects_becomes_a_channel_by_itself(inbox: Inbox) -> None:
    owner = await _an_owner(inbox)

    await owner.connects()

    (channel,) = await owner.channels()
    assert (channel["platform"], channel["state"], channel["trouble"]) == ("telegram", "live", None)
    assert channel["simulated"]


async def test_what_a_customer_writes_to_the_owner_is_heard_and_answered(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)

    await ana.says("Are you open?")
    await inbox.work()
    row = await inbox.row()
    await inbox.maria.reply(row["id"], "Until six.")
    await inbox.work()

    (channel,) = await owner.channels()
    assert row["channel_id"] == channel["id"]
    assert row["contact"]["name"] == "Ana"
    assert await ana.sees() == ["Until six."]
    assert await inbox.state_of("Until six.") == "sent"


async def test_an_owner_who_takes_the_account_away_is_told_of_in_a_plain_sentence(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)

    await owner.disconnects()

    (channel,) = await owner.channels()
    (bots_own,) = [c for c in await _channels(inbox) if c["id"] != channel["id"]]
    assert channel["state"] == "attention"
    assert "disconnected the bot" in channel["trouble"]
    assert bots_own["state"] == "live"


async def test_an_owner_who_comes_back_under_a_new_connection_keeps_channel_and_conversation(
    inbox: Inbox,
) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()
    (before,) = await owner.channels()
    await owner.disconnects()

    await owner.connects()
    await ana.says("Hello?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    await inbox.work()

    (channel,) = await owner.channels()
    assert (channel["id"], channel["state"], channel["trouble"]) == (before["id"], "live", None)
    assert await inbox.texts() == ["Are you open?", "Hello?", "Until six."]
    assert await ana.sees() == ["Until six."]


async def test_an_owner_who_lets_us_read_only_is_told_of(inbox: Inbox) -> None:
    owner = await _an_owner(inbox)

    await owner.connects(can_reply=False)
    (channel,) = await owner.channels()
    await owner.connects(can_reply=True)
    (allowed,) = await owner.channels()

    assert (channel["state"], "but not answer" in channel["trouble"]) == ("attention", True)
    assert (allowed["id"], allowed["state"], allowed["trouble"]) == (channel["id"], "live", None)


async def test_a_look_at_a_channel_in_trouble_does_not_take_the_bots_health_for_its_own(inbox: Inbox) -> None:
    owner = await _an_owner(inbox)
    await owner.connects(can_reply=False)
    (channel,) = await owner.channels()

    checked = await inbox.maria.post(f"channels/{channel['id']}/check")
    await inbox.all_due_now()

    assert not checked["ok"]
    assert [c["state"] for c in await owner.channels()] == ["attention"]


async def test_one_owner_takes_the_account_from_one_bot_of_ours_to_another(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()
    (before,) = await owner.channels()

    owner.bot = (await inbox.house.a_bot()).id
    await owner.connects()
    bea = await inbox.on_telegram("Bea", bot=owner.bot)
    await ana.says("Hello?")
    await bea.says("I wrote to the bot itself")
    await inbox.work()

    (channel,) = await owner.channels()
    assert (channel["id"], channel["state"]) == (before["id"], "live")
    said = {row["contact"]["name"]: row["channel_id"] for row in await inbox.rows()}
    assert said["Ana"] == channel["id"]
    assert said["Bea"] != channel["id"]


# ------------------------------------------------------------------------------------------ what waited for it


async def test_what_came_before_we_knew_the_account_is_taken_in_once_we_do(inbox: Inbox) -> None:
    bot = await inbox.house.simulator.new_bot()
    owner = Owner(inbox, bot.id, await inbox.house.simulator.new_customer("telegram", "Marta"))
    await inbox.house.simulator.connect_account(owner.id, bot.id)
    await _forgets_what_was(inbox, bot)
    await inbox.maria.post(
        "channels", platform="telegram", fields={"token": bot.token}, simulated=True, expect=201
    )
    ana = await _a_customer_of(owner)

    await ana.says("Are you open?", "Hello?")
    await inbox.work()
    parked = await inbox.outcomes()
    await inbox.all_due_now()

    assert [outcome for _, outcome in parked] == ["parked", "parked"]
    assert [c["state"] for c in await owner.channels()] == ["live"]
    assert await inbox.texts() == ["Are you open?", "Hello?"]
    assert [outcome for _, outcome in await inbox.outcomes()] == ["conversation", "conversation"]


async def _forgets_what_was(inbox: Inbox, bot: NewBot) -> None:
    """What happened before the bot was connected to us is never told to us."""
    simulator = inbox.house.simulator
    answer = await simulator.http.post(
        f"{simulator.telegram_api}/bot{bot.token}/deleteWebhook", json={"drop_pending_updates": True}
    )
    assert answer.json()["ok"]


async def test_while_the_platform_cannot_say_whose_an_account_is_it_is_asked_again(inbox: Inbox) -> None:
    line = await inbox.a_bot_line()
    await line.delivers(_for_unknown_account("Who is this for?"))
    revoked = Fault(
        kind=Trouble.ERROR, side="api", account=line.account, method="getBusinessConnection", status=401
    )
    await inbox.house.simulator.trouble(revoked)
    await inbox.work()

    for _ in range(5):
        await inbox.all_due_now()

    waits = "select parked_reason, attempts from jobs where workspace_id = %s and kind = 'unknown_accounts'"
    assert await inbox.sql(waits, inbox.id) == [(None, 0)]
    assert [outcome for _, outcome in await inbox.outcomes()] == ["parked"]


async def test_an_installation_older_than_this_begins_to_look_by_itself(inbox: Inbox) -> None:
    await inbox.house.a_bot()
    await inbox.house.a_page()
    await inbox.sql("delete from jobs where workspace_id = %s and kind = 'unknown_accounts'", inbox.id)

    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'sweep'", inbox.id)
    await inbox.work()

    found = await inbox.sql(
        """
        select platform from jobs j join connections c on c.connection_id = j.subject
        where j.workspace_id = %s and j.kind = 'unknown_accounts'""",
        inbox.id,
    )
    assert found == [("telegram",)]


async def test_what_a_platform_never_heard_of_stays_parked_and_is_not_asked_about_for_ever(
    inbox: Inbox,
) -> None:
    line = await inbox.a_bot_line()
    await line.delivers(_for_unknown_account("Who is this for?"))
    await inbox.work()

    for _ in range(4):
        await inbox.all_due_now()

    rows = await inbox.sql("select outcome, attempts from arrivals where workspace_id = %s", inbox.id)
    assert rows == [("parked", 3)]


def _for_unknown_account(words: str) -> dict[str, Any]:
    chat = {"id": 7001, "type": "private", "first_name": "Ana"}
    message = {"message_id": 1, "date": 1_767_225_600, "chat": chat, "from": chat, "text": words}
    return {"update_id": 1, "business_message": {**message, "business_connection_id": "never-heard-of"}}


async def test_an_account_whose_channel_we_removed_stays_away_until_its_owner_connects_it_anew(
    inbox: Inbox,
) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    (channel,) = await owner.channels()
    await inbox.maria.post(f"channels/{channel['id']}/remove", expect=204)

    await ana.says("Are you open?")
    await inbox.work()
    await inbox.all_due_now()
    gone = await owner.channels()
    await owner.disconnects()
    await owner.connects()

    assert gone == []
    assert ("message", "shelved") in await inbox.outcomes()
    assert [c["state"] for c in await owner.channels()] == ["live"]


async def test_with_the_bot_go_the_accounts_that_came_by_it(inbox: Inbox) -> None:
    await _a_connected_owner(inbox)
    (bots_own,) = [c for c in await _channels(inbox) if c["name"] != "Marta"]

    await inbox.maria.post(f"channels/{bots_own['id']}/remove", expect=204)

    assert await _channels(inbox) == []
    assert await inbox.sql(
        "select count(*) from jobs where workspace_id = %s and kind in ('poll', 'unknown_accounts')", inbox.id
    ) == [(0,)]


# ------------------------------------------------------------------------------------------ said on both sides


async def test_an_answer_from_the_owners_phone_is_an_answer(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()

    await owner.answers(ana, "Until six.")

    bubble = await inbox.bubble("Until six.")
    assert (bubble["side"], bubble["origin"]) == ("team", "elsewhere")
    assert (await inbox.row())["waiting_for"] == "them"


async def test_our_own_words_come_back_and_are_shown_once(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()

    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    await inbox.work()
    await inbox.all_due_now()

    assert await inbox.texts() == ["Are you open?", "Until six."]
    assert (await inbox.bubble())["origin"] == "member"
    assert ("message", "duplicate") in await inbox.outcomes()


async def test_an_echo_that_beats_the_answer_to_our_request_waits_for_it(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()
    slow = Fault(
        kind=Trouble.SLOW_ANSWER, side="api", platform="telegram", account=owner.bot, method="sendMessage",
        seconds=60, times=1,
    )  # fmt: skip
    trouble = await inbox.house.simulator.trouble(slow)

    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    sending = asyncio.create_task(inbox.house.worker.work_off())
    async with asyncio.timeout(20):  # no other worker may take it
        while await inbox.state_of() != "sending":  # noqa: ASYNC110 the worker does it, in its own time
            await asyncio.sleep(0.02)
    while ("message", None) not in await inbox.outcomes() and not sending.done():
        await _another_worker(inbox)
    beaten = not sending.done()
    meanwhile = await inbox.texts(), await inbox.state_of()
    await inbox.house.simulator.end_trouble(trouble)
    await sending
    await inbox.all_due_now()

    assert beaten, "the echo was placed only after our request was answered: nothing was tried"
    assert meanwhile == (["Are you open?", "Until six."], "sending")
    assert await inbox.texts() == ["Are you open?", "Until six."]
    assert await inbox.state_of() == "sent"
    assert ("message", "duplicate") in await inbox.outcomes()


async def _another_worker(inbox: Inbox) -> None:
    house = inbox.house
    await Worker(house.services, house.settings.database_url or "").work_off()
    await asyncio.sleep(0.02)


async def test_an_echo_tells_that_a_send_arrived_whose_answer_was_lost(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()
    lost = Fault(
        kind=Trouble.LOST_ANSWER,
        side="api",
        platform="telegram",
        account=owner.bot,
        method="sendMessage",
        times=1,
    )
    await inbox.house.simulator.trouble(lost)
    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    await inbox.house.worker.work_off()
    doubtful = await inbox.state_of()

    for _ in range(4):
        await inbox.all_due_now()

    assert doubtful == "unknown"
    assert await inbox.texts() == ["Are you open?", "Until six."]
    assert await inbox.state_of() == "sent"
    assert (await inbox.bubble())["origin"] == "member"
    assert await ana.sees() == ["Until six."]


async def test_a_contact_card_that_came_back_is_not_taken_for_a_location_that_may_have_arrived(
    inbox: Inbox,
) -> None:
    """Neither has words, by which echoes are told apart."""
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Where are you?")
    await inbox.work()
    conversation = (await inbox.row())["id"]
    unclear = Fault(
        kind=Trouble.ERROR, side="api", platform="telegram", account=owner.bot, method="sendLocation",
        status=502, times=1,
    )  # fmt: skip
    lost = Fault(
        kind=Trouble.LOST_ANSWER, side="api", platform="telegram", account=owner.bot, method="sendContact",
        times=1,
    )  # fmt: skip
    for trouble in (unclear, lost):
        await inbox.house.simulator.trouble(trouble)

    await inbox.maria.reply(conversation, "", location={"latitude": 52.5, "longitude": 13.4})
    await inbox.maria.reply(conversation, "", contact={"name": "Luis", "phone": "+4930123456"})
    for _ in range(5):
        await inbox.all_due_now()

    ours = [message for message in await inbox.timeline() if message["side"] == "team"]
    assert {each["parts"][0]["type"]: each["delivery"]["state"] for each in ours} == {
        "location": "unknown",
        "contact": "sent",
    }
    assert len(await ana.sees()) == 1


async def test_another_document_is_not_taken_for_the_one_that_may_have_arrived(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("What does it cost?")
    await inbox.work()
    unclear = Fault(
        kind=Trouble.ERROR, side="api", platform="telegram", account=owner.bot, method="sendDocument",
        status=502, times=1,
    )  # fmt: skip
    await inbox.house.simulator.trouble(unclear)
    ours = await inbox.upload("price.pdf", b"%PDF-1.4\n%%EOF\n", "file")
    await inbox.maria.reply((await inbox.row())["id"], "", attachment_ids=[ours])
    await inbox.house.worker.work_off()
    doubtful = await inbox.state_of()

    await inbox.house.simulator.owner_does(owner.id, ana.id, SendMedia("document"))
    for _ in range(4):
        await inbox.all_due_now()

    by_team = [
        m["delivery"] and m["delivery"]["state"] for m in await inbox.timeline() if m["side"] == "team"
    ]
    assert doubtful == "unknown"
    assert len(by_team) == 2
    assert "unknown" in by_team


async def test_both_sides_edit_and_take_back_what_they_said(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    (asked,) = await ana.says("Are you opne?")
    answered = await owner.answers(ana, "Untli six.")

    await ana.does(Edit(asked, "Are you open?"))
    await inbox.house.simulator.owner_does(owner.id, ana.id, Edit(answered, "Until six."))
    await inbox.work()
    corrected = await inbox.texts()
    await ana.does(Delete(asked))
    await inbox.house.simulator.owner_does(owner.id, ana.id, Delete(answered))
    await inbox.work()

    assert corrected == ["Are you open?", "Until six."]
    assert [message["deleted"] for message in await inbox.timeline()] == [True, True]


async def test_files_go_both_ways(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.does(SendMedia("photo", caption="This one?"))
    await inbox.work()

    (picture,) = (await inbox.timeline())[0]["parts"]
    ours = await inbox.upload("price.pdf", b"%PDF-1.4\n%%EOF\n", "file")
    await inbox.maria.reply((await inbox.row())["id"], "It costs 40.", attachment_ids=[ours])
    await inbox.until(lambda: _all_sent(inbox))
    await inbox.all_due_now()

    assert picture["state"] == "stored"
    on_the_phone = [line for line in await ana.screen() if not line.mine]
    assert "document" in [line.media for line in on_the_phone]
    assert "It costs 40." in [line.text for line in on_the_phone]
    assert len(on_the_phone) == len([m for m in await inbox.timeline() if m["side"] == "team"])


async def _all_sent(inbox: Inbox) -> bool:
    ours = [m["delivery"]["state"] for m in await inbox.timeline() if m["side"] == "team"]
    return set(ours) == {"sent"}


# ------------------------------------------------------------------------------------------ what is refused


async def test_a_day_after_the_customers_last_words_the_refusal_says_why(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()
    await inbox.house.simulator.post("/clock", offset_seconds=25 * 3600)

    try:
        await inbox.maria.reply((await inbox.row())["id"], "Until six.")
        await inbox.work()
    finally:
        await inbox.house.simulator.post("/clock", offset_seconds=0)

    delivery = (await inbox.bubble())["delivery"]
    assert delivery["state"] == "failed"
    assert "24 hours" in delivery["reason"]
    assert [c["state"] for c in await owner.channels()] == ["live"]


async def test_an_answer_after_the_owner_left_fails_in_plain_words_and_needs_an_admin(inbox: Inbox) -> None:
    owner = await _a_connected_owner(inbox)
    ana = await _a_customer_of(owner)
    await ana.says("Are you open?")
    await inbox.work()
    not_told = Fault(kind=Trouble.STOP, side="webhook", platform="telegram", account=owner.bot)
    await inbox.house.simulator.trouble(not_told)
    await inbox.house.simulator.disconnect_account(owner.id)

    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    await inbox.house.worker.work_off()

    delivery = (await inbox.bubble())["delivery"]
    assert (delivery["state"], "ended its connection" in delivery["reason"]) == ("failed", True)
    assert [c["state"] for c in await owner.channels()] == ["attention"]
