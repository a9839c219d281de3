"""What several rules make of each other: who is never reached, who wins, who never applies. Pure.

One condition follows from another where whatever fits the one fits the other; a rule applies wherever another does
where all its conditions follow from that one's. What does not follow is taken to be independent: these words are
warnings, and saving is refused for none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from dragoman.rules.model import (
    OF_TURNS,
    SETS,
    TIMED,
    Action,
    Condition,
    Do,
    KeptRule,
    Op,
    Rule,
    Trigger,
)

Kind = Literal["never_applies", "never_reached", "never_acts", "earlier_wins"]


class Conflict(msgspec.Struct, frozen=True):
    """About ``rule_id``; ``other_id`` is the earlier rule with which it is in conflict. ``does``: what is at odds."""

    kind: Kind
    rule_id: UUID
    other_id: UUID | None = None
    does: Do | None = None


def conflicts(rules: Sequence[KeptRule]) -> list[Conflict]:
    """Of the rules at work, in their order."""
    at_work = [each for each in rules if each.is_at_work]
    found = [Conflict("never_applies", each.rule_id) for each in at_work if never_applies(each.rule)]
    for place, later in enumerate(at_work):
        found += _with_earlier(later, at_work[:place])
    return found


def _with_earlier(later: KeptRule, before: Sequence[KeptRule]) -> Iterator[Conflict]:
    for earlier in before:
        always = applies_wherever(earlier.rule, later.rule)
        if always and earlier.rule.stop and earlier.rule.trigger is later.rule.trigger:
            yield Conflict("never_reached", later.rule_id, earlier.rule_id)
            return
        if earlier.rule.stop or exclude_each_other(earlier.rule, later.rule):
            continue
        if not _meet(earlier.rule.trigger, later.rule.trigger):
            continue
        for does in _at_odds(earlier.rule.actions, later.rule.actions):
            yield Conflict("never_acts" if always else "earlier_wins", later.rule_id, earlier.rule_id, does)


def _at_odds(earlier: Sequence[Action], later: Sequence[Action]) -> Iterator[Do]:
    """What the later one would do, and what the earlier one has settled otherwise by then."""
    for action in later:
        for other in earlier:
            same = SETS.get(action.do) is not None and SETS.get(action.do) == SETS.get(other.do)
            if (same and action != other) or _are_opposed(action, other):
                yield action.do
                break


def _are_opposed(one: Action, other: Action) -> bool:
    if {one.do, other.do} != {Do.LABEL, Do.UNLABEL}:
        return False
    return bool(set(_listed(one.value)) & set(_listed(other.value)))


def applies_wherever(one: Rule, other: Rule) -> bool:
    """Whether ``one`` applies to everything that ``other`` applies to."""
    if not _meet(one.trigger, other.trigger):
        return False
    if one.trigger is not other.trigger and one.trigger is not Trigger.TURN_SETTLED:
        return False
    all_follow = all(any(follows(each, known) for known in _sure(other)) for each in one.all)
    none_follow = all(any(_denies(known, each) for known in _denied(other)) for each in one.none)
    any_follows = (
        not one.any
        or any(follows(each, known) for each in one.any for known in _sure(other))
        or bool(other.any and all(any(follows(each, known) for each in one.any) for known in other.any))
    )
    return all_follow and none_follow and any_follows


def _meet(one: Trigger, other: Trigger) -> bool:
    """Whether one moment can be both. Each rule that waits for a time has its own."""
    return (one is other and one not in TIMED) or {one, other} <= OF_TURNS


def _sure(rule: Rule) -> list[Condition]:
    """What holds whenever the rule applies."""
    return [*rule.all, *(rule.any if len(rule.any) == 1 else ())]


def _denied(rule: Rule) -> list[Condition]:
    return [*rule.none, *(opposite for each in rule.all if (opposite := _opposite(each)))]


def _denies(known: Condition, wanted: Condition) -> bool:
    """Where ``known`` does not hold, ``wanted`` does not either."""
    return follows(known, wanted)


OPPOSITES = {
    Op.IS: Op.IS_NOT, Op.HAS: Op.HAS_NOT, Op.CONTAINS: Op.CONTAINS_NOT, Op.MATCHES: Op.MATCHES_NOT,
}  # fmt: skip
OPPOSITES |= {no: yes for yes, no in OPPOSITES.items()}


def _opposite(condition: Condition) -> Condition | None:
    op = OPPOSITES.get(condition.op)
    return Condition(condition.fact, op, condition.value) if op else None


def follows(wanted: Condition, known: Condition) -> bool:
    """Whether ``wanted`` holds wherever ``known`` does."""
    if wanted.fact is not known.fact or wanted.op is not known.op:
        return False
    if wanted == known:
        return True
    mine, theirs = _listed(wanted.value), _listed(known.value)
    match wanted.op:
        case Op.IS | Op.HAS | Op.CONTAINS if mine and theirs:
            return set(theirs) <= set(mine)
        case Op.IS_NOT | Op.HAS_NOT | Op.CONTAINS_NOT if mine and theirs:
            return set(mine) <= set(theirs)
        case Op.AT_LEAST:
            return _number(known) >= _number(wanted)
        case Op.AT_MOST:
            return _number(known) <= _number(wanted)
    return False


def never_applies(rule: Rule) -> bool:
    """Its own conditions exclude each other."""
    sure = _sure(rule)
    return any(_excludes(one, other) for one in sure for other in sure) or any(
        follows(denied, one) for one in sure for denied in rule.none
    )


def exclude_each_other(one: Rule, other: Rule) -> bool:
    return any(_excludes(mine, theirs) for mine in _sure(one) for theirs in _sure(other))


def _excludes(one: Condition, other: Condition) -> bool:
    if one.fact is not other.fact:
        return False
    mine, theirs = set(_listed(one.value)), set(_listed(other.value))
    match (one.op, other.op):
        case (Op.IS, Op.IS) if mine and theirs:
            return not _overlap(mine, theirs)
        case (Op.IS, Op.IS) if isinstance(one.value, bool):
            return one.value is not other.value
        case (Op.IS, Op.IS_NOT) if mine and theirs:
            return mine <= theirs
        case (Op.AT_LEAST, Op.AT_MOST):
            return _number(one) > _number(other)
        case (Op.HAS, Op.HAS_NOT) | (Op.CONTAINS, Op.CONTAINS_NOT):
            return bool(mine) and mine <= theirs
    return False


def _overlap(mine: set[str], theirs: set[str]) -> bool:
    """Chinese is also that of Taiwan."""
    return any(a == b or a.startswith(f"{b}-") or b.startswith(f"{a}-") for a in mine for b in theirs)


def _listed(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else []


def _number(condition: Condition) -> float:
    return float(condition.value) if isinstance(condition.value, int | float) else 0.0
