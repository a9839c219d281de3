"""A text that is longer than the channel takes goes as several messages, cut where a reader would pause.

The browser cuts alike while one types (web/src/lib/splitting.ts); tests/outbound/splits.json holds both to it.
"""

from __future__ import annotations

import re
import unicodedata

from dragoman.channels.capabilities import TextLimit

SPACE = " \t\r\n\u3000"
# From the best place to the least: a blank line, a line's end, the end of a sentence, a space.
PAUSES = tuple(
    re.compile(pause)
    for pause in (
        r"\n[ \t\r]*\n",
        r"\n",
        r"[.!?\u2026\u061f\u06d4\u0964](?=[ \t\u3000])|[\u3002\uff01\uff1f]",
        r"[ \t\u3000]",
    )
)
ZERO_WIDTH_JOINER = 0x200D
SKIN_TONES = range(0x1F3FB, 0x1F400)
REGIONAL = range(0x1F1E6, 0x1F200)  # two of them are one flag


def split(text: str, limit: TextLimit) -> list[str]:
    """The messages that a text becomes, in order: one where it fits, none where it is empty."""
    pieces = []
    rest = text.strip(SPACE)
    while measured(rest, limit.unit) > limit.max:
        fitting = _longest(rest, limit)
        cut = _pause_in(rest, fitting) or _between_signs(rest, fitting)
        pieces.append(rest[:cut].rstrip(SPACE))
        rest = rest[cut:].lstrip(SPACE)
    return [*pieces, rest] if rest else pieces


def measured(text: str, unit: str) -> int:
    """How long a text is in what a platform counts."""
    if unit == "bytes":
        return len(text.encode())
    return len(text.encode("utf-16-le")) // 2 if unit == "utf16" else len(text)


def _longest(text: str, limit: TextLimit) -> int:
    """How many characters from the beginning the channel takes."""
    room = limit.max
    for at, sign in enumerate(text):
        room -= measured(sign, limit.unit)
        if room < 0:
            return at
    return len(text)


def _pause_in(text: str, fitting: int) -> int | None:
    """After the last pause of the best kind in the second half of what fits."""
    for pause in PAUSES:
        ends = [found.end() for found in pause.finditer(text, 0, fitting + 1)]
        good = [end for end in ends if end > fitting // 2 and len(text[:end].rstrip(SPACE)) <= fitting]
        if good:
            return good[-1]
    return None


def _between_signs(text: str, fitting: int) -> int:
    """Not within what a person counts as one sign: a letter with its accents, an emoji with its skin tone, a flag."""
    cut = fitting
    while cut > 1 and _belong_together(text, cut):
        cut -= 1
    return cut if cut > 1 else fitting


def _belong_together(text: str, cut: int) -> bool:
    after = ord(text[cut])
    if ord(text[cut - 1]) == ZERO_WIDTH_JOINER or after == ZERO_WIDTH_JOINER or after in SKIN_TONES:
        return True
    if after in REGIONAL:
        return _flags_before(text, cut) % 2 == 1
    return unicodedata.category(text[cut]).startswith("M")


def _flags_before(text: str, cut: int) -> int:
    start = cut
    while start > 0 and ord(text[start - 1]) in REGIONAL:
        start -= 1
    return cut - start
