"""Finding a doubtful message in the conversation as Meta remembers it. Our correlation is not kept there."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from dragoman.channels.contract import Accepted, Outgoing, OutgoingFile
from dragoman.channels.errors import MaybeSent
from dragoman.channels.events import MediaKind
from dragoman.channels.meta.reading import identifier, written_time
from dragoman.channels.meta.sending import safe_name
from dragoman.kit.json_reading import Record, integer, record_in, records_in, text

FIELDS = "messages{id,created_time,from,to,message,attachments}"
DETAILED = 20  # Meta shows details of the newest twenty only

# Their clock and ours differ a little, and their times are cut to the second.
TOLERANCE = timedelta(seconds=2)

_MAIN_TYPES = {
    MediaKind.IMAGE: "image/",
    MediaKind.ANIMATION: "image/",
    MediaKind.VIDEO: "video/",
    MediaKind.AUDIO: "audio/",
    MediaKind.VOICE: "audio/",
}


def find_in_history(
    conversations: Record, outgoing: Outgoing, since: datetime, others: Collection[str] = ()
) -> Accepted | None:
    """The newest message of ours since then with the same content that is none of the ``others``; None if it is
    certainly not there.

    Raises MaybeSent when that cannot be told: too much was said since, or there is a file of another kind or name.
    """
    recent = [
        (at, each)
        for each in _messages(conversations)
        if (at := written_time(each, "created_time")) and at >= since - TOLERANCE
    ]
    ours = [
        (at, message)
        for at, message in recent
        if _is_ours(outgoing.to, message) and identifier(message, "id") not in others
    ]
    for at, message in sorted(ours, key=lambda pair: pair[0], reverse=True):
        mid = identifier(message, "id")
        if mid is not None and _says(outgoing, message):
            return Accepted(external_id=mid, at=at)
    if len(recent) >= DETAILED:
        raise MaybeSent("So much was written since that Meta no longer shows whether it arrived.")
    if outgoing.file is not None and any(_attachments(message) for _, message in ours):
        raise MaybeSent("Meta shows a file sent since then, but not whether it is this one.")
    return None


def _messages(conversations: Record) -> list[Record]:
    return [
        message
        for conversation in records_in(conversations, "data")
        for message in records_in(record_in(conversation, "messages") or {}, "data")
    ]


def _is_ours(customer: str, message: Record) -> bool:
    """Whoever speaks to the customer is we: an account may go by another id here than in the webhooks."""
    sender = identifier(record_in(message, "from") or {}, "id")
    receivers = [identifier(each, "id") for each in records_in(record_in(message, "to") or {}, "data")]
    return sender not in (None, customer) and (customer in receivers or not receivers)


def _says(outgoing: Outgoing, message: Record) -> bool:
    if outgoing.file is not None:
        return any(_is_file(outgoing.file, attachment) for attachment in _attachments(message))
    return _compared(text(message, "message") or "") == _compared(outgoing.text or "")


def _compared(words: str) -> str:
    """Meta trims, and may write spaces, or letters and their marks, in another way."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def _attachments(message: Record) -> list[Record]:
    return records_in(record_in(message, "attachments") or {}, "data")


def _is_file(file: OutgoingFile, attachment: Record) -> bool:
    """Pictures and sound are encoded anew and renamed, so that only their kind can be compared."""
    main_type = _MAIN_TYPES.get(file.kind)
    if main_type is None:
        return text(attachment, "name") == safe_name(file.name) and integer(attachment, "size") in (
            None,
            file.size_bytes,
        )
    if f"{main_type[:-1]}_data" in attachment:
        return True
    return (text(attachment, "mime_type") or "").startswith(main_type)
