"""When the language that is known of a customer changes. Pure.

A product's English name does not move a conversation, and what a member said is final.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import regex

from dragoman.language.atoms import UNSPACED, V1
from dragoman.language.cleaning import clean
from dragoman.language.detecting import Detected

CHANGES = 0.98
WORDS_TO_CHANGE = 4
SIGNS_A_WORD = 2  # of a script without spaces


class Known(msgspec.Struct, frozen=True):
    """What is known of a customer's language; ``probably`` is shown while ``language`` is None."""

    language: str | None
    confidence: float
    said_by_member: bool = False
    probably: str | None = None


def settled_language(before: Known | None, detected: Detected, new_words: int) -> Known:
    """What is known after a turn of ``new_words`` words (see ``words_in``), in which ``detected`` was found."""
    if before is None or (before.language is None and not before.said_by_member):
        return Known(detected.language, detected.confidence, probably=detected.probably)
    if before.said_by_member or detected.language is None:
        return before
    if _is_the_same(before.language, detected.language):
        return before if before.confidence >= detected.confidence else _with(before, detected)
    if _refines(before.language, detected.language):
        return _with(before, detected)
    may_change = detected.confidence >= CHANGES and new_words >= WORDS_TO_CHANGE
    return _with(before, detected) if may_change else before


def words_in(texts: Sequence[str]) -> int:
    """How many words the texts hold that tell a language; of scripts without spaces two signs are a word."""
    found = [clean(text) for text in texts]
    signs = sum(len(_SIGN.findall(text)) for text in found)
    return sum(len(_SIGN.sub(" ", text).split()) for text in found) + signs // SIGNS_A_WORD


def _with(before: Known, detected: Detected) -> Known:
    return msgspec.structs.replace(
        before, language=detected.language, confidence=detected.confidence, probably=None
    )


def _is_the_same(before: str | None, found: str) -> bool:
    """Chinese that may be either script says nothing against the one that is known."""
    return before == found or (before is not None and before.startswith(f"{found}-"))


def _refines(before: str | None, found: str) -> bool:
    return before is not None and found.startswith(f"{before}-")


_SIGN = regex.compile(UNSPACED, V1)
