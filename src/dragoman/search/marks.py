"""Where in a text the words stand that were looked for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.search.query import Term
from dragoman.search.words import Letter, Run, runs_of

EXCERPT = 180  # characters
BEFORE_FIRST_MARK = 50

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text, and the marks in it, counted in UTF-16 units as browsers do."""

    text: str
    marks: tuple[Span, ...]


def excerpt_of(text: str, terms: Sequence[Term]) -> Excerpt | None:
    """The piece around the first place where a term stands. None: a term does not stand there at all, though all pairs
    of its letters may."""
    spans = spans_of(text, terms)
    if spans is None:
        return None
    start = _beginning(text, spans[0][0] if spans else 0)
    piece = text[start : start + EXCERPT]
    before = "…" if start else ""
    after = "…" if start + EXCERPT < len(text) else ""
    marks = tuple(
        (_units(before + piece[: max(0, a - start)]), _units(before + piece[: b - start]))
        for a, b in spans
        if a < start + EXCERPT and b > start
    )
    return Excerpt(before + piece + after, marks)


def spans_of(text: str, terms: Sequence[Term]) -> list[Span] | None:
    """Where the terms stand, in characters, sorted, none touching another. None: one of them does not."""
    runs = list(runs_of(text))
    found: list[Span] = []
    for term in terms:
        spans = [span for run in runs if run.is_spaced == term.is_spaced for span in _spans_in(run, term)]
        if not spans:
            return None
        found += spans
    return _merged(sorted(found))


def _spans_in(run: Run, term: Term) -> Iterator[Span]:
    if term.is_spaced:
        if run.folded == term.folded or (term.matches_beginnings and run.folded.startswith(term.folded)):
            yield _span(run, 0, len(term.folded))
        return
    at = run.folded.find(term.folded)
    while at >= 0:
        yield _span(run, at, at + len(term.folded))
        at = run.folded.find(term.folded, at + 1)


def _span(run: Run, first: int, end: int) -> Span:
    """From folded characters to the letters that they come from."""
    letters: list[Letter] = [letter for letter in run.letters for _ in letter.folded]
    return letters[first].start, letters[end - 1].end


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _beginning(text: str, first_mark: int) -> int:
    """Some words before the mark, and no half word where there is a space to begin after."""
    if len(text) <= EXCERPT or first_mark <= BEFORE_FIRST_MARK:
        return 0
    start = first_mark - BEFORE_FIRST_MARK
    space = text.find(" ", start, first_mark)
    return space + 1 if space >= 0 else start


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
