"""What of a customer's messages tells a language: their words, without all that stands in any language. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from dragoman.language.atoms import EMOJI, LAUGHTER, SHORTCODE, UNSPACED, UNSPACED_LAUGHTER, V1
from dragoman.language.noise import fragment_class

MOST_TEXTS = 5
MOST_LETTERS = 200
LONGEST_TEXT = 1_000  # characters of one message that are looked at


def evidence(texts: Sequence[str]) -> str:
    """The newest messages that say something, cleaned, oldest first: at most five, or 200 characters.

    Bare thanks tell little of a language, as "merci" and "ok" are said in many; they count where nothing else was said.
    """
    said = [text for text in texts[-3 * MOST_TEXTS :] if fragment_class("text", text) is None]
    thanked = texts[-MOST_TEXTS:] if not said else ()
    return _newest(said) or _newest(thanked)


def _newest(texts: Sequence[str]) -> str:
    taken: list[str] = []
    room = MOST_LETTERS
    for text in reversed(texts[-MOST_TEXTS:]):
        piece = clean(text)[:room] if not taken else clean(text)
        if not piece:
            continue
        if len(piece) > room:
            break
        taken.append(piece)
        room -= len(piece) + 1
    return " ".join(reversed(taken))


def clean(text: str) -> str:
    """``text`` without addresses, names after an @, emoji, laughter and numbers, on one line; "" if nothing is left."""
    kept = text[:LONGEST_TEXT]
    if _SUSPECT.search(kept):
        kept = _DROPPED.sub(" ", kept)
    if not kept.isascii():
        kept = UNSPACED_LAUGHTER.sub(" ", kept)
    kept = _DRAWN_OUT.sub(r"\1\1", kept)
    return " ".join(word for word in kept.split() if not LAUGHTER.fullmatch(word.strip("!.,").lower()))


# Most texts hold none of the signs that what is dropped has to hold.
_SUSPECT = regex.compile(
    r"""[\p{N}\p{S}@#:/\[\]{}*_"“”„«»\ufe0e\ufe0f\u20e3]|[\p{C}--[\n\t\u200c\u200d]]|\.(?=[a-z])""", V1
)
# A number goes with what is glued to it ("A-1234", "10kg"), but not with words of a script without spaces.
_GLUED = rf"[[\p{{L}}\p{{M}}\p{{N}}._,:/#+-]--{UNSPACED}]"
_DROPPED = regex.compile(
    rf"""
      (?:https?://|www\.)\S+ | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}} | [@#][\w.]+
    | (?<![\w.-])[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,3}}
      \.(?:com|net|org|info|shop|io|de|pl|fr|es|it|ru|co|uk|cn|jp|kr)(?:/\S*)?(?![\w-])
    | {SHORTCODE} | \[[^\[\]\n]{{1,20}}\] | {EMOJI}+ | (?<!{_GLUED}){_GLUED}*\p{{N}}{_GLUED}* | \p{{N}}+
    | [\p{{Cf}}\p{{Cc}}\p{{Cs}}\p{{Co}}\p{{Cn}}--[\n\t\u200c\u200d]]
    | [\p{{So}}\p{{Sk}}\p{{Sm}}\p{{Sc}}] | [*_"“”„«»\[\]{{}}]
    """,
    V1 | regex.VERBOSE,
)
_DRAWN_OUT = regex.compile(r"(\p{L})\1{2,}", V1)
