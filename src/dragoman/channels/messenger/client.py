"""What the product asks of Messenger for one connection, in our words. ``graph.py`` beneath it has the socket."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from dragoman.channels.contract import (
    Accepted,
    AccountInfo,
    ConnectedAccount,
    Credentials,
    MediaAddress,
    Outgoing,
    PastPage,
    Polled,
    Profile,
    Renewed,
    Rights,
    Span,
    TemplatePage,
)
from dragoman.channels.errors import MaybeSent, NeedsReconnect, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.messenger import subscription
from dragoman.channels.messenger.errors import REFUSALS
from dragoman.channels.messenger.render import render
from dragoman.channels.meta import history
from dragoman.channels.meta.asking import if_shown
from dragoman.channels.meta.graph import Graph
from dragoman.channels.meta.manifest import DEFAULT_API
from dragoman.channels.meta.media import media_address
from dragoman.channels.meta.past_page import Whose, read_page
from dragoman.channels.meta.reading import identifier, web_address
from dragoman.channels.meta.token import app_named, rights_of
from dragoman.kit import clock
from dragoman.kit.json_reading import Record, record_in, records_in, text

PAST_FIELDS = "id,created_time,from,to,message,attachments,reply_to"
PERMISSIONS = ("pages_messaging", "pages_manage_metadata")


class MessengerClient:
    def __init__(self, credentials: Credentials, *, now: Callable[[], datetime] = clock.now) -> None:
        self._app_id = credentials.settings.get("app_id", "")
        self._verify_token = credentials.secrets.get("verify_token", "")
        self._now = now
        secret = credentials.secrets.get("app_secret", "")
        self._graph = Graph(
            credentials.api_base or DEFAULT_API,
            token=credentials.secrets.get("page_token", ""),
            secret=secret,
            app_token=f"{self._app_id}|{secret}",
            refusals=REFUSALS,
        )

    async def check(self) -> tuple[AccountInfo, ...]:
        """The Page behind the token, after making sure that it is a Page's and of the app that was entered."""
        me = await self._graph.get("me", fields="id,name")
        page = identifier(me, "id")
        if page is None:
            raise NeedsReconnect("The Page access token belongs to no Page.")
        name = text(me, "name") or page
        await self._must_be_a_page(page, name)
        await self._must_be_of_our_app()
        return (AccountInfo(account=page, name=name, facts={"app_id": self._app_id}),)

    async def try_part(self) -> str | None:
        return await app_named(self._graph, self._app_id)

    async def rights(self) -> Rights:
        return await rights_of(self._graph, PERMISSIONS)

    async def renew(self) -> Renewed | None:
        """A Page's token has no end, or comes from who logs in."""
        return None

    async def _must_be_a_page(self, page: str, name: str) -> None:
        try:
            await self._graph.get(page, "subscribed_apps")
        except Undeliverable as refusal:
            reason = f"The token belongs to {name}, which is no Page: generate it beside your Page."
            raise NeedsReconnect(reason, code=refusal.code) from None

    async def _must_be_of_our_app(self) -> None:
        try:
            app = identifier(await self._graph.get("app", fields="id"), "id")
        except Undeliverable:
            return  # not every token may ask this; setting up the webhook tells as well
        if app is not None and app != self._app_id:
            raise NeedsReconnect(f"The Page access token was made by the app {app}, not by {self._app_id}.")

    async def connected_account(self, account: str) -> ConnectedAccount | None:
        """A Page speaks for itself only."""
        return None

    async def register(self, account: str, address: str) -> None:
        """Subscribe the app, which makes Meta call ``address`` at once to verify it, then the Page."""
        fields = ",".join(subscription.FIELDS)
        await self._graph.post(
            self._app_id,
            "subscriptions",
            as_app=True,
            object="page",
            callback_url=address,
            verify_token=self._verify_token,
            fields=fields,
            include_values="true",
        )
        await self._graph.post(account, "subscribed_apps", subscribed_fields=fields)
        if trouble := await self.hook_health(account, address):
            raise NeedsReconnect(trouble)

    async def unregister(self, account: str) -> None:
        """The app's own subscription stays: other Pages may live on it."""
        await self._graph.delete(account, "subscribed_apps")

    async def hook_health(self, account: str, address: str) -> str | None:
        subscribed = await self._graph.get(account, "subscribed_apps")
        subscriptions = await self._graph.get(self._app_id, "subscriptions", as_app=True)
        return subscription.page_trouble(subscribed, self._app_id) or subscription.app_trouble(
            subscriptions, address
        )

    async def send(self, account: str, outgoing: Outgoing) -> Accepted:
        answer = await self._graph.send(account, render(outgoing, self._now()))
        mid = identifier(answer, "message_id")
        if mid is None:
            raise MaybeSent("Meta answered without saying which message it made.")
        return Accepted(external_id=mid)

    async def find_sent(
        self, account: str, outgoing: Outgoing, since: datetime, others: Collection[str] = ()
    ) -> Accepted | None:
        """Raises MaybeSent where the conversation has moved on too far to tell."""
        conversations = await self._conversations(account, outgoing.to, history.FIELDS)
        return history.find_in_history(conversations, outgoing, since, others)

    async def locate(self, account: str, media: Media) -> MediaAddress:
        return media_address(media, asked=self._graph.base, real=DEFAULT_API)

    async def profile(self, account: str, address: str) -> Profile:
        """Empty where Meta shows nothing: many profiles are closed to apps, while the name often is not."""
        fields = "id,name,first_name,last_name,profile_pic"
        person = await if_shown(self._graph.get(address, fields=fields))
        picture = web_address(person, "profile_pic")
        return Profile(
            name=_name(person) or await self._name_in_conversation(account, address),
            picture=None if picture is None else Media(kind=MediaKind.IMAGE, source={"url": picture}),
        )

    async def _name_in_conversation(self, account: str, address: str) -> str | None:
        found = await if_shown(self._conversations(account, address, "participants"))
        people = (
            person
            for conversation in records_in(found, "data")
            for person in records_in(record_in(conversation, "participants") or {}, "data")
        )
        return next((text(person, "name") for person in people if identifier(person, "id") == address), None)

    async def _conversations(self, account: str, customer: str, fields: str) -> Record:
        return await self._graph.get(
            account, "conversations", platform="messenger", user_id=customer, fields=fields
        )

    async def acknowledge(self, account: str, answer_token: str) -> None:
        """Messenger shows a pressed button as done by itself."""

    async def mark_seen(self, account: str, customer: str, newest: str | None = None) -> None:
        await self._graph.act(account, customer, "mark_seen")

    async def show_typing(self, account: str, customer: str, newest: str | None = None) -> None:
        """Three moving dots on the customer's side, until the next message or for about twenty seconds."""
        await self._graph.act(account, customer, "typing_on")

    async def react(self, account: str, customer: str, to: str, emoji: str | None) -> None:
        await self._graph.react(account, customer, to, emoji)

    async def templates(self, account: str, after: str | None) -> TemplatePage:
        """Messenger has none."""
        return TemplatePage()

    async def poll(self, account: str, cursor: str | None, timeout_seconds: int) -> Polled:
        raise Undeliverable("Messenger delivers by webhook only, so it needs a public address.")

    async def read_past(self, account: str, span: Span, cursor: str | None) -> PastPage:
        whose = Whose(
            platform="messenger",
            object="page",
            node=account,
            account=account,
            own=frozenset({account}),
            fields=PAST_FIELDS,
        )
        return await read_page(self._graph, whose, span, cursor)

    async def aclose(self) -> None:
        await self._graph.aclose()


def _name(person: Record) -> str | None:
    names = (text(person, "first_name"), text(person, "last_name"))
    return text(person, "name") or " ".join(name for name in names if name) or None
