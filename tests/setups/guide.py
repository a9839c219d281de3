"""Going through the guide over HTTP, as a browser does, against the simulator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.inbox.inbox import Inbox

Json = dict[str, Any]

# By platform (and way): where the simulator opens an account, and which of its answer's names fill the fields.
META = ("app_id", "app_secret")
ACCOUNTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "telegram": ("/bots", "id", "", ("token",)),
    "messenger": ("/pages", "page_id", "", (*META, "page_token")),
    "instagram": (
        "/instagrams",
        "account",
        "instagram",
        (*META, "instagram_app_secret", "instagram_token"),
    ),
    "instagram by Page": ("/instagrams", "account", "facebook", (*META, "page_token")),
    "whatsapp": ("/numbers", "number_id", "", (*META, "waba_id", "access_token")),
}


@dataclass(slots=True)
class Guide:
    """One set-up of Maria's, and the account at the simulator that it is to connect."""

    inbox: Inbox
    platform: str
    way: str
    account: str
    fields: dict[str, str]
    id: str = ""
    shown: Json = field(default_factory=dict)

    @classmethod
    async def to(cls, inbox: Inbox, which: str) -> Guide:
        """An account that is there, and a guide that is not begun yet."""
        path, account, way, names = ACCOUNTS[which]
        made = await inbox.house.simulator.post(path, name="Espresso & Co.")
        fields = {name: made[name] for name in names}
        return cls(inbox, which.partition(" ")[0], way, made[account], fields)

    async def begin(self, **more: Any) -> Guide:
        asked = {"platform": self.platform, "way": self.way, "simulated": True, **more}
        self.shown = await self.inbox.maria.post("setups", expect=201, **asked)
        self.id = self.shown["setup"]["id"]
        return self

    async def steps(self) -> list[Json]:
        """Those of this platform and way."""
        platforms = await self.inbox.maria.get("/api/platforms")
        (mine,) = (each for each in platforms if each["platform"] == self.platform)
        return [step for step in mine["steps"] if not step["ways"] or self.way in step["ways"]]

    async def write(self, step: Json, **other: str) -> httpx2.Response:
        given = {name: other.get(name, self.fields[name]) for name in step["fields"]}
        return await self.asks("steps", step=step["name"], fields=given)

    async def write_all(self, **other: str) -> Guide:
        for step in await self.steps():
            answer = await self.write(step, **other)
            if not other:
                assert answer.status_code == 200, answer.text
        return self

    async def check(self) -> Json:
        """The checks that were made, by name."""
        answer = await self.asks("check")
        assert answer.status_code == 200, answer.text
        self.shown = answer.json() or {}
        return self.checks

    async def look(self) -> Json:
        self.shown = (await self.asks("look")).json()
        return self.checks

    @property
    def checks(self) -> Json:
        return {each["name"]: each for each in self.shown["setup"]["checks"]} if self.shown else {}

    @property
    def state(self) -> str:
        return str(self.shown["setup"]["state"])

    async def asks(self, what: str, **content: Any) -> httpx2.Response:
        return await self.inbox.maria.asks("POST", f"setups/{self.id}/{what}", json=content)


async def setups(inbox: Inbox) -> list[Json]:
    """Those that every member's browser shows."""
    found: list[Json] = (await inbox.maria.snapshot())["setups"]
    return found
