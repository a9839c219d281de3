"""What a file is, by its own first bytes. What its sender says decides nothing but its name. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 4096  # enough for every signature below
UNKNOWN = "application/octet-stream"


class Showing(StrEnum):
    """How a file may be shown."""

    PICTURE = "picture"  # in the page, once it has been re-encoded
    PLAYED = "played"  # in the page, by the browser's player
    DOWNLOAD = "download"  # never in the page


@dataclass(frozen=True, slots=True)
class Kind:
    mime_type: str
    showing: Showing


def kind_of(head: bytes) -> Kind:
    """``head``: the first HEAD_BYTES. Never fails: what is not known is a download.

    Text, SVG and HTML among it have no signature here on purpose: they are never shown in the page.
    """
    mime_type = _mime_type(head)
    return Kind(mime_type, _SHOWING.get(mime_type, Showing.DOWNLOAD))


def is_played(mime_type: str | None) -> bool:
    return _SHOWING.get(mime_type or "") is Showing.PLAYED


def is_picture(mime_type: str | None) -> bool:
    return _SHOWING.get(mime_type or "") is Showing.PICTURE


_SHOWING = {
    "image/jpeg": Showing.PICTURE,
    "image/png": Showing.PICTURE,
    "image/gif": Showing.PICTURE,
    "image/webp": Showing.PICTURE,
    "image/avif": Showing.PICTURE,
    "image/bmp": Showing.PICTURE,
    "image/tiff": Showing.PICTURE,
    "audio/mpeg": Showing.PLAYED,
    "audio/aac": Showing.PLAYED,
    "audio/mp4": Showing.PLAYED,
    "audio/ogg": Showing.PLAYED,
    "audio/flac": Showing.PLAYED,
    "audio/wav": Showing.PLAYED,
    "audio/webm": Showing.PLAYED,
    "video/mp4": Showing.PLAYED,
    "video/ogg": Showing.PLAYED,
    "video/webm": Showing.PLAYED,
}

# Where a signature begins, what it is, and what it means; the first that fits counts.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)

_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}

# Brands of ISO media files (ISO/IEC 14496-12, section 4.3) other than plain video.
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"hevc": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
}


def _mime_type(head: bytes) -> str:
    for start, signature, mime_type in _SIGNATURES:
        if head.startswith(signature, start):
            return mime_type
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], UNKNOWN)
    if head.startswith(b"OggS"):
        return "video/ogg" if b"\x80theora" in head[:256] else "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _matroska(head)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return _without_signature(head)


def _matroska(head: bytes) -> str:
    if b"webm" not in head[:64]:
        return "video/x-matroska"
    return "video/webm" if b"V_" in head else "audio/webm"


def _without_signature(head: bytes) -> str:
    """Bitmaps and bare audio frames have but a few bits that are fixed, so more of them are asked for."""
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "image/bmp"
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 not in (0x00, 0xF0):
        return "audio/mpeg"
    return UNKNOWN
