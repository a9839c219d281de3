"""Which rules apply to a turn, and what is left of what they do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from dragoman.conversations.model import Status
from dragoman.rules.evaluating import Act, Seen, compile_rules, plan, question_of
from dragoman.rules.folding import Patterns
from dragoman.rules.model import Action, Do, Hours, KeptRule, Rule, Trigger, Value
from tests.rules.given import AT, INSTAGRAM, MARIA, REFUND, TELEGRAM, VIP, a_rule, a_turn, cond, kept, label

NINE_TO_FIVE = Hours(days=[1, 2, 3, 4, 5], start=540, end=1020, zone="Europe/Berlin")
NIGHT = Hours(days=[4], start=22 * 60, end=6 * 60, zone="UTC")


@pytest.mark.parametrize(
    ("fact", "op", "value", "fits", "does_not"),
    [
        ("channel", "is", [str(INSTAGRAM)], {}, {"channel_id": TELEGRAM}),
        ("platform", "is", ["instagram", "telegram"], {}, {"platform": "whatsapp"}),
        ("language", "is", ["ko"], {"language": "ko"}, {"language": None}),
        ("language", "is_not", ["en"], {"language": None}, {"language": "en"}),
        ("language", "is", ["unknown"], {"language": None}, {"language": "en"}),
        ("language", "is", ["zh"], {"language": "zh-Hant"}, {"language": "ja"}),
        ("language", "is", ["zh-Hans"], {"language": "zh-Hans"}, {"language": "zh-Hant"}),
        ("confidence", "at_least", 0.9, {"confidence": 0.9}, {"confidence": 0.89}),
        ("noise", "is", ["emoji_only"], {"noise": "emoji_only"}, {}),
        ("noise", "is", ["real"], {}, {"noise": "sticker"}),
        ("kind", "has", ["image", "voice"], {"kinds": frozenset({"text", "voice"})}, {}),
        ("kind", "has_not", ["text"], {"kinds": frozenset({"image"})}, {}),
        ("fragments", "at_most", 2, {"fragments": 2}, {"fragments": 3}),
        ("status", "is", ["closed"], {"status_before": Status.CLOSED}, {}),
        ("opened", "is", False, {"opened": False}, {"opened": True}),
        ("owner", "is", ["nobody"], {}, {"owner_id": MARIA}),
        ("owner", "is_not", [str(MARIA)], {}, {"owner_id": MARIA}),
        ("label", "has", [str(VIP)], {"labels": frozenset({VIP, REFUND})}, {"labels": frozenset({REFUND})}),
        ("answered", "is", False, {}, {"answered_before": True}),
        ("name", "contains", ["ada"], {}, {"contact_name": None}),
        ("name", "matches", "^ada", {}, {"contact_name": "Grace"}),
        ("time", "is", NINE_TO_FIVE, {}, {"first_at": AT + timedelta(hours=6)}),
        ("time", "is_not", NINE_TO_FIVE, {"first_at": AT + timedelta(days=1)}, {}),
        ("time", "is", NIGHT, {"first_at": AT.replace(hour=3)}, {"first_at": AT.replace(hour=23)}),
    ],
)
def test_a_condition_holds_for_what_it_names(
    fact: str, op: str, value: Value, fits: dict[str, Any], does_not: dict[str, Any]
) -> None:
    holds = question_of(cond(fact, op, value), Patterns())

    assert holds(Seen(a_turn(**fits)))
    assert not holds(Seen(a_turn(**does_not)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("refund", "I want a REFUND, now"),
        ("refund", "ｒｅｆｕｎｄ?"),
        ("money  back", "give me my money\nback"),
        ("straße", "Welche STRASSE?"),
        ("返金", "商品を返金してください"),
        ("환불", "환불해 주세요"),
        ("!", "now!"),
    ],
)
def test_words_are_found_as_a_person_would_find_them(phrase: str, text: str) -> None:
    assert question_of(cond("text", "contains", ["nothing", phrase]), Patterns())(Seen(a_turn(text)))


@pytest.mark.parametrize(
    ("phrase", "text"), [("refund", "refundable"), ("art", "Bart"), ("art", "party art1")]
)
def test_a_word_inside_another_is_another(phrase: str, text: str) -> None:
    assert question_of(cond("text", "contains_not", [phrase]), Patterns())(Seen(a_turn(text)))


def test_a_pattern_that_would_hang_others_takes_no_time() -> None:
    holds = question_of(cond("text", "matches", "(a+)+$"), Patterns())

    assert not holds(Seen(a_turn("a" * 20_000 + "b")))


def planned(turn: Any, *rules: Rule) -> list[tuple[int, tuple[Action, ...]]]:
    return [(act.rule_id.int, act.actions) for act in plan(turn, compile_rules(kept(*rules)))]


def test_all_any_and_none_are_asked_together() -> None:
    rule = a_rule(
        all=[cond("platform", "is", ["instagram"])],
        any=[cond("text", "contains", ["refund"]), cond("text", "contains", ["broken"])],
        none=[cond("label", "has", [str(VIP)])],
    )
    rules = compile_rules(kept(rule))

    assert plan(a_turn("it is broken"), rules) == (
        Act(UUID(int=1), 1, Trigger.TURN_SETTLED, (label(),), ("all.0", "any.1")),
    )
    assert plan(a_turn("hello"), rules) == ()
    assert plan(a_turn("it is broken", labels=frozenset({VIP})), rules) == ()
    assert plan(a_turn("it is broken", platform="telegram"), rules) == ()


def test_a_rule_without_conditions_applies_to_everything() -> None:
    assert planned(a_turn(), a_rule()) == [(1, (label(),))]


def test_where_a_rule_stops_none_after_it_applies() -> None:
    stopping = a_rule("Stops", all=[cond("text", "contains", ["stop"])], stop=True)

    assert [nth for nth, _ in planned(a_turn("stop"), stopping, a_rule())] == [1]
    assert [nth for nth, _ in planned(a_turn("go"), stopping, a_rule())] == [2]


def test_of_what_can_be_done_once_the_earlier_rule_does_it() -> None:
    closes, snoozes = Action(Do.CLOSE), Action(Do.SNOOZE, 60)

    found = planned(a_turn(), a_rule("A", closes), a_rule("B", snoozes, label()))

    assert found == [(1, (closes,)), (2, (label(),))]


def test_noise_is_not_put_aside_as_if_it_were_work() -> None:
    assert planned(a_turn("🔥", noise="emoji_only"), a_rule("A", Action(Do.CLOSE), label())) == [
        (1, (label(),))
    ]


def test_what_is_off_or_parked_does_nothing() -> None:
    off, parked = kept(a_rule(enabled=False), a_rule())
    rules = [off, KeptRule(rule_id=parked.rule_id, rule=parked.rule, version=1, parked_at=AT)]

    assert plan(a_turn(), compile_rules(rules)) == ()


def test_rules_of_opening_come_before_the_others_and_only_then() -> None:
    opening = a_rule("Opened", label(VIP), trigger=Trigger.CONVERSATION_OPENED)

    assert [nth for nth, _ in planned(a_turn(opened=True), a_rule(), opening)] == [2, 1]
    assert [nth for nth, _ in planned(a_turn(opened=False), a_rule(), opening)] == [1]
