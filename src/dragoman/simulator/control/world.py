"""Orders about the world itself: its clock, its troubles, its notes, its end."""

import os
import time
from typing import Any

from starlette.requests import Request

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import order
from dragoman.simulator.faults import Fault
from dragoman.simulator.journal import Kind, Page
from dragoman.simulator.troubled import EXIT_CODE_OF_A_SUDDEN_DEATH
from dragoman.simulator.world import World

MOST_NOTES = 5_000


class WorldControl:
    def __init__(self, world: World) -> None:
        self._world = world

    async def whoami(self, request: Request) -> Any:
        return {"simulator": True, "base_url": self._world.base_url}

    async def journal(self, request: Request) -> Page:
        """Notes with a number above `after`, of one `kind` or all, at most `limit`."""
        query = request.query_params
        after, limit = _number(query.get("after", "0")), _number(query.get("limit", "1000"))
        return self._world.journal.page(_kind(query.get("kind")), after, min(limit, MOST_NOTES))

    async def under_way(self, request: Request) -> Any:
        under_way = self._world.under_way(request.query_params.get("account"))
        return {"under_way": under_way, "so_far": self._world.so_far()}

    async def new_fault(self, request: Request) -> Any:
        return {"id": self._world.faults.add(await order(request, Fault))}

    async def standing_faults(self, request: Request) -> Any:
        standing = self._world.faults.standing.items()
        return [{"id": number, "fault": one.fault, "hits": one.hits} for number, one in standing]

    async def end_faults(self, request: Request) -> Any:
        for number in list(self._world.faults.standing):
            self._world.faults.end(number)
        return {}

    async def end_fault(self, request: Request) -> Any:
        self._world.faults.end(request.path_params["id"])
        return {}

    async def limit(self, request: Request) -> Any:
        wanted = await order(request, orders.Limiting)
        self._world.desks[wanted.platform].set_limits(enabled=wanted.enabled)
        return {}

    async def set_clock(self, request: Request) -> Any:
        wanted, clock = await order(request, orders.Clockwork), self._world.clock
        clock.offset_seconds = wanted.offset_seconds
        clock.stopped_at = time.time() if wanted.stands_still else None
        return {"now": clock.moment().isoformat()}

    async def set_patience(self, request: Request) -> Any:
        wanted = await order(request, orders.Waiting)
        patience = self._world.desks[wanted.platform].courier.patience
        patience.first_seconds = wanted.first_seconds
        patience.cap_low_seconds = patience.cap_high_seconds = wanted.cap_seconds
        return {}

    async def retry_now(self, request: Request) -> Any:
        for desk in self._world.desks.values():
            desk.courier.retry_now()
        return {}

    async def die(self, request: Request) -> Any:
        os._exit(EXIT_CODE_OF_A_SUDDEN_DEATH)


def _kind(text: str | None) -> Kind | None:
    if not text:
        return None
    if text not in set(Kind):
        raise NotPossibleError(f"The journal has no notes of kind {text!r}.")
    return Kind(text)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotPossibleError(f"{text!r} is not a whole number.")
    return int(text)
