"""Rules as text: the same when they are read back, and a line named where one is wrong."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.kit.errors import Refused
from dragoman.rules.checking import Known, problems_of
from dragoman.rules.model import (
    ACTIONS,
    FACTS,
    KINDS,
    NOBODY,
    NOISES,
    NOT_AT,
    OWNER,
    PRIORITIES,
    SPEAKER,
    STATUSES,
    TIMED,
    Action,
    Condition,
    Hours,
    Rule,
    Takes,
    Trigger,
    takes,
)
from dragoman.rules.text import from_yaml, to_yaml
from tests.rules.given import KNOWN, REFUND, a_rule, cond, label

# Two labels of one name, one whose name is another's id, one that YAML would take for something else.
AWKWARD = Known(
    channels={str(UUID(int=1)): "no", str(UUID(int=2)): "yes: or - no"},
    labels={
        str(UUID(int=3)): "twice",
        str(UUID(int=4)): "twice",
        str(UUID(int=5)): str(UUID(int=3)),
        str(UUID(int=6)): " 12 ",
        str(UUID(int=7)): "1.0",
    },
    members={str(UUID(int=8)): "nobody", str(UUID(int=9)): "Zoë 한"},
    teams={
        str(UUID(int=10)): "speaker",
        str(UUID(int=11)): "Zoë 한",
        str(UUID(int=14)): "skill:repairs",
    },
    webhooks={str(UUID(int=12)): "Zoë 한", str(UUID(int=13)): "- call: [x]"},
    skills=("repairs", "yes: or - no", "수리"),
    platforms=frozenset({"telegram", "instagram"}),
)

# What our YAML cannot carry is no text either: see `clean`.
written = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
phrase = written.filter(lambda text: text.strip())


def some(*of: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=1, max_size=4)


VALUES: dict[Takes, st.SearchStrategy[Any]] = {
    Takes.NOTHING: st.none(),
    Takes.CHANNELS: some(*AWKWARD.channels),
    Takes.LABELS: some(*AWKWARD.labels),
    Takes.OWNERS: some(NOBODY, *AWKWARD.members),
    Takes.ASSIGNEE: st.sampled_from([*AWKWARD.members, *AWKWARD.teams]).map(lambda each: [each])
    | some(SPEAKER, *(f"skill:{each}" for each in AWKWARD.skills)),
    Takes.TEAMS: some(NOBODY, *AWKWARD.teams),
    Takes.MEMBERS: some(OWNER, *AWKWARD.members),
    Takes.WEBHOOKS: some(*AWKWARD.webhooks),
    Takes.WORDS: phrase,
    Takes.PLATFORMS: some(*AWKWARD.platforms),
    Takes.LANGUAGES: some("no", "en", "zh-Hans", "unknown"),
    Takes.NOISES: some("real", *NOISES),
    Takes.KINDS: some(*KINDS),
    Takes.STATUSES: some(*STATUSES),
    Takes.PRIORITIES: some(*PRIORITIES),
    Takes.PRIORITY: st.sampled_from(PRIORITIES),
    Takes.PHRASES: st.lists(phrase, min_size=1, max_size=3),
    Takes.PATTERN: st.sampled_from([r"order\s+#?\d+", "no", "- ]", "a: b"]),
    Takes.COUNT: st.integers(1, 100),
    Takes.SHARE: st.floats(0, 1) | st.sampled_from([0, 1]),
    Takes.YES_NO: st.booleans(),
    Takes.HOURS: st.builds(
        Hours,
        days=st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True),
        start=st.integers(0, 1439),
        end=st.integers(0, 1439),
        zone=st.sampled_from(["UTC", "Europe/Warsaw"]),
    ),
    Takes.MINUTES: st.integers(1, 43_200),
}


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    fact = draw(st.sampled_from(list(FACTS)))
    op = draw(st.sampled_from(FACTS[fact][1]))
    return Condition(fact, op, draw(VALUES[takes(Condition(fact, op, None))]))


@st.composite
def actions(draw: st.DrawFn, trigger: Trigger) -> Action:
    do = draw(st.sampled_from([each for each in ACTIONS if each not in NOT_AT.get(trigger, ())]))
    return Action(do, draw(VALUES[ACTIONS[do]]))


names = phrase.map(lambda text: " ".join(text.split())).filter(lambda text: text.isprintable() and bool(text))


@st.composite
def any_rules(draw: st.DrawFn) -> Rule:
    trigger = draw(st.sampled_from(list(Trigger)))
    some_conditions = st.lists(conditions(), max_size=4)
    return Rule(
        name=draw(names),
        trigger=trigger,
        after=draw(VALUES[Takes.MINUTES]) if trigger in TIMED else None,
        enabled=draw(st.booleans()),
        all=draw(some_conditions),
        any=draw(some_conditions),
        none=draw(some_conditions),
        actions=draw(st.lists(actions(trigger), min_size=1, max_size=4)),
        stop=draw(st.booleans()),
    )


rules = any_rules()


@given(st.lists(rules, max_size=3))
def test_what_is_written_reads_back_as_the_same_rules(some_rules: list[Rule]) -> None:
    for rule in some_rules:
        assert list(problems_of(rule, AWKWARD)) == []

    assert from_yaml(to_yaml(some_rules, AWKWARD), AWKWARD) == some_rules


def test_a_rule_is_written_as_people_would_write_it() -> None:
    rule = a_rule("Refunds", all=[cond("text", "contains", ["refund", "money back"])], stop=True)

    assert to_yaml([rule], KNOWN) == (
        "version: 1\nrules:\n- name: Refunds\n  when: turn settled\n  all:\n"
        "  - text contains: [refund, money back]\n  then:\n  - label: [refund]\n  stop: true\n"
    )


@pytest.mark.parametrize("text", ["\x85a", "\u2029", "a\u2028b", "a\r\nb", "\ufeffa", "c \x9f"])
def test_signs_that_nobody_sees_come_back_as_they_were(text: str) -> None:
    rule = a_rule(all=[cond("text", "matches", f"{text}x")])

    assert from_yaml(to_yaml([rule], KNOWN), KNOWN) == [rule]


def test_norwegian_is_a_language() -> None:
    text = (
        "version: 1\nrules:\n- {name: N, when: turn settled, all: [language is: [no, en]], then: [close]}\n"
    )

    (rule,) = from_yaml(text, KNOWN)

    assert rule.all[0].value == ["no", "en"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Line 1: It begins with “version: 1”.", ""),
        ("Line 1: It begins with “version: 1”.", "version: 2\nrules: []"),
        ("Line 2: This is no YAML that we can read.", "version: 1\nrules: [}"),
        ("Line 1: “rulez” does not belong here.", "{rulez: []}"),
        ("Line 3: “when” is missing.", "version: 1\nrules:\n- name: A"),
        (
            "Line 4: “never” is not known here.",
            "version: 1\nrules:\n- name: A\n  when: never\n  then: [close]",
        ),
        (
            "Line 6: “mood” is not known here.",
            "version: 1\nrules:\n- name: A\n  when: turn settled\n  all:\n  - mood is: [bad]\n  then: [close]",
        ),
        (
            "Line 6: “gone” is not known here.",
            "version: 1\nrules:\n- name: A\n  when: turn settled\n  then:\n  - label: [gone]",
        ),
        (
            "Line 6: This pattern opens a round bracket and never closes it: (a",
            "version: 1\nrules:\n- name: A\n  when: turn settled\n  all:\n  - text matches: '(a'\n  then: [close]",
        ),
        ("Line 3: Aliases are not read here: write it out.", "version: 1\nrules:\n- &a {name: A}\n- *a"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(line: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        from_yaml(text, KNOWN)

    assert refused.value.details["fields"] == {"text": line}


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    for attempt in (text, f"version: 1\nrules:\n- {text}"):
        with suppress(Refused):
            from_yaml(attempt, KNOWN)


def test_what_is_too_deep_is_refused() -> None:
    with pytest.raises(Refused, match="no YAML"):
        from_yaml("[" * 5000, KNOWN)


def test_a_name_that_means_two_is_written_as_its_id() -> None:
    two = Known(labels={str(UUID(int=1)): "same", str(REFUND): "same"})

    assert str(REFUND) in to_yaml([a_rule("A", label())], two)
    with pytest.raises(Refused, match="several of the name"):
        from_yaml("version: 1\nrules:\n- {name: A, when: turn settled, then: [label: [same]]}", two)


def test_the_example_in_the_documents_reads_as_it_stands() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    known = Known(labels={"1": "refund", "2": "shipping"}, teams={"3": "Returns"}, skills=("repairs",))

    rules = from_yaml(page.partition("```yaml\n")[2].partition("```")[0], known)

    assert [(rule.name, rule.trigger, rule.after) for rule in rules] == [
        ("Refunds", Trigger.TURN_SETTLED, None),
        ("Repairs", Trigger.CONVERSATION_OPENED, None),
        ("Asleep", Trigger.SILENT, 20160),
    ]
