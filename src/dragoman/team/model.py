"""Whose a conversation is, and what a team is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from dragoman.conversations.model import Conversation
from dragoman.kit.errors import invalid
from dragoman.kit.text import is_name, one_line

MOST_TEAMS = 100  # in one workspace
MOST_IN_TEAM = 500  # members
NAME_MAX = 60  # characters

Channels = frozenset[UUID] | None  # that somebody sees; None: all


class Assignment(msgspec.Struct, frozen=True):
    """Whose a conversation shall be. What is left out stays as it is; None: nobody's, in no team's queue."""

    owner_id: UUID | UnsetType | None = UNSET
    team_id: UUID | UnsetType | None = UNSET


class Assignable(msgspec.Struct, frozen=True):
    """To whom conversations can be given: members who have not left, by what they see, and teams."""

    members: Mapping[UUID, Channels]
    teams: frozenset[UUID]

    def has_team(self, to: Assignment) -> bool:
        return not isinstance(to.team_id, UUID) or to.team_id in self.teams

    def has_owner(self, to: Assignment) -> bool:
        return not isinstance(to.owner_id, UUID) or to.owner_id in self.members

    def owner_sees(self, channel_id: UUID, to: Assignment) -> bool:
        """Who does not see the channel cannot have what is said on it."""
        if not isinstance(to.owner_id, UUID):
            return True
        channels = self.members.get(to.owner_id, frozenset())
        return channels is None or channel_id in channels

    def allows(self, channel_id: UUID, to: Assignment) -> bool:
        return self.has_team(to) and self.has_owner(to) and self.owner_sees(channel_id, to)


def assigned(c: Conversation, to: Assignment) -> Conversation:
    """It waits as long as it did: whose it is moves no clock."""
    owner = c.owner_id if isinstance(to.owner_id, UnsetType) else to.owner_id
    team = c.team_id if isinstance(to.team_id, UnsetType) else to.team_id
    return replace(c, owner_id=owner, team_id=team)


def handed_back(c: Conversation) -> Conversation:
    """Nobody's again; a team's queue still has it."""
    return replace(c, owner_id=None)


def checked_team_name(written: str) -> str:
    """One line of 1 to 60 characters. Raises Refused."""
    name = one_line(written)
    if not is_name(name, NAME_MAX):
        raise invalid(name=f"A team's name has 1 to {NAME_MAX} characters on one line.")
    return name
