"""Where a request comes from: which network address, and which web page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def network_address(peer: str | None, forwarded_for: str, trusted: Sequence[Network]) -> str:
    """Who really asks. ``forwarded_for`` is X-Forwarded-For, its headers joined by commas.

    Each proxy appends the address that it was asked from, so the list is believed from its end, as far as the
    addresses are trusted proxies; what a stranger wrote at its beginning is never reached.
    """
    address = _address(peer or "")
    for hop in reversed(forwarded_for.split(",")):
        named = _address(hop.strip())
        if address is None or named is None or not any(address in network for network in trusted):
            break
        address = named
    return "unknown" if address is None else str(address)


def neighbourhood(address: str) -> str:
    """What attempts are counted by: one IPv4 address, or the /64 that one IPv6 customer holds."""
    parsed = _address(address)
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else address


def is_from_our_page(method: str, headers: Mapping[str, str], origin: str) -> bool:
    """May this request use the cookie? ``headers`` have lower-case names; ``origin`` is ours.

    Browsers of today say Sec-Fetch-Site, except to plain http on a network, where Origin must do.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin" or (site == "none" and _opens_a_page(method, headers))
    return method in SAFE_METHODS or headers.get("origin", "").lower() == origin


def origin_of(address: str) -> str:
    """Scheme, host and port as browsers write them: the standard port left out."""
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, standard) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _opens_a_page(method: str, headers: Mapping[str, str]) -> bool:
    """``none``: a person typed the address or opened a bookmark."""
    return method == "GET" and headers.get("sec-fetch-mode", "navigate") == "navigate"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Also as proxies write it: with a port, in brackets, or as IPv4 inside IPv6."""
    has_port = text.count(":") == 1 or (text.startswith("[") and "]:" in text)
    bare = text.rpartition(":")[0] if has_port else text
    try:
        address = ip_address(bare.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
