"""A storm is a busy day: bursts, media, edits, receipts, doubled and shuffled, all of it acknowledged once."""

from collections import Counter

import pytest

from dragoman.simulator.journal import Kind, Note
from dragoman.simulator.running import Simulator, SimulatorRefusedError
from tests.simulator.messenger.page import PageInbox
from tests.simulator.receiver import Receiver
from tests.simulator.telegram.bot import Conversation


def _names(notes: list[Note]) -> Counter[tuple[str, str, str]]:
    return Counter((note.about.chat, note.about.event, note.about.key) for note in notes)


async def test_a_storm_of_messenger_events_is_all_acknowledged_and_some_twice(
    simulator: Simulator, receiver: Receiver
) -> None:
    inbox = await PageInbox.begin(simulator, receiver)

    storm = await simulator.start_storm(
        "messenger", inbox.page.page_id, 600, customers=20, duplicates=0.1, shuffle=0.1, shuffle_seconds=0.1
    )
    state = await simulator.storm_is_over(storm)

    names = _names(await simulator.settled_notes(Kind.ACKNOWLEDGED, inbox.page.page_id))
    assert len(names) == state.made >= 600
    assert 600 * 1.02 < names.total() < 600 * 1.25
    kinds = {event for _, event, _ in names}
    assert kinds == {"message", "echo", "delivery", "read", "edit", "reaction"}


async def test_a_storm_of_telegram_updates_comes_in_the_order_of_each_chat(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await Conversation.begin(simulator)
    await conversation.bot.call("setWebhook", url=f"{receiver.url}/hook")

    storm = await simulator.start_storm("telegram", conversation.bot.id, 300, customers=10, hours=5)
    await simulator.storm_is_over(storm)

    arrived = [update.json for update in receiver.received]
    for chat in {_chat(update) for update in arrived}:
        ids = [update["update_id"] for update in arrived if _chat(update) == chat]
        assert ids == sorted(ids)
    dates = [update["message"]["date"] for update in arrived if "message" in update]
    assert max(dates) - min(dates) > 4 * 3600


def _chat(update: dict[str, dict[str, dict[str, int]]]) -> int:
    kind = next(key for key in update if key != "update_id")
    return update[kind]["chat"]["id"]


async def test_the_same_seed_makes_the_same_storm(simulator: Simulator, receiver: Receiver) -> None:
    texts = []
    for _ in range(2):
        conversation = await Conversation.begin(simulator)
        await conversation.bot.call("setWebhook", url=f"{receiver.url}/hook")
        receiver.received.clear()
        storm = await simulator.start_storm("telegram", conversation.bot.id, 100, customers=1, seed=5)
        await simulator.storm_is_over(storm)
        texts.append([update.json.get("message", {}).get("text") for update in receiver.received])

    assert texts[0] == texts[1]


async def test_a_storm_where_nobody_listens_is_refused(simulator: Simulator) -> None:
    conversation = await Conversation.begin(simulator)

    with pytest.raises(SimulatorRefusedError, match="Nobody listens to that account"):
        await simulator.start_storm("telegram", conversation.bot.id, 10)
