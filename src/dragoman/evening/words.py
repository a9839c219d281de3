"""The evening line in words, in every language of the interface. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from dragoman.evening.model import Line, Waiting

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NAME_CHARACTERS = 80
FIRST_STRONG, POP = "\u2068", "\u2069"  # a name of another script leaves the order around it alone

Forms = Mapping[str, str]
"""A sentence for each plural category of the language (Unicode CLDR); ``other`` is always there."""


@dataclass(frozen=True, slots=True)
class Words:
    plural: Callable[[int], str]
    nobody: str
    waiting: Forms
    answered: Forms
    shelved: Forms
    longest: str
    more: Forms
    nameless: str
    since: str  # after a name: for how long
    open_inbox: str
    why: str
    settings: str
    days: str
    hours: str
    minutes: str
    moments: str
    comma: str = ", "


def subject(line: Line, locale: str, workspace: str) -> str:
    """What a list of mails shows: whose inbox, and whether anybody waits."""
    return f"{workspace}: {_who(line, WORDS[locale])}"


def sentences(line: Line, locale: str) -> str:
    """“Nobody is waiting. 41 answered, 63 shelved, longest wait 2 h”"""
    words = WORDS[locale]
    count = line.count
    parts = [_form(words, words.answered, count.answered), _form(words, words.shelved, count.shelved)]
    if count.longest_wait_seconds:
        parts.append(words.longest.format(wait=_lasting(words, count.longest_wait_seconds)))
    return f"{_who(line, words)} {words.comma.join(parts)}."


def plain(line: Line, locale: str, inbox_url: str, settings_url: str) -> str:
    words = WORDS[locale]
    rows = [f"• {_row(each, line, words)}\n  {inbox_url}/{each.conversation_id}" for each in line.named]
    more = line.waiting - len(line.named)
    rows += [_form(words, words.more, more)] if more > 0 else []
    middle = "\n".join(rows) + "\n\n" if rows else ""
    return (
        f"{sentences(line, locale)}\n\n{middle}{words.open_inbox}: {inbox_url}\n\n"
        f"--\n{words.why}\n{words.settings}: {settings_url}\n"
    )


def html(line: Line, locale: str, inbox_url: str, settings_url: str) -> str:
    """No picture, no script, nothing that is fetched."""
    words = WORDS[locale]
    rows = "".join(
        f'<li><a href="{escape(f"{inbox_url}/{each.conversation_id}")}">{escape(_name(each, words))}</a>'
        f" {escape(_since(each, line, words))}</li>"
        for each in line.named
    )
    more = line.waiting - len(line.named)
    rest = f"<p>{escape(_form(words, words.more, more))}</p>" if more > 0 else ""
    direction = "rtl" if locale == "ar" else "ltr"
    return (
        f'<!doctype html><html lang="{locale}" dir="{direction}"><body style="font-family:sans-serif;line-height:1.5">'
        f"<p>{escape(sentences(line, locale))}</p>{f'<ul>{rows}</ul>' if rows else ''}{rest}"
        f'<p><a href="{escape(inbox_url)}">{escape(words.open_inbox)}</a></p>'
        f'<p style="color:#666;font-size:small">{escape(words.why)}'
        f' <a href="{escape(settings_url)}">{escape(words.settings)}</a></p></body></html>'
    )


def _who(line: Line, words: Words) -> str:
    return _form(words, words.waiting, line.waiting) if line.waiting else words.nobody


def _row(who: Waiting, line: Line, words: Words) -> str:
    return f"{_name(who, words)} {_since(who, line, words)}"


def _name(who: Waiting, words: Words) -> str:
    name = " ".join((who.name or "").split())[:NAME_CHARACTERS]
    return f"{FIRST_STRONG}{name}{POP}" if name else words.nameless


def _since(who: Waiting, line: Line, words: Words) -> str:
    return words.since.format(wait=_lasting(words, (line.at - who.since).total_seconds()))


def _lasting(words: Words, seconds: float) -> str:
    """In the two largest units that matter, as the interface says it."""
    whole = max(0, int(seconds))
    days, hours, minutes = whole // DAY, whole % DAY // HOUR, whole % HOUR // MINUTE
    units = [(days, words.days), (hours, words.hours), (minutes, words.minutes)]
    told = units[:2] if days else units[1:]
    return " ".join(unit.format(n=n) for n, unit in told if n) or words.moments


def _form(words: Words, forms: Forms, n: int) -> str:
    return forms.get(words.plural(n), forms["other"]).format(n=n)


def _one_or_other(n: int) -> str:
    return "one" if n == 1 else "other"


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


WORDS: Mapping[str, Words] = {
    "en": Words(
        plural=_one_or_other,
        nobody="Nobody is waiting.",
        waiting={"one": "One person is waiting.", "other": "{n} people are waiting."},
        answered={"other": "{n} answered"},
        shelved={"other": "{n} shelved"},
        longest="longest wait {wait}",
        more={"one": "and one more", "other": "and {n} more"},
        nameless="Somebody without a name",
        since="for {wait}",
        open_inbox="Open the inbox",
        why="You have asked for this line.",
        settings="Another time, or no more",
        days="{n} d",
        hours="{n} h",
        minutes="{n} min",
        moments="less than 1 min",
    ),
    "pl": Words(
        plural=_polish,
        nobody="Nikt nie czeka.",
        waiting={
            "one": "Czeka jedna osoba.",
            "few": "Czekają {n} osoby.",
            "many": "Czeka {n} osób.",
            "other": "Czeka {n} osób.",
        },
        answered={
            "one": "{n} rozmowa z odpowiedzią",
            "few": "{n} rozmowy z odpowiedzią",
            "other": "{n} rozmów z odpowiedzią",
        },
        shelved={"other": "na półce {n}"},
        longest="najdłuższe czekanie {wait}",
        more={
            "one": "i jeszcze jedna osoba",
            "few": "i jeszcze {n} osoby",
            "other": "i jeszcze {n} osób",
        },
        nameless="Ktoś bez imienia",
        since="od {wait}",
        open_inbox="Otwórz skrzynkę",
        why="Ta wiadomość przychodzi na Twoje życzenie.",
        settings="Inna pora albo wcale",
        days="{n} d",
        hours="{n} h",
        minutes="{n} min",
        moments="mniej niż minuty",
    ),
    "de": Words(
        plural=_one_or_other,
        nobody="Niemand wartet.",
        waiting={"one": "Eine Person wartet.", "other": "{n} Personen warten."},
        answered={"other": "{n} beantwortet"},
        shelved={"other": "{n} in die Ablage"},
        longest="am längsten gewartet {wait}",
        more={"one": "und eine weitere", "other": "und {n} weitere"},
        nameless="Jemand ohne Namen",
        since="seit {wait}",
        open_inbox="Posteingang öffnen",
        why="Diese Zeile kommt auf Ihren Wunsch.",
        settings="Zu anderer Zeit oder gar nicht",
        days="{n} T.",
        hours="{n} Std.",
        minutes="{n} Min.",
        moments="weniger als 1 Min.",
    ),
    "ar": Words(
        plural=_arabic,
        nobody="لا أحد ينتظر.",
        waiting={
            "one": "شخص واحد ينتظر.",
            "two": "شخصان ينتظران.",
            "few": "{n} أشخاص ينتظرون.",
            "many": "{n} شخصًا ينتظرون.",
            "other": "{n} شخص ينتظرون.",
        },
        answered={
            "zero": "لم يُجب عن أي محادثة",
            "one": "أُجيب عن محادثة واحدة",
            "two": "أُجيب عن محادثتين",
            "few": "أُجيب عن {n} محادثات",
            "other": "أُجيب عن {n} محادثة",
        },
        shelved={"other": "على الرف {n}"},
        longest="أطول انتظار {wait}",
        more={"one": "وشخص آخر", "two": "وشخصان آخران", "few": "و{n} آخرون", "other": "و{n} آخرون"},
        nameless="شخص بلا اسم",
        since="منذ {wait}",
        open_inbox="افتح صندوق الوارد",
        why="تصلك هذه الرسالة بناءً على طلبك.",
        settings="وقت آخر أو إيقافها",
        days="{n} ي",
        hours="{n} س",
        minutes="{n} د",
        moments="أقل من دقيقة",
        comma="، ",
    ),
}
