"""A file that came in becomes one that may be shown: looked at, re-encoded where it is a picture, stored."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

from dragoman.channels.events import MediaKind
from dragoman.files.pictures import Picture, reencoded
from dragoman.files.reencode import SMALLER
from dragoman.files.sniff import HEAD_BYTES, UNKNOWN, Showing, kind_of
from dragoman.files.storage import Storage
from dragoman.files.store import Stored

_SOUNDS = (MediaKind.AUDIO, MediaKind.VOICE)
_SOUND_ONLY = {"video/mp4": "audio/mp4", "video/webm": "audio/webm", "video/ogg": "audio/ogg"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file is. ``picture``: it was re-encoded, and is a picture that may be shown."""

    mime_type: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file; sizes in bytes and pixels. ``smaller``: the bytes of its smaller versions, by their names."""

    storage_key: str
    mime_type: str
    size_bytes: int
    picture: Picture | None
    smaller: Mapping[str, int]

    @property
    def stored(self) -> Stored:
        """As its row has it."""
        picture = self.picture
        return Stored(
            sniffed_type=self.mime_type,
            size_bytes=self.size_bytes,
            width=picture.width if picture else None,
            height=picture.height if picture else None,
            storage_key=self.storage_key,
            small_bytes=self.smaller.get("small"),
            large_bytes=self.smaller.get("large"),
            blur=picture.blur if picture else None,
        )


async def keep(storage: Storage, file: IO[bytes], claimed: MediaKind | None = None) -> Kept:
    """Store what may be shown of ``file``. Raises StorageFull."""
    with tempfile.TemporaryFile() as target, ExitStack() as files:
        smaller = {name: files.enter_context(tempfile.TemporaryFile()) for name in SMALLER}
        seen, content = await look_at(file, target, claimed, smaller)
        beside = {name: smaller[name] for name in seen.picture.smaller} if seen.picture else {}
        key = await storage.put(content, beside)
        sizes = {name: size_of(version) for name, version in beside.items()}
        return Kept(key, seen.mime_type, size_of(content), seen.picture, sizes)


async def look_at(
    file: IO[bytes],
    target: IO[bytes],
    claimed: MediaKind | None = None,
    smaller: Mapping[str, IO[bytes]] | None = None,
) -> tuple[Seen, IO[bytes]]:
    """What it is, and where its content stands now: a picture's in ``target``, any other's in ``file``.

    ``claimed``: sound that is packed like video is told from it by what the platform says.
    """
    file.seek(0)
    kind = kind_of(await asyncio.to_thread(file.read, HEAD_BYTES))
    if kind.showing is not Showing.PICTURE:
        return Seen(_sound(kind.mime_type) if claimed in _SOUNDS else kind.mime_type), file
    picture = await reencoded(file, target, smaller)
    if picture is None:
        return Seen(UNKNOWN), file  # kept as it came, and never shown in the page
    return Seen(picture.mime_type, picture), target


def size_of(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def kind_for_sending(kept: Kept, wanted: MediaKind | None) -> MediaKind:
    """What a member's upload goes out as: what they wanted, where the file can be that."""
    possible = _possible_kinds(kept)
    return wanted if wanted in possible else possible[0]


def _possible_kinds(kept: Kept) -> tuple[MediaKind, ...]:
    if kept.picture is not None and kept.picture.moves:
        return MediaKind.ANIMATION, MediaKind.IMAGE, MediaKind.STICKER, MediaKind.FILE
    if kept.picture is not None:
        return MediaKind.IMAGE, MediaKind.STICKER, MediaKind.FILE
    if kept.mime_type.startswith("audio/"):
        return MediaKind.AUDIO, MediaKind.VOICE, MediaKind.FILE
    if kept.mime_type.startswith("video/"):
        return MediaKind.VIDEO, MediaKind.ANIMATION, MediaKind.FILE
    return (MediaKind.FILE,)


def _sound(mime_type: str) -> str:
    return _SOUND_ONLY.get(mime_type, mime_type)
