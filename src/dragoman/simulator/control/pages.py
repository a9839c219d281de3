"""Orders about Messenger alone: its apps, pages and tokens, and what happens behind our back."""

from typing import Any

from starlette.requests import Request

from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import order
from dragoman.simulator.world import World


class PagesControl:
    def __init__(self, world: World) -> None:
        self._desk = world.messenger

    async def new_page(self, request: Request) -> Any:
        """Everything that somebody who connects a page would bring along."""
        wanted = await order(request, orders.NewPage)
        app = self._desk.app(wanted.app) if wanted.app else self._desk.new_app(f"{wanted.name} inbox")
        page = self._desk.new_page(wanted.name)
        return {
            "page_id": page.id,
            "page_token": self._desk.token_of(app.id, page.id),
            "user_token": self._desk.token_of(app.id, None),
            "app_id": app.id,
            "app_secret": app.secret,
        }

    async def set_webhook(self, request: Request) -> Any:
        wanted = await order(request, orders.SetAppWebhook)
        self._desk.set_webhook(wanted.app, wanted.url, wanted.verify_token, wanted.fields)
        return {}

    async def set_entries_per_post(self, request: Request) -> Any:
        wanted = await order(request, orders.Together)
        self._desk.set_entries_per_post(wanted.app, wanted.entries_per_post)
        return {}

    async def revoke(self, request: Request) -> Any:
        wanted = await order(request, orders.Revoke)
        self._desk.revoke(wanted.token, wanted.subcode)
        return {}

    async def answer_in_page_inbox(self, request: Request) -> Any:
        wanted = await order(request, orders.PageInbox)
        mid = self._desk.answer_in_page_inbox(wanted.account, wanted.customer, wanted.text, wanted.app)
        return {"message": mid}

    async def give_thread(self, request: Request) -> Any:
        wanted = await order(request, orders.ThreadOwner)
        self._desk.give_thread_to(wanted.account, wanted.customer, wanted.app)
        return {}

    async def psid(self, request: Request) -> Any:
        query = request.query_params
        return {"psid": self._desk.psid(query.get("account", ""), query.get("customer", ""))}
