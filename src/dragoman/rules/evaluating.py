"""Which rules apply to a turn, and what they do. Pure, and fast: a set of rules is compiled once and asked about
every turn that settles; a rehearsal asks it in the same way about those that settled long ago."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from dragoman.rules.folding import Patterns, finder, folded
from dragoman.rules.model import (
    NOBODY,
    NOT_FOR_NOISE,
    OF_TURNS,
    REAL,
    SETS,
    UNKNOWN,
    Action,
    Condition,
    Fact,
    Hours,
    KeptRule,
    Op,
    Trigger,
)
from dragoman.settling.facts import SettledTurn


class Act(msgspec.Struct, frozen=True):
    """A rule applies: what it does, and by which of its conditions. ``actions`` are what is left to it."""

    rule_id: UUID
    version: int
    trigger: Trigger
    actions: tuple[Action, ...]
    because: tuple[str, ...]


class Seen:
    """A turn, with what several conditions ask of it worked out once."""

    def __init__(self, turn: SettledTurn) -> None:
        self.turn = turn
        self._there: dict[str, datetime] = {}
        self._found: dict[tuple[Patterns, Fact], frozenset[int]] = {}

    def there(self, zone: str) -> datetime:
        """When it began, by the clock of that zone."""
        found = self._there.get(zone)
        if found is None:
            found = self._there[zone] = self.turn.first_at.astimezone(ZoneInfo(zone))
        return found

    def found(self, patterns: Patterns, fact: Fact) -> frozenset[int]:
        """Which of them stand in the text, or in the name."""
        found = self._found.get((patterns, fact))
        if found is None:
            read = self.turn.text if fact is Fact.TEXT else self.turn.contact_name or ""
            found = self._found[patterns, fact] = patterns.found_in(read)
        return found

    @cached_property
    def text(self) -> str:
        return folded(self.turn.text)

    @cached_property
    def name(self) -> str:
        return folded(self.turn.contact_name or "")


Test = Callable[[Seen], bool]


class CompiledRule(msgspec.Struct, frozen=True):
    """``after``: minutes, where the trigger waits for a time. Of ``must`` all hold and of ``must_not`` none, what is
    cheap to ask first; ``may``: one of these, where there are some, each with its place. ``places``: of what holds
    whenever it applies."""

    rule_id: UUID
    version: int
    trigger: Trigger
    after: int | None
    must: tuple[Test, ...]
    must_not: tuple[Test, ...]
    may: tuple[tuple[str, Test], ...]
    places: tuple[str, ...]
    actions: tuple[Action, ...]
    stop: bool


Compiled = dict[Trigger, tuple[CompiledRule, ...]]


def compile_rules(rules: Iterable[KeptRule]) -> Compiled:
    """Those that are at work, in their order, by what they wait for."""
    at_work, patterns = [each for each in rules if each.is_at_work], Patterns()
    return {
        trigger: tuple(_compiled(each, patterns) for each in at_work if each.rule.trigger is trigger)
        for trigger in Trigger
    }


def _compiled(kept: KeptRule, patterns: Patterns) -> CompiledRule:
    rule = kept.rule
    return CompiledRule(
        rule_id=kept.rule_id,
        version=kept.version,
        trigger=rule.trigger,
        after=rule.after,
        must=_cheap_first(rule.all, patterns),
        must_not=_cheap_first(rule.none, patterns),
        may=tuple((f"any.{nth}", question_of(each, patterns)) for nth, each in enumerate(rule.any)),
        places=tuple(f"all.{nth}" for nth in range(len(rule.all))),
        actions=tuple(rule.actions),
        stop=rule.stop,
    )


LOOKS_LONG = frozenset({Fact.TEXT, Fact.NAME, Fact.TIME})


def _cheap_first(conditions: Iterable[Condition], patterns: Patterns) -> tuple[Test, ...]:
    ordered = sorted(conditions, key=lambda each: each.fact in LOOKS_LONG)
    return tuple(question_of(each, patterns) for each in ordered)


def plan(turn: SettledTurn, rules: Compiled) -> tuple[Act, ...]:
    """What is to be done about a turn that settled: of what can be done once only, the earlier rule's word."""
    seen, taken = Seen(turn), set[str]()
    return (
        *_planned(seen, rules[Trigger.CONVERSATION_OPENED] if turn.opened else (), taken),
        *_planned(seen, rules[Trigger.TURN_SETTLED], taken),
    )


def plan_among(turn: SettledTurn, rules: Sequence[CompiledRule]) -> tuple[Act, ...]:
    """The same at another moment, for which these rules wait; ``turn`` is then what the customer wrote last."""
    return tuple(_planned(Seen(turn), rules, set()))


def _planned(seen: Seen, rules: Sequence[CompiledRule], taken: set[str]) -> Iterable[Act]:
    for rule in rules:
        because = _because(rule, seen)
        if because is None:
            continue
        yield Act(rule.rule_id, rule.version, rule.trigger, _left_to(rule, seen.turn, taken), because)
        if rule.stop:
            return


def _because(rule: CompiledRule, seen: Seen) -> tuple[str, ...] | None:
    """The conditions by which it applies; None: it does not."""
    for holds in rule.must:
        if not holds(seen):
            return None
    for holds in rule.must_not:
        if holds(seen):
            return None
    if not rule.may:
        return rule.places
    found = next((place for place, holds in rule.may if holds(seen)), None)
    return None if found is None else (*rule.places, found)


def _left_to(rule: CompiledRule, turn: SettledTurn, taken: set[str]) -> tuple[Action, ...]:
    left = []
    for action in rule.actions:
        if rule.trigger in OF_TURNS and turn.noise is not None and action.do in NOT_FOR_NOISE:
            continue
        sets = SETS.get(action.do)
        if sets is not None:
            if sets in taken:
                continue
            taken.add(sets)
        left.append(action)
    return tuple(left)


# ----------------------------------------------------------------------------------------------- conditions


def question_of(condition: Condition, patterns: Patterns) -> Test:
    """The condition as a question to a turn. ``patterns``: those of all conditions that are asked together."""
    is_pattern = condition.op in (Op.MATCHES, Op.MATCHES_NOT)
    holds = _matches(condition, patterns) if is_pattern else TESTS[condition.fact](condition)
    return _not(holds) if condition.op in (Op.IS_NOT, Op.HAS_NOT, Op.CONTAINS_NOT, Op.MATCHES_NOT) else holds


def _not(holds: Test) -> Test:
    return lambda seen: not holds(seen)


def _matches(c: Condition, patterns: Patterns) -> Test:
    fact, nth = c.fact, patterns.add(cast("str", c.value))
    return lambda seen: nth in seen.found(patterns, fact)


def _channel(c: Condition) -> Test:
    wanted = _ids(c)
    return lambda seen: seen.turn.channel_id in wanted


def _platform(c: Condition) -> Test:
    wanted = _words(c)
    return lambda seen: seen.turn.platform in wanted


def _language(c: Condition) -> Test:
    """Chinese is also that of Taiwan; simplified Chinese is not."""
    wanted = _words(c)

    def holds(seen: Seen) -> bool:
        language = seen.turn.language
        if language is None:
            return UNKNOWN in wanted
        return language in wanted or language.partition("-")[0] in wanted

    return holds


def _confidence(c: Condition) -> Test:
    share = _number(c)
    if c.op is Op.AT_LEAST:
        return lambda seen: seen.turn.confidence >= share
    return lambda seen: seen.turn.confidence <= share


def _noise(c: Condition) -> Test:
    wanted = _words(c)
    return lambda seen: (seen.turn.noise or REAL) in wanted


def _kind(c: Condition) -> Test:
    wanted = _words(c)
    return lambda seen: not wanted.isdisjoint(seen.turn.kinds)


def _text(c: Condition) -> Test:
    stands = finder(cast("list[str]", c.value))
    return lambda seen: stands(seen.text)


def _name(c: Condition) -> Test:
    stands = finder(cast("list[str]", c.value))
    return lambda seen: stands(seen.name)


def _fragments(c: Condition) -> Test:
    count = _number(c)
    if c.op is Op.AT_LEAST:
        return lambda seen: seen.turn.fragments >= count
    return lambda seen: seen.turn.fragments <= count


def _status(c: Condition) -> Test:
    wanted = _words(c)
    return lambda seen: seen.turn.status_before.value in wanted


def _opened(c: Condition) -> Test:
    wanted = c.value
    return lambda seen: seen.turn.opened is wanted


def _answered(c: Condition) -> Test:
    wanted = c.value
    return lambda seen: seen.turn.answered_before is wanted


def _owner(c: Condition) -> Test:
    wanted: set[UUID | None] = {None if each == NOBODY else UUID(each) for each in _words(c)}
    return lambda seen: seen.turn.owner_id in wanted


def _team(c: Condition) -> Test:
    wanted: set[UUID | None] = {None if each == NOBODY else UUID(each) for each in _words(c)}
    return lambda seen: seen.turn.team_id in wanted


def _label(c: Condition) -> Test:
    wanted = _ids(c)
    return lambda seen: not wanted.isdisjoint(seen.turn.labels)


def _priority(c: Condition) -> Test:
    wanted = _words(c)
    return lambda seen: seen.turn.priority.value in wanted


def _time(c: Condition) -> Test:
    hours = cast("Hours", c.value)
    return lambda seen: hours.hold(seen.there(hours.zone))


def _open_hours(c: Condition) -> Test:
    wanted = c.value
    return lambda seen: seen.turn.in_open_hours is wanted


TESTS: dict[Fact, Callable[[Condition], Test]] = {
    Fact.CHANNEL: _channel,
    Fact.PLATFORM: _platform,
    Fact.LANGUAGE: _language,
    Fact.CONFIDENCE: _confidence,
    Fact.NOISE: _noise,
    Fact.KIND: _kind,
    Fact.TEXT: _text,
    Fact.FRAGMENTS: _fragments,
    Fact.STATUS: _status,
    Fact.OPENED: _opened,
    Fact.OWNER: _owner,
    Fact.TEAM: _team,
    Fact.LABEL: _label,
    Fact.PRIORITY: _priority,
    Fact.ANSWERED: _answered,
    Fact.NAME: _name,
    Fact.TIME: _time,
    Fact.OPEN_HOURS: _open_hours,
}


def _words(c: Condition) -> frozenset[str]:
    return frozenset(cast("list[str]", c.value))


def _ids(c: Condition) -> frozenset[UUID]:
    return frozenset(UUID(each) for each in _words(c))


def _number(c: Condition) -> float:
    return float(cast("float", c.value))
