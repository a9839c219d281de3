"""Orders about bots, pages and the customers who write to them."""

import asyncio
from typing import Any

from starlette.requests import Request

from dragoman.simulator import desk
from dragoman.simulator.acts import NotPossibleError, Write
from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import order
from dragoman.simulator.media.pictures import portrait
from dragoman.simulator.phone import Phone
from dragoman.simulator.world import World


class PeopleControl:
    def __init__(self, world: World) -> None:
        self._world = world

    async def everybody(self, request: Request) -> Any:
        desks = self._world.desks.values()
        return {one.platform: {"accounts": one.accounts(), "customers": one.customers()} for one in desks}

    async def new_bot(self, request: Request) -> Any:
        wanted = await order(request, orders.NewBot)
        bot = self._world.telegram.new_bot(wanted.name, wanted.username)
        return {"id": str(bot.id), "token": bot.token, "username": bot.username}

    async def set_webhook(self, request: Request) -> Any:
        wanted = await order(request, orders.SetWebhook)
        self._world.telegram.set_webhook(wanted.account, wanted.url, wanted.secret)
        return {}

    async def new_customer(self, request: Request) -> Any:
        wanted = await order(request, orders.NewCustomer)
        person = desk.NewCustomer(
            wanted.first_name,
            wanted.last_name,
            wanted.username,
            wanted.language,
            portrait(self._world.chance) if wanted.with_picture else None,
        )
        return {"id": self._desk(wanted.platform).add_customer(person)}

    async def says(self, request: Request) -> Any:
        wanted = await order(request, orders.Says)
        messages: list[str] = []
        for number, text in enumerate(wanted.texts):
            await asyncio.sleep(wanted.gap_before(number))
            act = Write(text, wanted.reply_to, wanted.quote)
            messages += self._desk(wanted.platform).act(wanted.account, wanted.customer, act)
        return {"messages": messages}

    async def does(self, request: Request) -> Any:
        wanted = await order(request, orders.Does)
        return {"messages": self._desk(wanted.platform).act(wanted.account, wanted.customer, wanted.act)}

    async def connect_account(self, request: Request) -> Any:
        wanted = await order(request, orders.ConnectAccount)
        telegram = self._world.telegram
        return {"connection": telegram.connect_account(wanted.owner, wanted.bot, can_reply=wanted.can_reply)}

    async def disconnect_account(self, request: Request) -> Any:
        wanted = await order(request, orders.DisconnectAccount)
        self._world.telegram.disconnect_account(wanted.owner)
        return {}

    async def owner_does(self, request: Request) -> Any:
        wanted = await order(request, orders.OwnerDoes)
        return {"messages": self._world.telegram.owner_acts(wanted.owner, wanted.customer, wanted.act)}

    async def phone(self, request: Request) -> Phone:
        query = request.query_params
        platform = query.get("platform", "")
        return self._desk(platform).phone(query.get("account", ""), query.get("customer", ""))

    def _desk(self, platform: str) -> desk.Desk:
        if platform not in self._world.desks:
            raise NotPossibleError(f"There is no platform {platform!r} here.")
        return self._world.desks[platform]
