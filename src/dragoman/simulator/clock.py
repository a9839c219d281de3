"""The simulator's own time: the machine's, moved by an offset, and for a storm set back by some hours more. It can be
stopped, so that what is limited to so much a second is so however slow the machine is."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class Clock:
    offset_seconds: float = 0.0
    set_back_seconds: float = 0.0
    stopped_at: float | None = None  # the machine's time

    def seconds(self) -> float:
        """Unix time in seconds, with fractions: when things happen to people."""
        return self.steady_seconds() - self.set_back_seconds

    def steady_seconds(self) -> float:
        """The same without a storm's setting back, which runs through hours in no time: for spans of waiting."""
        machines = time.time() if self.stopped_at is None else self.stopped_at
        return machines + self.offset_seconds

    def milliseconds(self) -> int:
        """Unix time in milliseconds, as Messenger counts."""
        return int(self.seconds() * 1000)

    def moment(self) -> datetime:
        """The same moment as a date with its zone (UTC)."""
        return datetime.fromtimestamp(self.seconds(), UTC)
