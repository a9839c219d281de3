"""A simulator that is killed comes back with everything it had, and never gives out an id twice."""

from pathlib import Path

import httpx2
import pytest

from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind
from dragoman.simulator.running import Simulator, running_simulator
from tests.simulator.messenger.page import PageInbox
from tests.simulator.receiver import Receiver
from tests.simulator.telegram.bot import Conversation


async def _kill(simulator: Simulator) -> None:
    assert simulator.process
    simulator.process.kill()
    await simulator.process.wait()


def _port(simulator: Simulator) -> int:
    return int(simulator.base_url.rpartition(":")[2])


async def test_updates_that_nobody_had_taken_come_after_a_kill(tmp_path: Path, receiver: Receiver) -> None:
    receiver.answer = lambda _: (503, b"")
    async with running_simulator(state=tmp_path) as simulator:
        conversation = await Conversation.begin(simulator)
        await conversation.bot.call("setWebhook", url=f"{receiver.url}/hook", secret_token="s3cret")
        await conversation.says("uno", "dos")
        await receiver.until_count(1)
        await _kill(simulator)

    refused = len(receiver.received)
    receiver.answer = lambda _: (200, b"")
    async with running_simulator(state=tmp_path) as simulator:
        arrived = (await receiver.until_count(refused + 2))[refused:]
        notes = await simulator.settled_notes(Kind.ACKNOWLEDGED, conversation.bot.id)

    assert [update.json["message"]["text"] for update in arrived] == ["uno", "dos"]
    assert arrived[0].headers["x-telegram-bot-api-secret-token"] == "s3cret"
    assert [note.about.text for note in notes] == ["hola", "uno", "dos"]


async def test_an_answer_that_killed_the_simulator_was_received_and_is_noted(tmp_path: Path) -> None:
    async with running_simulator(state=tmp_path) as simulator:
        conversation = await Conversation.begin(simulator)
        await simulator.trouble(Fault(Trouble.DIE_AFTER, "api", method="sendMessage"))
        with pytest.raises(httpx2.TransportError):
            await conversation.bot.call("sendMessage", chat_id=conversation.chat_id, text="Yes.")
        port = _port(simulator)

    async with running_simulator(state=tmp_path, port=port) as simulator:
        [received] = await simulator.notes(Kind.RECEIVED)
        conversation.bot.http = simulator.http
        sent = await conversation.bot.call("sendMessage", chat_id=conversation.chat_id, text="Again.")

    assert (received.about.key, received.about.text) == ("2", "Yes.")
    assert sent["message_id"] == 3


async def test_an_answer_that_killed_the_simulator_before_it_acted_was_not_received(tmp_path: Path) -> None:
    async with running_simulator(state=tmp_path) as simulator:
        conversation = await Conversation.begin(simulator)
        await simulator.trouble(Fault(Trouble.DIE_BEFORE, "api", method="sendMessage"))
        with pytest.raises(httpx2.TransportError):
            await conversation.bot.call("sendMessage", chat_id=conversation.chat_id, text="Yes.")

    async with running_simulator(state=tmp_path) as simulator:
        assert await simulator.notes(Kind.RECEIVED) == []


async def test_a_page_is_still_connected_after_a_kill_and_no_id_is_given_out_twice(
    tmp_path: Path, receiver: Receiver
) -> None:
    async with running_simulator(state=tmp_path, seed=3) as simulator:
        inbox = await PageInbox.begin(simulator, receiver)
        before = await inbox.says("eins", "zwei")
        await inbox.items(2)
        sent = await inbox.send({"text": "Ja."})
        await inbox.items(2)
        await simulator.settled_notes(Kind.ACKNOWLEDGED, inbox.page.page_id)
        port = _port(simulator)
        await _kill(simulator)

    async with running_simulator(state=tmp_path, seed=3, port=port) as simulator:
        inbox.simulator = simulator
        after = await inbox.says("drei")
        item = await inbox.item()
        phone = await inbox.phone()
        other = await simulator.new_page()

    assert item["message"] == {"mid": after[0], "text": "drei"}
    assert [line.id for line in phone.lines] == [*before, sent["message_id"], *after]
    assert other.page_id != inbox.page.page_id


async def test_whatever_was_under_way_in_a_storm_is_delivered_after_a_kill(
    tmp_path: Path, receiver: Receiver
) -> None:
    async with running_simulator(state=tmp_path) as simulator:
        inbox = await PageInbox.begin(simulator, receiver)
        await simulator.start_storm("messenger", inbox.page.page_id, 2_000, shuffle=0.2, duplicates=0.1)
        await receiver.until_count(inbox.seen + 200)
        await _kill(simulator)

    async with running_simulator(state=tmp_path, port=_port(simulator)) as simulator:
        acknowledged = await simulator.settled_notes(Kind.ACKNOWLEDGED, inbox.page.page_id)
        everything = await simulator.notes()

    sent = {note.about.key for note in everything if note.kind is Kind.SENT}
    assert len(acknowledged) >= 200
    assert sent == {note.about.key for note in acknowledged}
    assert [note.n for note in everything] == list(range(1, len(everything) + 1))
