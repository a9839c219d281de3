"""A bot's own side of the Bot API, for tests."""

from dataclasses import dataclass
from typing import Any

import httpx2

from dragoman.simulator.acts import Act
from dragoman.simulator.journal import Event, Kind
from dragoman.simulator.phone import Phone
from dragoman.simulator.running import Simulator


class BotApiRefusal(Exception):
    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer["description"])
        self.code = answer["error_code"]
        self.description = answer["description"]
        self.parameters = answer.get("parameters", {})


@dataclass(slots=True)
class TelegramBot:
    id: str
    base: str
    http: httpx2.AsyncClient

    @classmethod
    async def create(cls, simulator: Simulator) -> "TelegramBot":
        bot = await simulator.new_bot()
        return cls(bot.id, f"{simulator.telegram_api}/bot{bot.token}", simulator.http)

    async def call(self, method: str, **parameters: Any) -> Any:
        return self.result(await self.http.post(f"{self.base}/{method}", json=parameters))

    async def upload(self, method: str, files: dict[str, Any], **parameters: str) -> Any:
        return self.result(await self.http.post(f"{self.base}/{method}", data=parameters, files=files))

    def result(self, answer: httpx2.Response) -> Any:
        body = answer.json()
        if not body["ok"]:
            assert answer.status_code == body["error_code"]
            raise BotApiRefusal(body)
        return body["result"]


@dataclass(slots=True)
class Conversation:
    """A bot that polls, and a customer who has written once."""

    simulator: Simulator
    bot: TelegramBot
    customer: str
    last_update_id: int = 0

    @classmethod
    async def begin(cls, simulator: Simulator, first_name: str = "Ana", **more: Any) -> "Conversation":
        bot = await TelegramBot.create(simulator)
        conversation = cls(simulator, bot, await simulator.new_customer("telegram", first_name, **more))
        await conversation.says("hola")
        await conversation.updates()
        return conversation

    @property
    def chat_id(self) -> int:
        return int(self.customer)

    async def says(self, *texts: str, **more: Any) -> list[str]:
        return await self.simulator.says("telegram", self.bot.id, self.customer, *texts, **more)

    async def does(self, act: Act) -> list[str]:
        return await self.simulator.does("telegram", self.bot.id, self.customer, act)

    async def phone(self) -> Phone:
        return await self.simulator.phone("telegram", self.bot.id, self.customer)

    async def updates(self) -> list[dict[str, Any]]:
        """What came since the last look, confirmed."""
        updates: list[dict[str, Any]] = await self.bot.call("getUpdates", offset=self.last_update_id + 1)
        if updates:
            self.last_update_id = updates[-1]["update_id"]
            await self.bot.call("getUpdates", offset=self.last_update_id + 1)
        return updates

    async def one_update(self, kind: str) -> dict[str, Any]:
        [update] = await self.updates()
        found: dict[str, Any] = update[kind]
        return found

    async def received(self) -> list[Event]:
        """What the notebook says arrived on the customer's phone."""
        notes = await self.simulator.notes(Kind.RECEIVED)
        return [note.about for note in notes if note.about.account == self.bot.id]
