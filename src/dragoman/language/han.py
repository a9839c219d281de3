"""Which Chinese, or Japanese, a text of Han characters is written in, told by characters that only one writes. Pure."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache


def han_variant(text: str) -> str:
    """ "zh-Hans", "zh-Hant", "ja" by characters that only one of them writes; "zh" when it may be either."""
    counted = Counter(map(_writers, text))
    simplified, traditional, japanese = counted["zh-Hans"], counted["zh-Hant"], counted["ja"]
    if japanese > simplified + traditional:
        return "ja"
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


@lru_cache(maxsize=16_384)
def _writers(char: str) -> str:
    """The national standards of the 1980s are lists of what each wrote: what stands in one only is its own."""
    if not "\u3400" <= char <= "\u9fff":
        return ""
    mainland, taiwan, japan = (_encodes(char, standard) for standard in ("gb2312", "big5", "shift_jis"))
    if char in _WRITTEN_BY_BOTH:
        return ""
    match mainland, taiwan, japan:
        case True, False, _:
            return "zh-Hans"
        case False, True, _:
            return "zh-Hant"
        case False, False, True:
            return "ja"
        case _:
            return ""


# In Big5 or not, both write them: Hong Kong's "着", and names.
_WRITTEN_BY_BOTH = frozenset("着裏喫啫嘅咗喺嚟冇哋")


def _encodes(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
