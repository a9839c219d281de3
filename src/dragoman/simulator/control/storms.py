"""Orders for storms."""

import asyncio
from random import Random
from typing import Any

from msgspec.structs import asdict
from starlette.requests import Request

from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import order
from dragoman.simulator.storm import Plan, Storm
from dragoman.simulator.world import World


class StormControl:
    def __init__(self, world: World) -> None:
        self._world = world
        self._storms: list[Storm] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, request: Request) -> Any:
        """One storm after the other on an account; its number, to ask after it."""
        wanted = asdict(await order(request, orders.StartStorm))
        desk = self._world.desks[wanted.pop("platform")]
        plan = Plan(**wanted)
        if not desk.is_listened_to(plan.account):
            raise NotPossibleError("Nobody listens to that account: set a webhook first.")
        if any(storm.plan.account == plan.account and not storm.is_over for storm in self._storms):
            raise NotPossibleError("A storm rages there already.")
        chance = Random(plan.seed)  # noqa: S311 - chance in a play
        self._storms.append(Storm(plan, desk, self._world.clock, self._world.faults, chance))
        self._tasks.append(asyncio.create_task(self._storms[-1].rage()))
        return {"id": len(self._storms)}

    async def show(self, request: Request) -> Any:
        """`failed` holds the error of a storm that broke down."""
        number = request.path_params["id"]
        if not 1 <= number <= len(self._storms):
            raise NotPossibleError(f"There is no storm {number}.")
        storm, task = self._storms[number - 1], self._tasks[number - 1]
        error = task.exception() if task.done() and not task.cancelled() else None
        return {
            "planned": storm.plan.count,
            "made": storm.made,
            "under_way": storm.desk.courier.under_way(storm.plan.account),
            "over": storm.is_over,
            "failed": repr(error) if error else None,
        }
