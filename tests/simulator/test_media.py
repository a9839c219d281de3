"""What customers send can really be opened."""

import io
import wave
from random import Random

import pytest
from PIL import Image

from dragoman.simulator.media.drawer import MAKERS
from dragoman.simulator.media.sounds import ogg_opus


@pytest.mark.parametrize("kind", ["photo", "screenshot", "sticker", "animation"])
def test_a_picture_has_the_size_it_says(kind: str) -> None:
    media = MAKERS[kind](Random(1))

    with Image.open(io.BytesIO(media.content)) as picture:
        assert picture.size == (media.width, media.height)
        assert Image.MIME[str(picture.format)] == media.mime_type


def test_a_wav_lasts_as_long_as_it_says() -> None:
    media = MAKERS["audio"](Random(1))

    with wave.open(io.BytesIO(media.content)) as sound:
        assert sound.getnframes() / sound.getframerate() == media.duration_seconds


def test_an_ogg_page_carries_the_checksum_that_the_format_asks_for() -> None:
    """RFC 3533, computed here bit by bit: polynomial 0x04c11db7, from 0, most significant bit first."""
    page = ogg_opus(1)[: 27 + 1 + 19]
    register = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1) ^ (0x104C11DB7 if register & 0x80000000 else 0)

    assert page[:4] == b"OggS"
    assert int.from_bytes(page[22:26], "little") == register


def test_a_receipt_is_a_pdf_whose_table_of_objects_is_right() -> None:
    content = MAKERS["document"](Random(1)).content

    start = int(content.rsplit(b"startxref\n")[-1].split(b"\n")[0])
    offsets = [int(line[:10]) for line in content[start:].split(b"\n")[3:8]]
    assert [content[offset:].split(b" ")[0] for offset in offsets] == [b"1", b"2", b"3", b"4", b"5"]
