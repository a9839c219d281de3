"""What a rule is: when (trigger) / if (conditions) / then (actions). Pure.

A rule applies where all of ``all`` hold, at least one of ``any`` (if there are some), and none of ``none``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from dragoman.conversations.model import Priority
from dragoman.conversations.verdicts import CLASSES

MOST_RULES = 200  # in one workspace
MOST_CONDITIONS = 20  # in one rule
MOST_ACTIONS = 10
MOST_CHOSEN = 50  # values in one condition or action
MOST_AN_HOUR = 20  # runs about one conversation; what goes beyond is parked
FAILS_AT_MOST = 3  # in a row, then it parks itself
NAME_MAX = 120  # characters
PHRASE_MAX = 200
PATTERN_MAX = 500
WORDS_MAX = 2000  # of a reply or a note
FRAGMENTS_MAX = 100
LONGEST_MINUTES = 60 * 24 * 30


class Trigger(StrEnum):
    """What a rule waits for."""

    TURN_SETTLED = "turn_settled"  # a customer has come to the end of what they write
    CONVERSATION_OPENED = "conversation_opened"  # and it opened the conversation, or opened it again
    ASSIGNED = "assigned"  # a person or routing gave it to a member or a team
    AT_RISK = "at_risk"  # a service level is about to be missed
    OVERDUE = "overdue"  # and is missed
    WAITING = "waiting"  # the customer has waited for us for so long
    SILENT = "silent"  # nobody has said anything for so long, and nobody waits for us


class Fact(StrEnum):
    """What a condition asks about."""

    CHANNEL = "channel"
    PLATFORM = "platform"
    LANGUAGE = "language"
    CONFIDENCE = "confidence"
    NOISE = "noise"
    KIND = "kind"
    TEXT = "text"
    FRAGMENTS = "fragments"
    STATUS = "status"
    OPENED = "opened"
    OWNER = "owner"
    TEAM = "team"
    LABEL = "label"
    PRIORITY = "priority"
    ANSWERED = "answered"
    NAME = "name"
    TIME = "time"
    OPEN_HOURS = "open_hours"


class Op(StrEnum):
    """How it is compared."""

    IS = "is"
    IS_NOT = "is_not"
    HAS = "has"
    HAS_NOT = "has_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    MATCHES = "matches"
    MATCHES_NOT = "matches_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Takes(StrEnum):
    """What kind of value stands in a condition or an action."""

    NOTHING = "nothing"
    CHANNELS = "channels"
    PLATFORMS = "platforms"
    LANGUAGES = "languages"
    NOISES = "noises"
    KINDS = "kinds"
    STATUSES = "statuses"
    PRIORITIES = "priorities"
    OWNERS = "owners"
    TEAMS = "teams"
    LABELS = "labels"
    PHRASES = "phrases"
    PATTERN = "pattern"
    COUNT = "count"
    SHARE = "share"
    YES_NO = "yes_no"
    HOURS = "hours"
    MINUTES = "minutes"
    WORDS = "words"
    ASSIGNEE = "assignee"
    MEMBERS = "members"
    WEBHOOKS = "webhooks"
    PRIORITY = "priority"


class Do(StrEnum):
    """What a rule does."""

    SHELVE = "shelve"
    ASSIGN = "assign"
    LABEL = "label"
    UNLABEL = "unlabel"
    CLOSE = "close"
    SNOOZE = "snooze"
    PRIORITISE = "prioritise"
    NOTE = "note"  # internal words in the timeline
    NOTIFY = "notify"  # somebody is told: among their mentions, and on their devices
    REPLY = "reply"  # says something to the customer, who goes on waiting
    ANSWER = "answer"  # says something that answers them
    CALL = "call"  # tells a webhook of it, outside of the house


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes after midnight, on these days (Monday is 1). ``end`` not after ``start``: of the day after."""

    days: list[int]
    start: int
    end: int
    zone: str

    def hold(self, there: datetime) -> bool:
        """``there``: by the clock of the zone."""
        minute, day = there.hour * 60 + there.minute, there.isoweekday()
        if self.start < self.end:
            return day in self.days and self.start <= minute < self.end
        if minute >= self.start:
            return day in self.days
        return minute < self.end and (day - 2) % 7 + 1 in self.days


Value = list[str] | str | bool | int | float | Hours | None


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values of a list are one or the other: one that fits is enough."""

    fact: Fact
    op: Op
    value: Value


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    do: Do
    value: Value = None


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``stop``: where it applies, no rule after it does. ``after``: minutes, of triggers that wait for a time."""

    name: str
    trigger: Trigger = Trigger.TURN_SETTLED
    after: int | None = None
    enabled: bool = True
    all: list[Condition] = []
    any: list[Condition] = []
    none: list[Condition] = []
    actions: list[Action] = []
    stop: bool = False

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Each with the place where it stands."""
        for group, conditions in (("all", self.all), ("any", self.any), ("none", self.none)):
            for nth, condition in enumerate(conditions):
                yield f"{group}.{nth}", condition


class KeptRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of a workspace, in its place. ``parked_at``: it failed again and again, and waits for a person.
    ``is_readable``: else another version of Dragoman made it of what this one does not know, and but its name is here.
    """

    rule_id: UUID
    rule: Rule
    version: int
    failures: int = 0
    parked_at: datetime | None = None
    parked_reason: str | None = None
    is_readable: bool = True

    @property
    def is_at_work(self) -> bool:
        return self.rule.enabled and self.parked_at is None and self.is_readable


UNREADABLE = (
    "Another version of Dragoman made this rule of what this one does not know: run that version, or make the "
    "rule anew."
)


def rule_in(content: object) -> Rule | None:
    """What was stored. None: this version does not know all that it is made of."""
    try:
        return msgspec.convert(content, Rule)
    except msgspec.ValidationError:
        return None


NOBODY = "nobody"  # among owners and teams
SPEAKER = "speaker"  # among whom it is assigned to: who speaks the turn's language
SKILL = "skill:"  # among whom it is assigned to, before a word: who has that skill
OWNER = "owner"  # among members who are notified: whose the conversation is
UNKNOWN = "unknown"  # among languages
REAL = "real"  # among classes of noise: it is none

NOISES = CLASSES
KINDS = (
    "text", "image", "animation", "video", "audio", "voice", "file", "sticker", "location", "contact", "link",
    "choice", "story", "story_mention",
)  # fmt: skip
PRIORITIES = tuple(each.value for each in Priority)
STATUSES = ("unopened", "open", "snoozed", "closed")

IS = (Op.IS, Op.IS_NOT)
HAS = (Op.HAS, Op.HAS_NOT)
SAYS = (Op.CONTAINS, Op.CONTAINS_NOT, Op.MATCHES, Op.MATCHES_NOT)
BETWEEN = (Op.AT_LEAST, Op.AT_MOST)

FACTS: Mapping[Fact, tuple[Takes, tuple[Op, ...]]] = {
    Fact.CHANNEL: (Takes.CHANNELS, IS),
    Fact.PLATFORM: (Takes.PLATFORMS, IS),
    Fact.LANGUAGE: (Takes.LANGUAGES, IS),
    Fact.CONFIDENCE: (Takes.SHARE, BETWEEN),
    Fact.NOISE: (Takes.NOISES, IS),
    Fact.KIND: (Takes.KINDS, HAS),
    Fact.TEXT: (Takes.PHRASES, SAYS),
    Fact.FRAGMENTS: (Takes.COUNT, BETWEEN),
    Fact.STATUS: (Takes.STATUSES, IS),
    Fact.OPENED: (Takes.YES_NO, (Op.IS,)),
    Fact.OWNER: (Takes.OWNERS, IS),
    Fact.TEAM: (Takes.TEAMS, IS),
    Fact.LABEL: (Takes.LABELS, HAS),
    Fact.PRIORITY: (Takes.PRIORITIES, IS),
    Fact.ANSWERED: (Takes.YES_NO, (Op.IS,)),
    Fact.NAME: (Takes.PHRASES, SAYS),
    Fact.TIME: (Takes.HOURS, IS),
    Fact.OPEN_HOURS: (Takes.YES_NO, (Op.IS,)),
}

ACTIONS: Mapping[Do, Takes] = {
    Do.SHELVE: Takes.NOTHING,
    Do.ASSIGN: Takes.ASSIGNEE,
    Do.LABEL: Takes.LABELS,
    Do.UNLABEL: Takes.LABELS,
    Do.CLOSE: Takes.NOTHING,
    Do.SNOOZE: Takes.MINUTES,
    Do.PRIORITISE: Takes.PRIORITY,
    Do.NOTE: Takes.WORDS,
    Do.NOTIFY: Takes.MEMBERS,
    Do.REPLY: Takes.WORDS,
    Do.ANSWER: Takes.WORDS,
    Do.CALL: Takes.WEBHOOKS,
}

OF_TURNS = frozenset({Trigger.TURN_SETTLED, Trigger.CONVERSATION_OPENED})
TIMED = frozenset({Trigger.WAITING, Trigger.SILENT})
# What a customer has just written is shelved, and nothing else; whoever waits for us is not closed by a clock.
NOT_AT: Mapping[Trigger, frozenset[Do]] = {
    Trigger.ASSIGNED: frozenset({Do.SHELVE}),
    Trigger.AT_RISK: frozenset({Do.SHELVE, Do.CLOSE}),
    Trigger.OVERDUE: frozenset({Do.SHELVE, Do.CLOSE}),
    Trigger.WAITING: frozenset({Do.SHELVE, Do.CLOSE}),
    Trigger.SILENT: frozenset({Do.SHELVE, Do.ANSWER}),
}

# Two rules that act on one turn may set each of these once: then the earlier one wins.
SETS: Mapping[Do, str] = {
    Do.SHELVE: "status",
    Do.CLOSE: "status",
    Do.SNOOZE: "status",
    Do.ASSIGN: "owner",
    Do.PRIORITISE: "priority",
    Do.REPLY: "reply",
    Do.ANSWER: "reply",
}
# Noise is nobody's work, and nobody is spoken to because of it.
NOT_FOR_NOISE: frozenset[Do] = frozenset(
    {Do.CLOSE, Do.SNOOZE, Do.ASSIGN, Do.PRIORITISE, Do.NOTE, Do.NOTIFY, Do.REPLY, Do.ANSWER}
)


def takes(condition: Condition) -> Takes:
    """What stands as this condition's value: a pattern is one, words are many."""
    if condition.op in (Op.MATCHES, Op.MATCHES_NOT):
        return Takes.PATTERN
    return FACTS[condition.fact][0]
