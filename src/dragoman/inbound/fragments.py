"""What a fragment of a customer is by itself, for the noise of a turn is decided by its fragments. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.language.noise import fragment_class

KINDS_OF_FILES = {"sticker": "sticker", "voice": "voice", "audio": "voice", "file": "file"}
QUIET_CONTEXTS = {"story_mention": "story_mention", "story": "story_reply"}
FIRST = ("story_mention", "sticker", "photo", "voice", "file", "other", "story_reply")


def class_of(text: str | None, parts: Iterable[dict[str, Any]]) -> str | None:
    """The class of noise of a message with this text and these stored parts; None: it says something."""
    kinds = {_kind(part) for part in parts}
    kind = next((each for each in FIRST if each in kinds), "text")
    return fragment_class(kind, text)


def _kind(part: dict[str, Any]) -> str:
    if part["type"] == "attachment":
        return KINDS_OF_FILES.get(part["kind"], "photo")
    if part["type"] == "context":
        return QUIET_CONTEXTS.get(part["kind"], "text")
    return "other"
