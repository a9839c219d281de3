"""What a back-fill is, where it stands after each page, and what the next page is asked for. Pure.

Platforms list conversations by their newest words, so that one in which somebody writes meanwhile moves to the front,
past the reader. Therefore a pass of several pages is followed by another, over what was touched since it began, until
one fits on a single page.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.channels.contract import PastPage, Span

# Of a gap with what was heard before it: clocks differ, and news come in any order.
OVERLAP = timedelta(minutes=10)
LONGEST_GAP = timedelta(days=30)
LONGEST_WAIT = timedelta(hours=12)  # for a channel that is in trouble, or a platform that puts us off
MOST_CONVERSATIONS = {"connected": 2_000, "gap": 50_000}


class Why(StrEnum):
    CONNECTED = "connected"  # what was said before we were there
    GAP = "gap"  # what passed us by


class State(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"  # by a person, who may have it go on
    DONE = "done"
    FAILED = "failed"


class Backfill(msgspec.Struct, frozen=True, kw_only=True):
    backfill_id: UUID
    channel_id: UUID
    why: Why
    since: datetime
    until: datetime | None
    state: State
    touched_since: datetime
    pass_began_at: datetime
    cursor: str | None = None
    pages: int = 0
    conversations: int = 0
    found: int = 0
    reached: datetime | None = None
    reason: str | None = None  # why it failed, or what it waits for
    stuck_since: datetime | None = None
    started_at: datetime
    ended_at: datetime | None = None


def begun(
    backfill_id: UUID, channel_id: UUID, why: Why, since: datetime, until: datetime | None, at: datetime
) -> Backfill:
    return Backfill(
        backfill_id=backfill_id,
        channel_id=channel_id,
        why=why,
        since=since,
        until=until,
        state=State.RUNNING,
        touched_since=since,
        pass_began_at=at,
        started_at=at,
    )


def gap_since(before: Backfill | None, unsure_since: datetime, at: datetime) -> datetime:
    """What the gap ``before`` this one did not come to read is still missing."""
    since = unsure_since - OVERLAP
    if before is not None and before.state in (State.STOPPED, State.FAILED):
        since = min(since, before.since)
    return max(since, at - LONGEST_GAP)


def widened(run: Backfill, since: datetime, at: datetime) -> Backfill:
    """Another gap while one is being read: one run reads both, from the beginning."""
    since = min(since, run.since)
    return replace(
        run, since=since, touched_since=since, pass_began_at=at, cursor=None, pages=0, stuck_since=None
    )


def span_of(run: Backfill, connected_at: datetime) -> Span:
    return Span(since=run.since, until=run.until, connected_at=connected_at, touched_since=run.touched_since)


def after_page(run: Backfill, page: PastPage, found: int, at: datetime) -> Backfill:
    """``found``: messages on it that were not known before."""
    is_first_pass = run.touched_since == run.since
    reached = [each for each in (run.reached, page.reached if is_first_pass else None) if each]
    run = replace(
        run,
        cursor=page.cursor,
        pages=run.pages + 1,
        conversations=run.conversations + (len(page.bodies) if is_first_pass else 0),
        found=run.found + found,
        reached=min(reached, default=None),
        reason=None,
        stuck_since=None,
    )
    if page.cursor is not None and run.conversations < MOST_CONVERSATIONS[run.why]:
        return run
    if run.pages > 1:
        return replace(run, touched_since=run.pass_began_at, pass_began_at=at, cursor=None, pages=0)
    return ended(run, State.DONE, at)


def held_up(run: Backfill, reason: str | None, at: datetime) -> Backfill:
    """It waits for somebody or something, and not for ever."""
    if run.stuck_since is not None and at - run.stuck_since >= LONGEST_WAIT:
        return ended(run, State.FAILED, at, reason)
    return replace(run, reason=reason, stuck_since=run.stuck_since or at)


def ended(run: Backfill, state: State, at: datetime, reason: str | None = None) -> Backfill:
    return replace(run, state=state, ended_at=at, reason=reason)


def going_on(run: Backfill, at: datetime) -> Backfill:
    """Where it was left; what failed begins anew, since a platform forgets how far it had shown us."""
    was, run = run.state, replace(run, state=State.RUNNING, ended_at=None, reason=None, stuck_since=None)
    if was == State.FAILED:
        return replace(run, cursor=None, pages=0, touched_since=run.since, pass_began_at=at, conversations=0)
    return run
