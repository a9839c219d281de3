"""A customer's burst reaches the bot, and the bot's answer the customer's phone."""

from tests.simulator.receiver import Receiver
from tests.simulator.telegram_bot import TelegramBot

from dragoman.simulator.journal import Kind
from dragoman.simulator.running import Simulator


async def test_a_burst_arrives_in_order_with_the_secret_and_is_noted_as_acknowledged(
    simulator: Simulator, receiver: Receiver
) -> None:
    bot = await TelegramBot.create(simulator)
    ana = await simulator.new_customer("telegram", "Ana")
    await bot.call("setWebhook", url=f"{receiver.url}/hook", secret_token="s3cret")

    await simulator.says("telegram", bot.id, ana, "hola", "una pregunta", "¿220 V? 😉")

    arrived = await receiver.until_count(3)
    assert [update.json["message"]["text"] for update in arrived] == ["hola", "una pregunta", "¿220 V? 😉"]
    assert [update.headers["x-telegram-bot-api-secret-token"] for update in arrived] == ["s3cret"] * 3
    first, second, third = (update.json["update_id"] for update in arrived)
    assert (second, third) == (first + 1, first + 2)
    noted = await simulator.settled_notes(Kind.ACKNOWLEDGED)
    assert [note.about.text for note in noted] == ["hola", "una pregunta", "¿220 V? 😉"]


async def test_a_poller_gets_what_came_and_confirms_it_by_a_higher_offset(simulator: Simulator) -> None:
    bot = await TelegramBot.create(simulator)
    ana = await simulator.new_customer("telegram", "Ana")
    await simulator.says("telegram", bot.id, ana, "hola", "otra")

    first = await bot.call("getUpdates", timeout=5)
    again = await bot.call("getUpdates", timeout=5)
    after = await bot.call("getUpdates", offset=first[-1]["update_id"] + 1, timeout=0)

    assert [update["message"]["text"] for update in first] == ["hola", "otra"]
    assert again == first
    assert after == []
    assert [note.about.text for note in await simulator.notes(Kind.ACKNOWLEDGED)] == ["hola", "otra"]


async def test_an_answer_is_on_the_customers_phone_and_in_the_notes(simulator: Simulator) -> None:
    bot = await TelegramBot.create(simulator)
    ana = await simulator.new_customer("telegram", "Ana")
    await simulator.says("telegram", bot.id, ana, "hola")

    sent = await bot.call("sendMessage", chat_id=int(ana), text="Yes, 220 V.")

    assert sent["message_id"] == 2
    received = await simulator.notes(Kind.RECEIVED)
    assert [(note.about.chat, note.about.key, note.about.text) for note in received] == [
        (ana, "2", "Yes, 220 V.")
    ]
