"""What a file is, by its own bytes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.files.sniff import UNKNOWN, Showing, is_picture, is_played, kind_of

OGG_PAGE = b"OggS\x00\x02" + bytes(20)


@pytest.mark.parametrize(
    ("head", "mime_type", "showing"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg", Showing.PICTURE),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png", Showing.PICTURE),
        (b"GIF89a\x01\x00", "image/gif", Showing.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", Showing.PICTURE),
        (b"\x00\x00\x00\x20ftypavif", "image/avif", Showing.PICTURE),
        (b"\x00\x00\x00\x20ftypheic", "image/heic", Showing.DOWNLOAD),
        (b"BM" + struct.pack("<IHHI", 70, 0, 0, 54), "image/bmp", Showing.PICTURE),
        (b"ID3\x04\x00", "audio/mpeg", Showing.PLAYED),
        (b"\xff\xfb\x90\x64", "audio/mpeg", Showing.PLAYED),
        (b"\xff\xf1\x50\x80", "audio/aac", Showing.PLAYED),
        (OGG_PAGE + b"OpusHead", "audio/ogg", Showing.PLAYED),
        (OGG_PAGE + b"\x01vorbis", "audio/ogg", Showing.PLAYED),
        (OGG_PAGE + b"\x80theora", "video/ogg", Showing.PLAYED),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav", Showing.PLAYED),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4", Showing.PLAYED),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4", Showing.PLAYED),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime", Showing.DOWNLOAD),
        (
            b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(50) + b"V_VP9",
            "video/webm",
            Showing.PLAYED,
        ),
        (
            b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(50) + b"A_OPUS",
            "audio/webm",
            Showing.PLAYED,
        ),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", "video/x-matroska", Showing.DOWNLOAD),
        (b"%PDF-1.7", "application/pdf", Showing.DOWNLOAD),
        (b"PK\x03\x04", "application/zip", Showing.DOWNLOAD),
        (b"<html><script>alert(1)</script>", UNKNOWN, Showing.DOWNLOAD),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", UNKNOWN, Showing.DOWNLOAD),
        (b"MZ\x90\x00", UNKNOWN, Showing.DOWNLOAD),
        ("안녕하세요".encode(), UNKNOWN, Showing.DOWNLOAD),
        (b"", UNKNOWN, Showing.DOWNLOAD),
    ],
)
def test_the_first_bytes_say_what_a_file_is_and_how_it_may_be_shown(
    head: bytes, mime_type: str, showing: Showing
) -> None:
    kind = kind_of(head)

    assert (kind.mime_type, kind.showing) == (mime_type, showing)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind_and_markup_is_never_shown(noise: bytes) -> None:
    kind_of(noise)

    assert kind_of(b"<" + noise).showing is Showing.DOWNLOAD


@pytest.mark.parametrize(
    "mime_type", ["text/html", "image/svg+xml", "text/plain", "application/pdf", "", None]
)
def test_types_that_could_act_are_neither_pictures_nor_played(mime_type: str | None) -> None:
    assert not is_picture(mime_type)
    assert not is_played(mime_type)
