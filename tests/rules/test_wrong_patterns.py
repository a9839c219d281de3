"""What is wrong with a pattern is said in a sentence that names the place."""

from __future__ import annotations

import pytest

from dragoman.rules.wrong_patterns import SHOWN, wrong_in
from dragoman.sentences import wording_of


@pytest.mark.parametrize(
    ("pattern", "code", "part"),
    [
        ("(refund", "round_open", "(refund"),
        ("refund)", "round_closed", "refund)"),
        ("[a-z", "square_open", "[a-z"),
        ("*refund", "nothing_repeated", "*"),
        ("a**", "repeated_twice", "**"),
        ("a{2,1}", "repeated_how", "{2,1}"),
        ("[z-a]", "no_range", "z-a"),
        (r"\8", "no_escape", r"\8"),
        ("(?=refund)", "no_group", "(?="),
        ("(?P<n>a)(?P<n>b)(?P<>c)", "no_group", "(?P<>"),
        ("refund\\", "ends_escaping", None),
    ],
)
def test_each_reason_of_the_engine_has_a_sentence_with_its_place(
    pattern: str, code: str, part: str | None
) -> None:
    sentence = wrong_in(pattern)

    assert sentence is not None
    values = {} if part is None else {"part": part}
    assert wording_of(sentence) == {"code": f"rule.pattern_{code}", "values": values}


def test_what_can_be_read_has_nothing_wrong_and_a_long_part_is_cut() -> None:
    assert wrong_in("refund(s|ed)?") is None
    sentence = wrong_in("(" + "x" * 200)
    assert sentence is not None
    assert sentence.endswith(f"({'x' * (SHOWN - 1)}…")
