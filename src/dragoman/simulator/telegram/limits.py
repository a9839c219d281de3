"""Telegram's own brakes: about one message a second in a chat (short bursts pass), thirty for a bot."""

import math
from dataclasses import dataclass, field

PER_CHAT_PER_SECOND, PER_CHAT_BURST = 1.0, 5.0
PER_BOT_PER_SECOND, PER_BOT_BURST = 30.0, 30.0


@dataclass(slots=True)
class Bucket:
    tokens: float
    filled_at: float

    def wait_seconds(self, now: float, per_second: float, burst: float) -> float:
        """How long until one more may go: 0 means now."""
        self.tokens = min(burst, self.tokens + (now - self.filled_at) * per_second)
        self.filled_at = now
        return max(0.0, (1.0 - self.tokens) / per_second)


@dataclass(slots=True)
class Limits:
    enabled: bool = True
    buckets: dict[tuple[int, int | None], Bucket] = field(default_factory=dict)

    def retry_after_seconds(self, bot_id: int, chat_id: int, now: float) -> int | None:
        """None when a message may go, which is then counted; else whole seconds to wait."""
        if not self.enabled:
            return None
        chat = self._bucket((bot_id, chat_id), PER_CHAT_BURST, now)
        bot = self._bucket((bot_id, None), PER_BOT_BURST, now)
        wait = max(
            chat.wait_seconds(now, PER_CHAT_PER_SECOND, PER_CHAT_BURST),
            bot.wait_seconds(now, PER_BOT_PER_SECOND, PER_BOT_BURST),
        )
        if wait > 0:
            return math.ceil(wait)
        chat.tokens -= 1
        bot.tokens -= 1
        return None

    def _bucket(self, key: tuple[int, int | None], burst: float, now: float) -> Bucket:
        return self.buckets.setdefault(key, Bucket(burst, now))
