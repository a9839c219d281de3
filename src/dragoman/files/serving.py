"""How a file is handed out: whole or a range of it, shown or saved, and never anything that could act."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from fastapi.responses import Response, StreamingResponse

from dragoman.files.names import disposition, safe_name
from dragoman.files.sniff import UNKNOWN, is_picture, is_played
from dragoman.kit.errors import Refused

PRIVATE = "private, max-age=31536000, immutable"  # the content of an attachment never changes
NOT_KEPT = "private, no-store"

GUARDS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


class Read(Protocol):
    """Gives the bytes from ``start`` to before ``stop``."""

    def __call__(self, start: int, stop: int) -> AsyncIterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Handout:
    """What is handed out. ``etag`` with its quotes; ``saved``: as a download, whatever it is."""

    name: str | None
    kind: str
    mime_type: str
    size_bytes: int
    etag: str
    caching: str
    saved: bool = False

    @property
    def inline(self) -> bool:
        return not self.saved and (is_picture(self.mime_type) or is_played(self.mime_type))

    def headers(self) -> dict[str, str]:
        name = safe_name(self.name, self.mime_type, self.kind)
        return GUARDS | {
            "Content-Disposition": disposition(name, inline=self.inline),
            "Cache-Control": self.caching,
            "ETag": self.etag,
            "Accept-Ranges": "bytes",
        }


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from ``start`` to before ``stop``."""

    start: int
    stop: int


def handed_out(what: Handout, asked: Mapping[str, str], read: Read) -> Response:
    """The answer to a request with these (lower-case) headers. Raises Refused (416) for a range beyond the end."""
    if what.etag in [tag.strip() for tag in asked.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=what.headers())
    span = _span_asked(what, asked)
    headers = what.headers() | {"Content-Length": str(span.stop - span.start)}
    status = 200
    if span != Span(0, what.size_bytes):
        status = 206
        headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{what.size_bytes}"
    mime_type = what.mime_type or UNKNOWN
    return StreamingResponse(read(span.start, span.stop), status, headers, media_type=mime_type)


def span_of(header: str, size_bytes: int) -> Span | None:
    """The one range that is asked for; None: the whole file (no range, several, or one that cannot be read).

    Raises Refused (416) where it begins beyond the end.
    """
    match = re.fullmatch(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        start, stop = max(0, size_bytes - int(match[2])), size_bytes
    else:
        start, stop = int(match[1]), min(int(match[2] or size_bytes) + 1, size_bytes)
    if match[1] and match[2] and int(match[2]) < start:
        return None
    if start >= stop:
        raise Refused("invalid", f"The file has {size_bytes} bytes: there is nothing in this range.", 416)
    return Span(start, stop)


def _span_asked(what: Handout, asked: Mapping[str, str]) -> Span:
    whole = Span(0, what.size_bytes)
    if asked.get("if-range", what.etag) != what.etag:
        return whole
    return span_of(asked.get("range", ""), what.size_bytes) or whole
