"""Telegram's own brakes: about one message a second in a chat (short bursts pass), thirty for a bot."""

import math
from dataclasses import dataclass, field

from dragoman.simulator.limits import Bucket

PER_CHAT_PER_SECOND, PER_CHAT_BURST = 1.0, 5.0
PER_BOT_PER_SECOND, PER_BOT_BURST = 30.0, 30.0


@dataclass(slots=True)
class Limits:
    enabled: bool = True
    chats: dict[tuple[int, int], Bucket] = field(default_factory=dict)
    bots: dict[int, Bucket] = field(default_factory=dict)

    def retry_after_seconds(self, bot_id: int, chat_id: int, now: float) -> int | None:
        """None when a message may go, which is then counted; else whole seconds to wait."""
        if not self.enabled:
            return None
        full_chat = Bucket.full(PER_CHAT_PER_SECOND, PER_CHAT_BURST, now)
        full_bot = Bucket.full(PER_BOT_PER_SECOND, PER_BOT_BURST, now)
        chat, bot = (
            self.chats.setdefault((bot_id, chat_id), full_chat),
            self.bots.setdefault(bot_id, full_bot),
        )
        wait = max(chat.wait_seconds(now), bot.wait_seconds(now))
        if wait > 0:
            return math.ceil(wait)
        chat.take()
        bot.take()
        return None
