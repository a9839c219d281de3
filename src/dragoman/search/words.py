"""Text cut into the words by which it is found, in any script. Pure.

Letters are folded: width, case and accents make no difference, nor do the digits of one script or another. Scripts that
put no spaces between words (Han, Kana, Hangul, Thai ...) are cut into overlapping pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

FOLDING = 1  # raise it when the same text gives other words than before: everything is then indexed anew
LONGEST_WORD = 64  # characters; what is longer is no word, and is cut
MOST_WORDS = 4000  # of one text; what a message may hold stays far below


class Letter(NamedTuple):
    """A letter with its marks. ``start`` and ``end`` are its place in the text; ``folded`` may be several characters,
    or none."""

    start: int
    end: int
    folded: str


class Run(NamedTuple):
    """Letters that stand together, all of a script with spaces between words, or all of one without."""

    letters: tuple[Letter, ...]
    is_spaced: bool

    @property
    def folded(self) -> str:
        return "".join(letter.folded for letter in self.letters)


def words_of(text: str) -> set[str]:
    """The words under which this text is indexed: about MOST_WORDS at most."""
    if text.isascii():  # the same, thirty times as fast
        return {word[:LONGEST_WORD] for word in _ASCII_WORD.findall(text.lower())[:MOST_WORDS]}
    found: set[str] = set()
    for run in runs_of(text):
        found.update([run.folded[:LONGEST_WORD]] if run.is_spaced else _pairs_and_last(run.folded))
        if len(found) >= MOST_WORDS:
            break
    return found


def _pairs_and_last(folded: str) -> Iterator[str]:
    """Every letter begins one of these, so that a single one is found as the beginning of a pair."""
    yield from pairs_of(folded)
    yield folded[-1]


def pairs_of(folded: str) -> Iterator[str]:
    """The overlapping pairs of letters; none of a single one."""
    return (folded[n : n + 2] for n in range(len(folded) - 1))


def runs_of(text: str) -> Iterator[Run]:
    """The text's runs in their order; what separates words is left out."""
    for kind, letters in groupby(_letters(text), key=_kind):
        if kind is not None:
            yield Run(tuple(letters), is_spaced=kind)


def _kind(letter: Letter) -> bool | None:
    """Whether its script has spaces between words; None: it is no letter."""
    return _is_spaced(letter.folded[0]) if letter.folded else None


def _letters(text: str) -> Iterator[Letter]:
    """Letters of words, and one without folded characters wherever words are separated."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _continues(text[end], text[at:end]):
            end += 1
        if text[at] not in _DROPPED:
            yield Letter(at, end, _folded(text[at:end]))
        at = end


def _continues(char: str, before: str) -> bool:
    """Marks belong to their letter, as do the parts of a Hangul syllable that was written in parts."""
    if char < "\u0300":
        return False
    if unicodedata.category(char)[0] == "M" or char in _DROPPED or char in "\uff9e\uff9f":
        return True
    return "\u1160" <= char <= "\u11ff" and "\u1100" <= before[0] <= "\u115f"


@lru_cache(maxsize=65_536)
def _folded(cluster: str) -> str:
    """A letter without width, case, accents and script of its digits; empty for what is no letter or digit."""
    compatible = unicodedata.normalize("NFKD", cluster).casefold()
    kept = "".join(_PLAIN.get(char, char) for char in compatible if not _is_accent(char))
    composed = unicodedata.normalize("NFKC", kept)
    return "".join(_one(char) for char in composed if _is_letter(char))


def _one(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _is_accent(char: str) -> bool:
    """Accents and the vowel points of Hebrew and Arabic. Vowel signs of Indic scripts, the marks of Kana and the tones
    of Thai make another word, and stay."""
    place = unicodedata.combining(char)
    return 10 <= place <= 35 or place >= 200


def _is_letter(char: str) -> bool:
    return char not in _DROPPED and unicodedata.category(char)[0] in "LMN"


def _is_spaced(char: str) -> bool:
    return not any(first <= char <= last for first, last in _WITHOUT_SPACES)


# Soft hyphen, joiners, marks of direction, Arabic's lengthening stroke: seen or not, the word is the same.
_DROPPED = frozenset("\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")

# Letters that Unicode does not take apart, and pairs that keyboards of one language or another use for the same.
_PLAIN = {
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
}  # fmt: skip

_ASCII_WORD = re.compile("[a-z0-9]+")

_WITHOUT_SPACES = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Myanmar
    ("\u1100", "\u11ff"),  # Hangul in parts
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3005", "\u3007"),  # repeated, closed, zero: signs among Han
    ("\u3040", "\u318f"),  # Kana, Bopomofo, Hangul in parts
    ("\u31a0", "\u31ff"),
    ("\u3400", "\u4dbf"),  # Han
    ("\u4e00", "\u9fff"),
    ("\ua960", "\ua97f"),
    ("\uac00", "\ud7ff"),  # Hangul
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
