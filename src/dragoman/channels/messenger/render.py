"""What we want to say as the request that says it. Pure: what cannot arrive is refused before anybody is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dragoman.channels.contract import Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import MediaKind
from dragoman.channels.messenger.manifest import CAPABILITIES
from dragoman.channels.meta.echo import CORRELATION_PREFIX
from dragoman.channels.meta.manifest import PERSONS_WINDOW
from dragoman.channels.meta.sending import SendRequest, may_quote, permission, quick_replies, upload_of

_ATTACHMENT_TYPES = {
    MediaKind.IMAGE: "image",
    MediaKind.ANIMATION: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
    MediaKind.VOICE: "audio",
    MediaKind.FILE: "file",
}


def render(outgoing: Outgoing, now: datetime) -> SendRequest:
    """The request to ``/{page-id}/messages``. Raises Undeliverable for what Messenger would refuse anyway."""
    message = _message(outgoing)
    body: dict[str, Any] = {
        "recipient": {"id": outgoing.to},
        **_permission(outgoing, now),
        "message": {**message, "metadata": CORRELATION_PREFIX + outgoing.correlation},
    }
    if may_quote(outgoing.reply_to) and body["messaging_type"] == "RESPONSE":
        body["reply_to"] = {"mid": outgoing.reply_to}
    return SendRequest(body, None if outgoing.file is None else upload_of(outgoing.file))


def _permission(outgoing: Outgoing, now: datetime) -> dict[str, str]:
    allowed = permission(PERSONS_WINDOW, outgoing, now)
    if allowed is None:
        raise Undeliverable(
            "The customer last wrote more than 7 days ago; Messenger lets us answer only when they write again."
        )
    return allowed


def _message(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.file is None:
        return {"text": _text(outgoing.text or ""), **quick_replies(outgoing.choices)}
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
