"""Everything one simulator holds: its memory, its notebook, its troubles and the platforms themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx2

from dragoman.simulator.clock import Clock
from dragoman.simulator.courier import Courier, Patience
from dragoman.simulator.desk import Desk
from dragoman.simulator.faults import Faults
from dragoman.simulator.files import Files
from dragoman.simulator.journal import Journal
from dragoman.simulator.kept import Kept
from dragoman.simulator.media.drawer import Drawer
from dragoman.simulator.telegram.call import Office as TelegramOffice
from dragoman.simulator.telegram.desk import TelegramDesk
from dragoman.simulator.telegram.limits import Limits
from dragoman.simulator.telegram.network import TelegramNetwork
from dragoman.simulator.telegram.subscribing import send_pending
from dragoman.simulator.telegram.webhooks import TelegramSender

SYNC_EVERY_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class World:
    base_url: str
    clock: Clock
    chance: Random
    faults: Faults
    files: Files
    journal: Journal
    telegram_office: TelegramOffice
    telegram: TelegramDesk

    @property
    def desks(self) -> dict[str, Desk]:
        return {"telegram": self.telegram}

    def under_way(self) -> int:
        """Webhook events not yet acknowledged."""
        return sum(desk.courier.under_way() for desk in self.desks.values())


@asynccontextmanager
async def open_world(folder: Path, base_url: str, seed: int) -> AsyncIterator[World]:
    """The world as an earlier process left it in `folder`, or a new one; what was under way travels on."""
    clock, chance = Clock(), Random(seed)  # noqa: S311 - play, not secrets of anybody
    kept, journal = Kept(folder / "state.jsonl"), Journal(folder / "journal.jsonl")
    faults, files = Faults(Random(seed)), Files(folder / "files")  # noqa: S311
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=100)
    async with httpx2.AsyncClient(limits=limits, trust_env=False) as client:
        network = TelegramNetwork(clock, chance, kept, files)
        network.remember()
        courier = Courier(TelegramSender(network), client, journal, faults, Patience(1.0, 60.0, 120.0))
        telegram = TelegramOffice(network, courier, journal, Limits(), client, Drawer(chance))
        for bot in network.bots.values():
            send_pending(telegram, bot)
        keeper = asyncio.create_task(_keep_on_disk(journal))
        try:
            yield World(base_url, clock, chance, faults, files, journal, telegram, TelegramDesk(telegram))
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
            await courier.close()
            journal.close()
            kept.close()


async def _keep_on_disk(journal: Journal) -> None:
    while True:
        await asyncio.sleep(SYNC_EVERY_SECONDS)
        await asyncio.to_thread(journal.sync)
