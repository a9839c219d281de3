"""Where the platforms' machine-readable descriptions are, if they are here."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

BESIDE_THE_CHECKOUT = Path(__file__).parents[1] / "../shared/channels/specs"


@cache
def spec(name: str) -> Any:
    """The JSON in the file ``name`` of the folder DRAGOMAN_SPECS; skips the test where it is not there."""
    return msgspec.json.decode(_text_of(name))


@cache
def yaml_spec(name: str) -> Any:
    """The same for a description that is written in YAML."""
    return yaml.load(_text_of(name), Loader=yaml.CSafeLoader)


def _text_of(name: str) -> bytes:
    path = Path(os.environ.get("DRAGOMAN_SPECS", BESIDE_THE_CHECKOUT)) / name
    if not path.is_file():
        pytest.skip(f"The description {name} is not here: name its folder in DRAGOMAN_SPECS.")
    return path.read_bytes()
