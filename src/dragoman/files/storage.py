"""Where files are kept: a small interface, so that another kind of store can take the disk's place."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from dragoman.files.failures import StorageFull

PIECE_BYTES = 256 * 1024
DRAFT = ".draft"
KEY_LETTERS = 40

_KEY = re.compile(r"[0-9a-f]{40}([.][a-z]{1,10})?")
NOTHING: Mapping[str, IO[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Share:
    """One of several about equal parts of a storage, counted from 0."""

    part: int
    parts: int


class Storage(Protocol):
    """Contents under keys that the storage chooses and nobody can guess. A content never changes.

    Other versions of a content lie beside it, under its key with a dot and their name, and go when it goes.
    """

    async def put(self, content: IO[bytes], beside: Mapping[str, IO[bytes]] = NOTHING) -> str:
        """Keep all of ``content`` for good and say under which key. Raises StorageFull."""

    async def exists(self, key: str) -> bool: ...

    async def size(self, key: str) -> int:
        """Bytes. Raises FileNotFoundError."""

    def read(self, key: str, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from ``start`` to before ``stop``, in pieces. Raises FileNotFoundError."""

    async def delete(self, key: str) -> None:
        """With all that lies beside it. Harmless where there is nothing."""

    def kept(self, since: datetime, until: datetime, share: Share) -> AsyncIterator[list[str]]:
        """The keys of this share of all contents, as far as they were put in that time, in pages. What was left
        half-written then is discarded on the way."""


class DiskStorage:
    """One file each, in two levels of folders so that none of them grows large."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, content: IO[bytes], beside: Mapping[str, IO[bytes]] = NOTHING) -> str:
        key = secrets.token_hex(20)
        try:
            for name, version in beside.items():  # first: who hears of the key finds them there
                await asyncio.to_thread(self._write, f"{key}.{name}", version)
            await asyncio.to_thread(self._write, key, content)
        except OSError as problem:
            if problem.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(StorageFull.reason) from None
            raise
        return key

    async def exists(self, key: str) -> bool:
        return await asyncio.to_thread(self._path(key).is_file)

    async def size(self, key: str) -> int:
        return (await asyncio.to_thread(self._path(key).stat)).st_size

    async def read(self, key: str, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        file = await asyncio.to_thread(self._path(key).open, "rb")
        with file:
            left = (await self.size(key) if stop is None else stop) - start
            await asyncio.to_thread(file.seek, start)
            while left > 0 and (piece := await asyncio.to_thread(file.read, min(PIECE_BYTES, left))):
                left -= len(piece)
                yield piece

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(_delete, self._path(key))

    async def kept(self, since: datetime, until: datetime, share: Share) -> AsyncIterator[list[str]]:
        for top in range(share.part, 0x100, share.parts):
            for folder in await asyncio.to_thread(_folders_in, self._folder / f"{top:02x}"):
                if keys := await asyncio.to_thread(_kept_in, folder, since.timestamp(), until.timestamp()):
                    yield keys

    def _write(self, key: str, content: IO[bytes]) -> None:
        """Whole or not at all, and on the disk before anybody hears of its key."""
        path = self._path(key)
        _make_folder(path.parent, self._folder)
        draft = path.with_name(path.name + DRAFT)
        try:
            content.seek(0)
            with draft.open("xb") as out:
                shutil.copyfileobj(content, out, PIECE_BYTES)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise FileNotFoundError(f"{key!r} is no key of this storage")
        return self._folder / key[:2] / key[2:4] / key


def _folders_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _kept_in(folder: Path, since: float, until: float) -> list[str]:
    """Of one folder, which holds a 65,536th of all."""
    keys = set()
    for file in folder.iterdir():
        try:
            put_at = file.stat().st_mtime
        except FileNotFoundError:  # deleted, or finished, just now
            continue
        if not since <= put_at < until:
            continue
        if file.suffix == DRAFT:
            file.unlink(missing_ok=True)
        else:
            keys.add(file.name[:KEY_LETTERS])
    return sorted(keys)


def _delete(path: Path) -> None:
    for beside in path.parent.glob(f"{path.name}.*"):
        beside.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _make_folder(folder: Path, root: Path) -> None:
    """With all above it up to the root, each for the owner alone and on the disk."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folder(folder.parent, root)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
