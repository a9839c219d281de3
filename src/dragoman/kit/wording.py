"""Which of our sentences is this, and what fills its gaps? Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

GAP = re.compile(r"\{(\w+)\}")

# What stands in these gaps may be words of ours again.
OURS_INSIDE = frozenset({"sentence", "app"})


class Wording(TypedDict):
    """A sentence by its code, for whoever says it in another language."""

    code: str
    values: dict[str, str | Wording]


@dataclass(frozen=True, slots=True)
class _Pattern:
    code: str
    shape: re.Pattern[str]
    fixed: int  # characters outside of the gaps


class Sentences:
    """``templates``: English sentences by their codes, with gaps such as ``{host}``."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._whole = {english: code for code, english in templates.items() if not GAP.search(english)}
        patterns = [_pattern(code, english) for code, english in templates.items() if GAP.search(english)]
        self._with_gaps = sorted(patterns, key=lambda pattern: pattern.fixed, reverse=True)

    def wording_of(self, sentence: str) -> Wording | None:
        """None: it is none of them. Where several fit, it is the one of which the least is in gaps."""
        if sentence in self._whole:
            return {"code": self._whole[sentence], "values": {}}
        for pattern in self._with_gaps:
            if found := pattern.shape.fullmatch(sentence):
                return {"code": pattern.code, "values": self._values(found.groupdict())}
        return None

    def _values(self, found: dict[str, str]) -> dict[str, str | Wording]:
        return {
            gap: (self.wording_of(words) or words) if gap in OURS_INSIDE else words
            for gap, words in found.items()
        }


def _pattern(code: str, english: str) -> _Pattern:
    shape = "".join(
        f"(?P<{piece}>.+)" if place % 2 else re.escape(piece)
        for place, piece in enumerate(GAP.split(english))
    )
    return _Pattern(code, re.compile(shape, re.DOTALL), len(GAP.sub("", english)))
