"""What may be written as an address, a name and a password."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.access.model import checked_email, checked_name, checked_password
from dragoman.kit.errors import Refused


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Maria@Example.COM", "maria@example.com"),
        ("  maria.k+inbox@mail.example.co.uk ", "maria.k+inbox@mail.example.co.uk"),
        ("maria@bücher.example", "maria@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_one_spelling(written: str, kept: str) -> None:
    assert checked_email(written) == kept


@pytest.mark.parametrize(
    "written",
    ["", "maria", "maria@", "@example.com", "maria@example", "a@b@example.com", "ma ria@example.com",
     "maria@exam ple.com", "maria@-example.com", ".maria@example.com", "maria@example..com", "m\x00@example.com",
     "maria@example.com\nBcc: x@y.zz", "\ud800@example.com", f"{'m' * 250}@example.com", f"m@{'ü' * 70}.com"],
)  # fmt: skip
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_email(written)

    assert list(refused.value.details["fields"]) == ["email"]


@given(st.text())
def test_any_text_is_kept_in_a_form_that_stays_as_it_is_or_refused(written: str) -> None:
    for check in (checked_email, checked_name, checked_password):
        with contextlib.suppress(Refused):
            kept = check(written)

            assert "\x00" not in kept
            assert check(kept) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("  Maria \n Kowalska ", "Maria Kowalska"), ("박지수", "박지수"), ("a\x00b", "a\ufffdb")],
)
def test_a_name_is_one_line(written: str, kept: str) -> None:
    assert checked_name(written) == kept


@pytest.mark.parametrize("written", ["", " \t ", "x" * 101, "a\x07b"])
def test_a_name_has_one_to_a_hundred_letters(written: str) -> None:
    with pytest.raises(Refused):
        checked_name(written)


@pytest.mark.parametrize("length", [0, 9, 201])
def test_a_password_has_ten_to_two_hundred_letters(length: int) -> None:
    with pytest.raises(Refused):
        checked_password("x" * length)
    assert checked_password("x" * 10)
    assert checked_password("x" * 200)
