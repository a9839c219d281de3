"""What the product asks of WhatsApp for one connection, in our words. ``meta/graph.py`` beneath it has the socket."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from urllib.parse import urlsplit

from dragoman.channels.capabilities import MB
from dragoman.channels.contract import (
    Accepted,
    AccountInfo,
    ConnectedAccount,
    Credentials,
    MediaAddress,
    Outgoing,
    OutgoingFile,
    PastPage,
    Polled,
    Profile,
    Renewed,
    Rights,
    Span,
    TemplatePage,
)
from dragoman.channels.errors import AwaitsPlatform, MaybeSent, NeedsReconnect, Undeliverable
from dragoman.channels.events import Media
from dragoman.channels.meta.asking import if_shown
from dragoman.channels.meta.graph import Graph
from dragoman.channels.meta.manifest import DEFAULT_API
from dragoman.channels.meta.reading import identifier, web_address
from dragoman.channels.meta.sending import SendRequest, upload_of
from dragoman.channels.meta.token import app_named, rights_of
from dragoman.channels.whatsapp import subscription
from dragoman.channels.whatsapp.errors import REFUSALS
from dragoman.channels.whatsapp.parse import OBJECT
from dragoman.channels.whatsapp.render import check, plain_type, reaction, render
from dragoman.channels.whatsapp.templates import read_page
from dragoman.kit import clock
from dragoman.kit.json_reading import Record, records_in, text

MAX_MEDIA_BYTES = 100 * MB
MEDIA_HOSTS = ("lookaside.fbsbx.com",)
MOST_NUMBERS = "100"
TEMPLATES_A_PAGE = "100"
TEMPLATE_FIELDS = "name,language,status,category,components,rejected_reason"
PERMISSIONS = ("whatsapp_business_messaging", "whatsapp_business_management")


class WhatsAppClient:
    def __init__(self, credentials: Credentials, *, now: Callable[[], datetime] = clock.now) -> None:
        self._app_id = credentials.settings.get("app_id", "")
        self._waba_id = credentials.settings.get("waba_id", "")
        self._verify_token = credentials.secrets.get("verify_token", "")
        self._token = credentials.secrets.get("access_token", "")
        self._now = now
        secret = credentials.secrets.get("app_secret", "")
        self._graph = Graph(
            credentials.api_base or DEFAULT_API,
            token=self._token,
            secret=secret,
            app_token=f"{self._app_id}|{secret}",
            refusals=REFUSALS,
        )

    # ----------------------------------------------------------------------------------------- connecting

    async def check(self) -> tuple[AccountInfo, ...]:
        """The numbers of the account, after making sure that the token is of the app that was entered."""
        numbers = await self._numbers()
        await self._must_be_of_our_app()
        await self._must_be_reviewed()
        if not numbers:
            raise NeedsReconnect(
                "This WhatsApp Business Account has no phone number yet: add one under API Setup."
            )
        return tuple(_account(number) for number in numbers)

    async def try_part(self) -> str | None:
        return await app_named(self._graph, self._app_id)

    async def rights(self) -> Rights:
        return await rights_of(self._graph, PERMISSIONS)

    async def renew(self) -> Renewed | None:
        """A system user's token is made anew by hand, where it has an end."""
        return None

    async def _must_be_reviewed(self) -> None:
        """A young account is looked at before it may send."""
        about = await if_shown(self._graph.get(self._waba_id, fields="id,account_review_status"))
        if text(about, "account_review_status") == "PENDING":
            raise AwaitsPlatform(
                "Meta is still reviewing the WhatsApp Business Account, which may take days."
                " We look again by ourselves."
            )

    async def _numbers(self) -> list[Record]:
        fields = "id,display_phone_number,verified_name,quality_rating"
        try:
            listed = await self._graph.get(self._waba_id, "phone_numbers", fields=fields, limit=MOST_NUMBERS)
        except Undeliverable as refusal:
            reason = "There is no such WhatsApp Business Account, or the system user was not given it."
            raise NeedsReconnect(reason, code=refusal.code) from None
        return [number for number in records_in(listed, "data") if identifier(number, "id")]

    async def _must_be_of_our_app(self) -> None:
        try:
            app = identifier(await self._graph.get("app", fields="id"), "id")
        except Undeliverable:
            return  # not every token may ask this; setting up the webhook tells as well
        if app is not None and app != self._app_id:
            raise NeedsReconnect(f"The access token was made by the app {app}, not by {self._app_id}.")

    async def connected_account(self, account: str) -> ConnectedAccount | None:
        """A number speaks for itself only."""
        return None

    async def register(self, account: str, address: str) -> None:
        """Subscribe the app, which makes Meta call ``address`` at once to verify it, then the account."""
        await self._graph.post(
            self._app_id,
            "subscriptions",
            as_app=True,
            object=OBJECT,
            callback_url=address,
            verify_token=self._verify_token,
            fields=",".join(subscription.FIELDS),
            include_values="true",
        )
        await self._graph.post(self._waba_id, "subscribed_apps")
        if trouble := await self.hook_health(account, address):
            raise NeedsReconnect(trouble)

    async def unregister(self, account: str) -> None:
        """The subscription is for all numbers of the account: it ends with the only one."""
        if len(await self._numbers()) == 1:
            await self._graph.delete(self._waba_id, "subscribed_apps")

    async def hook_health(self, account: str, address: str) -> str | None:
        subscribed = await self._graph.get(self._waba_id, "subscribed_apps")
        subscriptions = await self._graph.get(self._app_id, "subscriptions", as_app=True)
        return subscription.account_trouble(subscribed, self._app_id) or subscription.app_trouble(
            subscriptions, address
        )

    # -------------------------------------------------------------------------------------------- sending

    async def send(self, account: str, outgoing: Outgoing) -> Accepted:
        """A file is uploaded first: what goes wrong with that has certainly shown nothing to the customer."""
        check(outgoing, self._now())
        media_id = None if outgoing.file is None else await self._uploaded(account, outgoing.file)
        body = render(outgoing, media_id, self._now())
        answer = await self._graph.send(account, SendRequest(body))
        wamid = next((identifier(each, "id") for each in records_in(answer, "messages")), None)
        if wamid is None:
            raise MaybeSent("Meta answered without saying which message it made.")
        return Accepted(external_id=wamid)

    async def _uploaded(self, account: str, file: OutgoingFile) -> str:
        upload = upload_of(file)
        answer = await self._graph.upload(
            account, "media", file=upload, messaging_product="whatsapp", type=plain_type(file.mime_type)
        )
        media_id = identifier(answer, "id")
        if media_id is None:
            raise Undeliverable("WhatsApp took the file without saying under which name: try again.")
        return media_id

    async def find_sent(
        self, account: str, outgoing: Outgoing, since: datetime, others: Collection[str] = ()
    ) -> Accepted | None:
        raise MaybeSent("WhatsApp shows nobody what was sent before; its statuses tell.")

    async def templates(self, account: str, after: str | None) -> TemplatePage:
        """Those of the business account, which all of its numbers share."""
        from_there = {} if after is None else {"after": after}
        listed = await self._graph.get(
            self._waba_id,
            "message_templates",
            as_app=False,
            fields=TEMPLATE_FIELDS,
            limit=TEMPLATES_A_PAGE,
            **from_there,
        )
        return read_page(listed)

    # ---------------------------------------------------------------------------------------- looking up

    async def locate(self, account: str, media: Media) -> MediaAddress:
        """The address lives for five minutes and wants the token, which never follows to another host."""
        media_id = media.source.get("media_id", "")
        told = await self._graph.get(media_id, phone_number_id=account)
        url = web_address(told, "url")
        if url is None:
            raise Undeliverable("Meta gave no address for this file.")
        return MediaAddress(
            url=url,
            hosts=(*MEDIA_HOSTS, *self._simulated_host()),
            headers={"Authorization": f"Bearer {self._token}"},
            max_bytes=MAX_MEDIA_BYTES,
            secret=True,
        )

    def _simulated_host(self) -> tuple[str, ...]:
        asked = urlsplit(self._graph.base).netloc
        return () if asked == urlsplit(DEFAULT_API).netloc else (asked,)

    async def profile(self, account: str, address: str) -> Profile:
        """WhatsApp tells names with what people write, and shows nothing else of them."""
        return Profile()

    # ------------------------------------------------------------------------------------- signs of life

    async def acknowledge(self, account: str, answer_token: str) -> None:
        """WhatsApp shows a pressed button as done by itself."""

    async def mark_seen(self, account: str, customer: str, newest: str | None = None) -> None:
        """That message and all before it get their blue ticks."""
        await self._say_read(account, newest)

    async def show_typing(self, account: str, customer: str, newest: str | None = None) -> None:
        """For 25 seconds, or until the answer. WhatsApp has it only together with the mark for read."""
        await self._say_read(account, newest, typing_indicator={"type": "text"})

    async def react(self, account: str, customer: str, to: str, emoji: str | None) -> None:
        await self._graph.tell(account, "messages", body=reaction(customer, to, emoji))

    async def _say_read(self, account: str, newest: str | None, **more: object) -> None:
        if newest is not None:
            body = {"messaging_product": "whatsapp", "status": "read", "message_id": newest, **more}
            await self._graph.tell(account, "messages", body=body)

    async def read_past(self, account: str, span: Span, cursor: str | None) -> PastPage:
        raise Undeliverable("WhatsApp shows nothing of what was said before.")

    async def poll(self, account: str, cursor: str | None, timeout_seconds: int) -> Polled:
        raise Undeliverable("WhatsApp delivers by webhook only, so it needs a public address.")

    async def aclose(self) -> None:
        await self._graph.aclose()


def _account(number: Record) -> AccountInfo:
    display = text(number, "display_phone_number")
    account = identifier(number, "id") or ""
    return AccountInfo(
        account=account, name=text(number, "verified_name") or display or account, handle=display
    )
