"""To whom a settled turn belongs: who speaks its language, is there, and has the least to do. Pure.

The same facts give the same owner, in whatever order they come: what decides last is the member's id.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from dragoman.settling.facts import SettledTurn
from dragoman.team.work import Level


class Reason(StrEnum):
    SPEAKER = "speaker"
    LANGUAGE_UNKNOWN = "language_unknown"
    NOBODY_SPEAKS = (
        "nobody_speaks"  # of those who see the channel, and have the skills where some are asked for
    )
    SKILLED = "skilled"
    NOBODY_SKILLED = "nobody_skilled"
    ALL_AWAY = "all_away"  # or have a day off
    ALL_FULL = "all_full"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Whom it is for: who speaks the turn's language, who has all of these skills, or who does both."""

    speaks: bool = True
    skills: tuple[str, ...] = ()


SPEAKER = Wanted()


class Sought(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Whom somebody who waits in vain waits for."""

    language: str = ""  # empty: any
    skills: tuple[str, ...] = ()


def sought_by(language: str | None, wanted: Wanted) -> Sought | None:
    """None: in which language is not known yet."""
    if wanted.speaks and language is None:
        return None
    return Sought(language=language if wanted.speaks and language else "", skills=wanted.skills)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A member as they are at this moment, to somebody who writes in one language. ``level`` None: they do not know it.
    ``has_skills``: all that are asked for. ``given_at``: when routing gave them something last."""

    member_id: UUID
    level: Level | None
    is_on_shift: bool
    is_online: bool
    is_away: bool  # said so, or has a day off
    open: int
    capacity: int
    has_skills: bool = True
    given_at: datetime | None = None

    @property
    def is_full(self) -> bool:
        return self.open >= self.capacity

    @property
    def is_working(self) -> bool:
        return self.is_on_shift and not self.is_away


class Routed(msgspec.Struct, frozen=True, kw_only=True):
    """``owner`` None: nobody's; then ``team_id`` says in whose queue it stands, if in any."""

    reason: Reason
    owner: Candidate | None = None
    team_id: UUID | None = None

    @property
    def is_nobodys(self) -> bool:
        return self.owner is None and self.team_id is None


def is_to_be_routed(turn: SettledTurn, owner: Candidate | None, *, has_answered: bool) -> bool:
    """What somebody has is left with them while they work and have the skills, and with whoever has answered in this
    episode."""
    if turn.owner_id is None or owner is None:
        return True
    return not (owner.is_working and owner.has_skills) and not has_answered


def route(
    turn: SettledTurn, people: Collection[Candidate], fallback: UUID | None, wanted: Wanted = SPEAKER
) -> Routed:
    """``people``: those who see the channel, and where the turn stands in a team's queue, who is in that team."""
    if wanted.speaks and turn.language is None:
        return Routed(reason=Reason.LANGUAGE_UNKNOWN, team_id=fallback)
    skilled = [each for each in people if each.has_skills]
    able = [each for each in skilled if each.level is not None or not wanted.speaks]
    here = [each for each in able if not each.is_away]
    free = [each for each in here if not each.is_full]
    if free:
        reason = Reason.SPEAKER if wanted.speaks else Reason.SKILLED
        return Routed(reason=reason, owner=min(free, key=_turn_of))
    nobody = Reason.NOBODY_SKILLED if wanted.skills and not skilled else Reason.NOBODY_SPEAKS
    return Routed(reason=Reason.ALL_FULL if here else Reason.ALL_AWAY if able else nobody, team_id=fallback)


def _turn_of(each: Candidate) -> tuple[int, int, int, datetime, UUID]:
    """Who comes first is least: who answers in the language before who reads it before who does not know it, on shift
    and online before on shift before any, less to do before more, given something longest ago, and of those alike
    always the same."""
    language = 2 if each.level is None else 1 if each.level is Level.READS else 0
    presence = 0 if each.is_on_shift and each.is_online else 1 if each.is_on_shift else 2
    return (
        language,
        presence,
        each.open,
        each.given_at or NEVER,
        each.member_id,
    )


NEVER = datetime.min.replace(tzinfo=UTC)


def is_better(found: Routed, owner: Candidate | None) -> bool:
    """What has an owner who does not work now goes to somebody who does, what has one without the skills to anybody
    who has them; or it stays."""
    if owner is None:
        return True
    if found.owner is None or found.owner.member_id == owner.member_id:
        return False
    return found.owner.is_working or not owner.has_skills


def given(people: Sequence[Candidate], member_id: UUID, at: datetime) -> list[Candidate]:
    """The same people once this one has one conversation more."""
    return [
        msgspec.structs.replace(each, open=each.open + 1, given_at=at)
        if each.member_id == member_id
        else each
        for each in people
    ]
