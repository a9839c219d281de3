"""Rules as a browser gets and gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import BaseModel, Field

from dragoman.channels.registry import CHANNELS
from dragoman.live.message_shapes import Wording, worded
from dragoman.rules.checking import Known, problems_of
from dragoman.rules.conflicts import Conflict
from dragoman.rules.model import (
    ACTIONS,
    FACTS,
    FRAGMENTS_MAX,
    KINDS,
    LONGEST_MINUTES,
    MOST_ACTIONS,
    MOST_CONDITIONS,
    MOST_RULES,
    NAME_MAX,
    NOISES,
    NOT_AT,
    PRIORITIES,
    REAL,
    STATUSES,
    TIMED,
    UNREADABLE,
    WORDS_MAX,
    Do,
    Fact,
    KeptRule,
    Op,
    Rule,
    Takes,
    Trigger,
)
from dragoman.rules.store import Changed, Version
from dragoman.rules.text import TEXT_MAX

MOST_SENT = 60  # conditions or actions in one request: more than any rule may have, so that it can be said


class HoursShown(BaseModel):
    """Minutes after midnight, on these days (Monday is 1). ``end`` not after ``start``: of the day after."""

    days: Annotated[list[int], Field(max_length=7)]
    start: int
    end: int
    zone: Annotated[str, Field(max_length=100)]


Listed = Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=200)]
Value = Listed | Annotated[str, Field(max_length=10_000)] | bool | int | float | HoursShown | None


class ConditionShown(BaseModel):
    fact: Fact
    op: Op
    value: Value


class ActionShown(BaseModel):
    do: Do
    value: Value


Conditions = Annotated[list[ConditionShown], Field(max_length=MOST_SENT)]


class RuleContent(BaseModel):
    """It applies where all of ``all`` hold, one of ``any`` at least (where there are some), and none of ``none``;
    ``stop``: then no rule after it does. ``after``: minutes, where the trigger waits for a time."""

    name: Annotated[str, Field(max_length=1000)]
    trigger: Trigger
    after: int | None
    enabled: bool
    all: Conditions
    any: Conditions
    none: Conditions
    actions: Annotated[list[ActionShown], Field(max_length=MOST_SENT)]
    stop: bool

    def rule(self) -> Rule:
        return msgspec.convert(self.model_dump(mode="json", include=set(RuleContent.model_fields)), Rule)


class Problem(BaseModel):
    """``place``: ``name``, ``all.0``, ``actions.1`` …"""

    place: str
    sentence: str
    wording: Wording | None


class Parked(BaseModel):
    at: datetime
    reason: str | None
    reason_wording: Wording | None


class RuleShown(BaseModel):
    """``problems``: what it names that is gone. ``acted_at``: when it did something last."""

    id: UUID
    version: int
    content: RuleContent
    problems: list[Problem]
    parked: Parked | None
    changed_by: UUID
    changed_at: datetime
    acted_at: datetime | None


class ConflictShown(BaseModel):
    """About ``rule_id``; ``other_id`` is an earlier rule; ``does``: what both settle, differently."""

    kind: Literal["never_applies", "never_reached", "never_acts", "earlier_wins"]
    rule_id: UUID
    other_id: UUID | None
    does: Do | None


class FactWords(BaseModel):
    fact: Fact
    takes: Takes
    ops: list[Op]


class ActionWords(BaseModel):
    """``not_at``: triggers at which it cannot be done."""

    do: Do
    takes: Takes
    not_at: list[Trigger]


class PlatformName(BaseModel):
    platform: str
    title: str


class WebhookName(BaseModel):
    id: UUID
    name: str


class Choices(BaseModel):
    """What rules are made of, with its limits: the builder offers just this. ``skills``: those that somebody has.
    ``back``: what ``{back}`` in a text would say now, by language, and under an empty name in all others."""

    triggers: list[Trigger]
    timed: list[Trigger]
    facts: list[FactWords]
    actions: list[ActionWords]
    platforms: list[PlatformName]
    webhooks: list[WebhookName]
    noises: list[str]
    kinds: list[str]
    statuses: list[str]
    priorities: list[str]
    skills: list[str]
    back: dict[str, str]
    most_rules: int
    most_conditions: int
    most_actions: int
    most_fragments: int
    most_minutes: int
    name_max: int
    words_max: int
    text_max: int


class Rules(BaseModel):
    """All in their order; not paged, since there are no more than 200."""

    version: int
    items: list[RuleShown]
    conflicts: list[ConflictShown]
    choices: Choices


class VersionShown(BaseModel):
    version: int
    content: RuleContent
    text: str
    made_by: UUID
    made_at: datetime


class Versions(BaseModel):
    items: list[VersionShown]


class DeedShown(BaseModel):
    """One thing that a rule did; ``name`` is the customer's. ``is_reverted``: somebody has taken it back."""

    id: UUID
    at: datetime
    does: Do
    conversation_id: UUID
    name: str | None
    is_reverted: bool


class Deeds(BaseModel):
    items: list[DeedShown]
    next_cursor: UUID | None


def choices(known: Known, back: Mapping[str, str]) -> Choices:
    return Choices(
        triggers=list(Trigger),
        timed=sorted(TIMED),
        facts=[FactWords(fact=fact, takes=kind, ops=list(ops)) for fact, (kind, ops) in FACTS.items()],
        actions=[
            ActionWords(do=do, takes=kind, not_at=[each for each, denied in NOT_AT.items() if do in denied])
            for do, kind in ACTIONS.items()
        ],
        platforms=[PlatformName(platform=name, title=each.manifest.title) for name, each in CHANNELS.items()],
        webhooks=[
            WebhookName(id=UUID(each), name=name)
            for each, name in sorted(known.webhooks.items(), key=lambda webhook: webhook[1].lower())
        ],
        noises=[REAL, *NOISES],
        kinds=list(KINDS),
        statuses=list(STATUSES),
        priorities=list(PRIORITIES),
        skills=list(known.skills),
        back=dict(back),
        words_max=WORDS_MAX,
        most_rules=MOST_RULES,
        most_conditions=MOST_CONDITIONS,
        most_actions=MOST_ACTIONS,
        most_fragments=FRAGMENTS_MAX,
        most_minutes=LONGEST_MINUTES,
        name_max=NAME_MAX,
        text_max=TEXT_MAX,
    )


def content_of(rule: Rule) -> RuleContent:
    return RuleContent.model_validate(msgspec.to_builtins(rule))


def rule_shown(kept: KeptRule, changed: Changed, acted_at: datetime | None, known: Known) -> RuleShown:
    return RuleShown(
        id=kept.rule_id,
        version=kept.version,
        content=content_of(kept.rule),
        problems=problems_shown(kept.rule, known) if kept.is_readable else [],
        parked=_parked(kept, changed),
        changed_by=changed.by,
        changed_at=changed.at,
        acted_at=acted_at,
    )


def _parked(kept: KeptRule, changed: Changed) -> Parked | None:
    reason = kept.parked_reason if kept.is_readable else UNREADABLE
    at = kept.parked_at if kept.is_readable else changed.at
    return Parked(at=at, reason=reason, reason_wording=worded(reason)) if at else None


def problems_shown(rule: Rule, known: Known) -> list[Problem]:
    return [
        Problem(place=place, sentence=sentence, wording=worded(sentence))
        for place, sentence in problems_of(rule, known)
    ]


def conflict_shown(conflict: Conflict) -> ConflictShown:
    fields: dict[str, Any] = msgspec.structs.asdict(conflict)
    return ConflictShown(**fields)


def version_shown(version: Version, text: str) -> VersionShown:
    return VersionShown(
        version=version.version,
        content=content_of(version.rule),
        text=text,
        made_by=version.made_by,
        made_at=version.made_at,
    )
