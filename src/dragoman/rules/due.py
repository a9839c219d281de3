"""A rule that applies, and what it is to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast
from uuid import UUID

import msgspec

from dragoman.rules.evaluating import Act
from dragoman.rules.model import OF_TURNS, Action, Do
from dragoman.settling.facts import SettledTurn

What = dict[str, Any]
"""What a deed came to: ids, codes and numbers."""

Done = dict[str, What]
"""By the deed's key."""


class Deed(msgspec.Struct, frozen=True):
    """One action; ``key`` names it for ever, so that nothing is said twice."""

    turn: SettledTurn
    act: Act
    action: Action
    key: str


class Due(msgspec.Struct, frozen=True):
    """A rule applies: ``subject`` is what it is about, so that it acts on it once; ``turn`` is all that is known."""

    turn: SettledTurn
    act: Act
    subject: UUID

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.act.rule_id, self.subject

    @property
    def deeds(self) -> list[Deed]:
        # A turn that grows is asked about anew, and spoken to once.
        about = self.turn.turn_id if self.act.trigger in OF_TURNS else self.subject
        return [
            Deed(self.turn, self.act, action, f"rule {self.act.rule_id} {about} {nth}")
            for nth, action in enumerate(self.act.actions)
        ]


def ids_in(action: Action) -> list[UUID]:
    """What an action names by id."""
    return [UUID(each) for each in cast("list[str]", action.value)]


def deeds_among(due: Iterable[Due], kinds: Collection[Do]) -> list[Deed]:
    return [deed for each in due for deed in each.deeds if deed.action.do in kinds]
