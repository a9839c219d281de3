"""What is wrong with a rule that somebody wrote, each at its place. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from zoneinfo import ZoneInfo

import msgspec

from dragoman.automatic import gaps
from dragoman.kit.errors import Refused
from dragoman.kit.text import folded, is_name, one_line
from dragoman.language.codes import is_code
from dragoman.rules.model import (
    ACTIONS,
    FACTS,
    FRAGMENTS_MAX,
    KINDS,
    LONGEST_MINUTES,
    MOST_ACTIONS,
    MOST_CHOSEN,
    MOST_CONDITIONS,
    NAME_MAX,
    NOBODY,
    NOISES,
    NOT_AT,
    OWNER,
    PATTERN_MAX,
    PHRASE_MAX,
    PRIORITIES,
    REAL,
    SKILL,
    SPEAKER,
    STATUSES,
    TIMED,
    UNKNOWN,
    WORDS_MAX,
    Do,
    Hours,
    Rule,
    Takes,
    Value,
    takes,
)
from dragoman.rules.wrong_patterns import wrong_in

MINUTES_A_DAY = 24 * 60


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a workspace has that rules name: ids and their names."""

    channels: dict[str, str] = {}
    labels: dict[str, str] = {}
    members: dict[str, str] = {}
    teams: dict[str, str] = {}
    webhooks: dict[str, str] = {}
    skills: tuple[str, ...] = ()
    platforms: frozenset[str] = frozenset()


def checked(rule: Rule, known: Known) -> Rule:
    """The rule with a name that can stand on one line. Raises Refused: what is wrong, by the place where it is."""
    problems = dict(problems_of(rule, known))
    if problems:
        raise Refused("invalid", next(iter(problems.values())), 422, fields=problems)
    return msgspec.structs.replace(rule, name=one_line(rule.name))


def problems_of(rule: Rule, known: Known) -> Iterator[tuple[str, str]]:
    """Of each place where something is wrong, one sentence."""
    name = one_line(rule.name)
    if not is_name(name, NAME_MAX):
        yield "name", f"A rule's name has 1 to {NAME_MAX} characters on one line."
    wrong = _minutes(rule.after, known) if rule.trigger in TIMED else _nothing(rule.after, known)
    if wrong:
        yield "after", wrong
    yield from _of_conditions(rule, known)
    yield from _of_actions(rule, known)


def _of_conditions(rule: Rule, known: Known) -> Iterator[tuple[str, str]]:
    conditions = list(rule.conditions())
    if len(conditions) > MOST_CONDITIONS:
        yield "all", f"A rule has {MOST_CONDITIONS} conditions at most."
    for place, condition in conditions:
        if condition.op not in FACTS[condition.fact][1]:
            yield place, "This cannot be asked in this way."
        elif wrong := VALUES[takes(condition)](condition.value, known):
            yield place, wrong


def _of_actions(rule: Rule, known: Known) -> Iterator[tuple[str, str]]:
    if not rule.actions:
        yield "actions", "A rule does something: choose what."
    if len(rule.actions) > MOST_ACTIONS:
        yield "actions", f"A rule does {MOST_ACTIONS} things at most."
    for nth, action in enumerate(rule.actions):
        if action.do in NOT_AT.get(rule.trigger, ()):
            yield f"actions.{nth}", NOT_THEN[action.do]
        elif wrong := VALUES[ACTIONS[action.do]](action.value, known):
            yield f"actions.{nth}", wrong


NOT_THEN = {
    Do.SHELVE: "Only what a customer has just written can be shelved.",
    Do.CLOSE: "Whoever waits for us is not closed by a clock.",
    Do.ANSWER: "Nobody waits then: there is nothing to answer.",
}


Check = Callable[[Value, Known], str | None]


def _nothing(value: Value, _: Known) -> str | None:
    return None if value is None else "Nothing belongs here."


def _chosen(value: Value, there: Collection[str], gone: str) -> str | None:
    if not isinstance(value, list) or not value:
        return "Choose at least one."
    if len(value) > MOST_CHOSEN:
        return f"Choose {MOST_CHOSEN} at most."
    return None if all(each in there for each in value) else gone


def _channels(value: Value, known: Known) -> str | None:
    return _chosen(value, known.channels, "A channel named here is not connected any more.")


def _platforms(value: Value, known: Known) -> str | None:
    return _chosen(value, known.platforms, "There is no such platform.")


def _labels(value: Value, known: Known) -> str | None:
    return _chosen(value, known.labels, "A label named here is not there any more.")


def _owners(value: Value, known: Known) -> str | None:
    return _chosen(
        value, {NOBODY, *known.members}, "Somebody named here is no member of this workspace any more."
    )


def _teams(value: Value, known: Known) -> str | None:
    return _chosen(value, {NOBODY, *known.teams}, "A team named here is not there any more.")


def _members(value: Value, known: Known) -> str | None:
    return _chosen(
        value, {OWNER, *known.members}, "Somebody named here is no member of this workspace any more."
    )


def _webhooks(value: Value, known: Known) -> str | None:
    return _chosen(value, known.webhooks, "A webhook named here is not there any more.")


def _words(value: Value, _: Known) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > WORDS_MAX or "\0" in value:
        return f"A text here has 1 to {WORDS_MAX} characters."
    return gaps.wrong_in(value)


def _assignee(value: Value, known: Known) -> str | None:
    """One of whom it names; or whom routing finds, for whom several things can be asked at once."""
    named = value if isinstance(value, list) else []
    if len(named) > 1 and not all(each == SPEAKER or each.startswith(SKILL) for each in named):
        return "Choose one only."
    skills = {folded(each) for each in known.skills}
    missing = [each for each in named if each.startswith(SKILL) and folded(each[len(SKILL) :]) not in skills]
    if missing:
        return "Nobody here has a skill that is named."
    there = {SPEAKER, *known.members, *known.teams, *(each for each in named if each.startswith(SKILL))}
    return _chosen(value, there, "Whoever is named here is not there any more.")


def _noises(value: Value, _: Known) -> str | None:
    return _chosen(value, {REAL, *NOISES}, "There is no such kind of noise.")


def _kinds(value: Value, _: Known) -> str | None:
    return _chosen(value, KINDS, "There is no such kind of message.")


def _statuses(value: Value, _: Known) -> str | None:
    return _chosen(value, STATUSES, "There is no such status.")


def _priorities(value: Value, _: Known) -> str | None:
    return _chosen(value, PRIORITIES, "There is no such priority.")


def _priority(value: Value, _: Known) -> str | None:
    return None if value in PRIORITIES else "There is no such priority."


def _languages(value: Value, _: Known) -> str | None:
    if isinstance(value, list) and not all(each == UNKNOWN or is_code(each) for each in value):
        return "This is not how a language is named: en, ko, zh-Hans."
    return _chosen(value, value if isinstance(value, list) else (), "")


def _phrases(value: Value, _: Known) -> str | None:
    if not isinstance(value, list) or not value:
        return "Write at least one word."
    if len(value) > MOST_CHOSEN:
        return f"Choose {MOST_CHOSEN} at most."
    fits = all(each.strip() and len(each) <= PHRASE_MAX and "\0" not in each for each in value)
    return None if fits else f"Words here have 1 to {PHRASE_MAX} characters."


def _pattern(value: Value, _: Known) -> str | None:
    if not isinstance(value, str) or not value:
        return "Write a pattern."
    if len(value) > PATTERN_MAX:
        return f"A pattern has {PATTERN_MAX} characters at most."
    return wrong_in(value)


def _count(value: Value, _: Known) -> str | None:
    fits = _is_number(value) and isinstance(value, int) and 1 <= value <= FRAGMENTS_MAX
    return None if fits else f"A whole number from 1 to {FRAGMENTS_MAX}."


def _share(value: Value, _: Known) -> str | None:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return None if fits else "A number from 0 to 1."


def _minutes(value: Value, _: Known) -> str | None:
    fits = _is_number(value) and isinstance(value, int) and 1 <= value <= LONGEST_MINUTES
    return None if fits else f"A whole number of minutes, {LONGEST_MINUTES} at most."


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _yes_no(value: Value, _: Known) -> str | None:
    return None if isinstance(value, bool) else "Yes or no."


def _hours(value: Value, _: Known) -> str | None:
    if not isinstance(value, Hours):
        return "Days of the week and times of day belong here."
    are_days = value.days and set(value.days) <= set(range(1, 8))
    are_times = all(0 <= each < MINUTES_A_DAY for each in (value.start, value.end))
    if not are_days or not are_times:
        return "Days of the week and times of day belong here."
    try:
        ZoneInfo(value.zone)
    except (KeyError, ValueError, OSError):
        return "There is no such time zone."
    return None


VALUES: dict[Takes, Check] = {
    Takes.NOTHING: _nothing,
    Takes.CHANNELS: _channels,
    Takes.PLATFORMS: _platforms,
    Takes.LANGUAGES: _languages,
    Takes.NOISES: _noises,
    Takes.KINDS: _kinds,
    Takes.STATUSES: _statuses,
    Takes.PRIORITIES: _priorities,
    Takes.PRIORITY: _priority,
    Takes.OWNERS: _owners,
    Takes.TEAMS: _teams,
    Takes.MEMBERS: _members,
    Takes.WEBHOOKS: _webhooks,
    Takes.WORDS: _words,
    Takes.ASSIGNEE: _assignee,
    Takes.LABELS: _labels,
    Takes.PHRASES: _phrases,
    Takes.PATTERN: _pattern,
    Takes.COUNT: _count,
    Takes.SHARE: _share,
    Takes.YES_NO: _yes_no,
    Takes.HOURS: _hours,
    Takes.MINUTES: _minutes,
}
