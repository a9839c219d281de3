"""The control API: makes bots, pages and customers, lets customers act, asks for troubles, reads notes."""

import asyncio
import os
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import Handler, answered, order
from dragoman.simulator.faults import Fault
from dragoman.simulator.journal import Kind, Page
from dragoman.simulator.telegram import customers as telegram_customers
from dragoman.simulator.telegram.customers import NotPossibleError
from dragoman.simulator.telegram.model import Person
from dragoman.simulator.world import World

MOST_NOTES = 5_000


def control_routes(world: World) -> list[Route]:
    control = Control(world)
    return [
        _route("GET", "/whoami", control.whoami),
        _route("POST", "/bots", control.new_bot),
        _route("POST", "/customers", control.new_customer),
        _route("POST", "/says", control.says),
        _route("GET", "/journal", control.journal),
        _route("GET", "/under-way", control.under_way),
        _route("POST", "/faults", control.new_fault),
        _route("GET", "/faults", control.standing_faults),
        _route("DELETE", "/faults", control.end_faults),
        _route("DELETE", "/faults/{id:int}", control.end_fault),
        _route("POST", "/limits", control.limit),
        _route("POST", "/clock", control.set_clock),
        _route("POST", "/patience", control.set_patience),
        _route("POST", "/retry-now", control.retry_now),
        _route("POST", "/die", control.die),
    ]


class Control:
    def __init__(self, world: World) -> None:
        self._world = world

    async def whoami(self, request: Request) -> Any:  # noqa: ARG002 - every handler takes the request
        return {"simulator": True, "base_url": self._world.base_url}

    async def new_bot(self, request: Request) -> Any:
        wanted = await order(request, orders.NewBot)
        username = wanted.username or f"espresso_{self._world.chance.randrange(1000, 9999)}_bot"
        bot = self._world.telegram.network.new_bot(wanted.name, username)
        return {"id": str(bot.id), "token": bot.token, "username": bot.username}

    async def new_customer(self, request: Request) -> Any:
        wanted = await order(request, orders.NewCustomer)
        network = self._world.telegram.network
        person = Person(
            network.new_person_id(), wanted.first_name, wanted.last_name, wanted.username, wanted.language
        )
        return {"id": str(network.keep_person(person).id)}

    async def says(self, request: Request) -> Any:
        wanted = await order(request, orders.Says)
        gaps = wanted.gaps if wanted.gaps is not None else [wanted.gap_seconds] * len(wanted.texts)
        messages: list[str] = []
        for number, text in enumerate(wanted.texts):
            if number:
                await asyncio.sleep(gaps[min(number - 1, len(gaps) - 1)] if gaps else 0)
            messages.append(self._write(wanted, text))
        return {"messages": messages}

    def _write(self, wanted: orders.Says, text: str) -> str:
        message = telegram_customers.write(
            self._world.telegram,
            number(wanted.account),
            number(wanted.customer),
            text,
            number(wanted.reply_to) if wanted.reply_to else None,
            wanted.quote,
        )
        return str(message.message_id)

    async def journal(self, request: Request) -> Page:
        query = request.query_params
        kind = Kind(query["kind"]) if query.get("kind") in set(Kind) else None
        after, limit = number(query.get("after", "0")), number(query.get("limit", "1000"))
        return self._world.journal.page(kind, after, min(limit, MOST_NOTES))

    async def under_way(self, request: Request) -> Any:  # noqa: ARG002
        return {"under_way": self._world.under_way()}

    async def new_fault(self, request: Request) -> Any:
        return {"id": self._world.faults.add(await order(request, Fault))}

    async def standing_faults(self, request: Request) -> Any:  # noqa: ARG002
        standing = self._world.faults.standing
        return {str(id): {"fault": one.fault, "hits": one.hits} for id, one in standing.items()}  # noqa: A001

    async def end_faults(self, request: Request) -> Any:  # noqa: ARG002
        self._world.faults.standing.clear()
        return {}

    async def end_fault(self, request: Request) -> Any:
        self._world.faults.standing.pop(request.path_params["id"], None)
        return {}

    async def limit(self, request: Request) -> Any:
        self._world.telegram.limits.enabled = (await order(request, orders.Limiting)).enabled
        return {}

    async def set_clock(self, request: Request) -> Any:
        self._world.clock.offset_seconds = (await order(request, orders.Clockwork)).offset_seconds
        return {"now": self._world.clock.moment().isoformat()}

    async def set_patience(self, request: Request) -> Any:
        wanted = await order(request, orders.Waiting)
        patience = self._world.telegram.courier.patience
        patience.first_seconds = wanted.first_seconds
        patience.cap_low_seconds = patience.cap_high_seconds = wanted.cap_seconds
        return {}

    async def retry_now(self, request: Request) -> Any:  # noqa: ARG002
        self._world.telegram.courier.retry_now()
        return {}

    async def die(self, request: Request) -> Any:  # noqa: ARG002
        os._exit(9)


def number(text: str) -> int:
    """Raises: NotPossibleError for anything but a whole number."""
    try:
        return int(text)
    except ValueError as error:
        raise NotPossibleError(f"{text!r} is not the number of anything here.") from error


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(path, answered(handler), methods=[method])
