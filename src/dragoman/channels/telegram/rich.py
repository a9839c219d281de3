"""A rich message: text with headings, lists, tables and media, told as plain text and parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from dragoman.channels.events import Part
from dragoman.channels.telegram.cards import location
from dragoman.channels.telegram.media import animation, audio, photo, video, voice
from dragoman.kit.json_reading import Record, text
from dragoman.kit.text import clean

MAX_DEPTH = 30  # blocks within blocks; what lies deeper is left out
MAX_LINES = 500
MAX_PARTS = 50

MEDIA: dict[str, Callable[[Record], list[Part]]] = {
    "animation": animation,
    "audio": audio,
    "map": location,
    "photo": photo,
    "video": video,
    "voice_note": lambda block: voice({"voice": block.get("voice_note")}),
}


def rich_content(rich: Any) -> tuple[str | None, list[Part]]:
    """The words of a RichMessage, a line for each block, and the media in it."""
    lines = "\n".join(islice(_lines_in(rich, MAX_DEPTH), MAX_LINES))
    media = (part for block in _blocks_in(rich, MAX_DEPTH) for part in _media_of(block))
    return lines or None, list(islice(media, MAX_PARTS))


def _lines_in(block: Any, depth: int) -> Iterator[str]:
    """A block's lines in reading order. A whole message, a list's item and a caption look like blocks too."""
    if not isinstance(block, dict) or depth == 0:
        return
    yield from _line(block.get("summary"), block.get("text"), block.get("expression"))
    for child in _list(block.get("blocks")):
        yield from _lines_in(child, depth - 1)
    for item in _list(block.get("items")):
        yield from _item(item, depth - 1)
    for row in _list(block.get("cells")):
        yield from _line(" | ".join(_inline(cell, MAX_DEPTH) for cell in _list(row)))
    yield from _line(block.get("caption"))
    yield from _line(block.get("credit"))


def _item(item: Any, depth: int) -> Iterator[str]:
    label = text(item, "label") if isinstance(item, dict) else None
    yield from _line(f"{label or '•'} " + "\n".join(_lines_in(item, depth)))


def _line(*told: Any) -> Iterator[str]:
    words = " ".join(filter(None, (_inline(each, MAX_DEPTH) for each in told))).strip()
    if words:
        yield words


def _inline(rich_text: Any, depth: int) -> str:
    """Rich text is a string, a list of rich texts, or an object around one; a formula is its source."""
    if isinstance(rich_text, str):
        return clean(rich_text)
    if depth == 0:
        return ""
    if isinstance(rich_text, list):
        return "".join(_inline(each, depth - 1) for each in rich_text)
    if isinstance(rich_text, dict):
        keys = ("text", "alternative_text", "expression")
        return next((_inline(rich_text[key], depth - 1) for key in keys if key in rich_text), "")
    return ""


def _blocks_in(block: Any, depth: int) -> Iterator[Record]:
    if not isinstance(block, dict) or depth == 0:
        return
    yield block
    for child in _list(block.get("blocks")) + _list(block.get("items")):
        yield from _blocks_in(child, depth - 1)


def _media_of(block: Record) -> list[Part]:
    kind = block.get("type")
    read = MEDIA.get(kind) if isinstance(kind, str) else None
    return read(block) if read else []


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
