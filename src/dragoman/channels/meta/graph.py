"""The wire to Meta's Graph API: who we are, how long we wait, what their answers mean. No retries inside."""

from __future__ import annotations

import asyncio
import hmac
import re
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import httpx2
import msgspec

from dragoman.channels.capabilities import MB
from dragoman.channels.errors import MaybeSent, NeedsReconnect, TryLater
from dragoman.channels.meta.errors import Refusals, channel_error, read_error
from dragoman.channels.meta.sending import SendRequest, Upload
from dragoman.kit.http import outward
from dragoman.kit.json_reading import NotAnObject, Record, read_object

# The whole of an ordinary request, and of a send, which may carry 25 MB over a slow line.
ASK_SECONDS = 20
SEND_SECONDS = 90
TIMEOUTS = httpx2.Timeout(connect=5, read=30, write=30, pool=5)

MAX_ANSWER_BYTES = 4 * MB

VERSION = re.compile(r"/v\d+\.\d+$")

# When one of these happens nothing has been written yet.
_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)


class Graph:
    """The access token travels in a header only: addresses end up in logs.

    ``secret`` is the app's, for the proof that goes with each request; ``app_token`` is what the app itself
    speaks with.
    """

    def __init__(
        self, base: str, *, token: str, secret: str = "", app_token: str = "", refusals: Refusals
    ) -> None:
        self.base = base.rstrip("/")
        self._token = token
        self._secret = secret
        self._app_token = app_token
        self._refusals = refusals
        self._http = outward(TIMEOUTS)

    async def get(self, *path: str, as_app: bool = False, **params: str) -> Record:
        """A parameter that is empty is left out."""
        given = {name: value for name, value in params.items() if value}
        return await self._ask("GET", path, as_app=as_app, params=given)

    @property
    def can_speak_as_app(self) -> bool:
        """Whether both halves of the app's own token are there."""
        return bool(self._secret) and not self._app_token.startswith("|")

    async def about_token(self) -> Record:
        """What Meta says of the token that we speak with, asked by its app."""
        return await self.get("debug_token", as_app=True, input_token=self._token)

    async def renewed_token(self, node: str, grant: str) -> Record:
        """What takes the place of the token that we speak with. Asked beside the API's versions, as Meta has it."""
        return await self._ask("GET", (node,), base=VERSION.sub("", self.base), params={"grant_type": grant})

    async def post(self, *path: str, as_app: bool = False, **form: str) -> Record:
        return await self._ask("POST", path, as_app=as_app, data=form)

    async def delete(self, *path: str) -> Record:
        return await self._ask("DELETE", path)

    async def act(self, account: str, customer: str, action: str) -> None:
        """A sign of life (``typing_on``, ``mark_seen``), which may never share a request with a message."""
        body = {"recipient": {"id": customer}, "sender_action": action}
        await self._ask("POST", (account, "messages"), json=body)

    async def react(self, account: str, customer: str, mid: str, emoji: str | None) -> None:
        payload = {"message_id": mid} if emoji is None else {"message_id": mid, "reaction": emoji}
        action = "unreact" if emoji is None else "react"
        body = {"recipient": {"id": customer}, "sender_action": action, "payload": payload}
        await self.tell(account, "messages", body=body)

    async def tell(self, *path: str, body: dict[str, Any]) -> Record:
        """JSON, for what may be told twice."""
        return await self._ask("POST", path, json=body)

    async def upload(self, *path: str, file: Upload, **form: str) -> Record:
        """Bytes that nobody sees before a message names them."""
        files = {"file": (file.name, file.content, file.mime_type)}
        return await self._ask("POST", path, seconds=SEND_SECONDS, data=form, files=files)

    async def _ask(
        self, method: str, path: tuple[str, ...], *, seconds: float | None = None, **request: Any
    ) -> Record:
        """For what may be done twice: a doubt about it is no more than a reason to try again."""
        try:
            return await self._exchange(method, path, ASK_SECONDS if seconds is None else seconds, **request)
        except MaybeSent as doubt:
            raise TryLater(doubt.reason, code=doubt.code) from None

    async def send(self, account: str, request: SendRequest) -> Record:
        """Raises MaybeSent where the customer may have got it although no answer says so."""
        return await self._exchange("POST", (account, "messages"), SEND_SECONDS, **_content(request))

    async def _exchange(
        self,
        method: str,
        path: tuple[str, ...],
        seconds: float,
        *,
        as_app: bool = False,
        params: dict[str, str] | None = None,
        base: str | None = None,
        **content: Any,
    ) -> Record:
        token = self._app_token if as_app else self._token
        url = "/".join([base or self.base, *(quote(piece, safe="") for piece in path)])
        answer = await self._answer(
            self._http.build_request(
                method,
                url,
                params={**(params or {}), **self._proof(token)},
                headers={"Authorization": f"Bearer {_sendable(token)}"},
                **content,
            ),
            seconds,
        )
        return self._understood(*answer)

    def _proof(self, token: str) -> dict[str, str]:
        """That we hold the app's secret, which an app may demand with each request."""
        if not self._secret:
            return {}
        return {"appsecret_proof": hmac.new(self._secret.encode(), token.encode(), sha256).hexdigest()}

    async def _answer(self, request: httpx2.Request, seconds: float) -> tuple[httpx2.Response, bytes]:
        """The causes are cut off the errors: they hold the request, and that holds the token."""
        try:
            async with asyncio.timeout(seconds):
                response = await self._http.send(request, stream=True)
                try:
                    return response, await _capped_body(response)
                finally:
                    await response.aclose()
        except _NOT_SENT:
            raise TryLater("Meta could not be reached.") from None
        except (httpx2.RequestError, TimeoutError):
            raise MaybeSent("The connection broke before Meta had answered.") from None

    def _understood(self, response: httpx2.Response, body: bytes) -> Record:
        try:
            record = read_object(body)
        except NotAnObject:
            record = None
        if response.is_success and record is not None and "error" not in record:
            return record
        if response.is_success and record is None:
            raise MaybeSent("Meta's answer could not be read.")
        error = read_error(response.status_code, record, response.headers.get("x-business-use-case-usage"))
        raise channel_error(error, self._refusals, secrets=(self._token, self._secret))

    async def aclose(self) -> None:
        await self._http.aclose()


def _content(request: SendRequest) -> dict[str, Any]:
    if request.upload is None:
        return {"json": request.body}
    file = request.upload
    fields = {key: _field(value) for key, value in request.body.items()}
    return {"data": fields, "files": {"filedata": (file.name, file.content, file.mime_type)}}


def _field(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _sendable(token: str) -> str:
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise NeedsReconnect("The access token is empty or has characters that no token has: paste it again.")
    return token


async def _capped_body(response: httpx2.Response) -> bytes:
    """Of an answer too long to be one of theirs, a beginning that no reader takes for JSON."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            break
    return bytes(body[:MAX_ANSWER_BYTES])
