"""Text as it may be stored: what no database and no browser can carry is replaced."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` with each NUL and each lone surrogate replaced by U+FFFD.

    PostgreSQL stores neither, and UTF-8 cannot encode the latter, while JSON can carry both. One character
    stays one UTF-16 code unit, so offsets into the text keep their meaning.
    """
    return _NOT_STORABLE.sub(REPLACEMENT, text)
