"""An inbox whose worker reaches a receiver of this test alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from dragoman.worker import Worker
from tests.inbox.inbox import Inbox
from tests.webhooks.receiver import Receiver, receiver_at


@pytest_asyncio.fixture(loop_scope="session")
async def receiver(tmp_path: Path) -> AsyncIterator[Receiver]:
    async with receiver_at(tmp_path) as started:
        yield started


@pytest.fixture
def calling(inbox: Inbox, receiver: Receiver) -> Inbox:
    house = inbox.house
    services = replace(house.services, fetcher=receiver.fetcher())
    inbox.house = replace(house, services=services, worker=Worker(services, house.database.dsn))
    return inbox
