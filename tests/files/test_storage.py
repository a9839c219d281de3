"""Files on disk."""

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest

from dragoman.files.failures import StorageFull
from dragoman.files.storage import PIECE_BYTES, DiskStorage


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files")


async def read(storage: DiskStorage, key: str, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join([piece async for piece in storage.read(key, start, stop)])


async def test_what_was_put_is_read_back_whole_and_in_part(storage: DiskStorage) -> None:
    content = os.urandom(3 * PIECE_BYTES + 7)

    key = await storage.put(io.BytesIO(content))

    assert await storage.exists(key)
    assert await storage.size(key) == len(content)
    assert await read(storage, key) == content
    assert await read(storage, key, 5, PIECE_BYTES + 9) == content[5 : PIECE_BYTES + 9]
    assert await read(storage, key, len(content)) == b""


async def test_a_content_that_was_read_before_is_put_from_its_beginning(storage: DiskStorage) -> None:
    content = io.BytesIO(b"all of it")
    content.read(4)

    assert await read(storage, await storage.put(content)) == b"all of it"


async def test_the_same_content_twice_has_two_keys_so_that_each_can_be_deleted(storage: DiskStorage) -> None:
    one, two = await storage.put(io.BytesIO(b"x")), await storage.put(io.BytesIO(b"x"))

    await storage.delete(one)
    await storage.delete(one)

    assert not await storage.exists(one)
    assert await read(storage, two) == b"x"
    with pytest.raises(FileNotFoundError):
        await read(storage, one)


async def test_other_versions_lie_beside_a_content_and_go_with_it(storage: DiskStorage) -> None:
    key = await storage.put(io.BytesIO(b"the whole picture"), {"small": io.BytesIO(b"a small one")})
    assert await read(storage, f"{key}.small", 2) == b"small one"

    await storage.delete(key)

    with pytest.raises(FileNotFoundError):
        await read(storage, f"{key}.small")


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a", "/etc/passwd", "A" * 40, "0" * 39 + "\n"])
async def test_what_is_no_key_leads_nowhere(storage: DiskStorage, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        await storage.size(key)


async def test_files_are_the_owners_alone(storage: DiskStorage, tmp_path: Path) -> None:
    await storage.put(io.BytesIO(b"x"))

    folders = [folder for folder in (tmp_path / "files").rglob("*") if folder.is_dir()]
    assert len(folders) == 2
    assert {folder.stat().st_mode & 0o077 for folder in folders} == {0}


async def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_written(
    storage: DiskStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StorageFull, match="no room left"):
        await storage.put(io.BytesIO(b"x" * 1000))
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
