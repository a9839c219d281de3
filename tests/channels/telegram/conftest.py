from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dragoman.channels.contract import Credentials
from dragoman.channels.telegram.client import TelegramClient
from tests.channels.telegram.bot_server import BotServer, running_bot_server

BOT = "7100200300"
TOKEN = f"{BOT}:AAEhBOwe-secret_part_of_the_token"
WEBHOOK_SECRET = "hook-secret_0123456789abcdefghij"


@pytest.fixture
async def telegram() -> AsyncIterator[BotServer]:
    async with running_bot_server() as server:
        yield server


@pytest.fixture
def credentials(telegram: BotServer) -> Credentials:
    secrets = {"token": TOKEN, "webhook_secret": WEBHOOK_SECRET}
    return Credentials(secrets=secrets, api_base=telegram.address)


@pytest.fixture
async def client(credentials: Credentials) -> AsyncIterator[TelegramClient]:
    opened = TelegramClient(credentials)
    yield opened
    await opened.aclose()
