"""Which turns of a customer are work, and which are noise: decided over a stretch of the timeline. Pure.

The same messages give the same verdicts whatever the order in which they came: a verdict is never changed by a rule
about what came last, but made anew from everything that stands in the stretch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.conversations.model import (
    Conversation,
    Place,
    Side,
    Status,
    Unanswered,
    is_unanswered,
    opened,
    unsnoozed,
)

ANSWERED_WITHIN = timedelta(days=7)  # after that a 👍 is no answer to our question any more
CLASSES = (
    "story_mention", "story_reaction", "reaction", "sticker", "emoji_only", "closer", "punctuation", "empty",
)  # fmt: skip
REACTION = "reaction"
CANNOT_ANSWER = frozenset({"story_mention", "empty"})
BY_RULE = "rule"  # the class of a turn that says something, and that a rule shelved


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the stretch. ``asks``: of ours, whether it is a question. ``noise``: of the customer's, the class
    of the fragment by itself; ``waits``: it may want an answer at all. ``kept``: a person took its turn from the shelf.
    ``ruled``: a rule shelved it. ``was``: the verdict on its turn so far.
    """

    place: Place
    turn_id: UUID
    side: Side
    arrived_at: datetime
    asks: bool = False
    noise: str | None = None
    waits: bool = True
    kept: bool = False
    ruled: bool = False
    was: str | None = None


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """The customer's reaction to a message of ours. Its place carries an id of its own."""

    place: Place
    to: UUID
    kept: bool = False


class Judged(msgspec.Struct, frozen=True):
    """What stands now. ``verdicts`` by turn and ``reactions`` by id: a class of noise, or None for work."""

    conversation: Conversation
    verdicts: Mapping[UUID, str | None]
    reactions: Mapping[UUID, str | None]


class _Work(msgspec.Struct, frozen=True):
    """Something that waits for us: a fragment, or a reaction that answers."""

    place: Place
    arrived_at: datetime
    is_new: bool  # it was none before


def judge(
    c: Conversation,
    said: Iterable[Said],
    reactions: Iterable[Reaction],
    wanted: Collection[str],
    *,
    new_episode: UUID,
    now: datetime,
) -> Judged:
    """Verdicts on everything of the stretch, and the conversation as it is by them.

    ``said`` begins at a message of ours, or with the conversation, and goes to its end, in the timeline's order.
    ``wanted``: classes of noise that are work on this channel.
    """
    verdicts: dict[UUID, str | None] = {}
    reacted: dict[UUID, str | None] = {}
    work: list[_Work] = []
    asked: Place | None = None
    asking: frozenset[UUID] = frozenset()
    units: list[Sequence[Said] | Reaction] = [*_turns(said), *reactions]
    for unit in sorted(units, key=_begins):
        if isinstance(unit, Reaction):
            answers = is_answer(asked, unit.place) and unit.to in asking
            speaks = unit.kept or answers or REACTION in wanted
            reacted[unit.place.id] = None if speaks else REACTION
            if speaks:
                work += _waiting(c, [_Work(unit.place, unit.place.at, c.unanswered is None)])
                asked = None
        elif unit[0].side is Side.TEAM:
            asked = max((s.place for s in unit if s.asks), default=None)
            asking = frozenset(s.place.id for s in unit if s.asks)
        elif waiting := [s for s in unit if s.waits]:
            answers = is_answer(asked, waiting[0].place) and any(can_answer(s.noise) for s in waiting)
            verdict = _verdict(waiting, answers, wanted)
            verdicts[waiting[0].turn_id] = verdict
            if verdict is None:
                work += _counted(c, waiting, answers, wanted)
                asked = None
    return Judged(_with(replace(c, asked=asked), work, new_episode, now), verdicts, reacted)


def is_answer(asked: Place | None, place: Place) -> bool:
    """Whatever comes to an open question of ours in time answers it, an emoji too."""
    return asked is not None and asked < place and place.at - asked.at <= ANSWERED_WITHIN


def can_answer(noise: str | None) -> bool:
    """A mention in a story was meant for others, and nothing at all says nothing."""
    return noise not in CANNOT_ANSWER


def _turns(said: Iterable[Said]) -> list[Sequence[Said]]:
    """The customer's turns, and what of ours stands together: it asks together."""
    runs = groupby(said, key=lambda s: (s.side, s.turn_id if s.side is Side.CUSTOMER else None))
    return [list(turn) for _, turn in runs]


def _begins(unit: Sequence[Said] | Reaction) -> Place:
    return unit.place if isinstance(unit, Reaction) else unit[0].place


def _verdict(turn: Sequence[Said], answers: bool, wanted: Collection[str]) -> str | None:
    if any(s.kept for s in turn):
        return None
    is_work = answers or any(_speaks(s, wanted) for s in turn)
    if any(s.ruled for s in turn) and not answers:
        return BY_RULE if is_work else turn[0].noise
    return None if is_work else turn[0].noise


def _speaks(s: Said, wanted: Collection[str]) -> bool:
    return s.kept or s.noise is None or s.noise in wanted


def _counted(c: Conversation, turn: Sequence[Said], answers: bool, wanted: Collection[str]) -> list[_Work]:
    """What of the turn waits for us: an emoji that came after we had answered its words does not by itself."""
    if any(s.kept for s in turn):  # whoever took it from the shelf knows what had been passed over
        c = replace(c, passed_over_id=None)
    left = [s for s in turn if is_unanswered(c, s.place)]
    if not answers and not any(_speaks(s, wanted) for s in left):
        return []
    return [_Work(s.place, s.arrived_at, s.was is not None) for s in left]


def _waiting(c: Conversation, work: Sequence[_Work]) -> list[_Work]:
    return [w for w in work if is_unanswered(c, w.place)]


def _with(c: Conversation, work: Sequence[_Work], new_episode: UUID, now: datetime) -> Conversation:
    """The conversation with exactly this unanswered. What came after it was closed has reopened it."""
    fresh = [w for w in work if c.closed_up_to is None or w.place.id > c.closed_up_to]
    if c.status is Status.CLOSED and fresh:
        c, work = opened(replace(c, passed_over_id=c.closed_up_to), new_episode, now), fresh
    elif c.status is Status.UNOPENED and work:
        c = opened(c, new_episode, now)
    elif c.status is Status.SNOOZED and any(w.is_new for w in work):
        c = unsnoozed(c)
    if not work:
        return replace(c, unanswered=None)
    places = [w.place for w in work]
    return replace(
        c,
        unanswered=Unanswered(min(places), max(places), len(places)),
        said_at=_later(c.said_at, max(places).at),
        last_arrived_at=_later(c.last_arrived_at, max(w.arrived_at for w in work)),
    )


def _later(a: datetime | None, b: datetime) -> datetime:
    return b if a is None or b > a else a
