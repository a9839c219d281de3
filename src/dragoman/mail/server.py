"""Which server takes our mail, and who it comes from: read from settings. Pure."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from dragoman.config_values import WrongValue

WRONG_SERVER = (
    "must name a mail server such as smtp://user:password@mail.example.com:587 or smtps://mail.example.com"
)
WRONG_TLS = "may end with ?tls=none and with nothing else"
WRONG_SENDER = "must be an address such as inbox@example.com or Our Inbox <inbox@example.com>"


class Encryption(StrEnum):
    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # after a greeting; a server that does not offer it gets nothing
    NONE = "none"


PORTS = {Encryption.TLS: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def mail_server(written: str) -> MailServer:
    """``smtps://`` is encrypted from the first byte, ``smtp://`` by STARTTLS; on this very machine not at all.

    Raises:
        WrongValue: it is no address of a mail server.
    """
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise WrongValue(WRONG_SERVER) from None
    if parts.scheme not in ("smtp", "smtps") or not host or port == 0 or parts.path.strip("/"):
        raise WrongValue(WRONG_SERVER)
    encryption = _encryption(parts.scheme, host, parts.query)
    return MailServer(
        host=host,
        port=port or PORTS[encryption],
        encryption=encryption,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _encryption(scheme: str, host: str, query: str) -> Encryption:
    wanted = parse_qs(query, keep_blank_values=True)
    if wanted not in ({}, {"tls": ["none"]}) or (wanted and scheme == "smtps"):
        raise WrongValue(WRONG_TLS)
    if scheme == "smtps":
        return Encryption.TLS
    return Encryption.NONE if wanted or _is_this_machine(host) else Encryption.STARTTLS


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mail_sender(written: str) -> Address:
    """Raises WrongValue for what is no address."""
    name, angle, rest = written.rpartition("<")
    address = rest.removesuffix(">") if angle and rest.endswith(">") else written
    return Address(display_name=name.strip().strip('"') if angle else "", addr_spec=mail_address(address))


def mail_address(written: str) -> str:
    """Raises WrongValue for what is no address: one @, a host with a dot or none, no blanks."""
    user, at, host = written.strip().rpartition("@")
    is_plain = written.isprintable() and not any(c.isspace() or c in '<>,;:"()[]\\' for c in user + host)
    if not (at and user and host and is_plain and "@" not in user and not host.startswith(".")):
        raise WrongValue(WRONG_SENDER)
    try:
        Address(addr_spec=f"{user}@{host}")
    except (ValueError, IndexError):
        raise WrongValue(WRONG_SENDER) from None
    return f"{user}@{host}"
