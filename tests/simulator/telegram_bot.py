"""A bot's own side of the Bot API, for tests."""

from dataclasses import dataclass
from typing import Any

import httpx2

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
