"""An owner connects a bot to their own account: what the bot hears there, and what it may do."""

from dataclasses import dataclass
from typing import Any

import pytest

from dragoman.simulator.acts import Delete, Edit, React, SendMedia, Write
from dragoman.simulator.running import Simulator, SimulatorRefusedError
from tests.channels.telegram.bot_api import faults_in_type
from tests.simulator.telegram.bot import BotApiRefusal, TelegramBot

DAY = 24 * 3600


@dataclass(slots=True)
class Account:
    """A bot that polls, the owner of an account, and somebody who writes to the owner."""

    simulator: Simulator
    bot: TelegramBot
    owner: str
    customer: str
    connection: str = ""
    last_update_id: int = 0

    async def connects(self, *, can_reply: bool = True) -> str:
        self.connection = await self.simulator.connect_account(self.owner, self.bot.id, can_reply=can_reply)
        return self.connection

    async def customer_says(self, words: str) -> str:
        (message,) = await self.simulator.says("telegram", self.owner, self.customer, words)
        return message

    async def owner_says(self, words: str) -> str:
        (message,) = await self.simulator.owner_does(self.owner, self.customer, Write(words))
        return message

    async def updates(self) -> list[dict[str, Any]]:
        """What is new, each as the Bot API describes it."""
        found: list[dict[str, Any]] = await self.bot.call("getUpdates", offset=self.last_update_id + 1)
        if found:
            self.last_update_id = found[-1]["update_id"]
        for update in found:
            assert faults_in_type(update, "Update") == []
        return found

    async def sends(self, words: str, connection: str | None = None) -> dict[str, Any]:
        """A text of the bot's in the owner's name."""
        named = connection or self.connection
        sent: dict[str, Any] = await self.bot.call(
            "sendMessage", chat_id=int(self.customer), text=words, business_connection_id=named
        )
        return sent


@pytest.fixture
async def account(simulator: Simulator) -> Account:
    bot = await TelegramBot.create(simulator)
    owner = await simulator.new_customer("telegram", "Marta")
    return Account(simulator, bot, owner, await simulator.new_customer("telegram", "Ana"))


async def test_a_bot_hears_that_an_owner_connects_it_may_do_less_and_goes(account: Account) -> None:
    first = await account.connects()
    same = await account.connects(can_reply=False)
    await account.simulator.disconnect_account(account.owner)
    second = await account.connects()

    told = [update["business_connection"] for update in await account.updates()]

    assert [(each["id"], each["rights"], each["is_enabled"]) for each in told] == [
        (first, {"can_reply": True}, True),
        (same, {}, True),
        (first, {}, False),
        (second, {"can_reply": True}, True),
    ]
    assert first == same != second
    assert {each["user"]["id"] for each in told} == {int(account.owner)}


async def test_one_account_has_one_bot(account: Account) -> None:
    await account.connects()
    await account.updates()
    other = await TelegramBot.create(account.simulator)

    await account.simulator.connect_account(account.owner, other.id)
    await account.customer_says("hello")

    (left,) = await account.updates()
    heard = await other.call("getUpdates")
    assert left["business_connection"]["is_enabled"] is False
    assert [next(key for key in update if key != "update_id") for update in heard] == [
        "business_connection",
        "business_message",
    ]


async def test_both_sides_of_an_accounts_chat_are_told_with_their_connection(account: Account) -> None:
    connection = await account.connects()
    await account.customer_says("is it open?")
    await account.owner_says("yes")

    said = [update["business_message"] for update in (await account.updates())[1:]]

    assert [(each["from"]["id"], each["text"]) for each in said] == [
        (int(account.customer), "is it open?"),
        (int(account.owner), "yes"),
    ]
    assert {each["business_connection_id"] for each in said} == {connection}
    assert {each["chat"]["id"] for each in said} == {int(account.customer)}
    assert not any("sender_business_bot" in each for each in said)


async def test_what_the_bot_says_in_the_owners_name_comes_back_to_it(account: Account) -> None:
    await account.connects()
    await account.customer_says("is it open?")
    await account.updates()

    sent = await account.sends("until six")

    (update,) = await account.updates()
    echo = update["business_message"]
    assert (echo["message_id"], echo["text"]) == (sent["message_id"], "until six")
    assert echo["from"]["id"] == int(account.owner)
    assert echo["sender_business_bot"]["id"] == int(account.bot.id)
    (line,) = [
        line
        for line in (await account.simulator.phone("telegram", account.owner, account.customer)).lines
        if not line.mine
    ]
    assert line.text == "until six"


async def test_edits_and_deletions_of_both_sides_are_told_and_reactions_are_not(account: Account) -> None:
    await account.connects()
    asked, answered = await account.customer_says("opne?"), await account.owner_says("yse")
    await account.updates()

    simulator, owner, customer = account.simulator, account.owner, account.customer
    await simulator.does("telegram", owner, customer, Edit(asked, "open?"))
    await simulator.owner_does(owner, customer, Edit(answered, "yes"))
    await simulator.does("telegram", owner, customer, React(answered, "👍"))
    await simulator.does("telegram", owner, customer, Delete(asked))

    first, second, third = await account.updates()
    assert first["edited_business_message"]["text"] == "open?"
    assert second["edited_business_message"]["text"] == "yes"
    assert third["deleted_business_messages"]["message_ids"] == [int(asked)]


async def test_a_customers_file_in_an_account_can_be_fetched_by_the_bot(account: Account) -> None:
    await account.connects()
    await account.simulator.does("telegram", account.owner, account.customer, SendMedia("photo"))

    message = (await account.updates())[-1]["business_message"]

    file = await account.bot.call("getFile", file_id=message["photo"][-1]["file_id"])
    assert file["file_path"]


@pytest.mark.parametrize("ended", ["never there", "disconnected"])
async def test_by_a_connection_that_does_not_hold_nothing_can_be_sent(account: Account, ended: str) -> None:
    connection = await account.connects()
    await account.customer_says("is it open?")
    if ended == "disconnected":
        await account.simulator.disconnect_account(account.owner)

    with pytest.raises(BotApiRefusal) as refusal:
        await account.sends("until six", connection if ended == "disconnected" else "never-there")

    assert refusal.value.description == "Bad Request: business connection not found"


async def test_after_a_day_of_silence_an_accounts_chat_is_closed_to_the_bot(account: Account) -> None:
    await account.connects()
    await account.customer_says("is it open?")
    await account.sends("until six")
    await account.simulator.post("/clock", offset_seconds=DAY + 60)

    try:
        with pytest.raises(BotApiRefusal) as refusal:
            await account.sends("hello?")
    finally:
        await account.simulator.post("/clock", offset_seconds=0)

    assert "BUSINESS_PEER_INVALID" in refusal.value.description


async def test_without_the_right_to_answer_the_bot_may_not(account: Account) -> None:
    await account.connects(can_reply=False)
    await account.customer_says("is it open?")

    with pytest.raises(BotApiRefusal):
        await account.sends("until six")


async def test_a_bot_may_ask_how_its_connection_stands(account: Account) -> None:
    connection = await account.connects()
    other = await TelegramBot.create(account.simulator)

    held = await account.bot.call("getBusinessConnection", business_connection_id=connection)
    await account.simulator.disconnect_account(account.owner)
    ended = await account.bot.call("getBusinessConnection", business_connection_id=connection)

    assert (held["is_enabled"], ended["is_enabled"]) == (True, False)
    assert faults_in_type(held, "BusinessConnection") == []
    with pytest.raises(BotApiRefusal):
        await other.call("getBusinessConnection", business_connection_id=connection)


async def test_the_customer_sees_for_five_seconds_that_somebody_writes(account: Account) -> None:
    connection = await account.connects()
    await account.customer_says("is it open?")
    chat = {"chat_id": int(account.customer), "business_connection_id": connection}

    await account.bot.call("sendChatAction", action="typing", **chat)
    shown = (await account.simulator.phone("telegram", account.owner, account.customer)).typing
    await account.simulator.post("/clock", offset_seconds=6)
    try:
        later = (await account.simulator.phone("telegram", account.owner, account.customer)).typing
    finally:
        await account.simulator.post("/clock", offset_seconds=0)

    assert (shown, later) == (True, False)


async def test_who_connected_nothing_has_no_account_to_write_to(account: Account) -> None:
    with pytest.raises(SimulatorRefusedError):
        await account.customer_says("hello")
    with pytest.raises(SimulatorRefusedError):
        await account.simulator.disconnect_account(account.owner)
