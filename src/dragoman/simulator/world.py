"""Everything one simulator holds: its memory, its notebook, its troubles and the platforms themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx2
import msgspec

from dragoman.simulator.clock import Clock
from dragoman.simulator.courier import Courier, Patience
from dragoman.simulator.desk import Desk
from dragoman.simulator.faults import Faults
from dragoman.simulator.files import Files
from dragoman.simulator.instagram.desk import InstagramDesk
from dragoman.simulator.instagram.ways import INSTAGRAM
from dragoman.simulator.journal import Journal
from dragoman.simulator.kept import Kept
from dragoman.simulator.media.drawer import Drawer
from dragoman.simulator.messenger.desk import MessengerDesk
from dragoman.simulator.messenger.network import MessengerNetwork
from dragoman.simulator.messenger.office import Office as MessengerOffice
from dragoman.simulator.messenger.outgoing import MessengerSender
from dragoman.simulator.messenger.outgoing import send_pending as send_events
from dragoman.simulator.messenger.ways import MESSENGER, Ways
from dragoman.simulator.posting import Poster
from dragoman.simulator.telegram.call import Office as TelegramOffice
from dragoman.simulator.telegram.desk import TelegramDesk
from dragoman.simulator.telegram.limits import Limits
from dragoman.simulator.telegram.network import TelegramNetwork
from dragoman.simulator.telegram.subscribing import send_pending
from dragoman.simulator.telegram.webhooks import TelegramSender
from dragoman.simulator.whatsapp.desk import WhatsAppDesk
from dragoman.simulator.whatsapp.network import WhatsAppNetwork
from dragoman.simulator.whatsapp.office import Office as WhatsAppOffice
from dragoman.simulator.whatsapp.outgoing import WhatsAppSender
from dragoman.simulator.whatsapp.outgoing import send_pending as send_changes

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
    messenger_office: MessengerOffice
    messenger: MessengerDesk
    instagram_office: MessengerOffice
    instagram: InstagramDesk
    whatsapp_office: WhatsAppOffice
    whatsapp: WhatsAppDesk

    @property
    def desks(self) -> dict[str, Desk]:
        desks: list[Desk] = [self.telegram, self.messenger, self.instagram, self.whatsapp]
        return {desk.platform: desk for desk in desks}

    def under_way(self, account: str | None) -> int:
        """Webhook events not yet acknowledged, of one bot or page or of all."""
        return sum(desk.courier.under_way(account) for desk in self.desks.values())

    def so_far(self) -> int:
        """Webhook events that ever began their way in this process."""
        return sum(desk.courier.handed_over for desk in self.desks.values())


@asynccontextmanager
async def open_world(folder: Path, base_url: str, seed: int) -> AsyncIterator[World]:
    """The world as an earlier process left it in `folder`, or a new one; what was under way travels on."""
    kept, journal = Kept(folder / "state.jsonl"), Journal(folder / "journal.jsonl")
    start = _count_start(kept)
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=100)
    async with httpx2.AsyncClient(limits=limits, trust_env=False) as client:
        parts = Parts(
            base_url,
            Clock(),
            _dice(seed, start),
            kept,
            journal,
            Faults(_dice(seed, start)),
            Files(folder / "files"),
            client,
            Poster(client),
        )
        telegram = _telegram(parts)
        messenger, instagram = _of_meta(parts, MESSENGER), _of_meta(parts, INSTAGRAM)
        whatsapp = _whatsapp(parts)
        keeper = asyncio.create_task(_keep_on_disk(journal))
        try:
            yield World(
                base_url=base_url,
                clock=parts.clock,
                chance=parts.chance,
                faults=parts.faults,
                files=parts.files,
                journal=journal,
                telegram_office=telegram,
                telegram=TelegramDesk(telegram),
                messenger_office=messenger,
                messenger=MessengerDesk(messenger),
                instagram_office=instagram,
                instagram=InstagramDesk(instagram),
                whatsapp_office=whatsapp,
                whatsapp=WhatsAppDesk(whatsapp),
            )
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
            await telegram.courier.close()
            await messenger.courier.close()
            await instagram.courier.close()
            await whatsapp.courier.close()
            parts.poster.close()
            journal.close()
            kept.close()


@dataclass(frozen=True, slots=True)
class Parts:
    """What all platforms are made of."""

    base_url: str
    clock: Clock
    chance: Random
    kept: Kept
    journal: Journal
    faults: Faults
    files: Files
    client: httpx2.AsyncClient
    poster: Poster


def _telegram(parts: Parts) -> TelegramOffice:
    network = TelegramNetwork(parts.clock, parts.chance, parts.kept, parts.files)
    network.remember()
    patience = Patience(first_seconds=1.0, cap_low_seconds=60.0, cap_high_seconds=120.0)
    courier = Courier(TelegramSender(network), parts.poster, parts.journal, parts.faults, patience)
    drawer = Drawer(parts.chance)
    office = TelegramOffice(network, courier, parts.journal, Limits(), parts.client, drawer)
    for bot in network.bots.values():
        if bot.webhook:
            send_pending(office, bot)
    return office


def _of_meta(parts: Parts, ways: Ways) -> MessengerOffice:
    network = MessengerNetwork(parts.clock, parts.chance, parts.kept, parts.files, ways)
    network.remember()
    patience = Patience(first_seconds=2.0, cap_low_seconds=60.0, cap_high_seconds=90.0, at_once=2)
    courier = Courier(MessengerSender(network), parts.poster, parts.journal, parts.faults, patience)
    drawer = Drawer(parts.chance)
    office = MessengerOffice(network, courier, parts.journal, parts.client, drawer, parts.base_url)
    send_events(office)
    return office


def _whatsapp(parts: Parts) -> WhatsAppOffice:
    network = WhatsAppNetwork(parts.clock, parts.chance, parts.kept, parts.files)
    network.remember()
    patience = Patience(first_seconds=2.0, cap_low_seconds=60.0, cap_high_seconds=90.0, at_once=2)
    courier = Courier(WhatsAppSender(network), parts.poster, parts.journal, parts.faults, patience)
    drawer = Drawer(parts.chance)
    office = WhatsAppOffice(network, courier, parts.journal, parts.client, drawer, parts.base_url)
    send_changes(office)
    return office


class Starts(msgspec.Struct, frozen=True):
    count: int


def _count_start(kept: Kept) -> int:
    earlier = max((starts.count for _, starts in kept.read("starts", Starts)), default=0)
    kept.put("starts", "all", Starts(earlier + 1))
    return earlier + 1


def _dice(seed: int, start: int) -> Random:
    """The same for the same seed, and yet never again the ids that an earlier start has given out."""
    return Random(f"{seed}/{start}")  # noqa: S311 - chance in a play; nobody's secrets depend on it


async def _keep_on_disk(journal: Journal) -> None:
    while True:
        await asyncio.sleep(SYNC_EVERY_SECONDS)
        await asyncio.to_thread(journal.sync)
