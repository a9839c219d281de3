"""What a conversation is and who waits for whom: pure decisions over facts.

Everything here is the same whatever the order in which things arrived, so that replay and recount agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

CUT_AHEAD = timedelta(minutes=1)  # a platform's clock may run this far ahead of ours
LATE_AFTER = timedelta(minutes=10)  # what took longer from the platform to us is late
LATE_WAITS_FOR = timedelta(days=7)  # what is older on arrival opens nothing any more


class Side(StrEnum):
    CUSTOMER = "customer"
    TEAM = "team"


class Origin(StrEnum):
    CUSTOMER = "customer"
    MEMBER = "member"  # written here
    ELSEWHERE = "elsewhere"  # typed by a person of ours in the network's own app
    AUTOMATIC = "automatic"  # greeting, away message, another bot: never an answer


class Status(StrEnum):
    UNOPENED = "unopened"  # something arrived, but nothing that opens
    OPEN = "open"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class WaitingFor(StrEnum):
    US = "us"
    EXPERT = "expert"
    THEM = "them"
    NOBODY = "nobody"


class Priority(StrEnum):
    """From the least to the most urgent. It moves nobody in a list: who waits longest is still first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Place(NamedTuple):
    """Where a message stands in the timeline: the platform's time, its own order, then arrival."""

    at: datetime
    order: int
    id: UUID


class Unanswered(msgspec.Struct, frozen=True):
    """The customer's messages since our last answer."""

    first: Place
    last: Place
    count: int


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: UUID
    channel_id: UUID
    identity_id: UUID
    thread_key: str
    lane: int
    created_at: datetime
    status: Status = Status.UNOPENED
    unanswered: Unanswered | None = None
    answered: Place | None = None
    asked: Place | None = None  # our newest question, while it is not answered
    passed_over_id: UUID | None = None
    closed_up_to: UUID | None = None  # what had arrived when it was closed
    episode_id: UUID | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    snoozed_until: datetime | None = None
    snoozed_by: UUID | None = None
    owner_id: UUID | None = None
    team_id: UUID | None = None
    priority: Priority = Priority.NORMAL
    last: Place | None = None
    last_side: Side | None = None
    last_turn_id: UUID | None = None
    said_at: datetime | None = None  # when something was last said that is no noise
    newest_id: UUID | None = None
    last_arrived_at: datetime | None = None
    last_customer_at: datetime | None = None
    customer_wrote_at: datetime | None = None
    window_closing_until: datetime | None = None
    delivered_up_to: datetime | None = None
    read_up_to: datetime | None = None
    held_elsewhere: bool = False

    @property
    def waiting_for(self) -> WaitingFor:
        if self.status is not Status.OPEN:
            return WaitingFor.NOBODY
        return WaitingFor.US if self.unanswered else WaitingFor.THEM

    @property
    def waiting_since(self) -> datetime | None:
        """The time of the first unanswered fragment. Nothing but the customer ever moves it."""
        is_shown = self.status in (Status.OPEN, Status.SNOOZED)
        return self.unanswered.first.at if is_shown and self.unanswered else None

    @property
    def is_back(self) -> bool:
        """Its snooze ran out, and nobody has attended to it since."""
        return self.status is Status.OPEN and self.snoozed_until is not None

    @property
    def is_window_closing(self) -> bool:
        """Somebody waits, a snoozed one too, and the platform will soon allow less than it does now."""
        return self.window_closing_until is not None and self.waiting_since is not None


def cut(platform_at: datetime | None, received_at: datetime) -> datetime:
    """The time that orders a message: the platform's, but never more than a minute ahead of its arrival."""
    if platform_at is None or platform_at > received_at + CUT_AHEAD:
        return received_at
    return platform_at


def is_late(sent_at: datetime, received_at: datetime) -> bool:
    return received_at - sent_at > LATE_AFTER


def waits(sent_at: datetime, received_at: datetime) -> bool:
    """May this message of a customer open a conversation and wait for us? Not when it came a week late."""
    return received_at - sent_at <= LATE_WAITS_FOR


def is_unanswered(c: Conversation, place: Place) -> bool:
    answered = c.answered is not None and place <= c.answered
    passed_over = c.passed_over_id is not None and place.id <= c.passed_over_id
    return not answered and not passed_over


def customer_said(c: Conversation, place: Place, *, new_episode: UUID, now: datetime) -> Conversation:
    """A message that wants an answer arrived: it is unanswered, and brings the conversation back to us.

    Closing had dealt with whatever was unanswered then, so a reopened conversation waits from here on.
    """
    if c.status is Status.CLOSED and is_unanswered(c, place):
        c = replace(c, unanswered=None, passed_over_id=c.closed_up_to)
    if not is_unanswered(c, place):
        return c
    c = unsnoozed(replace(c, unanswered=_with(c.unanswered, place), asked=None))
    return c if c.status is Status.OPEN else opened(c, new_episode, now)


def _with(unanswered: Unanswered | None, place: Place) -> Unanswered:
    if unanswered is None:
        return Unanswered(place, place, 1)
    first, last = min(unanswered.first, place), max(unanswered.last, place)
    return Unanswered(first, last, unanswered.count + 1)


def opened(c: Conversation, episode: UUID, now: datetime) -> Conversation:
    return replace(reopened(c), episode_id=episode, opened_at=now)


def put_back(c: Conversation) -> Conversation:
    """Opening taken back: as if it had never been opened."""
    return replace(c, status=Status.UNOPENED, unanswered=None, episode_id=None, opened_at=None)


def closed(c: Conversation, by: UUID | None, now: datetime) -> Conversation:
    return replace(unsnoozed(c), status=Status.CLOSED, closed_at=now, closed_by=by, closed_up_to=c.newest_id)


def reopened(c: Conversation) -> Conversation:
    """Closing taken back by a person: everything is as it was, its old waiting time included."""
    return replace(c, status=Status.OPEN, closed_at=None, closed_by=None, closed_up_to=None)


def unanswered_after_all(c: Conversation) -> Conversation:
    """A send that failed or is doubtful puts the conversation back, also one that was put aside meanwhile."""
    return reopened(c) if c.status is Status.CLOSED else unsnoozed(c)


def snoozed(c: Conversation, until: datetime, by: UUID | None) -> Conversation:
    """Out of sight until then, or until the customer speaks. Since when they wait stays what it is."""
    return replace(reopened(c), status=Status.SNOOZED, snoozed_until=until, snoozed_by=by)


def woken(c: Conversation) -> Conversation:
    """The time has come: open again. Until when it was snoozed stays written until somebody attends to it."""
    return replace(c, status=Status.OPEN)


def unsnoozed(c: Conversation) -> Conversation:
    """No snooze any more, neither one that lasts nor one that ran out."""
    if c.snoozed_until is None:
        return c
    status = Status.OPEN if c.status is Status.SNOOZED else c.status
    return replace(c, status=status, snoozed_until=None, snoozed_by=None)


def prioritised(c: Conversation, priority: Priority) -> Conversation:
    """As urgent as that. It waits as long as it did."""
    return replace(c, priority=priority)


def answered_up_to(c: Conversation, place: Place) -> Conversation:
    """A person of ours answered what stood up to ``place``. What came after it must be counted again."""
    if c.answered is not None and c.answered >= place:
        return c
    c = replace(c, answered=place)
    return unsnoozed(c) if c.is_back else c


def appended(
    c: Conversation,
    place: Place,
    side: Side,
    turn_id: UUID,
    arrived_at: datetime | None,
    *,
    is_quiet: bool = False,
) -> Conversation:
    """Keep the newest message and, for the customer's, when it reached us. A quiet one moves nothing in lists and is
    nobody's news."""
    newest = max(c.newest_id, place.id) if c.newest_id else place.id
    if not is_quiet and (c.said_at is None or place.at > c.said_at):
        c = replace(c, said_at=place.at)
    is_news = side is Side.CUSTOMER and not is_quiet
    if is_news and arrived_at and (c.last_arrived_at is None or arrived_at > c.last_arrived_at):
        c = replace(c, last_arrived_at=arrived_at)
    if c.last is not None and place < c.last:
        return replace(c, newest_id=newest)
    return replace(c, newest_id=newest, last=place, last_side=side, last_turn_id=turn_id)


def said_later(c: Conversation, at: datetime | None) -> datetime | None:
    """When something was last said that is no noise; a reaction that waits for us was said too."""
    waits_since = c.unanswered.last.at if c.unanswered else None
    return max((each for each in (at, waits_since) if each is not None), default=None)


def counted_in(c: Conversation) -> frozenset[str]:
    """The counters that this conversation stands in."""
    if c.status is Status.UNOPENED:
        return frozenset()
    if c.status is Status.CLOSED:
        return frozenset({"closed"})
    return frozenset({"open", *(name for name, counts in COUNTERS.items() if counts(c)), *_counted_for(c)})


def _counted_for(c: Conversation) -> Iterator[str]:
    """How much each member has to do, and how many wait in each team's queue."""
    if c.owner_id is not None and c.status is Status.OPEN:
        yield f"{OWNED}{c.owner_id}"
    if c.team_id is not None and c.waiting_for is WaitingFor.US:
        yield f"{IN_QUEUE}{c.team_id}"


OWNED, IN_QUEUE = "owned:", "team:"


COUNTERS: dict[str, Callable[[Conversation], bool]] = {
    "waiting": lambda c: c.waiting_for is WaitingFor.US,
    "unassigned": lambda c: c.waiting_for is WaitingFor.US and c.owner_id is None,
    "snoozed": lambda c: c.snoozed_until is not None and c.waiting_for is not WaitingFor.US,
    "snoozed_waiting": lambda c: c.status is Status.SNOOZED and c.unanswered is not None,
    "window_closing": lambda c: c.is_window_closing,
}
