"""An inbox whose worker reaches a push service of this test alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from dragoman.worker import Worker
from tests.inbox.inbox import Inbox
from tests.notifications.browser import PushService, push_service


@pytest_asyncio.fixture(loop_scope="session")
async def service(tmp_path: Path) -> AsyncIterator[PushService]:
    async with push_service(tmp_path) as started:
        yield started


@pytest.fixture
def told(inbox: Inbox, service: PushService) -> Inbox:
    house = inbox.house
    services = replace(house.services, fetcher=service.fetcher)
    inbox.house = replace(house, services=services, worker=Worker(services, house.database.dsn))
    return inbox
