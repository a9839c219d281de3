"""What a request to ``/{account}/messages`` is made of, and when Meta lets us make one. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dragoman.channels.capabilities import WindowRule
from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice
from dragoman.channels.meta.reading import is_composed

MAX_NAME = 100

_MIME_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class SendRequest:
    """``body`` goes out as JSON; with an ``upload`` as form fields of JSON, the file beside them."""

    body: dict[str, Any]
    upload: Upload | None = None


def permission(window: WindowRule, outgoing: Outgoing, now: datetime) -> dict[str, str] | None:
    """Free for a while after the customer's last move; then a person's own words for longer; then None."""
    free_until = window.free_until(outgoing.last_customer_at)
    if free_until is None or now <= free_until:
        return {"messaging_type": "RESPONSE"}
    extended_until = window.extended_until(outgoing.customer_wrote_at)
    if extended_until is not None and now <= extended_until:
        return {"messaging_type": "MESSAGE_TAG", "tag": window.extended_as}
    return None


def may_quote(reply_to: str | None) -> bool:
    """Meta quotes only what has a ``mid``. Without a quote the words still arrive."""
    return reply_to is not None and not is_composed(reply_to)


def quick_replies(choices: tuple[Choice, ...]) -> dict[str, Any]:
    """What stands beside the text of a message that offers choices."""
    if not choices:
        return {}
    offered = [
        {"content_type": "text", "title": choice.title, "payload": choice.payload or choice.title}
        for choice in choices
    ]
    return {"quick_replies": offered}


def upload_of(file: OutgoingFile) -> Upload:
    """Raises Undeliverable for an empty file."""
    if not file.content:
        raise Undeliverable("The file is empty.")
    mime_type = file.mime_type.partition(";")[0].strip()
    if not _MIME_TYPE.fullmatch(mime_type):
        mime_type = "application/octet-stream"
    return Upload(safe_name(file.name), file.content, mime_type)


def safe_name(name: str) -> str:
    """``name`` in plain ASCII, as Meta stumbles over other letters; the ending stays."""
    stem, dot, ending = _plain(name).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = f".{ending[:15]}" if ending else ""
    return (stem.strip("_.-")[: MAX_NAME - len(ending)] or "file") + ending


def _plain(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    ascii_only = unicodedata.normalize("NFKD", base).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "_", ascii_only)
