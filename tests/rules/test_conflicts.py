"""What several rules make of each other is said before anybody is surprised."""

from __future__ import annotations

from hypothesis import given

from dragoman.rules.conflicts import Conflict, applies_wherever, conflicts
from dragoman.rules.evaluating import compile_rules, plan
from dragoman.rules.model import Action, Do, Rule
from tests.rules.given import INSTAGRAM, REFUND, TELEGRAM, VIP, a_rule, cond, kept, label
from tests.rules.test_text import rules
from tests.rules.turns import turns

ON_INSTAGRAM = cond("channel", "is", [str(INSTAGRAM)])
ON_BOTH = cond("channel", "is", [str(INSTAGRAM), str(TELEGRAM)])
CLOSES, SNOOZES = Action(Do.CLOSE), Action(Do.SNOOZE, 60)


def found(*some: Rule) -> list[tuple[str, int, int | None, str | None]]:
    return [
        (each.kind, each.rule_id.int, each.other_id.int if each.other_id else None, each.does)
        for each in conflicts(kept(*some))
    ]


def test_rules_about_different_things_are_at_peace() -> None:
    assert found(a_rule("A", CLOSES, all=[ON_INSTAGRAM]), a_rule("B", label())) == []


def test_a_rule_behind_one_that_always_stops_is_never_reached() -> None:
    assert found(
        a_rule("A", label(), all=[ON_BOTH], stop=True), a_rule("B", label(VIP), all=[ON_INSTAGRAM])
    ) == [("never_reached", 2, 1, None)]


def test_where_both_apply_the_earlier_one_wins() -> None:
    later = a_rule("B", SNOOZES, all=[cond("fragments", "at_least", 3)])

    assert found(a_rule("A", CLOSES, all=[ON_INSTAGRAM]), later) == [("earlier_wins", 2, 1, Do.SNOOZE)]


def test_what_an_earlier_rule_always_settles_is_never_done() -> None:
    assert found(a_rule("A", CLOSES), a_rule("B", SNOOZES, all=[ON_INSTAGRAM])) == [
        ("never_acts", 2, 1, Do.SNOOZE)
    ]


def test_a_label_that_one_puts_on_and_another_takes_off_is_a_conflict() -> None:
    off = Action(Do.UNLABEL, [str(REFUND), str(VIP)])

    assert found(a_rule("A", label()), a_rule("B", off)) == [("never_acts", 2, 1, Do.UNLABEL)]


def test_rules_that_exclude_each_other_are_in_no_conflict() -> None:
    other = cond("channel", "is", [str(TELEGRAM)])

    assert found(a_rule("A", CLOSES, all=[ON_INSTAGRAM]), a_rule("B", SNOOZES, all=[other])) == []


def test_conditions_that_exclude_each_other_never_apply() -> None:
    assert found(a_rule(all=[cond("language", "is", ["ko"]), cond("language", "is", ["en"])])) == [
        ("never_applies", 1, None, None)
    ]
    assert found(a_rule(all=[ON_INSTAGRAM], none=[ON_BOTH])) == [("never_applies", 1, None, None)]


def test_what_is_switched_off_is_in_nobodys_way() -> None:
    assert found(a_rule("A", CLOSES, enabled=False), a_rule("B", SNOOZES)) == []


@given(rules, rules, turns())
def test_who_is_said_to_apply_wherever_another_does_so_does(one: Rule, other: Rule, turn: object) -> None:
    if applies_wherever(one, other):
        on = [Rule(name="x", trigger=each.trigger, all=each.all, any=each.any, none=each.none, actions=[label()])
              for each in (one, other)]  # fmt: skip
        applying = {act.rule_id.int for act in plan(turn, compile_rules(kept(*on)))}  # type: ignore[arg-type]
        assert 2 not in applying or 1 in applying


def test_a_conflict_names_both() -> None:
    (first,) = conflicts(kept(a_rule("A", CLOSES), a_rule("B", SNOOZES)))

    assert isinstance(first, Conflict)
    assert (first.rule_id.int, first.other_id and first.other_id.int) == (2, 1)
