"""Whether words say nothing but "thanks", "ok", "bye", in any of the languages of closers.toml. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

import regex

from dragoman.language.atoms import LAUGHTER, UNSPACED, UNSPACED_LAUGHTER, V1
from dragoman.language.folding import folded

MOST_WORDS = 7
LONGEST_RUN = 40  # characters without a space that are looked at; thanks are shorter
LONGEST_WORD = 24  # of laughter; the rest of it holds no other letters


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every phrase, folded, and whether it closes by itself."""

    spaced: Mapping[str, bool]
    unspaced: Mapping[str, bool]
    words: frozenset[str]  # that stand in any spaced phrase
    longest: int  # words of the longest spaced phrase
    by_letter: Mapping[str, tuple[str, ...]]  # unspaced phrases by their first letter


@dataclass(frozen=True, slots=True)
class Cut:
    """What a piece of text was cut into: how many phrases, whether one of them closes, whether somebody laughs."""

    phrases: int
    closes: bool
    laughs: bool


def cut_words(words: Sequence[str]) -> Cut | None:
    """Spaced words as phrases and laughter; None as soon as one is neither."""
    at = counted = 0
    closes = laughs = False
    while at < len(words):
        size = _longest_phrase(words, at)
        if size:
            closes |= phrases().spaced[" ".join(words[at : at + size])]
            counted += size
        elif is_laughter(words[at]):
            laughs, size = True, 1
        else:
            return None
        at += size
    return Cut(counted, closes, laughs)


def _longest_phrase(words: Sequence[str], at: int) -> int:
    known = phrases()
    if words[at] not in known.words:
        return 0
    most = min(known.longest, len(words) - at)
    return next((size for size in range(most, 0, -1) if " ".join(words[at : at + size]) in known.spaced), 0)


def cut_run(run: str) -> Cut | None:
    """Letters without spaces between words, as phrases and laughter; None if something is left."""
    drawn_in = _DRAWN_OUT.sub("", run)
    without = UNSPACED_LAUGHTER.sub("", drawn_in)
    ways = (_cut_left(drawn_in, laughs=False), _cut_left(without, laughs=without != drawn_in))
    found = [way for way in ways if way is not None]
    return next((way for way in found if way.closes), found[-1] if found else None)


def _cut_left(letters: str, *, laughs: bool) -> Cut | None:
    found = _cut_letters(letters) if len(letters) <= LONGEST_RUN else None
    return None if found is None else Cut(len(found), any(found), laughs)


def _cut_letters(letters: str) -> tuple[bool, ...] | None:
    """For each phrase whether it closes; the fewest phrases are the best, so that a greeting stays one."""
    ways: list[tuple[bool, ...] | None] = [()] + [None] * len(letters)
    for start in range(len(letters)):
        before = ways[start]
        for phrase in phrases().by_letter.get(letters[start], ()) if before is not None else ():
            if letters.startswith(phrase, start):
                way, end = (*(before or ()), phrases().unspaced[phrase]), start + len(phrase)
                ways[end] = max(ways[end] or way, way, key=lambda cut: (-len(cut), any(cut)))
    return ways[-1]


def known_word(word: str) -> str | None:
    """The folded word as a phrase holds it, if any does; "thankssss" and "okkk" are known too."""
    known = phrases().words
    if word in known:
        return word
    if is_laughter(word):
        return None
    return next((less for less in (_TWICE.sub(r"\1\1", word), _ONCE.sub(r"\1", word)) if less in known), None)


def is_laughter(word: str) -> bool:
    """A folded word that only laughs."""
    head = word[:LONGEST_WORD]
    return LAUGHTER.fullmatch(head) is not None and set(word) <= set(head)


def may_be_part(run: str) -> bool:
    """Quickly, whether these folded letters may be part of what can be cut: most texts hold one that cannot."""
    return _letters_of_phrases().issuperset(run)


@cache
def phrases() -> Phrases:
    """Read at the first text, once."""
    tables = tomllib.loads(files(__package__).joinpath("closers.toml").read_text("utf-8"))
    spaced: dict[str, bool] = {}
    unspaced: dict[str, bool] = {}
    for closes in (False, True):  # what closes in one language closes, though it stands beside in another
        for phrase in _listed(tables, "closes" if closes else "beside"):
            if _UNSPACED_LETTER.search(phrase):
                unspaced[phrase.replace(" ", "")] = closes
            else:
                spaced[phrase] = closes
    return Phrases(
        spaced,
        unspaced,
        frozenset(word for phrase in spaced for word in phrase.split()),
        max(phrase.count(" ") for phrase in spaced) + 1,
        {letter: tuple(group) for letter, group in groupby(sorted(unspaced), key=itemgetter(0))},
    )


def _listed(tables: Mapping[str, Mapping[str, str]], column: str) -> Iterator[str]:
    for table in tables.values():
        for phrase in table[column].split(","):
            if words := _DRAWN_OUT.sub("", _APART.sub(" ", folded(phrase))).split():
                yield " ".join(words)


@cache
def _letters_of_phrases() -> frozenset[str]:
    return frozenset(
        "".join(phrases().unspaced)
        + "ー〜~～ｰㅋㅎ크하호히헤후풉哈呵嘻嘿嘎笑死我了草あはふうへえひワロタわろスハフฮ่าๆอิคก"
    )


_UNSPACED_LETTER = regex.compile(UNSPACED, V1)
_DRAWN_OUT = regex.compile("[ー〜~～ｰ]+")  # ありがとーー, 네~~
_TWICE = regex.compile(r"(.)\1{2,}")
_ONCE = regex.compile(r"(.)\1+")
_APART = regex.compile(r"[-./]")
