"""Turns: people press Enter after every few words, and a burst is one turn everywhere. Pure.

A turn is a run of messages of one side that stand next to each other in the timeline with gaps under ten
seconds. Its id is the id of the fragment that arrived first, so that the same messages give the same turns
whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from dragoman.conversations.model import LATE_AFTER, Place, Side

GAP = timedelta(seconds=10)
SETTLES_AFTER_LAST = timedelta(seconds=10)
SETTLES_AFTER_FIRST = timedelta(seconds=45)


class Fragment(msgspec.Struct, frozen=True):
    place: Place
    side: Side
    arrived_at: datetime


class Turn(msgspec.Struct, frozen=True):
    """One burst: its fragments in the order of the timeline."""

    turn_id: UUID
    side: Side
    fragments: tuple[Fragment, ...]

    @property
    def first_at(self) -> datetime:
        return self.fragments[0].place.at

    @property
    def last_at(self) -> datetime:
        return self.fragments[-1].place.at

    @property
    def arrived_first_at(self) -> datetime:
        return min(f.arrived_at for f in self.fragments)

    @property
    def arrived_last_at(self) -> datetime:
        return max(f.arrived_at for f in self.fragments)


def group(fragments: Iterable[Fragment]) -> list[Turn]:
    """Turns of a stretch of timeline. Fragments come in its order."""
    runs: list[list[Fragment]] = []
    for fragment in fragments:
        if runs and continues(runs[-1][-1].side, runs[-1][-1].place.at, fragment):
            runs[-1].append(fragment)
        else:
            runs.append([fragment])
    return [_turn(run) for run in runs]


def continues(side: Side | None, last_at: datetime, fragment: Fragment) -> bool:
    return side is fragment.side and fragment.place.at - last_at < GAP


def _turn(run: Sequence[Fragment]) -> Turn:
    return Turn(min(f.place.id for f in run), run[0].side, tuple(run))


def settles_at(last_at: datetime, arrived_first_at: datetime, arrived_last_at: datetime) -> datetime:
    """10 s after its last fragment arrived, at the latest 45 s after its first, at once if it came late."""
    if _came_late(last_at, arrived_last_at):
        return arrived_last_at
    return min(arrived_last_at + SETTLES_AFTER_LAST, arrived_first_at + SETTLES_AFTER_FIRST)


def is_cut_short(last_at: datetime, arrived_first_at: datetime, arrived_last_at: datetime) -> bool:
    """It settled because it had gone on for so long, and may go on still."""
    ends_at = arrived_last_at + SETTLES_AFTER_LAST
    has_ended = settles_at(last_at, arrived_first_at, arrived_last_at) == ends_at
    return not has_ended and not _came_late(last_at, arrived_last_at)


def _came_late(last_at: datetime, arrived_last_at: datetime) -> bool:
    return arrived_last_at - last_at > LATE_AFTER
