"""How a file is called when somebody saves it. Pure: a name that a stranger chose becomes a harmless one."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from dragoman.kit.text import clean

NAME_MAX = 150

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/wav": ".wav",
    "audio/webm": ".weba",
    "video/mp4": ".mp4",
    "video/ogg": ".ogv",
    "video/webm": ".webm",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
}

_OTHER_SPELLINGS = {".jpg": (".jpeg",), ".mp4": (".m4v",), ".ogg": (".oga", ".opus"), ".m4a": (".mp4",)}
_PICTURES = ("image/",)


def safe_name(name: str | None, mime_type: str, kind: str = "file") -> str:
    """Without folders, control characters, or letters that turn the direction of reading.

    A picture was re-encoded, so its extension must be the one of what it is now.
    """
    extension = EXTENSIONS.get(mime_type, "")
    bare = _harmless(name or "")
    if not bare:
        return f"{kind}{extension}"
    if mime_type.startswith(_PICTURES) and not _is_spelt(bare, extension):
        return _shortened(f"{re.sub(r'[.][A-Za-z0-9]{1,5}$', '', bare)}{extension}")
    return _shortened(bare)


def disposition(name: str, *, inline: bool) -> str:
    """The header Content-Disposition, in RFC 6266's two spellings."""
    plain = "".join(letter if _is_plain(letter) else "_" for letter in name)
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _harmless(name: str) -> str:
    last = re.split(r"[/\\]", clean(name))[-1]
    visible = "".join(
        letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp")
    )
    return " ".join(re.sub(r'[<>:"|?*]', "_", visible).split()).strip(". ")


def _shortened(name: str) -> str:
    """From the middle: the extension stays."""
    if len(name) <= NAME_MAX:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:NAME_MAX]
    return f"{stem[: NAME_MAX - len(extension) - 1]}.{extension}"


def _is_spelt(name: str, extension: str) -> bool:
    return name.lower().endswith((extension, *_OTHER_SPELLINGS.get(extension, ())))


def _is_plain(letter: str) -> bool:
    return letter.isascii() and letter.isprintable() and letter not in '"\\%'
