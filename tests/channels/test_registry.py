from __future__ import annotations

from pathlib import Path

import pytest

import dragoman.channels
from dragoman.channels.events import MediaKind
from dragoman.channels.registry import CHANNELS, UnknownPlatform, channel


def test_every_folder_of_a_channel_is_registered_under_its_own_name() -> None:
    folders = {path.parent.name for path in Path(dragoman.channels.__file__).parent.glob("*/channel.py")}

    assert folders == set(CHANNELS)
    assert all(channel(name).platform == channel(name).manifest.platform == name for name in folders)


def test_a_platform_that_is_not_there_is_named_beside_those_that_are() -> None:
    with pytest.raises(UnknownPlatform, match=r"There is no platform “fax”; there is: .*telegram"):
        channel("fax")


@pytest.mark.parametrize("platform", CHANNELS)
def test_a_channel_says_how_to_connect_it_and_what_it_can_do_with_numbers(platform: str) -> None:
    found = channel(platform)

    assert found.manifest.title
    assert found.manifest.steps
    assert found.manifest.fields
    assert found.capabilities.text.max > 0
    assert set(found.capabilities.files) <= set(MediaKind)
    assert all(limit.max_bytes > 0 for limit in found.capabilities.files.values())
