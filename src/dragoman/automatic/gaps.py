"""What is filled into words that are said by themselves: ``{name|there}``, ``{back}``. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from dragoman.kit.text import one_line

# After the bar: what stands there where it is not known.
GAP = re.compile(r"\{([^{}|\n]*)(?:\|([^{}\n]*))?\}")

NAME = "name"  # the customer's
BACK = "back"  # when the house opens next
EVERYWHERE = (NAME, BACK)

WRITTEN = {NAME: "{name|there}", BACK: "{back}"}
LONGEST_NAME = 80  # characters; whoever writes longer ones does not want to be called so


def wrong_in(text: str, known: Collection[str] = EVERYWHERE) -> str | None:
    """What is wrong with the first gap that cannot stand there."""
    for gap in GAP.finditer(text):
        what, fallback = gap[1].strip(), gap[2]
        if what not in known:
            return f"{gap[0]} is no variable here: there is {', '.join(WRITTEN[each] for each in known)}."
        if what == NAME and not (fallback or "").strip():
            return f"Say what stands where the name is not known, such as {WRITTEN[NAME]}."
    return None


def filled(text: str, *, name: str | None, back: str | None) -> str | None:
    """None: it names when we are back, and nobody knows. What is no gap of ours stays as it is."""
    known: Mapping[str, str | None] = {NAME: _called(name), BACK: back}
    gaps = [(gap, gap[1].strip()) for gap in GAP.finditer(text)]
    if any(what == BACK and back is None and gap[2] is None for gap, what in gaps):
        return None
    return GAP.sub(lambda gap: _said(gap, known), text)


def _said(gap: re.Match[str], known: Mapping[str, str | None]) -> str:
    what, fallback = gap[1].strip(), gap[2]
    return (known[what] or fallback or "") if what in known else gap[0]


def _called(name: str | None) -> str | None:
    said = one_line(name or "")
    return said if 0 < len(said) <= LONGEST_NAME else None


# Days of the week from Monday on, for the languages that the app itself is in; elsewhere the date is said.
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "pl": ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}


def said_back(opens: datetime | None, at: datetime, language: str | None) -> str | None:
    """Day and time as the house's clock will show them: today's time alone, a day of this week by its name."""
    if opens is None:
        return None
    today, clock = at.astimezone(opens.tzinfo).date(), f"{opens:%H:%M}"
    if opens.date() == today:
        return clock
    days = WEEKDAYS.get((language or "").split("-")[0])
    if days is None or opens.date() - today >= timedelta(days=7):
        return f"{opens:%Y-%m-%d} {clock}"
    return f"{days[opens.weekday()]} {clock}"


def back_by_language(opens: datetime | None, at: datetime) -> dict[str, str]:
    """What would be said now, by language, and under an empty name in all others; empty where no opening is near."""
    said = {each: said_back(opens, at, each) for each in (*WEEKDAYS, "")}
    return {each: words for each, words in said.items() if words is not None}
