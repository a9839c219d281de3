"""The simulator's notebook: what it sent and saw acknowledged, and what its customers really received.

The laws are judged by these notes and not by the product's own tables, so a note is handed to the operating
system before anything else happens: it survives the death of every other process, and of this one.
"""

import os
import time
from array import array
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec


class Kind(StrEnum):
    SENT = "sent"  # a webhook event is put on the wire (again for each attempt)
    ACKNOWLEDGED = "acknowledged"  # that event was answered with a 2xx, or confirmed by a poller's offset
    REJECTED = "rejected"  # that event was answered otherwise, or not at all
    RECEIVED = "received"  # a message of ours is on the customer's phone


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the note is about. `key`: the platform's own name for it, unique with account, chat and event."""

    platform: str
    account: str  # bot id or page id
    chat: str  # chat id or PSID
    event: str  # message, edited_message, reaction, read ...
    key: str
    text: str | None = None
    platform_time: float | None = None  # Unix seconds, as the event itself says
    correlation: str | None = None  # the metadata that came with a message of ours
    details: dict[str, Any] | None = None


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the notebook. `n` counts from 1 without gaps; `at`: Unix seconds, the machine's clock."""

    n: int
    kind: Kind
    at: float
    about: Event
    attempt: int | None = None


class Page(msgspec.Struct, frozen=True):
    entries: list[Note]
    next: int  # give this as `after` to read on
    end: bool


_decode = msgspec.json.Decoder(Note).decode
_encode = msgspec.json.encode


class Journal:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._starts = _starts_of_whole_lines(path)
        self._size = _cut_torn_end(path, self._starts)
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        self._synced = self._size

    def add(self, kind: Kind, about: Event, attempt: int | None = None) -> None:
        line = _encode(Note(len(self._starts) + 1, kind, time.time(), about, attempt)) + b"\n"
        os.write(self._file, line)
        self._starts.append(self._size)
        self._size += len(line)

    def sync(self) -> None:
        """Force what was noted onto the disk; called a few times a second."""
        if self._synced != self._size:
            self._synced = self._size
            os.fsync(self._file)

    def page(self, kind: Kind | None, after: int, limit: int) -> Page:
        """At most `limit` notes of one kind (or all) with a number above `after`."""
        found: list[Note] = []
        at = max(after, 0)
        with self._path.open("rb") as lines:
            lines.seek(self._starts[at] if at < len(self._starts) else self._size)
            while len(found) < limit and at < len(self._starts):
                note = _decode(lines.readline())
                at = note.n
                if kind is None or note.kind is kind:
                    found.append(note)
        return Page(found, at, at >= len(self._starts))

    def close(self) -> None:
        self.sync()
        os.close(self._file)


def _starts_of_whole_lines(path: Path) -> "array[int]":
    starts = array("Q")
    if path.exists():
        position = 0
        with path.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    starts.append(position)
                position += len(line)
    return starts


def _cut_torn_end(path: Path, starts: "array[int]") -> int:
    """The size of the whole lines; half a line at the end (the power went) would spoil the next: cut off."""
    if not path.exists():
        return 0
    with path.open("r+b") as file:
        file.seek(starts[-1] if starts else 0)
        file.readline()
        size = file.tell() if starts else 0
        file.truncate(size)
    return size
