"""Patterns that are looked for together say what each says alone."""

from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.rules.folding import Patterns, compiled, plain
from dragoman.rules.wrong_patterns import wrong_in

LETTERS = "abAÄäßйЙK漢ａ \n.*+?|()[]^$\\dQEi:1"
some_patterns = st.lists(
    st.text(LETTERS, max_size=12).filter(lambda pattern: wrong_in(pattern) is None), min_size=1, max_size=8
)


@given(some_patterns, st.text(LETTERS, max_size=30))
@example(["", ".", "^$", "a|", r"\Qa"], "")
@example([r"order\s+#?1\d", "(?i)ÄA", "(a+)+$", "ß", "й"], "ORDER #12 Йäaaa")
def test_many_patterns_find_together_what_each_finds_alone(patterns: list[str], text: str) -> None:
    together = Patterns()
    numbers = [together.add(each) for each in patterns]

    found = together.found_in(text)

    alone = [compiled(each).search(plain(text).encode()) is not None for each in patterns]
    assert [nth in found for nth in numbers] == alone
