"""What we want to say as the request that says it. Pure: what cannot arrive is refused before anybody is asked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import MediaKind
from dragoman.channels.messenger.echo import CORRELATION_PREFIX
from dragoman.channels.messenger.manifest import CAPABILITIES
from dragoman.channels.messenger.reading import is_composed

MAX_NAME = 100

_ATTACHMENT_TYPES = {
    MediaKind.IMAGE: "image",
    MediaKind.ANIMATION: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
    MediaKind.VOICE: "audio",
    MediaKind.FILE: "file",
}
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


def render(outgoing: Outgoing, now: datetime) -> SendRequest:
    """The request to ``/{page-id}/messages``. Raises Undeliverable for what Messenger would refuse anyway."""
    message = _message(outgoing)
    body: dict[str, Any] = {
        "recipient": {"id": outgoing.to},
        **_permission(outgoing.last_customer_at, now),
        "message": {**message, "metadata": CORRELATION_PREFIX + outgoing.correlation},
    }
    if _may_quote(outgoing.reply_to) and body["messaging_type"] == "RESPONSE":
        body["reply_to"] = {"mid": outgoing.reply_to}
    return SendRequest(body, None if outgoing.file is None else _upload(outgoing.file))


def _may_quote(reply_to: str | None) -> bool:
    """Meta quotes only what has a ``mid``, and only in the free window. Without a quote the words still arrive."""
    return reply_to is not None and not is_composed(reply_to)


def _permission(last_customer_at: datetime | None, now: datetime) -> dict[str, str]:
    """Free for a day after the customer's last move; then a person's own words for a week; then nothing."""
    window = CAPABILITIES.reply_window
    waited = timedelta(0) if last_customer_at is None else now - last_customer_at
    if window is None or waited <= window.free:
        return {"messaging_type": "RESPONSE"}
    if waited <= timedelta(seconds=window.extended_seconds or 0):
        return {"messaging_type": "MESSAGE_TAG", "tag": window.extended_as}
    raise Undeliverable(
        "The customer last wrote more than 7 days ago; Messenger lets us answer only when they write again."
    )


def _message(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.file is None:
        return {"text": _text(outgoing.text or "")}
    if outgoing.text:
        raise Undeliverable("Messenger has no captions: the text must be sent as a message of its own.")
    return {"attachment": {"type": _attachment_type(outgoing.file), "payload": {}}}


def _text(text: str) -> str:
    if not text.strip():
        raise Undeliverable("An empty message cannot be sent.")
    if len(text) > CAPABILITIES.text.max:
        raise Undeliverable(
            f"The text has {len(text)} characters, and Messenger takes {CAPABILITIES.text.max}."
        )
    return text


def _attachment_type(file: OutgoingFile) -> str:
    limit = CAPABILITIES.files.get(file.kind)
    if limit is None:
        raise Undeliverable(f"Messenger lets us send no file of the kind {file.kind.value}.")
    if file.size_bytes > limit.max_bytes:
        megabytes = limit.max_bytes // 1024**2
        raise Undeliverable(f"The file is too big: Messenger takes {megabytes} MB for {file.kind.value}.")
    return _ATTACHMENT_TYPES[file.kind]


def _upload(file: OutgoingFile) -> Upload:
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
