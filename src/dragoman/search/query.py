"""What a member asks for: words, and filters among them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dragoman.kit.errors import invalid
from dragoman.search.words import LONGEST_WORD, pairs_of, runs_of, words_of

MOST_TERMS = 16  # those after them are left out: nobody looks for more

# A filter, its value in quotes where it holds spaces; the colon of full width is one too.
_FILTER = re.compile(r'(?<!\S)(from|channel|before|after|has|is)[:：](?:"([^"]*)"?|(\S*))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, found also as the beginning of a longer one; or letters without spaces, that stand together."""

    folded: str
    is_spaced: bool

    @property
    def matches_beginnings(self) -> bool:
        """A single letter of an alphabet begins too many words to be of any help."""
        return len(self.folded) > 1 if self.is_spaced else len(self.folded) == 1


@dataclass(frozen=True, slots=True)
class Query:
    """``since`` and ``until`` bound the platform's time, the latter excluded. None: no such filter."""

    terms: tuple[Term, ...] = ()
    said_by: str | None = None
    channel: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_file: bool = False
    is_note: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Query()

    @property
    def has_words(self) -> bool:
        """Whether an index of words can answer it."""
        return bool(self.terms) or self.has_file or self.is_note


def read_query(written: str) -> Query:
    """Raises Refused (422) for a filter whose value cannot be understood."""
    filters = {name.lower(): quoted or plain for name, quoted, plain in _FILTER.findall(written)}
    return Query(
        terms=terms_of(_FILTER.sub(" ", written)),
        said_by=filters.get("from") or None,
        channel=filters.get("channel") or None,
        since=_day(filters.get("after")),
        until=_day(filters.get("before")),
        has_file=_has_file(filters.get("has")),
        is_note=_is_note(filters.get("is")),
    )


def terms_of(written: str) -> tuple[Term, ...]:
    terms = [Term(run.folded[:LONGEST_WORD], run.is_spaced) for run in runs_of(written)]
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def name_matches(name: str, wanted: str) -> bool:
    """Whether each word that is wanted begins one of the name's; nothing matches where no word is wanted."""
    return bool(terms_of(wanted)) and all(
        any(word.startswith(term.folded) for word in words_of(name)) if term.is_spaced else _holds(name, term)
        for term in terms_of(wanted)
    )


def _holds(name: str, term: Term) -> bool:
    return any(term.folded in run.folded for run in runs_of(name))


def _day(written: str | None) -> datetime | None:
    """The beginning of a day in UTC; a filter whose value is still being typed is none yet."""
    if not written:
        return None
    try:
        return datetime.combine(date.fromisoformat(written), time(), UTC)
    except ValueError:
        raise invalid(q="A day is written like 2026-11-30.") from None


def _has_file(written: str | None) -> bool:
    if written and written.lower() != "file":
        raise invalid(q="What a message can have is a file: has:file.")
    return bool(written)


def _is_note(written: str | None) -> bool:
    if written and written.lower() != "note":
        raise invalid(q="What a message can be is a note: is:note.")
    return bool(written)


def tsquery_of(terms: Sequence[Term], sign: str, more: Sequence[str] = ()) -> str | None:
    """PostgreSQL's own words for it; None: there is nothing to look for. Terms hold letters and digits only, so that
    nothing in them needs an escape. ``more``: words that must be there as they are."""
    wanted = [f"'{sign}{word}'" for word in more]
    for term in terms:
        if term.is_spaced or len(term.folded) == 1:
            wanted.append(f"'{sign}{term.folded}'{':*' if term.matches_beginnings else ''}")
        else:
            wanted += [f"'{sign}{pair}'" for pair in pairs_of(term.folded)]
    return " & ".join(wanted) or None
