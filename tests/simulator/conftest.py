"""A simulator process shared by the tests (each makes its own bot and customers), and a receiver for each."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from dragoman.simulator.running import Simulator, connected, running_simulator
from tests.simulator.receiver import Receiver, running_receiver


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def simulator_url() -> AsyncIterator[str]:
    async with running_simulator(seed=7) as started:
        yield started.base_url


@pytest.fixture
async def simulator(simulator_url: str) -> AsyncIterator[Simulator]:
    async with connected(simulator_url) as shared:
        yield shared


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with running_receiver() as started:
        yield started
