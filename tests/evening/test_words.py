"""What the line says, in each language of the interface."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from dragoman.evening.model import DayCount, Line, Waiting
from dragoman.evening.words import WORDS, html, plain, sentences, subject

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
INBOX, SETTINGS = "https://inbox.example.com/w/1/waiting", "https://inbox.example.com/w/1/notifications"


def _line(
    waiting: int = 0, *names: str | None, answered: int = 41, shelved: int = 63, longest: int = 7200
) -> Line:
    named = [Waiting(UUID(int=n), name, AT - timedelta(hours=5 - n)) for n, name in enumerate(names, 1)]
    return Line(DayCount(date(2026, 11, 22), answered, shelved, longest), waiting, named, AT)


def test_a_good_day_is_one_line() -> None:
    assert sentences(_line(), "en") == "Nobody is waiting. 41 answered, 63 shelved, longest wait 2 h."
    assert subject(_line(), "en", "Espresso & Co.") == "Espresso & Co.: Nobody is waiting."


def test_who_waits_is_named_with_the_way_there_and_the_others_are_counted() -> None:
    said = plain(_line(12, "Ada Lovelace", None), "en", INBOX, SETTINGS)

    assert "12 people are waiting." in said
    assert "Ada Lovelace\u2069 for 4 h\n  https://inbox.example.com/w/1/waiting/" in said
    assert "Somebody without a name for 3 h" in said
    assert "and 10 more" in said
    assert SETTINGS in said


@pytest.mark.parametrize(
    ("waiting", "says"),
    [(1, "Czeka jedna osoba."), (2, "Czekają 2 osoby."), (5, "Czeka 5 osób."), (22, "Czekają 22 osoby.")],
)
def test_polish_counts_as_poles_do(waiting: int, says: str) -> None:
    assert sentences(_line(waiting), "pl").startswith(says)


@pytest.mark.parametrize(
    ("answered", "says"),
    [
        (0, "لم يُجب"),
        (1, "محادثة واحدة"),
        (2, "محادثتين"),
        (3, "3 محادثات"),
        (11, "11 محادثة"),
        (103, "103 محادثات"),
    ],
)
def test_arabic_counts_as_arabs_do(answered: int, says: str) -> None:
    assert says in sentences(_line(answered=answered), "ar")


@pytest.mark.parametrize("locale", WORDS)
def test_every_language_says_all_of_it(locale: str) -> None:
    for n in (0, 1, 2, 3, 5, 11, 100, 101):
        line = _line(n, *(["Ada"] if n else []), answered=n, shelved=n, longest=60 * n)
        for said in (plain(line, locale, INBOX, SETTINGS), html(line, locale, INBOX, SETTINGS)):
            assert "{" not in said.replace("{font", "")
            assert INBOX in said
            assert SETTINGS in said


def test_a_name_stays_a_name() -> None:
    said = html(_line(1, "<script>alert(1)</script>\r\nBcc: eve@example.com"), "en", INBOX, SETTINGS)

    assert "<script" not in said
    assert "&lt;script&gt;" in said
    assert "\nBcc" not in plain(_line(1, "x\r\nBcc: eve@example.com"), "en", INBOX, SETTINGS)


def test_a_day_without_a_wait_says_nothing_of_one() -> None:
    assert sentences(_line(answered=0, shelved=0, longest=0), "de") == (
        "Niemand wartet. 0 beantwortet, 0 in die Ablage."
    )
