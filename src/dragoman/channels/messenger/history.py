"""Finding a doubtful message in the conversation as Meta remembers it. Our correlation is not kept there."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from dragoman.channels.contract import Accepted, MaybeSent, MediaKind, Outgoing, OutgoingFile
from dragoman.channels.messenger.reading import identifier
from dragoman.channels.messenger.render import safe_name
from dragoman.kit.json_reading import Record, record_in, records_in, text

FIELDS = "messages{id,created_time,from,message,attachments}"
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


def find_in_history(conversations: Record, page: str, outgoing: Outgoing, since: datetime) -> Accepted | None:
    """The newest message of the Page since then with the same content; None if it is certainly not there.

    Raises MaybeSent when so much has been said since that it might lie beyond what Meta shows.
    """
    messages = [
        message
        for conversation in records_in(conversations, "data")
        for message in records_in(record_in(conversation, "messages") or {}, "data")
    ]
    recent = [(at, each) for each in messages if (at := _created(each)) and at >= since - TOLERANCE]
    for at, message in sorted(recent, key=lambda pair: pair[0], reverse=True):
        mid = identifier(message, "id")
        if mid is not None and _is_from(page, message) and _says(outgoing, message):
            return Accepted(external_id=mid, at=at)
    if len(recent) >= DETAILED:
        raise MaybeSent("So much was written since that Facebook no longer shows whether it arrived.")
    return None


def _created(message: Record) -> datetime | None:
    try:
        at = datetime.fromisoformat(text(message, "created_time") or "")
    except ValueError:
        return None
    return at if at.tzinfo else None


def _is_from(page: str, message: Record) -> bool:
    return identifier(record_in(message, "from") or {}, "id") == page


def _says(outgoing: Outgoing, message: Record) -> bool:
    if outgoing.file is not None:
        attachments = records_in(record_in(message, "attachments") or {}, "data")
        return any(_is_file(outgoing.file, attachment) for attachment in attachments)
    return _compared(text(message, "message") or "") == _compared(outgoing.text or "")


def _compared(words: str) -> str:
    """Meta trims, and may compose letters and their marks in another way."""
    return unicodedata.normalize("NFC", words).strip()


def _is_file(file: OutgoingFile, attachment: Record) -> bool:
    """Pictures and sound are encoded anew and renamed, so that only their kind can be compared."""
    main_type = _MAIN_TYPES.get(file.kind)
    if main_type is None:
        return text(attachment, "name") == safe_name(file.name)
    if f"{main_type[:-1]}_data" in attachment:
        return True
    return (text(attachment, "mime_type") or "").startswith(main_type)
