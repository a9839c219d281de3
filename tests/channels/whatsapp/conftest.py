from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from dragoman.channels.contract import Credentials
from dragoman.channels.whatsapp.client import WhatsAppClient
from tests.channels.messenger.graph_server import GraphServer, running_graph_server

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRET = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
TOKEN = "EAAGm0PX4ZCpsBAtoken"
APP = "1517776481860111"
WABA = "102290129340398"
NUMBER = "106540352242922"


@pytest.fixture
async def graph() -> AsyncIterator[GraphServer]:
    async with running_graph_server() as server:
        yield server


@pytest.fixture
def credentials(graph: GraphServer) -> Credentials:
    return Credentials(
        secrets={"app_secret": SECRET, "access_token": TOKEN, "verify_token": "verify-me"},
        settings={"app_id": APP, "waba_id": WABA},
        api_base=graph.address,
    )


@pytest.fixture
async def client(credentials: Credentials) -> AsyncIterator[WhatsAppClient]:
    opened = WhatsAppClient(credentials, now=lambda: NOW)
    yield opened
    await opened.aclose()
