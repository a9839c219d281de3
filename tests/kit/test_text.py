from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.kit.text import clean, is_name, one_line


def test_nul_and_lone_surrogates_become_the_replacement_character() -> None:
    assert clean("a\x00b\ud800c\udfffd") == "a�b�c�d"


def test_ordinary_text_of_any_script_stays_as_it_is() -> None:
    assert clean("안녕 👋🏽 שלום\n\t") == "안녕 👋🏽 שלום\n\t"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_clean_text_can_be_encoded_and_keeps_its_length(text: str) -> None:
    cleaned = clean(text)

    assert cleaned.encode("utf-8").count(b"\x00") == 0
    assert len(cleaned) == len(text)


def test_a_name_stands_on_one_line_and_controls_nothing() -> None:
    assert one_line("  Refunds\n and\x00\treturns ") == "Refunds and\ufffd returns"
    assert [is_name(said, 3) for said in ("", "a", "abc", "abcd", "a\x07")] == [
        False,
        True,
        True,
        False,
        False,
    ]
