"""Turns and rules for tests, with what matters to each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from dragoman.conversations.model import Status
from dragoman.rules.checking import Known
from dragoman.rules.model import Action, Condition, Do, Fact, KeptRule, Op, Rule, Value
from dragoman.settling.facts import SettledTurn

INSTAGRAM, TELEGRAM = UUID(int=101), UUID(int=102)
REFUND, VIP = UUID(int=201), UUID(int=202)
MARIA = UUID(int=301)
AT = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)  # a Friday

KNOWN = Known(
    channels={str(INSTAGRAM): "Our Instagram", str(TELEGRAM): "Bot"},
    labels={str(REFUND): "refund", str(VIP): "VIP"},
    members={str(MARIA): "Maria"},
    platforms=frozenset({"instagram", "telegram", "messenger", "whatsapp"}),
)


def a_turn(text: str = "hello", **more: Any) -> SettledTurn:
    facts: dict[str, Any] = {
        "turn_id": UUID(int=1),
        "conversation_id": UUID(int=2),
        "channel_id": INSTAGRAM,
        "identity_id": UUID(int=3),
        "contact_id": UUID(int=4),
        "lane": 0,
        "platform": "instagram",
        "text": text,
        "kinds": frozenset({"text"}),
        "fragments": 1,
        "first_at": AT,
        "settled_at": AT,
        "noise": None,
        "language": "en",
        "confidence": 0.97,
        "language_said_by": None,
        "status_before": Status.UNOPENED,
        "opened": True,
        "owner_id": None,
        "team_id": None,
        "labels": frozenset(),
        "answered_before": False,
        "contact_name": "Ada Lovelace",
    }
    return SettledTurn(**{**facts, **more})


def cond(fact: str, op: str, value: Value) -> Condition:
    return Condition(Fact(fact), Op(op), value)


def label(*ids: UUID) -> Action:
    return Action(Do.LABEL, [str(each) for each in ids or (REFUND,)])


def a_rule(name: str = "A rule", *actions: Action, **more: Any) -> Rule:
    return Rule(name=name, actions=list(actions) or [label()], **more)


def kept(*rules: Rule) -> list[KeptRule]:
    """In their order; the first is named by 1."""
    return [KeptRule(rule_id=UUID(int=nth), rule=rule, version=1) for nth, rule in enumerate(rules, 1)]
