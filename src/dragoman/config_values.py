"""How the text of a setting becomes a value. Each reader says in words what the text must be."""

import ipaddress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class WrongValue(Exception):
    """The end of a sentence that begins with the variable's name. Without the value: it may be a secret."""


class HostPort(NamedTuple):
    """One address that may be fetched from although it is private."""

    host: str
    port: int


def text(written: str) -> str:
    return written


def folder_or_file(written: str) -> Path:
    """An absolute path, links followed, so that two spellings of a place compare as the same."""
    return Path(written).expanduser().resolve()


def port_number(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= 65535):
        raise WrongValue("must be a number from 1 to 65535")
    return int(written)


def seconds(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= 600):
        raise WrongValue("must be a number of seconds from 1 to 600")
    return int(written)


def ip_address(written: str) -> str:
    try:
        return str(ipaddress.ip_address(written))
    except ValueError:
        raise WrongValue("must be an IP address of this machine, such as 127.0.0.1 or 0.0.0.0") from None


def web_address(written: str) -> str:
    """An http or https address without a slash at its end, so that paths can be appended."""
    try:
        parts = urlsplit(written)
        fine = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or parts.username:
        raise WrongValue("must be a web address such as https://inbox.example.com")
    return written.rstrip("/")


def postgres_address(written: str) -> str:
    if not written.startswith(("postgresql://", "postgres://")):
        raise WrongValue("must begin with postgresql:// and name a database")
    return written


def networks(written: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(item) for item in _items(written))
    except ValueError:
        raise WrongValue("must list networks such as 10.0.0.0/8, with commas between them") from None


def host_ports(written: str) -> frozenset[HostPort]:
    return frozenset(_host_port(item) for item in _items(written))


def _host_port(item: str) -> HostPort:
    host, colon, port = item.rpartition(":")
    if not colon or not host:
        raise WrongValue("must list pairs such as 127.0.0.1:8089, with commas between them")
    return HostPort(host.strip("[]").lower(), port_number(port))


def _items(written: str) -> list[str]:
    return [item.strip() for item in written.split(",") if item.strip()]
