"""The one way out for addresses that others wrote.

https only, public addresses only, and the address that was checked is the one connected to. At most three
redirects, each checked anew; tokens stay with the host that they are for; bytes are counted after unpacking;
there is an end to the time. What the operator allows by name and port may be private and plain http.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import IO

import httpcore2
from httpcore2 import AsyncConnectionPool, AsyncNetworkBackend, AsyncNetworkStream

from dragoman.channels.contract import MediaAddress
from dragoman.config_values import HostPort
from dragoman.files.addresses import (
    Place,
    is_allowed_by_operator,
    is_named,
    is_public,
    place_of,
    redirected,
)
from dragoman.files.failures import AddressRefused, NotThere, TooBig, Unreachable
from dragoman.files.unpacking import unpacked
from dragoman.kit.http import trust

MAX_REDIRECTS = 3
TIMEOUT_SECONDS = 30.0
CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 10.0  # between two pieces of an answer

OUR_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "dragoman"}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429})

POST_SECONDS = 15.0
LONGEST_WAIT = timedelta(hours=1)  # what the other side may ask of us

Resolver = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file on this disk, open at its beginning; it goes away with the context that gave it."""

    file: IO[bytes]
    size_bytes: int
    content_type: str | None  # the other side's claim


@dataclass(frozen=True, slots=True)
class Taken:
    """What the other side said of something that was left there."""

    status: int
    retry_after: str | None

    def asks_to_wait(self, at: datetime) -> timedelta:
        """Retry-After in seconds or as a date (RFC 9110); what cannot be read asks for nothing."""
        written = self.retry_after
        if written is None:
            return timedelta()
        if written.isascii() and written.isdigit():
            return min(timedelta(seconds=min(int(written[:9]), 10**6)), LONGEST_WAIT)
        try:
            until = parsedate_to_datetime(written)
        except (ValueError, OverflowError):
            return timedelta()
        aware = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(timedelta(), min(aware - at, LONGEST_WAIT))


async def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, as the system knows them. Raises OSError."""
    found = await asyncio.get_running_loop().run_in_executor(
        _resolvers, partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(address[4][0]) for address in found))


# Threads of their own: a name server that does not answer keeps one for as long as the system waits for it.
_resolvers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="resolve")


class Fetcher:
    """``tls`` and ``resolver`` are the system's unless given."""

    def __init__(
        self,
        allow_hosts: frozenset[HostPort],
        *,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_hosts = allow_hosts
        self._network = CheckedNetwork(allow_hosts, resolver)
        self._tls = tls or trust()

    @asynccontextmanager
    async def fetch(
        self, address: MediaAddress, *, max_bytes: int, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> AsyncIterator[Fetched]:
        """The whole file, or a FetchFailed that says whether another try makes sense."""
        with tempfile.TemporaryFile() as file:
            try:
                async with asyncio.timeout(timeout_seconds):
                    fetched = await self._fetch(address, min(max_bytes, address.max_bytes), file)
            except TimeoutError:
                raise Unreachable("It took too long to fetch the file.") from None
            except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError):
                # Without the cause: its text may hold the address, and that may be a secret.
                raise Unreachable("The connection failed while fetching the file.") from None
            yield fetched

    async def post(
        self, url: str, *, headers: Mapping[str, str], body: bytes, timeout_seconds: float = POST_SECONDS
    ) -> Taken:
        """Leave something there. No redirect is followed, and of the answer nothing but its head is read.

        Raises FetchFailed, which says whether another try makes sense.
        """
        place = place_of(url)
        self._check(place, (place.host,))
        try:
            async with (
                asyncio.timeout(timeout_seconds),
                self._asked(place, headers, method="POST", body=body) as response,
            ):
                return Taken(response.status, _header(response, b"retry-after"))
        except TimeoutError:
            raise Unreachable("The other side did not answer in time.") from None
        except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError):
            raise Unreachable("The connection to the other side failed.") from None

    async def _fetch(self, address: MediaAddress, max_bytes: int, file: IO[bytes]) -> Fetched:
        first = place = place_of(address.url)
        for _ in range(MAX_REDIRECTS + 1):
            self._check(place, address.hosts)
            headers = address.headers if place.site == first.site else {}
            async with self._asked(place, headers) as response:
                if response.status not in REDIRECTS:
                    return await _kept(response, max_bytes, file)
                place = redirected(place, _header(response, b"location") or "")
        raise NotThere(f"The address leads on and on, more than {MAX_REDIRECTS} times.")

    def _check(self, place: Place, hosts: tuple[str, ...]) -> None:
        if not is_named(place, hosts):
            raise AddressRefused(f"Files of this channel do not come from {place.host}.")
        if place.scheme != "https" and not is_allowed_by_operator(place, self._allow_hosts):
            raise AddressRefused(f"The address at {place.host} is not https.")

    @asynccontextmanager
    async def _asked(
        self, place: Place, headers: Mapping[str, str], *, method: str = "GET", body: bytes | None = None
    ) -> AsyncIterator[httpcore2.Response]:
        """One request on a connection of its own: no cookies, no proxies, nothing of earlier ones."""
        pool = AsyncConnectionPool(
            ssl_context=self._tls, network_backend=self._network, max_keepalive_connections=0, http2=False
        )
        timeouts = {"connect": CONNECT_SECONDS, "read": SILENCE_SECONDS, "write": SILENCE_SECONDS}
        async with (
            pool,
            pool.stream(
                method,
                place.url,
                headers=[*OUR_HEADERS.items(), *headers.items()],
                content=body,
                extensions={"timeout": timeouts},
            ) as response,
        ):
            yield response


class CheckedNetwork(AsyncNetworkBackend):
    """Connects to an address that was checked. TLS and Host keep the name, so that it is proven as well."""

    def __init__(self, allow_hosts: frozenset[HostPort], resolver: Resolver) -> None:
        self._allow_hosts = allow_hosts
        self._resolve = resolver
        self._tcp = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 the signature is the library's
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        failure: Exception = Unreachable(f"The name {host} has no address.")
        for address in await self._checked_addresses(host, port):
            try:
                return await self._tcp.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                failure = problem
        raise failure

    async def _checked_addresses(self, host: str, port: int) -> list[str]:
        """All of them must be public: one that is not says what the name is really for."""
        try:
            addresses = await self._resolve(host, port)
        except OSError:
            raise Unreachable(f"The name {host} cannot be found.") from None
        if HostPort(host, port) not in self._allow_hosts and not all(map(is_public, addresses)):
            raise AddressRefused(f"{host} is not a public address.")
        return addresses


async def _kept(response: httpcore2.Response, max_bytes: int, file: IO[bytes]) -> Fetched:
    _check_status(response.status)
    if int(_header(response, b"content-length") or 0) > max_bytes:
        raise TooBig(max_bytes)
    size = 0
    async for chunk in unpacked(response.aiter_stream(), _header(response, b"content-encoding")):
        size += len(chunk)
        if size > max_bytes:
            raise TooBig(max_bytes)
        await asyncio.to_thread(file.write, chunk)
    file.seek(0)
    return Fetched(file, size, _header(response, b"content-type"))


def is_passing(status: int) -> bool:
    """Whether another try makes sense after such an answer."""
    return status in _PASSING or status >= 500


def _check_status(status: int) -> None:
    if is_passing(status):
        raise Unreachable(f"The other side could not give the file just now (it answered {status}).")
    if status != 200:
        raise NotThere(f"The other side does not give us the file (it answered {status}).")


def _header(response: httpcore2.Response, name: bytes) -> str | None:
    values = [value for key, value in response.headers if key.lower() == name]
    return values[0].decode("latin-1") if values else None
