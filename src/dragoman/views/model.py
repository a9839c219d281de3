"""What a saved view is: one of the views, a filter over it, and a name. Pure."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

import msgspec

from dragoman.access.model import RIGHTS, Membership, Right
from dragoman.conversations.model import Priority
from dragoman.kit.errors import Refused, invalid
from dragoman.kit.text import is_name, one_line

MOST_SHARED = 30  # in one workspace
MOST_OWN = 30  # of one member in it
MOST_CHOSEN = 50  # channels, or labels, in one filter
NAME_MAX = 60  # characters


class Owner(StrEnum):
    ME = "me"  # whoever looks: a shared view shows each member their own
    NONE = "none"


class Filter(msgspec.Struct, frozen=True):
    """What of a view is left. Nothing given leaves all of it; of labels one is enough, of teams and priorities too."""

    channel_ids: list[UUID] = []
    label_ids: list[UUID] = []
    team_ids: list[UUID] = []
    priorities: list[Priority] = []
    owner: Owner | None = None
    unread: bool = False


EVERYTHING = Filter()


class SavedView(msgspec.Struct, frozen=True):
    """``owner_id`` None: the whole workspace has it."""

    id: UUID
    name: str
    owner_id: UUID | None
    made_by: UUID
    base: str
    filter: Filter
    place: int


def checked_view_name(written: str) -> str:
    """One line of 1 to 60 characters. Raises Refused."""
    name = one_line(written)
    if not is_name(name, NAME_MAX):
        raise invalid(name=f"A view's name has 1 to {NAME_MAX} characters on one line.")
    return name


def is_visible_to(view: SavedView, member_id: UUID) -> bool:
    return view.owner_id in (None, member_id)


def may_change(view: SavedView, by: Membership) -> bool:
    """One's own, what one has shared, and with the right for it what others have."""
    return view.made_by == by.member_id or (view.owner_id is None and Right.MANAGE_VIEWS in RIGHTS[by.role])


def refuse_too_many(how_many: int, *, shared: bool) -> None:
    """Raises Refused."""
    if shared and how_many >= MOST_SHARED:
        raise Refused(
            "conflict", f"A workspace has {MOST_SHARED} shared views at most: remove one first.", 409
        )
    if not shared and how_many >= MOST_OWN:
        raise Refused("conflict", f"You have {MOST_OWN} views of your own already: remove one first.", 409)
