"""The door: where platforms deliver. One address per connection: ``/hooks/<platform>/<workspace>/<key>``.

Know the address, verify on the raw bytes, store, COMMIT, 200. Bare ASGI, in front of the framework; nothing is
parsed here, and nothing here needs a worker.
"""

from __future__ import annotations

import logging
import re
import time
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
import psycopg
from starlette.types import Receive, Scope, Send

from dragoman.channels.contract import Channel, Credentials, Hook, HookAnswer
from dragoman.channels.errors import NeedsReconnect
from dragoman.channels.registry import CHANNELS
from dragoman.connecting import store
from dragoman.connecting.clients import credentials_of
from dragoman.errors import OperatorError
from dragoman.inbound.body import Reading
from dragoman.inbound.writer import Full, NotStored, Pending, Writer
from dragoman.kit.clock import now
from dragoman.services import Services

log = logging.getLogger(__name__)

REMEMBER_SECONDS = 5.0  # how long a removed connection may still be let in
RETRY_AFTER = b"2"
HOOK_KEY = re.compile(r"[A-Za-z0-9_-]{1,100}")

OK = HookAnswer(status=200)
NOT_FOUND = HookAnswer(status=404, body=b"There is no such address.")
WRONG_SIGNATURE = HookAnswer(status=401, body=b"The signature is missing or wrong.")
COME_BACK = HookAnswer(status=503, body=b"Please come back in a moment.")
NOT_ALLOWED = HookAnswer(status=405, body=b"Only GET and POST are answered here.")


class Address(msgspec.Struct, frozen=True):
    """A connection as the door needs it."""

    workspace_id: UUID
    connection_id: UUID
    channel: Channel
    credentials: Credentials


class Door:
    def __init__(self, services: Services, writer: Writer) -> None:
        self._services = services
        self._writer = writer
        self._reading = Reading(writer)
        self._known: dict[str, tuple[float, Address | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope, receive)
        await send({"type": "http.response.start", "status": answer.status, "headers": _headers(answer)})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Scope, receive: Receive) -> HookAnswer:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            address = await self._find(scope["path"])
        except (psycopg.Error, NeedsReconnect, OperatorError) as closed:
            log.warning("a webhook could not be let in: %s", closed)
            return COME_BACK
        if address is None:
            return NOT_FOUND
        body = await self._reading.body(headers, receive)
        if isinstance(body, HookAnswer):
            return body
        query = _query(scope["query_string"])
        hook = Hook(method=scope["method"], query=query, headers=headers, body=body)
        return await self._let_in(address, hook)

    async def _let_in(self, address: Address, hook: Hook) -> HookAnswer:
        handshake = address.channel.handshake(hook, address.credentials)
        if handshake is not None:
            return handshake
        if hook.method != "POST":
            return NOT_ALLOWED
        if not address.channel.verify(hook, address.credentials):
            return WRONG_SIGNATURE
        pending = Pending(address.workspace_id, address.connection_id, now(), hook.body)
        try:
            await self._writer.store(pending)
        except (Full, NotStored):
            return COME_BACK
        return OK

    async def _find(self, path: str) -> Address | None:
        """The connection behind an address, remembered for a few seconds. Raises psycopg.Error, NeedsReconnect."""
        known = self._known.get(path)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        found = await self._look_up(path)
        if len(self._known) > MAX_REMEMBERED:
            self._known.clear()
        self._known[path] = time.monotonic() + REMEMBER_SECONDS, found
        return found

    async def _look_up(self, path: str) -> Address | None:
        parts = path.split("/")
        if len(parts) != 5 or parts[2] not in CHANNELS or not HOOK_KEY.fullmatch(parts[4]):
            return None
        try:
            workspace_id = UUID(parts[3])
        except ValueError:
            return None
        services = self._services
        async with services.database.transaction(workspace_id) as tx:
            made = await store.connection_at(tx, parts[2], parts[4])
        if made is None:
            return None
        credentials = credentials_of(workspace_id, made, services.sealer, services.settings)
        return Address(workspace_id, made.connection_id, CHANNELS[made.platform], credentials)


MAX_REMEMBERED = 10_000  # addresses, wrong ones included


def hook_path(platform: str, workspace_id: UUID, hook_key: str) -> str:
    return f"/hooks/{platform}/{workspace_id}/{hook_key}"


def _headers(answer: HookAnswer) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
    ]
    if answer.status == 503:
        headers.append((b"retry-after", RETRY_AFTER))
    if answer.status == 408:
        headers.append((b"connection", b"close"))
    return headers


def _query(written: bytes) -> dict[str, str]:
    """Deliveries have none, handshakes do."""
    return dict(parse_qsl(written.decode("latin-1"), keep_blank_values=True)) if written else {}
