"""Speaks to Telegram's Bot API: the only file of this channel that opens a socket.

No retries: whoever calls knows whether trying again could say the same words twice. The token is part of every
address, so no error carries the HTTP client's own exception, and the client's log is filtered.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2

from dragoman.channels.contract import (
    Accepted,
    AccountInfo,
    ConnectedAccount,
    Credentials,
    Json,
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
from dragoman.channels.errors import ChannelError, MaybeSent, NeedsReconnect, TryLater, Undeliverable
from dragoman.channels.events import Media, MediaKind
from dragoman.channels.telegram.business import connected_account_of, connection_of
from dragoman.channels.telegram.errors import error_of, lost_on_the_way, says_connection_is_gone
from dragoman.channels.telegram.health import trouble_with
from dragoman.channels.telegram.manifest import ALLOWED_UPDATES, API_BASE, MAX_DOWNLOAD_BYTES
from dragoman.channels.telegram.places import message_key, name_of, time_of
from dragoman.channels.telegram.polled import polled_of
from dragoman.channels.telegram.render import Call, chat_id_of, on_behalf_of, reaction, render
from dragoman.channels.telegram.secrecy import HideTokens
from dragoman.channels.telegram.verify import WEBHOOK_SECRET
from dragoman.kit.http import outward
from dragoman.kit.json_reading import (
    NotAnObject,
    Record,
    flag,
    integer,
    read_object,
    record_in,
    text,
)

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0  # for one answer, once asked
UPLOAD_SECONDS = 180.0  # for one request with a file of up to 50 MB
LONGEST_POLL_SECONDS = 50  # Telegram cuts longer ones
MAX_ANSWER_BYTES = 32 * 2**20
MAX_UPDATES = 100  # in one answer of long polling, Telegram's most
AFTER_ANOTHER_READER = timedelta(seconds=5)

# Raised before anything of a request was written.
NOT_WRITTEN = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.InvalidURL,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,200}")

logging.getLogger("httpx2").addFilter(HideTokens())


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    retry_after: str | None


class TelegramClient:
    """One bot's way to Telegram. Keep it while the bot is connected: it keeps its connections open."""

    def __init__(self, credentials: Credentials) -> None:
        self._base = (credentials.api_base or API_BASE).rstrip("/")
        self._token = credentials.secrets.get("token", "").strip()
        self._webhook_secret = credentials.secrets.get(WEBHOOK_SECRET, "")
        self._http = outward(CONNECT_SECONDS)

    async def aclose(self) -> None:
        await self._http.aclose()

    # ----------------------------------------------------------------------------------------- connecting

    async def check(self) -> tuple[AccountInfo, ...]:
        me = _record(await self._ask("getMe"))
        account, username = integer(me, "id"), text(me, "username")
        if account is None:
            raise TryLater("Telegram did not say which bot this token belongs to.")
        return (
            AccountInfo(
                account=str(account),
                name=name_of(me) or username or str(account),
                handle=f"@{username}" if username else None,
                facts={"can_connect_to_business": str(flag(me, "can_connect_to_business")).lower()},
            ),
        )

    async def try_part(self) -> str | None:
        """There is but the token."""
        return None

    async def rights(self) -> Rights:
        """A bot's token may do all that a bot may, and has no end."""
        return Rights()

    async def renew(self) -> Renewed | None:
        """A bot's token has no end."""
        return None

    async def connected_account(self, account: str) -> ConnectedAccount | None:
        connection = connection_of(account)
        if connection is None:
            return None
        try:
            asked = await self._ask("getBusinessConnection", {"business_connection_id": connection})
        except ChannelError as refusal:
            if says_connection_is_gone(refusal):
                return None
            raise
        return connected_account_of(_record(asked))

    async def register(self, account: str, address: str) -> None:
        """Telegram takes https on the ports 443, 80, 88 and 8443 only, and says so."""
        if not self._webhook_secret:
            raise NeedsReconnect("The secret for Telegram's deliveries is missing: connect the bot again.")
        await self._ask(
            "setWebhook",
            {"url": address, "secret_token": self._webhook_secret, "allowed_updates": list(ALLOWED_UPDATES)},
        )
        if text(await self._webhook_info(), "url") != address:
            raise TryLater("Telegram did not keep the address that we registered.")

    async def unregister(self, account: str) -> None:
        await self._ask("deleteWebhook")

    async def hook_health(self, account: str, address: str) -> str | None:
        return trouble_with(await self._webhook_info(), address)

    async def _webhook_info(self) -> Record:
        return _record(await self._ask("getWebhookInfo"))

    # -------------------------------------------------------------------------------------------- reading

    async def read_past(self, account: str, span: Span, cursor: str | None) -> PastPage:
        raise Undeliverable("Telegram shows bots nothing of what was said before.")

    async def templates(self, account: str, after: str | None) -> TemplatePage:
        """Telegram has none."""
        return TemplatePage()

    async def poll(self, account: str, cursor: str | None, timeout_seconds: int) -> Polled:
        """Telegram refuses to be polled while it delivers to an address: then that address is given up."""
        answer = await self._updates_after(cursor, timeout_seconds)
        if _goes_to_an_address(answer):
            await self.unregister(account)
            answer = await self._updates_after(cursor, timeout_seconds)
        if answer.status == 409:
            # Our own earlier question, left open by a process that died, is such a program for a minute too.
            raise TryLater(
                "Another program reads this bot's messages with the same token.",
                code="409",
                retry_after=AFTER_ANOTHER_READER,
            )
        if answer.status != 200:
            raise _failure_in(answer)
        return polled_of(answer.body, cursor)

    async def _updates_after(self, cursor: str | None, timeout_seconds: int) -> Answer:
        wait = max(0, min(timeout_seconds, LONGEST_POLL_SECONDS))
        fields: dict[str, Json] = {
            "timeout": wait,
            "limit": MAX_UPDATES,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if cursor:
            fields["offset"] = int(cursor)
        return await self._exchange(Call("getUpdates", fields), within_seconds=wait + ANSWER_SECONDS)

    async def locate(self, account: str, media: Media) -> MediaAddress:
        """An address lives for an hour at least, and holds the token."""
        file = _record(await self._ask("getFile", {"file_id": media.source.get("file_id", "")}))
        path = text(file, "file_path")
        if path is None or path.startswith("/"):
            # A Bot API server of one's own in local mode names a path on its disk instead.
            raise Undeliverable("Telegram gives no address for this file.")
        return MediaAddress(
            url=f"{self._base}/file/bot{self._checked_token()}/{quote(path)}",
            hosts=(urlsplit(self._base).netloc,),
            max_bytes=MAX_DOWNLOAD_BYTES,
            secret=True,
        )

    async def profile(self, account: str, address: str) -> Profile:
        """Empty where Telegram shows nothing: who writes to a connected account never met the bot."""
        try:
            chat = _record(await self._ask("getChat", {"chat_id": chat_id_of(address)}))
        except Undeliverable:
            return Profile()
        picture = text(record_in(chat, "photo") or {}, "big_file_id")
        return Profile(
            name=name_of(chat),
            username=text(chat, "username"),
            picture=Media(kind=MediaKind.IMAGE, source={"file_id": picture}, mime_type="image/jpeg")
            if picture
            else None,
        )

    # -------------------------------------------------------------------------------------------- writing

    async def send(self, account: str, outgoing: Outgoing) -> Accepted:
        call = render(account, outgoing)
        seconds = ANSWER_SECONDS if call.upload is None else UPLOAD_SECONDS
        answer = await self._exchange(call, within_seconds=seconds, sending=True)
        if answer.status != 200:
            failure = _failure_in(answer, sending=True)
            if connection_of(account) and says_connection_is_gone(failure):
                raise NeedsReconnect(
                    failure.reason, code=failure.code
                )  # all that this account's owner allowed
            raise failure
        return _accepted(answer, outgoing)

    async def find_sent(
        self, account: str, outgoing: Outgoing, since: datetime, others: Collection[str] = ()
    ) -> Accepted | None:
        raise MaybeSent("Telegram has no way to ask whether a message arrived: a person must look.")

    async def acknowledge(self, account: str, answer_token: str) -> None:
        """Stops the wheel on the button that the customer pressed. Once it is too late there is none."""
        try:
            await self._ask("answerCallbackQuery", {"callback_query_id": answer_token})
        except Undeliverable as error:
            if "query" not in error.code:
                raise

    async def mark_seen(self, account: str, customer: str, newest: str | None = None) -> None:
        """A bot's chats have no such mark, and in a connected account's the owner sets it by reading."""

    async def show_typing(self, account: str, customer: str, newest: str | None = None) -> None:
        fields = {"chat_id": chat_id_of(customer), "action": "typing"}
        await self._ask("sendChatAction", fields | on_behalf_of(account))

    async def react(self, account: str, customer: str, to: str, emoji: str | None) -> None:
        await self._ask("setMessageReaction", reaction(account, customer, to, emoji))

    # -------------------------------------------------------------------------------------------- the wire

    async def _ask(self, method: str, fields: dict[str, Json] | None = None) -> Any:
        """The result of a method that says nothing to a customer."""
        answer = await self._exchange(Call(method, fields or {}), within_seconds=ANSWER_SECONDS)
        if answer.status != 200:
            raise _failure_in(answer)
        found = _object_in(answer)
        if found is None or "result" not in found:
            raise TryLater("Something else answered in Telegram's place.")
        return found["result"]

    async def _exchange(self, call: Call, *, within_seconds: float, sending: bool = False) -> Answer:
        answer, written = await self._try(call, within_seconds)
        if answer is None:
            # Raised here, outside of any handler: the HTTP client's exceptions hold the address.
            raise lost_on_the_way(sending=sending, written=written)
        return answer

    async def _try(self, call: Call, within_seconds: float) -> tuple[Answer | None, bool]:
        """The answer, if one came, and whether the request may have been written."""
        address = f"{self._base}/bot{self._checked_token()}/{call.method}"
        waits = httpx2.Timeout(within_seconds, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS)
        try:
            async with (
                asyncio.timeout(within_seconds),
                self._http.stream("POST", address, timeout=waits, **_body_of(call)) as response,
            ):
                return await _answer_in(response), True
        except NOT_WRITTEN:
            return None, False
        except (httpx2.HTTPError, TimeoutError):
            return None, True

    def _checked_token(self) -> str:
        if not _TOKEN.fullmatch(self._token):
            raise NeedsReconnect(
                "This is no bot token: @BotFather's tokens are a number, a colon, then letters and digits."
            )
        return self._token


def _body_of(call: Call) -> dict[str, Any]:
    """JSON, or multipart where a file comes along; there a field that is no text is written as JSON."""
    upload = call.upload
    if upload is None:
        return {"json": call.fields}
    fields = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in call.fields.items()
    }
    return {"data": fields, "files": {upload.field: (upload.name, upload.content, upload.mime_type)}}


async def _answer_in(response: httpx2.Response) -> Answer | None:
    """None: longer than any answer of Telegram's, so it was read no further."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            return None
    return Answer(response.status_code, bytes(body), response.headers.get("retry-after"))


def _failure_in(answer: Answer, *, sending: bool = False) -> ChannelError:
    return error_of(answer.status, _object_in(answer), answer.retry_after, sending=sending)


def _goes_to_an_address(answer: Answer) -> bool:
    return answer.status == 409 and "webhook" in (text(_object_in(answer) or {}, "description") or "").lower()


def _accepted(answer: Answer, outgoing: Outgoing) -> Accepted:
    message = _record((_object_in(answer) or {}).get("result"))
    message_id = integer(message, "message_id")
    if message_id is None:
        raise MaybeSent("Telegram did not say which message it made of ours. The message may have arrived.")
    external_id = message_key(outgoing.to, message_id)
    if message_id == 0:
        # Telegram is still preparing it, a long video say, and numbers it only when it goes out.
        external_id = f"{external_id}:{outgoing.correlation}"
    return Accepted(external_id=external_id, at=time_of(message, "date"), platform_order=message_id)


def _object_in(answer: Answer) -> Record | None:
    try:
        return read_object(answer.body)
    except NotAnObject:
        return None


def _record(result: Any) -> Record:
    return result if isinstance(result, dict) else {}
