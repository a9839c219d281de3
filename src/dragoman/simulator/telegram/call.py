"""One call of a Bot API method: who calls, with what, and what the method may reach."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from dragoman.simulator.courier import Courier
from dragoman.simulator.journal import Journal
from dragoman.simulator.media.drawer import Drawer
from dragoman.simulator.telegram.limits import Limits
from dragoman.simulator.telegram.model import Bot
from dragoman.simulator.telegram.network import TelegramNetwork
from dragoman.simulator.telegram.parameters import Parameters


@dataclass(slots=True)
class Office:
    """What all methods share."""

    network: TelegramNetwork
    courier: Courier
    journal: Journal
    limits: Limits
    client: httpx2.AsyncClient
    drawer: Drawer
    events_made: int = 0
    open_callbacks: dict[str, float] = field(default_factory=dict)  # query → when the button was pressed
    answered_callbacks: dict[str, str] = field(default_factory=dict)  # query → what the bot showed
    typing_until: dict[tuple[int, int], float] = field(default_factory=dict)  # chat → the dots are shown
    polls: dict[int, asyncio.Event] = field(default_factory=dict)  # bot → ends its one open long poll
    new_updates: dict[int, asyncio.Event] = field(default_factory=dict)  # bot → wakes that poll


@dataclass(frozen=True, slots=True)
class Call:
    office: Office
    bot_id: int
    parameters: Parameters

    @property
    def network(self) -> TelegramNetwork:
        return self.office.network

    @property
    def bot(self) -> Bot:
        return self.office.network.bots[self.bot_id]


Method = Callable[[Call], Awaitable[Any]]
