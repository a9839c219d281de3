"""Whoever is called by a webhook: stands outside, over real HTTPS, and shares no code with ours."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.config_values import HostPort
from dragoman.files.fetch import Fetcher
from tests.files.far_side import Answer, Asked, FarSide, Say, Trust, far_side, trust_for

HOST = "hooks.example.net"
PATH = "/hooks/orders"
PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Receiver:
    """``answers``: status and headers of each next call; when there is none, it is taken."""

    side: FarSide
    trust: Trust
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    rang: asyncio.Event = field(default_factory=asyncio.Event)

    def listens(self, path: str = PATH, answer: Answer | None = None) -> str:
        """The address."""

        async def take(asked: Asked, say: Say) -> None:
            self.rang.set()
            await (answer or self._takes)(asked, say)

        self.side.answers[path] = take
        return self.side.address(path, HOST)

    async def _takes(self, _: Asked, say: Say) -> None:
        status, headers = self.answers.pop(0) if self.answers else (204, {})
        lines = {"Content-Length": "0", "Connection": "close"} | headers
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        await say(f"HTTP/1.1 {status} So\r\n{head}\r\n".encode())

    def fetcher(self, lies_at: str = "127.0.0.1", *, is_allowed: bool = True) -> Fetcher:
        """A way out that finds this receiver by its name, and trusts it."""

        async def resolve(_host: str, _port: int) -> list[str]:
            return [lies_at]

        allowed = {HostPort(HOST, self.side.port)} if is_allowed else set()
        return Fetcher(frozenset(allowed), resolver=resolve, tls=self.trust.client)

    def heard(self, path: str = PATH) -> list[Asked]:
        return [asked for asked in self.side.asked if asked.path == path]

    async def has_heard(self, path: str, calls: int) -> None:
        """Wait until so many have come there."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.heard(path)) < calls:
                self.rang.clear()
                await self.rang.wait()


def page_for_receivers(language: str) -> str:
    """The first block of this language in docs/webhooks.md."""
    _, _, rest = Path("docs/webhooks.md").read_text(encoding="utf-8").partition(f"```{language}\n")
    return rest.partition("```")[0]


@asynccontextmanager
async def receiver_at(folder: Path) -> AsyncIterator[Receiver]:
    trust = trust_for(folder, HOST)
    async with far_side(trust.server) as side:
        yield Receiver(side, trust)


def verified(asked: Asked, secret: str) -> Any:
    """What it says, where one of its signatures is made with this secret: written down from the specification."""
    content = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert f"v1,{wanted}" in asked.headers["webhook-signature"].split()
    return json.loads(asked.body)
