"""Packed answers, unpacked in small pieces, so that a small bomb never becomes a large piece of memory."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterator

from dragoman.files.failures import Unusable

PIECE_BYTES = 64 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


async def unpacked(chunks: AsyncIterable[bytes], encoding: str | None) -> AsyncIterator[bytes]:
    """``encoding`` as Content-Encoding says. Raises Unusable for one that we did not ask for and do not know."""
    match (encoding or "identity").strip().lower():
        case "identity":
            async for chunk in chunks:
                yield chunk
        case "gzip" | "x-gzip" | "deflate":
            async for piece in _inflated(chunks):
                yield piece
        case _:
            raise Unusable("The file came packed in a way that we do not know.")


async def _inflated(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    async for chunk in chunks:
        for piece in _pieces(inflater, chunk):
            yield piece
    if not inflater.eof or inflater.unused_data:
        raise _broken()


def _pieces(inflater: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    while chunk and not inflater.eof:
        try:
            piece = inflater.decompress(chunk, PIECE_BYTES)
        except zlib.error:
            raise _broken() from None
        chunk = inflater.unconsumed_tail
        yield piece


def _broken() -> Unusable:
    return Unusable("The file came packed, and broken.")
