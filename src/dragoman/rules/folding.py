"""Words as rules compare them, and patterns that can hang nobody. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

import re2

from dragoman.kit import text as kit_text

PATTERN_MEMORY = 1 << 20  # bytes that one pattern may take; who wants more is refused


def plain(words: str) -> str:
    """The same letters, however they are written: “ＲＥＦＵＮＤ” is “REFUND”."""
    return unicodedata.normalize("NFKC", words)


def folded(words: str) -> str:
    """The same for words that a person would take for the same, in one line."""
    return " ".join(kit_text.folded(words).split())


def finder(phrases: Sequence[str]) -> Callable[[str], bool]:
    """Whether one of these stands in a folded text, as a whole word where its script has words."""
    wanted = tuple(words for phrase in phrases if (words := folded(phrase)))

    def stands(text: str) -> bool:
        for phrase in wanted:  # noqa: SIM110 half as fast as a generator
            if phrase in text and _stands_in(phrase, text):
                return True
        return False

    return stands


def _stands_in(phrase: str, text: str) -> bool:
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (_goes_on(text, at) or _goes_on(text, end)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _goes_on(text: str, at: int) -> bool:
    """Whether a word reaches over this place. Scripts without spaces have no such words."""
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and not _is_unspaced(before) and not _is_unspaced(after)


UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul: its words carry their endings with them
    (0xF900, 0xFAFF),  # Han, once more
    (0x20000, 0x3FFFF),
)


def _is_unspaced(letter: str) -> bool:
    code = ord(letter)
    return code >= 0x0E00 and any(first <= code <= last for first, last in UNSPACED)


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re2._Regexp:
    """In a time that grows with the text only. Raises ``re2.error`` for what is no pattern."""
    return re2.compile(plain(pattern), options=_options())


class Patterns:
    """Many patterns, looked for together: in a text that holds none of their letters, that takes as long as one."""

    def __init__(self) -> None:
        self._filter = re2.Filter()
        self._numbers: dict[str, int] = {}
        self._is_ready = False

    def add(self, pattern: str) -> int:
        """Its number; all are added before the first is looked for. Raises ``re2.error`` for what is no pattern."""
        written = plain(pattern)
        if written not in self._numbers:
            self._numbers[written] = self._filter.Add(written, _options())
        return self._numbers[written]

    def found_in(self, text: str) -> frozenset[int]:
        if not self._is_ready:
            self._filter.Compile()
            self._is_ready = True
        return frozenset(self._filter.Match(plain(text).encode()) or ())


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = PATTERN_MEMORY
    options.log_errors = False
    return options
