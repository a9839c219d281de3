"""Two readings of the same documents, made apart, must agree: our client and parser, and the simulator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from dragoman.channels.contract import Credentials, Hook, Outgoing, OutgoingFile
from dragoman.channels.errors import ChannelError, MaybeSent, TryLater, Undeliverable
from dragoman.channels.events import (
    EditEvent,
    FollowEvent,
    InboundEvent,
    Media,
    MediaKind,
    MessageEvent,
    ReactionEvent,
    UnfollowEvent,
)
from dragoman.channels.telegram import client as telegram_client
from dragoman.channels.telegram.channel import TELEGRAM
from dragoman.channels.telegram.client import TelegramClient
from dragoman.simulator.acts import Act, Block, Edit, React, SendMedia, Start, Unblock, Write
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind
from dragoman.simulator.phone import Line
from dragoman.simulator.running import Simulator, running_simulator
from tests.channels.telegram.bot_server import Answer, BotServer


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with running_simulator() as running:
        yield running


@dataclass
class Chat:
    """Ana on her phone, and a bot of ours that is polled."""

    simulator: Simulator
    client: TelegramClient
    bot: str
    ana: str
    cursor: str | None = None

    async def ana_does(self, *acts: Act) -> list[InboundEvent]:
        """What reaches us of it."""
        for act in acts:
            await self.simulator.does("telegram", self.bot, self.ana, act)
        polled = await self.client.poll(self.bot, self.cursor, 1)
        self.cursor = polled.cursor
        return [event for body in polled.bodies for event in TELEGRAM.parse(body, self.bot)]

    async def we_send(self, text: str, file: OutgoingFile | None = None, reply_to: str | None = None) -> str:
        outgoing = Outgoing(to=self.ana, correlation="c", text=text, file=file, reply_to=reply_to)
        return (await self.client.send(self.bot, outgoing)).external_id

    async def last_line(self) -> Line:
        return (await self.simulator.phone("telegram", self.bot, self.ana)).lines[-1]


@pytest.fixture
async def chat(simulator: Simulator) -> AsyncIterator[Chat]:
    bot = await simulator.new_bot()
    ana = await simulator.new_customer("telegram", "Ana", last_name="Ruiz")
    client = TelegramClient(Credentials(secrets={"token": bot.token}, api_base=simulator.telegram_api))
    yield Chat(simulator, client, bot.id, ana)
    await client.aclose()


async def test_a_burst_is_read_in_order_and_answered_with_a_quote(chat: Chat) -> None:
    [info] = await chat.client.check()
    events = await chat.ana_does(
        Start(payload="promo42"), Write(text="hola"), Write(text="¿220 V?"), Write(text="😉")
    )

    said = [event for event in events if isinstance(event, MessageEvent)]
    await chat.we_send("Sí, 220 V", reply_to=said[-2].external_id)

    assert info.account == chat.bot
    assert [event.text for event in said] == ["/start promo42", "hola", "¿220 V?", "😉"]
    assert [event.platform_order for event in said] == sorted(event.platform_order for event in said)
    assert {event.customer.name for event in said} == {"Ana Ruiz"}
    line = await chat.last_line()
    assert (line.text, line.mine) == ("Sí, 220 V", False)
    assert line.reply_to == said[-2].external_id.partition(":")[2]


async def test_a_picture_goes_both_ways_byte_by_byte(chat: Chat) -> None:
    [arrived] = await chat.ana_does(SendMedia(kind="photo", caption="broken"))
    assert isinstance(arrived, MessageEvent)
    [media] = arrived.parts
    assert isinstance(media, Media)

    address = await chat.client.locate(chat.bot, media)
    async with httpx2.AsyncClient() as http:
        content = (await http.get(address.url)).content
    picture = OutgoingFile(
        kind=MediaKind.IMAGE,
        name="same.jpg",
        mime_type="image/jpeg",
        size_bytes=len(content),
        content=content,
    )
    await chat.we_send("yours", file=picture)

    line = await chat.last_line()
    assert len(content) == media.size_bytes
    assert line.text == "yours"
    assert line.media is not None


async def test_edits_and_reactions_are_about_the_right_messages(chat: Chat) -> None:
    [said] = await chat.ana_does(Write(text="helo"))
    assert isinstance(said, MessageEvent)
    ours = await chat.we_send("Good day!")

    edited, reacted = await chat.ana_does(
        Edit(message=said.external_id.partition(":")[2], text="hello"),
        React(message=ours.partition(":")[2], emoji="👍"),
    )

    assert isinstance(edited, EditEvent)
    assert (edited.external_id, edited.text) == (said.external_id, "hello")
    assert isinstance(reacted, ReactionEvent)
    assert (reacted.external_id, reacted.emoji) == (ours, "👍")


async def test_who_blocked_the_bot_is_told_and_cannot_be_answered_until_they_come_back(chat: Chat) -> None:
    await chat.ana_does(Write(text="stop it"))

    [blocked] = await chat.ana_does(Block())
    with pytest.raises(Undeliverable, match="has blocked the bot"):
        await chat.we_send("Sorry!")
    [back] = await chat.ana_does(Unblock())
    await chat.we_send("Welcome back!")

    assert isinstance(blocked, UnfollowEvent)
    assert isinstance(back, FollowEvent)
    assert (await chat.last_line()).text == "Welcome back!"


@pytest.mark.parametrize(
    ("trouble", "error", "arrives"),
    [
        (Trouble.LOST_ANSWER, MaybeSent, True),
        (Trouble.TIMEOUT, MaybeSent, True),
        (Trouble.DONE_BUT_ERROR, MaybeSent, True),
        (Trouble.ERROR, MaybeSent, False),
        (Trouble.RATE_LIMITED, TryLater, False),
    ],
)
async def test_what_arrived_although_no_answer_came_is_never_called_unsent(
    chat: Chat,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Trouble,
    error: type[ChannelError],
    arrives: bool,
) -> None:
    await chat.ana_does(Write(text="are you there?"))
    fault = Fault(
        kind=trouble, side="api", method="sendMessage", times=1, seconds=3.0, status=500, retry_after=2
    )
    await chat.simulator.trouble(fault)
    if trouble is Trouble.TIMEOUT:
        monkeypatch.setattr(telegram_client, "ANSWER_SECONDS", 1.0)

    with pytest.raises(error) as raised:
        await chat.we_send("Yes!")

    assert type(raised.value) is error
    assert ((await chat.last_line()).text == "Yes!") == arrives


async def test_a_delivery_carries_the_secret_that_we_registered(
    simulator: Simulator, chat: Chat, telegram: BotServer
) -> None:
    bot = await simulator.new_bot("Another bot")
    secret = "secret_of-thirty-two-characters__"
    credentials = Credentials(
        secrets={"token": bot.token, "webhook_secret": secret}, api_base=simulator.telegram_api
    )
    client = TelegramClient(credentials)
    telegram.says("c7", Answer(200, b""))
    address = telegram.address.removesuffix("/telegram") + "/hooks/c7"

    await client.register(bot.id, address)
    await simulator.says("telegram", bot.id, chat.ana, "hola")
    await simulator.settled_notes(Kind.ACKNOWLEDGED, bot.id)

    [call] = telegram.calls
    assert TELEGRAM.verify(Hook(method="POST", query={}, headers=call.headers, body=call.body), credentials)
    assert await client.hook_health(bot.id, address) is None
    [event] = TELEGRAM.parse(call.body, bot.id)
    assert isinstance(event, MessageEvent)
    assert event.text == "hola"
    await client.aclose()
