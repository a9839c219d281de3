"""A leaking bucket: so many calls a second, and a burst."""

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    per_second: float
    burst: float
    tokens: float
    filled_at: float

    @classmethod
    def full(cls, per_second: float, burst: float, now: float) -> "Bucket":
        return cls(per_second, burst, burst, now)

    def wait_seconds(self, now: float) -> float:
        """How long until one more may go: 0 means now."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.filled_at) * self.per_second)
        self.filled_at = now
        return max(0.0, (1.0 - self.tokens) / self.per_second)

    def take(self) -> None:
        self.tokens -= 1
