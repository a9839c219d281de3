"""Which language a customer writes, from their newest messages. Pure but for the detectors, which are loaded once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import msgspec

from dragoman.language import engine
from dragoman.language.cleaning import evidence
from dragoman.language.han import han_variant
from dragoman.language.letters import foreign_letters
from dragoman.language.lexicon import is_romanised, known_words, neighbours_words, says_nothing, words_of
from dragoman.language.scripts import OWN_SCRIPT, codes, letters, main_script, may_be_written

DECIDES = 0.9
SURE = 0.99
ONE_SIGN = 0.9  # a single sign of a script that one language has for itself
HINTED = 0.5
PRIOR_OF_OTHERS = 0.3  # of languages that nobody in the workspace speaks
PRIOR_OF_RARE = 0.2
# Fitted, as the weights in engine.py: docs/language.md.
WORD_WEIGHT, BY_WORDS = 1.2, 0.78
NEIGHBOURS_WORD = 0.6  # against a language, for each word that only a neighbour has
FOREIGN_LETTER = 6.0  # against a language, for each letter that it does not write
TEMPERATURE = 0.45
FEW_WORDS = 6
LEFT_OUT = 1.0  # what neither detector took for possible stands below all that they did

# Languages in which shops are written to. Detectors know a hundred more, and see them in misspelt fragments.
COMMON = codes(
    """
    en de fr es it pt nl pl cs sv no da fi tr ru uk ar he fa hi th vi id ja ko zh
    bg sr hr bs sk sl hu ro ca el et lv lt ms tl sw sq is
    be mk kk ky uz az ka hy mn ur bn pa gu ta te kn ml mr ne si km lo my am so
    """
)


class Detected(msgspec.Struct, frozen=True):
    """``language``: BCP 47, None when it is not known well enough; ``probably`` is then the best guess, if any."""

    language: str | None
    confidence: float
    probably: str | None = None


UNKNOWN = Detected(None, 0.0)


def detect(texts: Sequence[str], *, spoken: Collection[str] = (), hint: str | None = None) -> Detected:
    """The language of a customer's ``texts``, oldest first.

    ``spoken`` are the languages of the workspace, which are likelier than others and exclude none; ``hint`` is that of
    the customer's profile or of what they wrote before. Never raises, and may be called from any thread.
    """
    text = evidence(texts)
    found = letters(text)
    script = main_script(found)
    if script is None:
        return UNKNOWN
    by_script = _by_script(text, script, found, texts, hint)
    if by_script is not None:
        return by_script
    return _by_words(texts, text, script, frozenset(map(_main, spoken)), _main(hint) if hint else None)


@lru_cache(maxsize=1024)
def _main(code: str) -> str:
    """Of "pt-BR" and "zh_Hans_CN" what stands before the first stroke; Norwegian has one code with us."""
    main = code.replace("_", "-").split("-")[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(main, main)


def _by_script(
    text: str, script: str, found: Mapping[str, int], texts: Sequence[str], hint: str | None
) -> Detected | None:
    """What the script alone says; None: several languages write in it."""
    kana = found.get("HIRAGANA", 0) + found.get("KATAKANA", 0)
    if script == "CJK":
        if (
            kana > 1
            or kana * 8 >= found["CJK"] > 0
            or _wrote_kana(texts)
            or (hint is not None and _main(hint) == "ja")
        ):
            return Detected("ja", SURE)
        return Detected(han_variant(text), SURE if found["CJK"] > 1 else ONE_SIGN)
    language = OWN_SCRIPT.get(script)
    if language is None:
        return None
    return Detected(language, SURE if found[script] > 1 else ONE_SIGN)


def _wrote_kana(texts: Sequence[str]) -> bool:
    found: Counter[str] = sum((letters(text[:200]) for text in texts), Counter())
    return found["HIRAGANA"] + found["KATAKANA"] > 1 + found["CJK"] // 20


def _by_words(
    texts: Sequence[str], text: str, script: str, spoken: frozenset[str], hint: str | None
) -> Detected:
    words = words_of(text)
    if says_nothing(words) or (script == "LATIN" and is_romanised(texts)):
        return UNKNOWN
    scored = engine.scores(text, text.lower())
    counted = known_words(words)
    if scored is None:
        if not counted:
            return UNKNOWN
        scored = dict.fromkeys(counted, 0.0)
    best, confidence = _most_likely(_weighed(scored, text, script, words, counted, spoken, hint))
    if best is None or _may_be_romanised(script, words, best, hint):
        return UNKNOWN
    if confidence < DECIDES:
        return Detected(None, confidence, best)
    return Detected(best, confidence)


def _may_be_romanised(script: str, words: Sequence[str], best: str, hint: str | None) -> bool:
    """Few words in Latin letters, from somebody whose language has others: no detector knows these from English."""
    if hint is None or best == hint or script != "LATIN":
        return False
    return len(words) < FEW_WORDS and not may_be_written(hint, script)


def _weighed(
    scored: Mapping[str, float], text: str, script: str, words: Sequence[str], counted: Mapping[str, int],
    spoken: frozenset[str], hint: str | None,
) -> dict[str, float]:  # fmt: skip
    foreign, lacked = foreign_letters(text.lower()), neighbours_words(words)
    candidates = [language for language in scored.keys() | counted.keys() if may_be_written(language, script)]
    least = min(scored.values()) - LEFT_OUT
    weight = WORD_WEIGHT / max(1, len(words)) ** BY_WORDS
    return {
        language: scored.get(language, least)
        + weight * counted.get(language, 0)
        - NEIGHBOURS_WORD * lacked.get(language, 0)
        - FOREIGN_LETTER * foreign.get(language, 0)
        + _prior(language, spoken)
        + _hinted(language, hint, len(candidates))
        for language in candidates
    }


@lru_cache(maxsize=4096)
def _prior(language: str, spoken: frozenset[str]) -> float:
    """A logarithm."""
    if language in spoken:
        return 0.0
    common = 1.0 if language in COMMON else PRIOR_OF_RARE
    return math.log(common * (PRIOR_OF_OTHERS if spoken else 1.0))


def _hinted(language: str, hint: str | None, languages: int) -> float:
    if hint is None:
        return 0.0
    return math.log(HINTED if language == hint else (1 - HINTED) / max(1, languages - 1))


def _most_likely(weighed: Mapping[str, float]) -> tuple[str | None, float]:
    if not weighed:
        return None, 0.0
    best = max(sorted(weighed), key=weighed.__getitem__)
    total = sum(math.exp((score - weighed[best]) / TEMPERATURE) for score in weighed.values())
    return best, 1 / total
