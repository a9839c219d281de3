"""Words that tell a language in fragments too short for any detector, and words that tell that nobody can say. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from dragoman.language.atoms import V1
from dragoman.language.cleaning import LONGEST_TEXT, MOST_TEXTS
from dragoman.language.folding import folded
from dragoman.language.scripts import codes

SPECIAL = ("romanised", "international")

# Languages that share most of their words: one that only some of them have speaks against the others.
NEIGHBOURS = tuple(map(codes, ("no da sv", "es pt gl ca", "ru uk be bg", "nl af de", "id ms")))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``languages``: for each folded word those that it is a word of; ``lacking``: their neighbours that lack it."""

    languages: Mapping[str, frozenset[str]]
    lacking: Mapping[str, frozenset[str]]
    romanised: frozenset[str]
    international: frozenset[str]


def words_of(text: str) -> list[str]:
    """Folded words, in their order."""
    return _WORD.findall(folded(text))


def known_words(words: Sequence[str]) -> dict[str, int]:
    """For each language how many of the words are its own."""
    return _counted(words, lexicon().languages)


def neighbours_words(words: Sequence[str]) -> dict[str, int]:
    """For each language how many of the words a neighbour has, and it has not."""
    return _counted(words, lexicon().lacking)


def _counted(words: Sequence[str], by_word: Mapping[str, frozenset[str]]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for word in words:
        for language in by_word.get(word, ()):
            counted[language] = counted.get(language, 0) + 1
    return counted


def says_nothing(words: Sequence[str]) -> bool:
    """Whether every word is everybody's ("ok", "hi", "info") or a single letter."""
    return all(len(word) < 2 or word in lexicon().international for word in words)


def is_romanised(texts: Sequence[str]) -> bool:
    """Whether it is Hindi, Urdu or Arabic in Latin letters, as far as a few words can tell.

    Arabic then has digits for letters that Latin lacks ("3ayez", "a3raf"), so the texts are asked as they were written.
    """
    words = words_of(" ".join(text[:LONGEST_TEXT] for text in texts[-MOST_TEXTS:]))
    hits = sum(word in lexicon().romanised or _WITH_DIGIT.fullmatch(word) is not None for word in words)
    return hits > 0 and hits * 3 >= len(words)


@cache
def lexicon() -> Lexicon:
    """Read at the first text, once."""
    tables = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    romanised, international = (frozenset(folded(tables.pop(key)).split()) for key in SPECIAL)
    found: dict[str, set[str]] = {}
    for language, words in tables.items():
        for word in folded(words).split():
            found.setdefault(word, set()).add(language)
    languages = {word: frozenset(those) for word, those in found.items() if word not in international}
    return Lexicon(languages, _lacking(languages), romanised - found.keys(), international)


def _lacking(languages: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {
        word: lacking
        for word, those in languages.items()
        if (lacking := frozenset().union(*(near - those for near in NEIGHBOURS if near & those)))
    }


_WITH_DIGIT = regex.compile(r"[a-z]{0,3}[aeiou]?[2357][a-z]{2,}|[a-z]{2,}[2357][a-z]+", V1)
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+", V1)
