"""By which words a text is found, in many scripts, and where they stand in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.search.marks import excerpt_of, spans_of
from dragoman.search.query import terms_of
from dragoman.search.words import runs_of, words_of

SAME = {
    "case": ("Straße", "STRASSE"),
    "Turkish capitals": ("İstanbul", "istanbul"),
    "accents": ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
    "Vietnamese": ("Đồng Nguyễn", "dong nguyen"),
    "Nordic letters": ("smørrebrød", "smorrebrod"),
    "Greek": ("Καλημέρα", "καλημερα"),
    "Cyrillic": ("ёлка", "елка"),
    "full width": ("ＡＢＣ１２", "abc12"),
    "half-width Kana": ("ｶﾞｷﾞ", "ガギ"),
    "Hangul in parts": ("\u1112\u1161\u11ab국", "한국"),
    "Arabic vowel points": ("مَرْحَبًا", "مرحبا"),
    "Arabic and Persian keyboards": ("کتابی", "كتابي"),
    "Persian joiners": ("می\u200cخواهم", "میخواهم"),
    "Hebrew points": ("עִבְרִית", "עברית"),
    "digits": ("٣٤ ३४", "34"),
    "soft hyphens": ("Donau\u00addampf", "donaudampf"),
    "ligatures": ("ﬁnd", "find"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_the_same_words_are_found_however_they_are_written(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


DIFFERENT = {
    "marks of Kana": ("かき", "がぎ"),
    "vowel signs of Hindi": ("कि", "की"),
    "Thai tones": ("ไก", "ไก่"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_what_makes_another_word_is_kept(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_scripts_without_spaces_are_cut_into_pairs_and_the_last_letter() -> None:
    assert words_of("東京タワー") == {"東京", "京タ", "タワ", "ワー", "ー"}
    assert words_of("한국어 배송") == {"한국", "국어", "어", "배송", "송"}
    assert words_of("พัด") == {"พั", "ัด", "ด"}


def test_a_change_of_script_ends_a_word() -> None:
    assert words_of("iPhone15を2台") == {"iphone15", "を", "2", "台"}


def test_signs_and_emoji_are_no_words() -> None:
    assert words_of("👍🏽 ❤️ — … !?") == set()


@given(st.text(alphabet=st.characters(max_codepoint=127)))
@example("snake_case AB-12 don't")
def test_plain_ascii_gives_what_the_longer_way_gives(text: str) -> None:
    assert words_of(text) == {run.folded[:64] for run in runs_of(text)}


@given(st.text())
@example("ﷺ ㍿ ½ \u0301a")
def test_any_text_is_found_by_itself(text: str) -> None:
    terms = terms_of(text)

    spans = spans_of(text, terms)

    assert spans is not None
    assert bool(spans) == bool(terms)
    assert all(0 <= a < b <= len(text) for a, b in spans)


def marked(text: str, wanted: str) -> list[str] | None:
    spans = spans_of(text, terms_of(wanted))
    return None if spans is None else [text[a:b] for a, b in spans]


def test_marks_stand_on_what_was_written() -> None:
    assert marked("Die STRASSE, die Straße", "straße") == ["STRASSE", "Straße"]
    assert marked("Poproszę o przesyłkę", "przesyl") == ["przesył"]
    assert marked("明日東京タワーで", "東京タワー") == ["東京タワー"]
    assert marked("ｶﾞｷﾞ", "ガ") == ["ｶﾞ"]


def test_letters_that_stand_apart_are_no_hit_for_a_word_of_them() -> None:
    assert words_of("京都と東京で") >= {"京都", "東京"}
    assert marked("京都と東京で", "東京都") is None


def test_a_single_letter_is_a_word_and_not_a_beginning() -> None:
    assert marked("a bad apple", "a") == ["a"]


def test_an_excerpt_shows_some_words_before_the_first_mark() -> None:
    text = "one " * 100 + "needle " + "two " * 100

    excerpt = excerpt_of(text, terms_of("needle"))

    assert excerpt is not None
    ((start, end),) = excerpt.marks
    assert excerpt.text[start:end] == "needle"
    assert excerpt.text.startswith("…one ")
    assert excerpt.text.endswith("…")
    assert len(excerpt.text) < 200


def test_marks_are_counted_as_browsers_count() -> None:
    excerpt = excerpt_of("👍🏽 yes", terms_of("yes"))

    assert excerpt is not None
    assert excerpt.marks == ((5, 8),)
