"""What we want to say as the request that says it. Pure: what cannot arrive is refused before anybody is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dragoman.channels.capabilities import FileLimit
from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import MediaKind
from dragoman.channels.instagram.manifest import CAPABILITIES
from dragoman.channels.meta.manifest import PERSONS_WINDOW
from dragoman.channels.meta.sending import SendRequest, may_quote, permission, quick_replies

_ATTACHMENT_TYPES = {
    MediaKind.IMAGE: "image",
    MediaKind.ANIMATION: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
    MediaKind.VOICE: "audio",
    MediaKind.FILE: "file",
}


def render(outgoing: Outgoing, now: datetime) -> SendRequest:
    """The request to ``/me/messages``. Raises Undeliverable for what Instagram would refuse anyway.

    No metadata goes with it: Meta does not say that Instagram takes any.
    """
    body: dict[str, Any] = {
        "recipient": {"id": outgoing.to},
        **_permission(outgoing, now),
        "message": _message(outgoing),
    }
    if may_quote(outgoing.reply_to) and body["messaging_type"] == "RESPONSE":
        body["reply_to"] = {"mid": outgoing.reply_to}
    return SendRequest(body)


def _permission(outgoing: Outgoing, now: datetime) -> dict[str, str]:
    allowed = permission(PERSONS_WINDOW, outgoing, now)
    if allowed is None:
        raise Undeliverable(
            "The customer last wrote more than 7 days ago; Instagram lets us answer only when they write again."
        )
    return allowed


def _message(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.file is None:
        return {"text": _text(outgoing.text or ""), **quick_replies(outgoing.choices)}
    if outgoing.text:
        raise Undeliverable("Instagram has no captions: the text must be sent as a message of its own.")
    return {"attachment": _attachment(outgoing.file)}


def _text(text: str) -> str:
    if not text.strip():
        raise Undeliverable("An empty message cannot be sent.")
    size = len(text.encode(errors="replace"))
    if size > CAPABILITIES.text.max:
        raise Undeliverable(f"The text has {size} bytes, and Instagram takes {CAPABILITIES.text.max}.")
    return text


def _attachment(file: OutgoingFile) -> dict[str, Any]:
    limit = CAPABILITIES.files.get(file.kind)
    if limit is None:
        raise Undeliverable(f"Instagram lets us send no file of the kind {file.kind.value}.")
    if file.size_bytes > limit.max_bytes:
        megabytes = limit.max_bytes // 1024**2
        raise Undeliverable(f"The file is too big: Instagram takes {megabytes} MB for {file.kind.value}.")
    if not _is_taken(file.mime_type, limit):
        raise Undeliverable(f"Instagram does not take files of the type {file.mime_type}.")
    if file.link is None:
        raise Undeliverable("There is no address from which Instagram could fetch the file.")
    return {"type": _ATTACHMENT_TYPES[file.kind], "payload": {"url": file.link}}


def _is_taken(mime_type: str, limit: FileLimit) -> bool:
    return mime_type.partition(";")[0].strip().lower() in limit.types
