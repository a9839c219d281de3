"""Updates reach the bot in order, with the secret, until it has taken them over."""

import asyncio

import pytest

from dragoman.simulator.acts import Unheard
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind
from dragoman.simulator.running import Simulator
from tests.simulator.receiver import WAIT_SECONDS, Received, Receiver
from tests.simulator.telegram.bot import BotApiRefusal, Conversation, TelegramBot


async def _hooked(simulator: Simulator, receiver: Receiver) -> Conversation:
    conversation = await Conversation.begin(simulator)
    await simulator.post("/patience", platform="telegram", first_seconds=0.05, cap_seconds=0.2)
    await conversation.bot.call("setWebhook", url=f"{receiver.url}/hook", secret_token="s3cret_-A")
    return conversation


async def _noted(simulator: Simulator, kind: Kind, conversation: Conversation) -> list[str | None]:
    notes = await simulator.settled_notes(kind, conversation.bot.id)
    return [note.about.text for note in notes][1:]


async def test_a_burst_is_posted_in_order_with_the_secret_and_noted_as_acknowledged(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)

    await conversation.says("una pregunta", "¿220 V?", "😉")

    arrived = await receiver.until_count(3)
    assert [update.json["message"]["text"] for update in arrived] == ["una pregunta", "¿220 V?", "😉"]
    assert {update.headers["x-telegram-bot-api-secret-token"] for update in arrived} == {"s3cret_-A"}
    first, second, third = (update.json["update_id"] for update in arrived)
    assert (second, third) == (first + 1, first + 2)
    assert await _noted(simulator, Kind.ACKNOWLEDGED, conversation) == ["una pregunta", "¿220 V?", "😉"]


async def test_the_next_update_of_a_chat_waits_until_the_refused_one_is_accepted(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)
    refused = iter([500, 503])
    receiver.answer = lambda _: (next(refused, 200), b"")

    await conversation.says("uno", "dos")

    arrived = await receiver.until_count(4)
    assert [update.json["message"]["text"] for update in arrived] == ["uno", "uno", "uno", "dos"]
    info = await conversation.bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 X"
    assert await _noted(simulator, Kind.ACKNOWLEDGED, conversation) == ["uno", "dos"]


async def test_a_chat_that_is_refused_does_not_hold_up_another(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)
    bruno = await simulator.new_customer("telegram", "Bruno")
    receiver.answer = lambda update: (500 if _sender(update) == "Ana" else 200, b"")

    await conversation.says("uno")
    await simulator.says("telegram", conversation.bot.id, bruno, "ciao")

    async with asyncio.timeout(WAIT_SECONDS):
        while "ciao" not in await _acknowledged(simulator, conversation):  # noqa: ASYNC110 another process
            await asyncio.sleep(0.02)

    assert (await conversation.bot.call("getWebhookInfo"))["pending_update_count"] == 1
    await conversation.bot.call("deleteWebhook", drop_pending_updates=True)


async def _acknowledged(simulator: Simulator, conversation: Conversation) -> list[str | None]:
    notes = await simulator.notes(Kind.ACKNOWLEDGED)
    return [note.about.text for note in notes if note.about.account == conversation.bot.id]


def _sender(update: Received) -> str:
    return str(update.json["message"]["from"]["first_name"])


async def test_what_came_without_a_webhook_is_posted_once_there_is_one(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await Conversation.begin(simulator)
    await conversation.says("uno", "dos")

    await conversation.bot.call("setWebhook", url=f"{receiver.url}/hook")

    arrived = await receiver.until_count(2)
    assert [update.json["message"]["text"] for update in arrived] == ["uno", "dos"]
    assert "x-telegram-bot-api-secret-token" not in arrived[0].headers


async def test_a_poller_gets_what_came_and_confirms_it_by_a_higher_offset(simulator: Simulator) -> None:
    conversation = await Conversation.begin(simulator)
    await conversation.says("uno", "dos")

    first = await conversation.bot.call("getUpdates", timeout=5)
    again = await conversation.bot.call("getUpdates", timeout=5)
    after = await conversation.bot.call("getUpdates", offset=first[-1]["update_id"] + 1)

    assert [update["message"]["text"] for update in first] == ["uno", "dos"]
    assert again == first
    assert after == []
    assert await _noted(simulator, Kind.ACKNOWLEDGED, conversation) == ["uno", "dos"]


async def test_a_long_poll_is_answered_the_moment_something_comes(simulator: Simulator) -> None:
    conversation = await Conversation.begin(simulator)

    poll = asyncio.create_task(
        conversation.bot.call("getUpdates", offset=conversation.last_update_id + 1, timeout=50)
    )
    await asyncio.sleep(0.2)
    await conversation.says("now")

    [update] = await asyncio.wait_for(poll, 10)
    assert update["message"]["text"] == "now"


async def test_of_two_pollers_the_older_is_sent_away(simulator: Simulator) -> None:
    conversation = await Conversation.begin(simulator)
    offset = conversation.last_update_id + 1

    older = asyncio.create_task(conversation.bot.call("getUpdates", offset=offset, timeout=50))
    while not older.done():  # which of the two came first is not said
        await conversation.bot.call("getUpdates", offset=offset, timeout=0)

    with pytest.raises(BotApiRefusal, match="Conflict: terminated by other getUpdates") as refusal:
        await older
    assert refusal.value.code == 409


async def test_polling_beside_a_webhook_is_a_conflict(simulator: Simulator, receiver: Receiver) -> None:
    conversation = await _hooked(simulator, receiver)

    with pytest.raises(BotApiRefusal, match="can't use getUpdates method while webhook is active"):
        await conversation.bot.call("getUpdates")

    await conversation.bot.call("deleteWebhook")
    assert await conversation.bot.call("getUpdates") == []


@pytest.mark.parametrize(
    ("wishes", "complaint"),
    [
        ({"url": "http://example.com/hook"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.com:8080/hook"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://example.com/", "secret_token": "with space"}, "unallowed characters"),
        ({"url": "https://example.com/", "secret_token": "x" * 257}, "unallowed characters"),
        ({"url": "https://example.com/", "max_connections": 101}, "max_connections"),
    ],
)
async def test_a_webhook_that_telegram_would_not_take_is_refused(
    simulator: Simulator, wishes: dict[str, object], complaint: str
) -> None:
    bot = await TelegramBot.create(simulator)

    with pytest.raises(BotApiRefusal, match=complaint) as refusal:
        await bot.call("setWebhook", **wishes)

    assert refusal.value.code == 400
    assert (await bot.call("getWebhookInfo"))["url"] == ""


async def test_only_the_kinds_that_the_bot_asked_for_come(simulator: Simulator) -> None:
    conversation = await Conversation.begin(simulator)

    await conversation.bot.call("getUpdates", allowed_updates=["message"])
    await conversation.does(Unheard(kind="edited_message", body={}))
    await conversation.says("still here")

    assert [list(update)[1] for update in await conversation.updates()] == ["message"]


async def test_a_wrong_token_is_unauthorized(simulator: Simulator) -> None:
    bot = await TelegramBot.create(simulator)
    bot.base = bot.base[:-1]

    with pytest.raises(BotApiRefusal, match="Unauthorized") as refusal:
        await bot.call("getMe")

    assert refusal.value.code == 401


async def test_a_duplicate_on_demand_is_the_same_update_once_more(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)
    fault = Fault(Trouble.DUPLICATE, "webhook", account=conversation.bot.id, seconds=0.05, times=1)
    await simulator.trouble(fault)

    await conversation.says("uno")

    first, second = await receiver.until_count(2)
    assert first.body == second.body
    assert await _noted(simulator, Kind.ACKNOWLEDGED, conversation) == ["uno", "uno"]


async def test_shuffled_updates_all_arrive_though_not_in_order(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)
    await simulator.trouble(Fault(Trouble.SHUFFLE, "webhook", account=conversation.bot.id, seconds=0.5))

    texts = [str(number) for number in range(20)]
    await conversation.says(*texts)

    arrived = [update.json["message"]["text"] for update in await receiver.until_count(20)]
    assert sorted(arrived, key=int) == texts
    assert arrived != texts


async def test_a_lost_acknowledgement_brings_the_update_again(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)
    await simulator.trouble(
        Fault(Trouble.LOST_ACKNOWLEDGEMENT, "webhook", account=conversation.bot.id, times=1)
    )

    await conversation.says("uno")

    first, second = await receiver.until_count(2)
    assert first.body == second.body


async def test_stopped_webhooks_wait_and_come_when_the_fault_ends(
    simulator: Simulator, receiver: Receiver
) -> None:
    conversation = await _hooked(simulator, receiver)
    number = await simulator.trouble(Fault(Trouble.STOP, "webhook", account=conversation.bot.id))

    await conversation.says("uno")
    await asyncio.sleep(0.4)
    assert receiver.received == []
    await simulator.end_trouble(number)

    [update] = await receiver.until_count(1)
    assert update.json["message"]["text"] == "uno"
