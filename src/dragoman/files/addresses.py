"""Which addresses may be fetched from. Pure: names and numbers in, a decision out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from dragoman.config_values import HostPort
from dragoman.files.failures import AddressRefused

STANDARD_PORTS = {"http": 80, "https": 443}

_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")

# All that is routed in IPv6 today, less what carries another address inside (a router on the way would unpack
# what our check has not seen) and what documentation uses. NAT64 and IPv4 inside IPv6 lie outside of it.
_ROUTED = IPv6Network("2000::/3")
_NOT_ITSELF = (
    IPv6Network("2001::/23"),  # Teredo and other protocols
    IPv6Network("2001:db8::/32"),
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """An address, taken apart. ``target`` (path and query) may be a secret and is not shown."""

    scheme: str
    host: str
    port: int
    target: str

    def __repr__(self) -> str:
        return f"Place({self.scheme}://{self.host}:{self.port})"

    @property
    def site(self) -> tuple[str, str, int]:
        """What may share a secret: same scheme, host and port."""
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.target}"


def place_of(url: str) -> Place:
    """Raises AddressRefused for what is no web address, or carries a user name or password."""
    try:
        parts = urlsplit(url)
        host = _ascii_host(parts)
        port = parts.port or STANDARD_PORTS.get(parts.scheme, 0)
    except (ValueError, UnicodeError):
        raise AddressRefused("The address cannot be read.") from None
    if parts.scheme not in STANDARD_PORTS or not _HOST.fullmatch(host) or parts.username is not None:
        raise AddressRefused("The address is no plain web address.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii() or any(ord(letter) <= 32 for letter in target):
        raise AddressRefused("The address holds characters that no address may hold.")
    return Place(parts.scheme, host, port, target)


def redirected(place: Place, location: str) -> Place:
    """Where a redirect leads. Raises AddressRefused."""
    try:
        return place_of(urljoin(place.url, location))
    except ValueError:
        raise AddressRefused("The address leads to one that cannot be read.") from None


def is_named(place: Place, hosts: Sequence[str]) -> bool:
    """Is it one of the hosts that the file may come from? ``*.example.com`` names all below example.com; an
    entry may carry a port, else any port will do."""
    return any(_fits(place, pattern.lower()) for pattern in hosts)


def is_allowed_by_operator(place: Place, allow_hosts: frozenset[HostPort]) -> bool:
    """The operator's own word: this host and port may be private, and may speak plain http."""
    return HostPort(place.host, place.port) in allow_hosts


def is_public(address: str) -> bool:
    """Routed in the whole internet, and itself: no address that carries another one inside."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
    return parsed.scope_id is None and parsed in _ROUTED and not any(parsed in each for each in _NOT_ITSELF)


def _fits(place: Place, pattern: str) -> bool:
    host, _, port = pattern.rpartition(":") if pattern.count(":") == 1 else (pattern, "", "")
    host = host.strip("[]")
    if port and port != str(place.port):
        return False
    return place.host.endswith(host[1:]) if host.startswith("*.") else place.host == host


def _ascii_host(parts: SplitResult) -> str:
    """Lower-case, without the root's dot; an international name in its ASCII form."""
    host = (parts.hostname or "").rstrip(".")
    return host if host.isascii() else host.encode("idna").decode("ascii")
