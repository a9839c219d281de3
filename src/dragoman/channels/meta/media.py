"""Where a customer's file lies: at Meta's own signed address, which expires after some days and wants no token."""

from __future__ import annotations

from urllib.parse import urlsplit

from dragoman.channels.capabilities import MB
from dragoman.channels.contract import MediaAddress
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Media
from dragoman.channels.meta.reading import web_address

MAX_MEDIA_BYTES = 25 * MB
MEDIA_HOSTS = ("*.fbcdn.net", "*.fbsbx.com")


def media_address(
    media: Media, *, asked: str, real: str, hosts: tuple[str, ...] = MEDIA_HOSTS
) -> MediaAddress:
    """``asked`` is the API that we speak with; where it is not the ``real`` one, files come from its host as well."""
    url = web_address(dict(media.source), "url")
    if url is None:
        raise Undeliverable("Meta gave no address for this file.")
    host = urlsplit(asked).netloc
    simulated = () if host == urlsplit(real).netloc else (host,)
    return MediaAddress(url=url, hosts=(*hosts, *simulated), max_bytes=MAX_MEDIA_BYTES)
