"""What a note is: words of ours about a conversation, and whom they are meant for. Pure."""

from __future__ import annotations

import re
from uuid import UUID

from dragoman.kit.errors import Refused, invalid
from dragoman.kit.text import clean

TEXT_MAX = 5000  # characters
MOST_MENTIONED = 50

MENTION = re.compile(r"<@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>")


def checked_note(written: str) -> str:
    """Raises Refused: nothing is written, or too much."""
    text = clean(written).strip()
    if not text:
        raise invalid(text="Write something first.")
    if len(text) > TEXT_MAX:
        raise invalid(text=f"A note has at most {TEXT_MAX} characters.")
    return text


def mentioned_in(text: str) -> frozenset[UUID]:
    """The members that a note mentions. They stand in it as ``<@id>``, so that a new name is shown everywhere.

    Raises Refused: too many.
    """
    found = frozenset(UUID(written) for written in MENTION.findall(text))
    if len(found) > MOST_MENTIONED:
        raise invalid(text=f"A note mentions at most {MOST_MENTIONED} people.")
    return found


def without_mentions(text: str) -> str:
    """The words alone: what a note is found by."""
    return MENTION.sub(" ", text)


def by_its_author(author_id: UUID | None, member_id: UUID) -> None:
    """Raises Refused for everybody else."""
    if author_id != member_id:
        raise Refused("conflict", "Only its author changes a note.", 409)
