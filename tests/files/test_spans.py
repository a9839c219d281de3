"""Which bytes a Range header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.files.serving import Span, span_of
from dragoman.kit.errors import Refused


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-", Span(0, 100)),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=10-19", Span(10, 20)),
        ("bytes=90-1000", Span(90, 100)),
        ("bytes=-10", Span(90, 100)),
        ("bytes=-1000", Span(0, 100)),
        (" bytes = 5 - 6 ", Span(5, 7)),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        (f"bytes={'9' * 40}-", None),
    ],
)
def test_one_range_is_given_and_anything_else_is_the_whole_file(header: str, span: Span | None) -> None:
    assert span_of(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(header: str) -> None:
    with pytest.raises(Refused) as refused:
        span_of(header, 100)

    assert refused.value.status == 416


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 20))
def test_a_range_never_leaves_the_file(first: int, last: int, size: int) -> None:
    for header in (f"bytes={first}-{last}", f"bytes={first}-", f"bytes=-{last}"):
        try:
            span = span_of(header, size)
        except Refused:
            continue
        assert span is None or 0 <= span.start < span.stop <= size
