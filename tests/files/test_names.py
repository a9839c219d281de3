"""How a file is called when somebody saves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.files.names import NAME_MAX, disposition, safe_name


@pytest.mark.parametrize(
    ("name", "mime_type", "called"),
    [
        ("Rechnung März.pdf", "application/pdf", "Rechnung März.pdf"),
        ("견적서.pdf", "application/pdf", "견적서.pdf"),
        ("../../etc/passwd", "application/octet-stream", "passwd"),
        ("C:\\Users\\me\\photo.jpg", "image/jpeg", "photo.jpg"),
        ("photo.JPEG", "image/jpeg", "photo.JPEG"),
        ("photo.bmp", "image/png", "photo.png"),
        ("photo", "image/png", "photo.png"),
        ("photo.heic", "application/octet-stream", "photo.heic"),
        ("gpj.\u202eexe", "application/octet-stream", "gpj.exe"),
        ("a\r\nSet-Cookie: b", "application/octet-stream", "aSet-Cookie_ b"),
        ("\x00\ud800.txt", "application/octet-stream", "\ufffd\ufffd.txt"),
        ("...", "image/png", "image.png"),
        (None, "audio/ogg", "image.ogg"),
        ('a"b<c>.txt', "application/octet-stream", "a_b_c_.txt"),
    ],
)
def test_a_strangers_name_becomes_a_harmless_one(name: str | None, mime_type: str, called: str) -> None:
    assert safe_name(name, mime_type, "image") == called


def test_a_long_name_is_cut_before_its_extension() -> None:
    assert safe_name("x" * 300 + ".pdf", "application/pdf") == "x" * (NAME_MAX - 4) + ".pdf"


@given(st.text(max_size=400), st.sampled_from(["image/png", "application/pdf", "application/octet-stream"]))
def test_any_name_fits_a_header_and_a_folder(name: str, mime_type: str) -> None:
    called = safe_name(name, mime_type)
    header = disposition(called, inline=False)

    assert 1 <= len(called) <= NAME_MAX
    assert not set(called) & set('/\\"\r\n\x00')
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('attachment; filename="')


def test_both_spellings_of_a_name_are_given() -> None:
    assert disposition("März %.pdf", inline=True) == (
        "inline; filename=\"M_rz _.pdf\"; filename*=UTF-8''M%C3%A4rz%20%25.pdf"
    )
