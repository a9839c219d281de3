"""A simulator process, and a receiver that stands where the product would."""

from collections.abc import AsyncIterator

import pytest
from tests.simulator.receiver import Receiver, running_receiver

from dragoman.simulator.running import Simulator, running_simulator


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with running_simulator(seed=7) as started:
        yield started


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with running_receiver() as started:
        yield started
