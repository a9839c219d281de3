"""A long text becomes several messages; nothing of it is lost and none is too long."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.channels.capabilities import TextLimit
from dragoman.outbound.splitting import measured, split

CASES: list[dict[str, Any]] = msgspec.json.decode((Path(__file__).parent / "splits.json").read_bytes())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text_is_cut_where_a_reader_would_pause(case: dict[str, Any]) -> None:
    assert split(case["text"], TextLimit(max=case["max"], unit=case["unit"])) == case["pieces"]


TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \n.!?。？　ab\u0301👍🏽\u200d🇵🇱")), max_size=120
)


@given(text=TEXTS, most=st.integers(8, 40), unit=st.sampled_from(["characters", "utf16", "bytes"]))
def test_no_piece_is_too_long_and_no_word_is_lost(text: str, most: int, unit: str) -> None:
    pieces = split(text, TextLimit(max=most, unit=unit))

    assert all(0 < measured(piece, unit) <= most for piece in pieces)
    assert _without_space("".join(pieces)) == _without_space(text)


def _without_space(text: str) -> str:
    return re.sub("[ \t\r\n\u3000]", "", text)
