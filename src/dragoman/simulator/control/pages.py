"""Orders about Meta's networks alone: their apps, pages and tokens, and what happens behind our back."""

from typing import Any

from starlette.requests import Request

from dragoman.simulator.control import orders
from dragoman.simulator.control.answers import order
from dragoman.simulator.messenger.desk import MessengerDesk
from dragoman.simulator.world import World

MOST_REMEMBERED = 10_000


class PagesControl:
    def __init__(self, world: World) -> None:
        self._desk: MessengerDesk = world.messenger
        self._instagram = world.instagram

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

    async def new_instagram(self, request: Request) -> Any:
        """The same for an Instagram account, with the tokens of both ways to log in."""
        wanted = await order(request, orders.NewInstagram)
        desk = self._instagram
        app = desk.app(wanted.app) if wanted.app else desk.new_app(f"{wanted.name} inbox")
        account = desk.new_account(wanted.name)
        return {
            "account": account.id,
            "instagram_token": desk.own_token(app.id, account.id),
            "page_token": desk.page_token(app.id, account.id),
            "app_id": app.id,
            "app_secret": app.secret,
            "instagram_app_secret": app.instagram_secret,
        }

    async def set_webhook(self, request: Request) -> Any:
        wanted = await order(request, orders.SetAppWebhook)
        self._of_app(wanted.app).set_webhook(wanted.app, wanted.url, wanted.verify_token, wanted.fields)
        return {}

    async def set_entries_per_post(self, request: Request) -> Any:
        wanted = await order(request, orders.Together)
        self._of_app(wanted.app).set_entries_per_post(wanted.app, wanted.entries_per_post)
        return {}

    async def revoke(self, request: Request) -> Any:
        wanted = await order(request, orders.Revoke)
        self._of_token(wanted.token).revoke(wanted.token, wanted.subcode)
        return {}

    async def lack(self, request: Request) -> Any:
        wanted = await order(request, orders.Lack)
        self._of_token(wanted.token).lack(wanted.token, wanted.permissions)
        return {}

    async def age(self, request: Request) -> Any:
        wanted = await order(request, orders.Age)
        self._of_token(wanted.token).age(wanted.token, wanted.seconds, wanted.ends_in_seconds)
        return {}

    async def unsubscribe(self, request: Request) -> Any:
        wanted = await order(request, orders.Unsubscribe)
        self._of_account(wanted.account).unsubscribe(wanted.account)
        return {}

    async def answer_in_page_inbox(self, request: Request) -> Any:
        wanted = await order(request, orders.PageInbox)
        mid = self._of_account(wanted.account).answer_in_page_inbox(
            wanted.account, wanted.customer, wanted.text, wanted.app
        )
        return {"message": mid}

    async def remember_past(self, request: Request) -> Any:
        wanted = await order(request, orders.Remembered)
        desk = self._of_account(wanted.account)
        if wanted.customer is None:
            desk.remember_some_past(wanted.account, min(wanted.conversations, MOST_REMEMBERED))
            return {"messages": []}
        told = desk.remember_past(wanted.account, wanted.customer, wanted.texts, wanted.hours_ago)
        return {"messages": told}

    async def give_thread(self, request: Request) -> Any:
        wanted = await order(request, orders.ThreadOwner)
        self._of_account(wanted.account).give_thread_to(wanted.account, wanted.customer, wanted.app)
        return {}

    async def psid(self, request: Request) -> Any:
        query = request.query_params
        account = query.get("account", "")
        return {"psid": self._of_account(account).psid(account, query.get("customer", ""))}

    def _of_app(self, app: str) -> MessengerDesk:
        return self._instagram if self._instagram.knows(app=app) else self._desk

    def _of_account(self, account: str) -> MessengerDesk:
        return self._instagram if self._instagram.knows(account=account) else self._desk

    def _of_token(self, token: str) -> MessengerDesk:
        return self._instagram if self._instagram.knows(token=token) else self._desk
