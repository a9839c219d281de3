"""What all parts of this WhatsApp share."""

from dataclasses import dataclass, field

import httpx2

from dragoman.simulator.courier import Courier
from dragoman.simulator.journal import Journal
from dragoman.simulator.limits import Bucket
from dragoman.simulator.media.drawer import Drawer
from dragoman.simulator.whatsapp.network import WhatsAppNetwork


@dataclass(slots=True)
class Office:
    network: WhatsAppNetwork
    courier: Courier
    journal: Journal
    client: httpx2.AsyncClient
    drawer: Drawer
    base_url: str
    limits_enabled: bool = True
    events_made: int = 0
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)  # number, whom ("": everybody)
    typing_until: dict[tuple[str, str], float] = field(default_factory=dict)  # chat → the dots are shown
    waiting_for_company: dict[str, list[str]] = field(default_factory=dict)  # app → events for one post
