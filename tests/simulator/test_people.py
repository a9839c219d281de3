"""The random customers: they write by themselves, in bursts, in many scripts, and take notice of an answer."""

from pathlib import Path
from random import Random

from dragoman.simulator.acts import SendMedia, Write
from dragoman.simulator.people.choosing import opening
from dragoman.simulator.people.script import read_scripts
from dragoman.simulator.running import running_simulator
from tests.simulator.receiver import Received, Receiver
from tests.simulator.telegram.bot import TelegramBot


def test_every_language_has_people_who_ask_correct_and_thank() -> None:
    for script in read_scripts():
        assert len(script.people) == 3
        assert min(len(script.bursts), len(script.questions), len(script.thanks), len(script.nudges)) >= 2
        assert script.slips
        assert script.captions


def test_an_opening_is_a_burst_of_texts_sometimes_with_something_to_see_or_hear() -> None:
    script = read_scripts()[0]
    chance = Random(1)

    openings = [opening(script, chance) for _ in range(200)]

    assert all(sum(isinstance(act, Write) for act in acts) >= 2 for acts in openings)
    kinds = {act.kind for acts in openings for act in acts if isinstance(act, SendMedia)}
    assert kinds == {"photo", "screenshot", "voice", "sticker"}


async def test_customers_write_in_bursts_once_somebody_listens_and_go_on_after_an_answer(
    tmp_path: Path, receiver: Receiver
) -> None:
    async with running_simulator(state=tmp_path, customers=12, pace="fast") as simulator:
        bot = await TelegramBot.create(simulator)
        await bot.call("setWebhook", url=f"{receiver.url}/hook")
        await receiver.until(lambda updates: len(_writers(updates)) == 12)
        somebody = next(iter(_writers(receiver.received)))
        before = len(_of(somebody, receiver.received))
        await bot.call("sendMessage", chat_id=somebody, text="Yes, 220 V.")
        await receiver.until(lambda updates: len(_of(somebody, updates)) > before)

    async with running_simulator(state=tmp_path, customers=12, pace="fast") as simulator:
        seen = len(receiver.received)
        await receiver.until(lambda updates: len(_writers(updates[seen:])) >= 6)

    assert len(_writers(receiver.received)) == 12


def _writers(updates: list[Received]) -> set[int]:
    return {update.json["message"]["chat"]["id"] for update in updates if "message" in update.json}


def _of(person: int, updates: list[Received]) -> list[Received]:
    return [one for one in updates if one.json.get("message", {}).get("chat", {}).get("id") == person]
