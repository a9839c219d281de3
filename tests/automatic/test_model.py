"""What is said by itself, as a decision: which of the two, in which language, and when the house is back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.automatic.gaps import filled, said_back, wrong_in
from dragoman.automatic.model import (
    Automatic,
    Differs,
    Message,
    Wording,
    checked,
    chosen,
    due,
    said,
)
from dragoman.kit.errors import Refused
from dragoman.outbound.model import Source
from dragoman.team.opening import LOOKED_AHEAD, opens_at
from dragoman.team.work import Holiday, Hours, Shift, is_open

HERE, THERE = UUID(int=1), UUID(int=2)
WARSAW = ZoneInfo("Europe/Warsaw")
FRIDAY_EVENING = datetime(2026, 11, 20, 19, 30, tzinfo=WARSAW)
OFFICE = Hours(zone="Europe/Warsaw", shifts=tuple(Shift(day, 9 * 60, 17 * 60) for day in range(1, 6)))
ENGLISH, POLISH = Wording("en", "Back {back}."), Wording("pl", "Wracamy: {back}.")


def says(*texts: Wording) -> Message:
    return Message(is_on=True, texts=texts or (ENGLISH,))


def test_who_writes_when_nobody_is_there_is_told_so_and_not_greeted() -> None:
    both = Automatic(greeting=says(), away=says())

    assert due(both, HERE, opened=True, is_open=True) is Source.GREETING
    assert due(both, HERE, opened=True, is_open=False) is Source.AWAY
    assert due(both, HERE, opened=False, is_open=False) is Source.AWAY
    assert due(both, HERE, opened=False, is_open=True) is None


def test_a_channel_may_differ_and_is_as_everywhere_where_it_does_not() -> None:
    settings = Automatic(greeting=says(), channels={THERE: Differs(greeting=Message(is_on=False))})

    assert due(settings, HERE, opened=True, is_open=True) is Source.GREETING
    assert due(settings, THERE, opened=True, is_open=True) is None
    assert settings.on(THERE, Source.AWAY) == settings.away
    assert not Automatic(channels={HERE: Differs(away=Message())}).says_anything
    assert Automatic(channels={HERE: Differs(away=says())}).says_anything


def test_the_customers_language_chooses_and_the_first_is_for_everybody_else() -> None:
    texts = (ENGLISH, POLISH, Wording("zh-Hant", "您好"), Wording("zh-Hans", "你好"))

    assert chosen(texts, "pl") == POLISH
    assert chosen(texts, "zh-Hans").text == "你好"
    assert chosen(texts, "ko") == chosen(texts, None) == ENGLISH


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (datetime(2026, 11, 20, 3, 0, tzinfo=WARSAW), "09:00"),
        (FRIDAY_EVENING, "poniedziałek 09:00"),
        (datetime(2026, 11, 23, 12, 0, tzinfo=WARSAW), "wtorek 09:00"),
    ],
)
def test_an_away_message_says_when_we_are_back_by_the_houses_clock(at: datetime, wanted: str) -> None:
    assert said(POLISH, opens_at(OFFICE, at), at.astimezone(UTC), None) == f"Wracamy: {wanted}."


def test_in_other_languages_and_far_ahead_it_says_the_date() -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=WARSAW)

    assert said_back(monday, FRIDAY_EVENING, "ko") == "2026-11-23 09:00"
    assert said_back(monday + timedelta(days=14), FRIDAY_EVENING, "de-AT") == "2026-12-07 09:00"


def test_a_text_that_names_it_is_not_said_where_nobody_knows_it() -> None:
    assert said(ENGLISH, None, FRIDAY_EVENING, None) is None
    assert said(Wording("en", "We are away."), None, FRIDAY_EVENING, None) == "We are away."


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ana", "Hi Ana, {} we are back soon."),
        ("{back}", "Hi {back}, {} we are back soon."),
        (None, "Hi there, {} we are back soon."),
        (" ", "Hi there, {} we are back soon."),
        ("x" * 81, "Hi there, {} we are back soon."),
    ],
)
def test_a_text_calls_customers_by_their_name_or_by_what_is_said_instead(
    name: str | None, wanted: str
) -> None:
    assert filled("Hi {name|there}, {} we are back { back |soon}.", name=name, back=None) == wanted


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Hi {name|there}, until {back}!", None),
        ("Hi {Name}!", "{Name} is no variable here: there is {name|there}, {back}."),
        ("Hi {customer name|x}!", "{customer name|x} is no variable here: there is {name|there}, {back}."),
        ("Hi {name}!", "Say what stands where the name is not known, such as {name|there}."),
        ("Hi {name| }!", "Say what stands where the name is not known, such as {name|there}."),
    ],
)
def test_a_variable_that_cannot_be_filled_in_is_said_to_be_so(text: str, wrong: str | None) -> None:
    assert wrong_in(text) == wrong


def test_the_house_opens_after_its_holidays() -> None:
    closed_on_monday = Hours(
        zone=OFFICE.zone, shifts=OFFICE.shifts, holidays=(Holiday(date(2026, 11, 23), "Founders' day"),)
    )
    always = Hours(zone="UTC", holidays=(Holiday(date(2026, 11, 20), "Party"),))

    assert opens_at(closed_on_monday, FRIDAY_EVENING) == datetime(2026, 11, 24, 9, tzinfo=WARSAW)
    assert opens_at(always, FRIDAY_EVENING) == datetime(2026, 11, 21, tzinfo=UTC)
    assert not is_open(always, FRIDAY_EVENING)
    assert opens_at(Hours(shifts=()), FRIDAY_EVENING) is None


SHIFTS = st.builds(Shift, st.integers(1, 7), st.integers(0, 1439), st.integers(0, 1440))
HOLIDAYS = st.builds(Holiday, st.dates(date(2026, 10, 1), date(2026, 12, 31)), st.just("Off"))
HOUSES = st.builds(
    Hours,
    zone=st.sampled_from(["UTC", "Europe/Warsaw", "America/New_York", "Asia/Kathmandu"]),
    shifts=st.none() | st.lists(SHIFTS, max_size=6).map(tuple),
    holidays=st.lists(HOLIDAYS, max_size=5).map(tuple),
)


MOMENTS = st.integers(-50 * 1440, 20 * 1440).map(
    lambda minutes: FRIDAY_EVENING.astimezone(UTC) + timedelta(minutes=minutes)
)


@given(HOUSES, MOMENTS)
def test_when_it_opens_it_is_open_and_lies_ahead(house: Hours, at: datetime) -> None:
    opens = opens_at(house, at)

    if opens is not None:
        assert is_open(house, opens.astimezone(UTC)) or _is_in_a_gap(opens)
        assert opens.replace(tzinfo=None) > at.astimezone(opens.tzinfo).replace(tzinfo=None)
        assert opens - at < timedelta(days=LOOKED_AHEAD + 1)


def _is_in_a_gap(at: datetime) -> bool:
    """The clock jumped over it, or shows it twice."""
    return at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        (Automatic(greeting=Message(is_on=True)), "greeting"),
        (Automatic(away=says(Wording("en", "  "))), "away:en"),
        (Automatic(away=says(Wording("en", "x" * 2001))), "away:en"),
        (Automatic(away=says(ENGLISH, Wording("en", "Twice"))), "away"),
        (Automatic(away=says(Wording("English", "Hello"))), "away:English"),
        (Automatic(greeting=says(ENGLISH)), "greeting:en"),
        (Automatic(channels={HERE: Differs(away=says(Wording("pl", "")))}), f"away:pl:{HERE}"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_place(settings: Automatic, place: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(settings)

    fields: dict[str, Any] = refused.value.details["fields"]
    assert list(fields) == [place]


def test_what_is_switched_off_may_be_unfinished_and_a_channel_that_does_not_differ_is_not_kept() -> None:
    unfinished = Automatic(away=Message(texts=(Wording("en", ""),)), channels={HERE: Differs()})

    assert checked(unfinished) == Automatic(away=Message(texts=(Wording("en", ""),)))
