"""Where words go that were written from an older version of a draft."""

from __future__ import annotations

from dragoman.drafts.model import Kept, Place, Words, place_of
from dragoman.kit.ids import new_id

MARIA = new_id()


def test_a_draft_that_is_not_there_is_a_new_one() -> None:
    assert place_of(_words("We"), 0, None) is Place.NEW
    assert place_of(_words("We have"), 7, None) is Place.NEW


def test_who_has_seen_the_last_version_writes_over_it() -> None:
    assert place_of(_words("We have"), 3, _kept("We", version=3)) is Place.OVER


def test_who_has_not_is_kept_beside() -> None:
    assert place_of(_words("We sell"), 2, _kept("We have", version=3)) is Place.BESIDE


def test_the_same_words_again_change_nothing() -> None:
    assert place_of(_words("We have"), 2, _kept("We have", version=3)) is Place.NOWHERE


def _words(text: str) -> Words:
    return Words(text, (), None, None, None, None)


def _kept(text: str, version: int) -> Kept:
    return Kept(new_id(), MARIA, version, _words(text))
