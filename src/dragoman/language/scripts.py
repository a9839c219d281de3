"""What the script alone tells: a language, or those that may be written in it. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache


def codes(text: str) -> frozenset[str]:
    """The codes in ``text``, which are written with a space between them."""
    return frozenset(text.split())


# The scripts that one language has for itself, as Unicode begins the names of their letters.
OWN_SCRIPT = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "HALFWIDTH KATAKANA": "ja", "THAI": "th",
    "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "KHMER":
    "km", "LAO": "lo", "MYANMAR": "my", "ORIYA": "or", "TIBETAN": "bo", "THAANA": "dv",
    "BOPOMOFO": "zh-Hant", "BENGALI": "bn", "ETHIOPIC": "am", "MONGOLIAN": "mn", "CHEROKEE": "chr",
}  # fmt: skip

# Languages of the scripts that several share; all that is not named here writes in Latin letters.
SHARED_SCRIPTS: Mapping[str, frozenset[str]] = {
    "CYRILLIC": codes(
        "ru uk bg be sr mk kk ky mn tg tt ba ce cv os sah uz az tk bxr xal kv mhr mrj myv krc rue ab tyv sh bs hr"
    ),
    "ARABIC": codes("ar fa ur ps ku ug sd azb az lrc mzn pnb kk ks"),
    "DEVANAGARI": codes("hi mr ne sa gom mai bh new dty kok"),
}
_NEVER_LATIN = codes(
    """
    ru uk bg be mk kk ky mn tg ba ce cv os sah bxr xal kv mhr mrj myv krc rue ab tyv ar fa ur ps ug sd azb lrc mzn pnb
    ks hi mr ne sa gom mai bh new dty kok zh ja ko th he yi el ka hy ta te kn ml gu pa si km lo my or bo dv bn as bpy
    am ti grc hbo dz xmf sat
    """
)
# Product names stand in Latin letters within every language, and other letters within none that is written in these.
WEIGHT_OF_LATIN = 0.2


def letters(text: str) -> Counter[str]:
    """How many letters of each script."""
    found = Counter({"LATIN": sum(map(str.isalpha, text))}) if text.isascii() else Counter(map(_script, text))
    return Counter({script: number for script, number in found.items() if script and number})


def main_script(found: Mapping[str, int]) -> str | None:
    """The script of most letters, Latin ones counted for less."""
    return max(
        found, key=lambda script: found[script] * (WEIGHT_OF_LATIN if script == "LATIN" else 1), default=None
    )


@lru_cache(maxsize=1024)
def may_be_written(language: str, script: str) -> bool:
    """Whether the language is written in this script, one of those that several share."""
    shared = SHARED_SCRIPTS.get(script)
    return language in shared if shared is not None else language not in _NEVER_LATIN


@lru_cache(maxsize=16_384)
def _script(char: str) -> str:
    if not char.isalpha():
        return ""
    name = unicodedata.name(char, "")
    first, _, rest = name.partition(" ")
    if first in {"HALFWIDTH", "FULLWIDTH", "MODIFIER", "MATHEMATICAL"}:
        return next((script for script in ("KATAKANA", "HANGUL") if script in rest), "LATIN")
    return "CJK" if first == "IDEOGRAPHIC" or name.startswith("CJK") else first
