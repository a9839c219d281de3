"""Text as it may be stored and compared: what no database and no browser can carry is replaced."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` with each NUL and each lone surrogate replaced by U+FFFD.

    PostgreSQL stores neither, and UTF-8 cannot encode the latter, while JSON can carry both. One character
    stays one UTF-16 code unit, so offsets into the text keep their meaning.
    """
    return _NOT_STORABLE.sub(REPLACEMENT, text)


def one_line(written: str) -> str:
    """As a name is kept: clean, without space around it, and with one between its words."""
    return " ".join(clean(written).split())


def is_name(said: str, most: int) -> bool:
    """1 to ``most`` characters, none of which controls a screen."""
    return 1 <= len(said) <= most and all(unicodedata.category(letter) != "Cc" for letter in said)


def folded(name: str) -> str:
    """The same for names that a person would take for the same: “Refund”, “refund”, “ＲＥＦＵＮＤ”."""
    return unicodedata.normalize("NFKC", name).casefold()
