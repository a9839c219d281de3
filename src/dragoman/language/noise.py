"""Noise or not: the class of one fragment, and what follows from it where it was said. Pure.

On doubt a fragment is real: a dropped complaint costs more than a conversation that opens once too often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec
import regex

from dragoman.language.atoms import (
    BRACKETED,
    EMOJI,
    EMOTICON,
    KAOMOJI,
    LETTERED_EMOTICON,
    NOTHING,
    SHORTCODE,
    SPEAKING,
    SPEAKING_SHORTCODES,
    TOLD_REACTION,
    UNSPACED,
    V1,
)
from dragoman.language.closers import MOST_WORDS, cut_run, cut_words, is_laughter, known_word, may_be_part
from dragoman.language.folding import folded
from dragoman.language.story_words import asks_or_complains
from dragoman.language.wording import why

SUBSTANTIVE = "substantive"
LONGEST = 1_000  # characters; a longer text says something
MOST_TOKENS = (
    3 * MOST_WORDS
)  # words that are looked at: laughter and phrases of several words stand among them
LONGEST_PIECE = 40  # characters between two spaces that are kept in mind
LETTERS_OF_LAUGHTER = 6
STORY_WORDS = 2
SIGNS_A_WORD = {"Han": 2, "other": 5}  # where no spaces tell: about so many characters are a word

_BY_KIND = {"sticker": "sticker", "story_mention": "story_mention", "reaction": "reaction"}
_READ = frozenset({"text", "story_reply"})
_CANNOT_ANSWER = frozenset({SUBSTANTIVE, "empty", "story_mention"})


class Verdict(msgspec.Struct, frozen=True):
    """What a fragment is, whether it goes to the shelf instead of becoming work, and why: one plain sentence."""

    class_: str = msgspec.field(name="class")
    shelve: bool
    why: str


def judge(
    kind: str,
    text: str | None,
    *,
    turn: Sequence[str] = (),
    we_asked: bool = False,
    conversation: str = "none",
) -> Verdict:
    """``turn``: what was said before in the same turn; ``we_asked``: a question of ours waits for its answer;
    ``conversation``: "none", "open" or "closed". Noise is noise in each: only the reason tells where it goes."""
    class_ = fragment_class(kind, text) or SUBSTANTIVE
    answers = we_asked and class_ not in _CANNOT_ANSWER
    if answers and class_ == "closer":
        class_ = SUBSTANTIVE
    in_turn = class_ != SUBSTANTIVE and any(fragment_class("text", said) is None for said in turn)
    shelve = class_ != SUBSTANTIVE and not answers and not in_turn
    return Verdict(class_, shelve, why(class_, answers=answers, in_turn=in_turn, conversation=conversation))


def fragment_class(kind: str, text: str | None) -> str | None:
    """The class of noise of one fragment by itself; None: it says something. Never raises, whatever the text."""
    if kind not in _READ:
        return _BY_KIND.get(kind)
    return _class_of(text or "", to_story=kind == "story_reply")


def _class_of(text: str, *, to_story: bool) -> str | None:
    if not text or text.isspace():
        return "empty"
    if len(text) > LONGEST:
        return None
    if text.rstrip()[-1] in _ENDS_TOLD and TOLD_REACTION.fullmatch(text):
        return "reaction"
    seen = _seen(text, any_word=to_story)
    if seen is None or SPEAKING.search(text) or _weeps_in_russian(text):
        return None
    return _class_to_story(seen) if to_story else _class_of_pieces(seen)


def _weeps_in_russian(text: str) -> bool:
    """ "(((" without an end to it, as ")))" smiles."""
    return text.count("(") > text.count(")")


@dataclass(slots=True)
class _Seen:
    """What a text is made of, as far as noise may be."""

    words: list[str] = field(default_factory=list)  # folded
    run: str = ""  # what stands in scripts without spaces, put together
    smiles: bool = False  # emoji, emoticons, stickers in brackets
    marks: bool = False


def _seen(text: str, *, any_word: bool) -> _Seen | None:
    """None as soon as something in it says more than noise can: for most texts that is one of the first words."""
    if not any_word and not all(map(_may_be_noise, text.split())):
        return None
    return _taken(text, any_word=any_word)


@lru_cache(maxsize=16_384)
def _may_be_noise(piece: str) -> bool:
    """Whether what stands between two spaces may be noise by itself; the same words come again and again."""
    return len(piece) > LONGEST_PIECE or _taken(piece, any_word=False) is not None


def _taken(text: str, *, any_word: bool) -> _Seen | None:
    seen = _Seen()
    for token in _TOKEN.finditer(text):
        if not _takes(seen, token.lastgroup, token.group(), any_word):
            return None
    return seen if len(seen.words) <= MOST_TOKENS else None


def _takes(seen: _Seen, group: str | None, piece: str, any_word: bool) -> bool:
    match group:
        case "word":
            return _takes_word(seen, piece, any_word)
        case "run":
            run = folded(piece)
            seen.run += run
            return any_word or may_be_part(run)
        case "smile" | "face":
            seen.smiles = True
        case "shortcode":
            seen.smiles = True
            return piece.strip(":") not in SPEAKING_SHORTCODES
        case "bracketed":
            seen.smiles = True
            return piece[1:-1].replace(" ", "").lower() in BRACKETED
        case "mark":
            seen.marks = True
        case "nothing":
            pass
        case _:
            return False
    return True


def _takes_word(seen: _Seen, piece: str, any_word: bool) -> bool:
    if len(piece) > LONGEST_PIECE and len(set(piece)) > LETTERS_OF_LAUGHTER:
        return False
    word = folded(piece)
    known = known_word(word)
    seen.words.append(known or word)
    return any_word or known is not None or is_laughter(word) or _laughs_in_japanese(seen.run, word)


def _laughs_in_japanese(run: str, word: str) -> bool:
    return bool(run) and set(word) == {"w"}


def _class_to_story(seen: _Seen) -> str | None:
    words = [word for word in seen.words if not is_laughter(word)]
    if _count(words, seen.run) > STORY_WORDS or asks_or_complains(words, seen.run):
        return None
    if any(char.isdecimal() for word in words for char in word):
        return None
    return "story_reaction" if seen.words or seen.run or seen.smiles or seen.marks else "empty"


def _count(words: Sequence[str], run: str) -> float:
    cut = cut_run(run)
    if cut is not None:
        return len(words) + cut.phrases
    han = len(_HAN.findall(run))
    return len(words) + han / SIGNS_A_WORD["Han"] + (len(run) - han) / SIGNS_A_WORD["other"]


def _class_of_pieces(seen: _Seen) -> str | None:
    words = [word for word in seen.words if not _laughs_in_japanese(seen.run, word)]
    cut, run = cut_words(words), cut_run(seen.run)
    if cut is None or run is None or cut.phrases + run.phrases > MOST_WORDS:
        return None
    if cut.closes or run.closes:
        return "closer"
    if cut.phrases or run.phrases:
        return None
    if seen.smiles or cut.laughs or run.laughs or len(words) < len(seen.words):
        return "emoji_only"
    return "punctuation" if seen.marks or seen.run else "empty"


_HAN = regex.compile(r"\p{Han}", V1)
_ENDS_TOLD = frozenset('"”“»›」』.…etokyшорůйыиалп')
_TOKEN = regex.compile(
    rf"""
      (?P<nothing>{NOTHING}+)
    | (?P<face>{KAOMOJI} | {LETTERED_EMOTICON})
    | (?P<word>[[\p{{L}}\p{{N}}]--{UNSPACED}](?:[[\p{{L}}\p{{M}}\p{{N}}\u200c\u200d]--{UNSPACED}]|['’ʼ`](?=\p{{L}}))*)
    | (?P<run>(?:{UNSPACED}\p{{M}}*)+)
    | (?P<shortcode>{SHORTCODE})
    | (?P<smile>{EMOTICON} | {EMOJI}+)
    | (?P<bracketed>\[[^\[\]\n]{{1,20}}\])
    | (?P<mark>[\p{{P}}^`´¨|<>=])
    | (?P<other>.)
    """,
    V1 | regex.VERBOSE | regex.DOTALL,
)
