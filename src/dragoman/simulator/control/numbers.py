"""Orders about WhatsApp alone: its numbers, and what happens on the phone behind our back."""

from typing import Any

from starlette.requests import Request

from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import order
from dragoman.simulator.world import World


class NumbersControl:
    def __init__(self, world: World) -> None:
        self._desk = world.whatsapp

    async def new_number(self, request: Request) -> Any:
        """Everything that somebody who connects a number would bring along."""
        wanted = await order(request, orders.NewNumber)
        app = self._desk.app(wanted.app) if wanted.app else self._desk.new_app(f"{wanted.name} inbox")
        account = wanted.account or self._desk.new_account(wanted.name).id
        number = self._desk.new_number(account, wanted.name, in_app=wanted.in_app)
        return {
            "number_id": number.id,
            "waba_id": account,
            "access_token": self._desk.token_of(app.id, account),
            "app_id": app.id,
            "app_secret": app.secret,
        }

    async def set_changes_per_post(self, request: Request) -> Any:
        wanted = await order(request, orders.Together)
        self._desk.set_changes_per_post(wanted.app, wanted.entries_per_post)
        return {}

    async def revoke(self, request: Request) -> Any:
        wanted = await order(request, orders.Revoke)
        self._desk.revoke(wanted.token, wanted.subcode)
        return {}

    async def lack(self, request: Request) -> Any:
        wanted = await order(request, orders.Lack)
        self._desk.lack(wanted.token, wanted.permissions)
        return {}

    async def review(self, request: Request) -> Any:
        wanted = await order(request, orders.Review)
        self._desk.review(wanted.account, wanted.status)
        return {}

    async def judge(self, request: Request) -> Any:
        wanted = await order(request, orders.Judged)
        self._desk.judge(wanted.account, wanted)
        return {}

    async def hand_over_past(self, request: Request) -> Any:
        wanted = await order(request, orders.Past)
        told = self._desk.hand_over_past(wanted.account, wanted.customer, wanted.texts, wanted.hours_ago)
        return {"messages": told}

    async def answer_in_app(self, request: Request) -> Any:
        """The owner answers on the phone."""
        wanted = await order(request, orders.PageInbox)
        return {"message": self._desk.answer_elsewhere(wanted.account, wanted.customer, wanted.text)}

    async def person(self, request: Request) -> Any:
        person = self._desk.person(request.query_params.get("customer", ""))
        return {"phone": person.phone, "user_id": person.user_id, "name": person.name}
