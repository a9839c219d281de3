"""Which texts ask something: by marks of any script, and by how questions end or begin in the languages we know. Pure.

``is_question`` is strict: marks, and endings and particles that make a question of a sentence. ``questions_in`` also
takes what begins like a question, for customers leave the mark out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from dragoman.language.atoms import EMOJI, QUESTION_MARKS, V1
from dragoman.language.folding import folded
from dragoman.language.question_words import BEGINNINGS, ENDINGS, GREETINGS, PARTICLES, WITHIN

MOST = 6
LONGEST = 80  # characters of one question, as it is shown
LONGEST_TEXT = 4_000  # characters that are looked at
MARKS = QUESTION_MARKS.replace(";", "")  # a Greek one is told by the letters before it


def is_question(text: str) -> bool:
    """Whether the text, or a sentence of it, asks. Never raises."""
    return any(_asks(sentence) for sentence in _sentences(text))


def questions_in(texts: Sequence[str]) -> tuple[str, ...]:
    """The questions of a turn, short and in their order, each once; six at most.

    ``texts`` are its fragments, oldest first. A fragment of nothing but question marks belongs to the one before it.
    """
    found: dict[str, str] = {}
    for text in _with_late_marks(texts):
        for sentence in _sentences(text):
            if _asks(sentence) or _begins_like_one(sentence):
                short = _shortened(sentence)
                found.setdefault(folded(short).strip(" ?？؟"), short)
    return tuple(question for key, question in found.items() if key)[:MOST]


def _with_late_marks(texts: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for text in texts:
        if joined and text.strip() and not text.strip(_ONLY_MARKS):
            joined[-1] = joined[-1].rstrip(" .…!") + text.strip()
        else:
            joined.append(text)
    return joined


def _sentences(text: str) -> Iterator[str]:
    """Pieces between full stops, lines and marks, each with its mark; addresses of the web are left out."""
    plain = _ADDRESS.sub(" ", text[:LONGEST_TEXT])
    for piece in _SENTENCE.findall(plain):
        if stripped := piece.strip():
            yield stripped


def _asks(sentence: str) -> bool:
    return (
        bool(not _MARKS.isdisjoint(sentence))
        or _GREEK.search(sentence) is not None
        or _ends_like_one(sentence)
    )


def _ends_like_one(sentence: str) -> bool:
    end = _TAIL.sub("", sentence)
    if not end or (end.isascii() and " " not in end):
        return False
    words = folded(end[-LONGEST:])
    return ENDINGS.search(words) is not None or PARTICLES.search(words) is not None


def _begins_like_one(sentence: str) -> bool:
    words = folded(_without_greeting(sentence))
    return BEGINNINGS.match(words) is not None or WITHIN.search(words) is not None


def _shortened(sentence: str) -> str:
    """Without greeting and emoji, cut at a word."""
    short = " ".join(_EMOJI.sub(" ", _without_greeting(sentence)).split()).strip(" ,，、-–—")
    if len(short) <= LONGEST:
        return short
    head = short[: LONGEST - 1]
    at = head.rfind(" ")
    return (head[:at] if at > LONGEST // 2 else head).rstrip(" ,") + "…"


def _without_greeting(sentence: str) -> str:
    return GREETINGS.sub("", sentence, count=1) or sentence


_MARKS = frozenset(MARKS)
_ONLY_MARKS = MARKS + "! .…"
_EMOJI = regex.compile(rf"{EMOJI}+", V1)
_ADDRESS = regex.compile(
    r"""
      (?:https?://|www\.)\S+
    | (?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:com|net|org|info|shop|[a-z]{2})(?:[/?]\S*|(?![\w.-]))
    """,
    V1 | regex.VERBOSE,
)
# A full stop ends a sentence before a space only: "220.5 V" is one.
_SENTENCE = regex.compile(
    rf"(?:[^\n.!。！｡…;\u037e{MARKS}]|[.!](?!\s|$)|[;\u037e](?!\s|$))*[{MARKS}.!。！｡…;\u037e]*", V1
)
_GREEK = regex.compile(r"\p{Greek}\s*[;\u037e]\s*$", V1)
_TAIL = regex.compile(rf"(?:{EMOJI}|[\s\p{{P}}~〜～^ㅋㅎㅠㅜ<>3])+$", V1)
