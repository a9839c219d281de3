"""Conversations of the time before a number was connected, which the WhatsApp Business app hands over once."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.channels.events import InboundEvent
from dragoman.channels.whatsapp.item import Frame, address, unrecognised
from dragoman.channels.whatsapp.messages import read_past
from dragoman.kit.json_reading import Record, records_in

DECLINED = 2593109  # the owner of the number shares no history


def read_chunk(frame: Frame, chunk: Record) -> Iterator[InboundEvent]:
    """Chunks come in any order, and each may hold thousands of messages."""
    found = False
    for thread in records_in(chunk, "threads"):
        for record in records_in(thread, "messages"):
            found = True
            yield read_past(frame, record, address(thread, "id"))
    if not found:
        yield _without_messages(frame, chunk)


def _without_messages(frame: Frame, chunk: Record) -> InboundEvent:
    errors = [error.get("code") for error in records_in(chunk, "errors")]
    if DECLINED in errors:
        return unrecognised(frame.account, "history that its owner does not share", chunk, known=True)
    known = not errors and ("metadata" in chunk or "threads" in chunk)
    return unrecognised(frame.account, "history without messages", chunk, known=known)
