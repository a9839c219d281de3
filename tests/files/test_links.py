"""Signed links to one file."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.files.links import LINK_LIFE, SignedFile, signed, verified

KEY, OLD_KEY = b"k" * 32, b"o" * 32
FILE = SignedFile(UUID(int=1), UUID(int=2))
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_link_opens_its_file_for_ten_minutes() -> None:
    token = signed(FILE, KEY, AT)

    assert timedelta(minutes=10) == LINK_LIFE
    assert verified(token, [KEY], AT) == FILE
    assert verified(token, [KEY], AT + LINK_LIFE - timedelta(seconds=1)) == FILE
    assert verified(token, [KEY], AT + LINK_LIFE) is None


def test_a_link_fits_an_address_as_it_is() -> None:
    assert set(signed(FILE, KEY, AT)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


def test_a_link_signed_before_the_key_was_rotated_still_opens() -> None:
    assert verified(signed(FILE, OLD_KEY, AT), [KEY, OLD_KEY], AT) == FILE
    assert verified(signed(FILE, b"x" * 32, AT), [KEY, OLD_KEY], AT) is None


def test_the_signature_is_what_others_compute_too() -> None:
    """By `openssl dgst -sha256 -mac HMAC` over the 40 bytes, key of 32 times the letter k."""
    assert signed(FILE, KEY, AT) == KNOWN


@given(st.integers(0, 95), st.sampled_from("ABab01-_"))
def test_a_link_with_any_letter_changed_opens_nothing(position: int, letter: str) -> None:
    token = signed(FILE, KEY, AT)
    changed = token[:position] + letter + token[position + 1 :]

    assert changed == token or verified(changed, [KEY], AT) is None


@pytest.mark.parametrize("token", ["", "x", "ü", "====", "A" * 95, "A" * 96, "A" * 200, "\x00"])
def test_what_was_never_a_link_opens_nothing(token: str) -> None:
    assert verified(token, [KEY], AT) is None


KNOWN = "AAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAIAAAAAawGKGMmPBBlYTz3h1zgqR7CKbDyIZyL1NxWT-ukSo7tqI0rz"
