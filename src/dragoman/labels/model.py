"""What a label is, and how many there may be. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from dragoman.conversations.model import Conversation
from dragoman.kit.errors import Refused, invalid
from dragoman.kit.text import is_name, one_line

MOST_LABELS = 200  # in one workspace
MOST_ON_ONE = 20  # on one conversation
NAME_MAX = 40  # characters


class Colour(StrEnum):
    """By name, as the browser's tokens have it: light and dark show each in their own way."""

    GREY = "grey"
    CORAL = "coral"
    HONEY = "honey"
    LEAF = "leaf"
    TEAL = "teal"
    SKY = "sky"
    PLUM = "plum"
    ROSE = "rose"


def checked_label_name(written: str) -> str:
    """One line of 1 to 40 characters. Raises Refused."""
    name = one_line(written)
    if not is_name(name, NAME_MAX):
        raise invalid(name=f"A label has 1 to {NAME_MAX} characters on one line.")
    return name


def labelled(has: frozenset[UUID], put: Collection[UUID], take_off: Collection[UUID]) -> frozenset[UUID]:
    """The labels of a conversation after some are put on and others taken off. Raises Refused: too many."""
    after = (has - frozenset(take_off)) | frozenset(put)
    if len(after) > MOST_ON_ONE and len(after) > len(has):
        raise Refused("conflict", f"A conversation carries {MOST_ON_ONE} labels at most.", 409)
    return after


class Carried(NamedTuple):
    """A label on a conversation."""

    conversation_id: UUID
    channel_id: UUID
    label_id: UUID


def carried(c: Conversation, label_ids: Collection[UUID]) -> list[Carried]:
    return [Carried(c.conversation_id, c.channel_id, each) for each in label_ids]
