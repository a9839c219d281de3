"""The simulator's own time: the machine's, moved by an offset, and for a storm set back by some hours more."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class Clock:
    offset_seconds: float = 0.0
    set_back_seconds: float = 0.0

    def seconds(self) -> float:
        """Unix time in seconds, with fractions: when things happen to people."""
        return self.steady_seconds() - self.set_back_seconds

    def steady_seconds(self) -> float:
        """The same without a storm's setting back, which runs through hours in no time: for spans of waiting."""
        return time.time() + self.offset_seconds

    def milliseconds(self) -> int:
        """Unix time in milliseconds, as Messenger counts."""
        return int(self.seconds() * 1000)

    def moment(self) -> datetime:
        """The same moment as a date with its zone (UTC)."""
        return datetime.fromtimestamp(self.seconds(), UTC)
