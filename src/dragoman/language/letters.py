"""Whose letters a text is written with: an "ł" is no Spanish. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def foreign_letters(text: str) -> Mapping[str, int]:
    """For each language whose letters we know, how many different ones of the text it does not write.

    ``text`` is in lower case. Letters that no language here has for itself tell nothing.
    """
    if text.isascii():
        return {}
    telling = _all_letters().intersection(text)
    return {language: len(telling - own) for language, own in _letters().items()} if telling else {}


@cache
def _letters() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(files(__package__).joinpath("letters.toml").read_text("utf-8"))
    return {language: frozenset(letters) for language, letters in table.items()}


@cache
def _all_letters() -> frozenset[str]:
    return frozenset().union(*_letters().values())
