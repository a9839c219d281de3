"""Whether a member is told of a turn, and how loudly. Pure: facts in, a decision out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from dragoman.kit.errors import invalid

MINUTES_A_DAY = 24 * 60
KEPT_AT_MOST = timedelta(hours=12)  # by the push service, for a device that is off


class Who(StrEnum):
    WAITING = "waiting"  # of every conversation that waits for us
    NOTHING = "nothing"


class Shows(StrEnum):
    """How much of it stands on a screen that others may see."""

    WORDS = "words"
    NAME = "name"
    NOTHING = "nothing"


class Telling(StrEnum):
    ALOUD = "aloud"
    SILENTLY = "silently"  # what is on the screen already changes, and nothing rings


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Minutes after midnight, on these days (Monday is 1). ``end`` not after ``start``: of the day after."""

    days: frozenset[int]
    start: int
    end: int
    zone: str

    def __post_init__(self) -> None:
        """Raises Refused for what is no day of a week or no time of a day."""
        are_days = self.days <= frozenset(range(1, 8))
        if not are_days or min(self.start, self.end) < 0 or max(self.start, self.end) >= MINUTES_A_DAY:
            raise invalid(quiet="Quiet hours need days of the week and times of day.")

    def are_on(self, at: datetime) -> bool:
        there = self._there(at)
        nights = (self._of(there.date() - timedelta(days=back)) for back in (0, 1))
        return any(night is not None and night[0] <= there < night[1] for night in nights)

    def over_after(self, at: datetime) -> timedelta:
        """How long until those that are on at that time end; nothing where none are."""
        there = self._there(at)
        nights = (self._of(there.date() - timedelta(days=back)) for back in (0, 1))
        return max((night[1] - there for night in nights if night and night[0] <= there), default=timedelta())

    def begin_after(self, at: datetime) -> timedelta | None:
        """How long until they begin; None: not within a week."""
        there = self._there(at)
        nights = (self._of(there.date() + timedelta(days=ahead)) for ahead in range(8))
        return next((night[0] - there for night in nights if night is not None and night[0] > there), None)

    def _there(self, at: datetime) -> datetime:
        """What the clock on the member's wall says."""
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def _of(self, day: date) -> tuple[datetime, datetime] | None:
        if day.isoweekday() not in self.days:
            return None
        midnight = datetime.combine(day, time())
        end = self.end if self.end > self.start else self.end + MINUTES_A_DAY
        return midnight + timedelta(minutes=self.start), midnight + timedelta(minutes=end)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a member settles for themselves in one workspace. As it stands here for who has settled nothing."""

    who: Who = Who.WAITING
    shows: Shows = Shows.NAME
    sound: bool = True
    quiet: QuietHours | None = None
    muted: frozenset[UUID] = field(default_factory=frozenset)  # channels
    alarms: bool = True
    given: bool = True  # what somebody else gives them


@dataclass(frozen=True, slots=True)
class Turn:
    """What has come to its end: of a conversation that waits for us, and that was not late."""

    turn_id: UUID
    conversation_id: UUID
    channel_id: UUID
    fragments: int
    arrived_at: datetime  # its newest fragment
    waiting_since: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it, and what: the words of a turn in their order, or the kind of what has none."""

    name: str | None
    words: Sequence[str]
    kind: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a member was told last about the conversation."""

    turn_id: UUID
    fragments: int
    arrived_at: datetime
    told_at: datetime


@dataclass(frozen=True, slots=True)
class StandingAlarm:
    """``customer``: whom it is about, where it is about a conversation; only its owner is told then, if they can be."""

    alarm_id: UUID
    what: str
    level: int
    channel_id: UUID | None
    channel: str | None  # its name
    conversation_id: UUID | None
    customer: str | None
    owner_id: UUID | None


@dataclass(frozen=True, slots=True)
class Listener:
    """A member who sees the channel and has a device."""

    member_id: UUID
    settings: Settings
    read_up_to: datetime | None
    told: Told | None


def telling(turn: Turn, to: Listener, at: datetime) -> Telling | None:
    """None: they are not told. Who has the conversation before their eyes has read it by now."""
    settings = to.settings
    if settings.who is Who.NOTHING or turn.channel_id in settings.muted:
        return None
    if settings.quiet is not None and settings.quiet.are_on(at):
        return None
    if to.read_up_to is not None and to.read_up_to >= turn.arrived_at:
        return None
    if to.told is None:
        return Telling.ALOUD
    if (to.told.turn_id, to.told.fragments) == (turn.turn_id, turn.fragments):
        return None
    return Telling.SILENTLY if _stands(to.told, turn, to.read_up_to) else Telling.ALOUD


def who_hears(alarm: StandingAlarm, may_hear: Mapping[UUID, Settings]) -> Mapping[UUID, Settings]:
    """Of those who can act: the owner alone, where they see the channel and want to be told of it."""
    owner, settings = alarm.owner_id, may_hear.get(alarm.owner_id) if alarm.owner_id else None
    if owner is None or settings is None or not settings.alarms or alarm.channel_id in settings.muted:
        return may_hear
    return {owner: settings}


def alarm_wait(settings: Settings, channel_id: UUID | None, at: datetime) -> timedelta | None:
    """How long until a member is told of an alarm that still stands then: not in their quiet hours. None: never."""
    if not settings.alarms or channel_id in settings.muted:
        return None
    return max(timedelta(), settings.quiet.over_after(at)) if settings.quiet else timedelta()


def given_wait(settings: Settings, at: datetime) -> timedelta | None:
    """How long until a member is told of what they are given: not in their quiet hours. None: never."""
    if not settings.given:
        return None
    return settings.quiet.over_after(at) if settings.quiet else timedelta()


def _stands(told: Told, turn: Turn, read_up_to: datetime | None) -> bool:
    """They were told while the customer was waiting for the same answer, and have not looked since."""
    is_unread = read_up_to is None or read_up_to < told.arrived_at
    return is_unread and told.told_at >= turn.waiting_since


def kept_for(settings: Settings, at: datetime) -> timedelta:
    """How long a push service may keep it for a device that is off: not into the quiet hours."""
    begin = settings.quiet.begin_after(at) if settings.quiet else None
    return min(KEPT_AT_MOST, begin) if begin is not None else KEPT_AT_MOST
