"""What the product asks of Instagram for one connection, in our words, whichever way the account logged in.

With Facebook, a linked Page's token speaks to graph.facebook.com; with Instagram, the account's own token to
graph.instagram.com. The app itself always speaks to the former.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

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
from dragoman.channels.errors import LeftToTheAdmin, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.instagram import subscription
from dragoman.channels.instagram.errors import REFUSALS
from dragoman.channels.instagram.manifest import DEFAULT_OWN_API, OWN_API
from dragoman.channels.instagram.render import render
from dragoman.channels.meta import history
from dragoman.channels.meta.asking import if_shown
from dragoman.channels.meta.graph import Graph
from dragoman.channels.meta.manifest import DEFAULT_API
from dragoman.channels.meta.media import MEDIA_HOSTS, media_address
from dragoman.channels.meta.past_page import Whose, read_page
from dragoman.channels.meta.reading import identifier, web_address
from dragoman.channels.meta.subscription import subscribed_fields
from dragoman.channels.meta.token import app_named, rights_of
from dragoman.kit import clock
from dragoman.kit.json_reading import Record, integer, record_in, records_in, text

PAST_FIELDS = "id,created_time,from,to,message,attachments,story,reply_to"

# Of a log-in with Facebook.
PERMISSIONS = ("instagram_basic", "instagram_manage_messages", "pages_manage_metadata")


MOST_SECONDS = 10 * 365 * 86_400  # a token that is said to live longer has no end


class InstagramClient:
    def __init__(self, credentials: Credentials, *, now: Callable[[], datetime] = clock.now) -> None:
        self._app_id = credentials.settings.get("app_id", "")
        self._verify_token = credentials.secrets.get("verify_token", "")
        self._now = now
        self._own_token = credentials.secrets.get("instagram_token", "")
        self._page_token = credentials.secrets.get("page_token", "")
        self._real = DEFAULT_OWN_API if self._is_own else DEFAULT_API
        self._facebook = _facebook(credentials, self._app_id, self._page_token)
        self._own_names: frozenset[str] | None = None  # asked for once
        self._graph = _instagram(credentials, self._own_token) if self._is_own else self._facebook

    @property
    def _is_own(self) -> bool:
        """The account logged in with Instagram, and not with Facebook."""
        return bool(self._own_token)

    async def check(self) -> tuple[AccountInfo, ...]:
        """The account behind the token."""
        if bool(self._own_token) is bool(self._page_token):
            raise NeedsReconnect(
                "Enter one of the two: the Instagram access token, or the Page access token."
            )
        return (await (self._own_account() if self._is_own else self._linked_account()),)

    async def try_part(self) -> str | None:
        return await app_named(self._facebook, self._app_id)

    async def rights(self) -> Rights:
        """Of a token of Instagram's own nothing is told."""
        return Rights() if self._is_own else await rights_of(self._facebook, PERMISSIONS)

    async def renew(self) -> Renewed | None:
        """A token of Instagram's own lives 60 days, and as long again from each renewal; it is another text then."""
        if not self._is_own:
            return None
        renewed = await self._graph.renewed_token("refresh_access_token", "ig_refresh_token")
        token, seconds = text(renewed, "access_token"), integer(renewed, "expires_in")
        if not token:
            raise TryLater("Instagram renewed the token without saying what it is now.")
        until = None if not seconds or seconds > MOST_SECONDS else self._now() + timedelta(seconds=seconds)
        return Renewed(secrets={"instagram_token": token}, expires_at=until)

    async def _own_account(self) -> AccountInfo:
        """``user_id`` is what the webhooks say; ``id`` is the app's own name for the account, and may differ."""
        me = await self._graph.get("me", fields="id,user_id,username,name")
        account = identifier(me, "user_id") or identifier(me, "id")
        if account is None:
            raise NeedsReconnect("The Instagram access token belongs to no account.")
        facts = {"app_id": self._app_id, "login": "instagram", "login_id": identifier(me, "id") or account}
        return _info(account, me, facts)

    async def _linked_account(self) -> AccountInfo:
        me = await self._graph.get("me", fields="id,name,instagram_business_account{id,username,name}")
        linked = record_in(me, "instagram_business_account")
        account = identifier(linked or {}, "id")
        if linked is None or account is None:
            raise NeedsReconnect("The Page has no Instagram account: link them in the Page's settings.")
        page = identifier(me, "id") or ""
        return _info(account, linked, {"app_id": self._app_id, "login": "facebook", "page_id": page})

    async def connected_account(self, account: str) -> ConnectedAccount | None:
        """An account speaks for itself only."""
        return None

    async def register(self, account: str, address: str) -> None:
        """Subscribe the app, which makes Meta call ``address`` at once to verify it, and the account."""
        await self._subscribe_account()
        try:
            await self._facebook.post(
                self._app_id,
                "subscriptions",
                as_app=True,
                object="instagram",
                callback_url=address,
                verify_token=self._verify_token,
                fields=subscription.app_fields(own=self._is_own),
                include_values="true",
            )
        except Undeliverable as refusal:
            # Meta's pages say that this is done in the dashboard only.
            raise LeftToTheAdmin(
                subscription.by_hand(address, self._verify_token), code=refusal.code
            ) from None
        if trouble := await self.hook_health(account, address):
            raise NeedsReconnect(trouble)

    async def _subscribe_account(self) -> None:
        """A Page may be subscribed for Messenger already: what it is subscribed to would be replaced."""
        if self._is_own:
            fields = ",".join(subscription.OWN_FIELDS)
            await self._graph.post("me", "subscribed_apps", subscribed_fields=fields)
        elif not subscribed_fields(await self._graph.get("me", "subscribed_apps"), self._app_id):
            fields = ",".join(subscription.PAGE_FIELDS)
            await self._graph.post("me", "subscribed_apps", subscribed_fields=fields)

    async def unregister(self, account: str) -> None:
        """The app's own subscription stays: other accounts may live on it. So does a Page's that Messenger uses."""
        if not self._is_own:
            fields = subscribed_fields(await self._graph.get("me", "subscribed_apps"), self._app_id)
            if fields != set(subscription.PAGE_FIELDS):
                return
        await self._graph.delete("me", "subscribed_apps")

    async def hook_health(self, account: str, address: str) -> str | None:
        subscribed = await self._graph.get("me", "subscribed_apps")
        if trouble := subscription.account_trouble(subscribed, self._app_id, own=self._is_own):
            return trouble
        try:
            subscriptions = await self._facebook.get(self._app_id, "subscriptions", as_app=True)
        except Undeliverable:
            return None  # what was entered in the dashboard is not shown to every app
        return subscription.app_trouble(subscriptions, address, self._verify_token)

    async def send(self, account: str, outgoing: Outgoing) -> Accepted:
        answer = await self._graph.send("me", render(outgoing, self._now()))
        mid = identifier(answer, "message_id")
        if mid is None:
            raise MaybeSent("Meta answered without saying which message it made.")
        return Accepted(external_id=mid)

    async def find_sent(
        self, account: str, outgoing: Outgoing, since: datetime, others: Collection[str] = ()
    ) -> Accepted | None:
        """Raises MaybeSent where the conversation has moved on too far to tell, or is not shown at all."""
        conversations = await self._graph.get(
            "me", "conversations", platform="instagram", user_id=outgoing.to, fields=history.FIELDS
        )
        if not records_in(conversations, "data"):
            raise MaybeSent(
                "Instagram does not show this conversation, so that nobody can tell whether it arrived."
            )
        return history.find_in_history(conversations, outgoing, since, others)

    async def locate(self, account: str, media: Media) -> MediaAddress:
        hosts = (*MEDIA_HOSTS, "*.cdninstagram.com")
        return media_address(media, asked=self._graph.base, real=self._real, hosts=hosts)

    async def profile(self, account: str, address: str) -> Profile:
        """Empty where Meta shows nothing: only of who has written, and has not blocked the account."""
        person = await if_shown(self._graph.get(address, fields="name,username,profile_pic"))
        username, picture = text(person, "username"), web_address(person, "profile_pic")
        return Profile(
            name=_name(person),
            username=username,
            picture=None if picture is None else Media(kind=MediaKind.IMAGE, source={"url": picture}),
        )

    async def acknowledge(self, account: str, answer_token: str) -> None:
        """Instagram shows a pressed button as done by itself."""

    async def mark_seen(self, account: str, customer: str, newest: str | None = None) -> None:
        await self._graph.act("me", customer, "mark_seen")

    async def show_typing(self, account: str, customer: str, newest: str | None = None) -> None:
        await self._graph.act("me", customer, "typing_on")

    async def react(self, account: str, customer: str, to: str, emoji: str | None) -> None:
        """Both ways of logging in take a heart, and one of them calls it by its name only."""
        await self._graph.react("me", customer, to, emoji and "love")

    async def templates(self, account: str, after: str | None) -> TemplatePage:
        """Instagram has none."""
        return TemplatePage()

    async def poll(self, account: str, cursor: str | None, timeout_seconds: int) -> Polled:
        raise Undeliverable("Instagram delivers by webhook only, so it needs a public address.")

    async def read_past(self, account: str, span: Span, cursor: str | None) -> PastPage:
        if self._own_names is None:
            self._own_names = await self._names_of(account)
        whose = Whose(
            platform="instagram",
            object="instagram",
            node="me",
            account=account,
            own=self._own_names,
            fields=PAST_FIELDS,
        )
        return await read_page(self._graph, whose, span, cursor)

    async def _names_of(self, account: str) -> frozenset[str]:
        """All by which the account may stand among those who take part in a conversation."""
        known = await (self._own_account() if self._is_own else self._linked_account())
        names = (
            account,
            known.account,
            known.handle,
            known.facts.get("login_id"),
            known.facts.get("page_id"),
        )
        return frozenset(name for name in names if name)

    async def aclose(self) -> None:
        await self._graph.aclose()
        if self._facebook is not self._graph:
            await self._facebook.aclose()


def _facebook(credentials: Credentials, app_id: str, page_token: str) -> Graph:
    secret = credentials.secrets.get("app_secret", "")
    return Graph(
        credentials.api_base or DEFAULT_API,
        token=page_token,
        secret=secret,
        app_token=f"{app_id}|{secret}",
        refusals=REFUSALS,
    )


def _instagram(credentials: Credentials, token: str) -> Graph:
    """Without the app's proof: Meta does not say that this host takes one."""
    return Graph(credentials.further_bases.get(OWN_API) or DEFAULT_OWN_API, token=token, refusals=REFUSALS)


def _info(account: str, about: Record, facts: dict[str, str]) -> AccountInfo:
    username = text(about, "username")
    name = f"@{username}" if username else text(about, "name") or account
    return AccountInfo(account=account, name=name, handle=username, facts=facts)


def _name(person: Record) -> str | None:
    """Many have no name, or one that only repeats the user name."""
    name, username = text(person, "name"), text(person, "username")
    if username is not None and name in (None, username):
        return f"@{username}"
    return name
