"""Pictures are re-encoded in a process of their own: two at a time, 30 seconds each."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

import msgspec

from dragoman.files import reencode

WALL_SECONDS = 30.0
AT_ONCE = 2

_turns = asyncio.Semaphore(AT_ONCE)


class Picture(msgspec.Struct, frozen=True):
    """What was written; width and height in pixels, as seen. ``blur`` is a WebP of a few pixels, in base64."""

    mime_type: str
    width: int
    height: int
    moves: bool
    smaller: tuple[str, ...] = ()
    blur: str | None = None


async def reencoded(
    source: IO[bytes], target: IO[bytes], smaller: Mapping[str, IO[bytes]] | None = None
) -> Picture | None:
    """``source`` from its beginning, written anew to ``target``, which then stands at its beginning.

    ``smaller`` has a file for each size in ``reencode.SMALLER``; those that were worth it are told in the answer.
    None where it is no picture that we take: broken, too large, or not what it says.
    """
    numbers = [smaller[name].fileno() for name in reencode.SMALLER if name in smaller] if smaller else []
    return await _written_by_child(source, target, map(str, numbers), numbers)


async def portrait(source: IO[bytes], target: IO[bytes]) -> Picture | None:
    """The middle of ``source`` as a small square; else as ``reencoded``."""
    return await _written_by_child(source, target, [reencode.PORTRAIT])


async def _written_by_child(
    source: IO[bytes], target: IO[bytes], arguments: Iterable[str], numbers: Sequence[int] = ()
) -> Picture | None:
    source.seek(0)
    async with _turns:
        said = await _said_by_child(source, target, arguments, numbers)
    target.seek(0)
    return None if said is None else msgspec.json.decode(said.splitlines()[-1], type=Picture)


async def _said_by_child(
    source: IO[bytes], target: IO[bytes], arguments: Iterable[str], numbers: Sequence[int]
) -> bytes | None:
    # By its path, with an empty environment: it can import Pillow, and knows nothing else of us.
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-Wignore",
        str(Path(reencode.__file__)),
        *arguments,
        pass_fds=numbers,
        stdin=source.fileno(),
        stdout=target.fileno(),
        stderr=asyncio.subprocess.PIPE,
        env={},
    )
    try:
        async with asyncio.timeout(WALL_SECONDS):
            _, said = await child.communicate()
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return said if child.returncode == 0 else None
