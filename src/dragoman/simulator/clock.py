"""The simulator's own time: the machine's, moved forward or back by an offset."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class Clock:
    offset_seconds: float = 0.0

    def seconds(self) -> float:
        """Unix time in seconds, with fractions."""
        return time.time() + self.offset_seconds

    def milliseconds(self) -> int:
        """Unix time in milliseconds, as Messenger counts."""
        return int(self.seconds() * 1000)

    def moment(self) -> datetime:
        """The same moment as a date with its zone (UTC)."""
        return datetime.fromtimestamp(self.seconds(), UTC)
