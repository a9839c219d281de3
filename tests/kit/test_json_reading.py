from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.kit.json_reading import (
    MAX_DEPTH,
    NotAnObject,
    integer,
    number,
    objects_in_lists,
    read_object,
    size,
    text,
)

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(ANY_TEXT, ANY_JSON, max_size=5))
def test_every_json_object_is_read_whole(value: dict[str, Any]) -> None:
    assert set(read_object(json.dumps(value).encode())) == set(value)


@given(
    st.binary().filter(lambda body: b"{" not in body)
    | ANY_JSON.map(lambda value: json.dumps(value).encode()[1:])
)
def test_any_other_body_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(NotAnObject, match=r"\.$"):
        read_object(body)


def test_what_is_nested_too_deep_is_left_out_and_its_neighbours_are_read() -> None:
    depth = 200_000
    body = b'{"before":"[","deep":' + b"[" * depth + b"]" * depth + b',"after":"\\"]"}'

    found = read_object(body)

    assert found["before"] == "["
    assert found["after"] == '"]'
    assert _depth_of(found["deep"]) == MAX_DEPTH - 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"text"',
        b"{",
        b'{"a":1} and more',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":"\xff"}',
        b'{"a":' + b"[" * 5000 + b"}",
        b'{"a":' + b"[" * 5000 + b"]" * 4999 + b"}}",
        b'{"a":' + b"[" * 5000,
    ],
)
def test_broken_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(NotAnObject, match=r"\.$"):
        read_object(body)


def test_huge_numbers_are_read_and_then_counted_as_absent() -> None:
    found = read_object(
        b'{"a":' + b"9" * 5000 + b',"b":1e999,"c":12345678901234567890,"d":-1,"e":true,"f":1.5}'
    )

    assert [integer(found, key) for key in "abcdef"] == [None, None, None, -1, None, None]
    assert [number(found, key) for key in "abcdef"] == [None, None, None, -1.0, None, 1.5]
    assert size(found, "d") is None


def test_objects_in_a_list_are_cut_out_exactly_as_they_are_written() -> None:
    objects = [rb'{"a":"]}[{","b":[{"c":1.50}]}', b'{ "d" : 1e999 }', b"{}"]

    body = b'{"other":{"x":[{}]},"list":[' + b" , ".join(objects) + b',7,"{}"],"n":{}}'

    assert objects_in_lists(body) == objects


def test_lone_surrogates_and_nul_are_read_and_come_out_clean() -> None:
    assert text(read_object(rb'{"a":"x\ud83dy\u0000"}'), "a") == "x�y�"


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    assert read_object(b'{"a":1,"a":2}') == {"a": 2}


@pytest.mark.parametrize("filling", ['\\"', '"', "[{", '\\\\"'])
def test_a_long_string_without_an_end_is_refused_rather_than_pondered(filling: str) -> None:
    body = b'{"a":"\\ud83d' + filling.encode() * 500_000

    with pytest.raises(NotAnObject):
        read_object(body)


def _depth_of(value: Any) -> int:
    depth = 0
    while isinstance(value, list):
        depth += 1
        value = value[0] if value else None
    return depth
