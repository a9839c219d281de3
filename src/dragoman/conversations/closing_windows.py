"""Reply windows close while nobody does anything. A timer marks what is near its end, and takes the mark away after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from dragoman.channels.capabilities import WindowRule
from dragoman.conversations import store
from dragoman.conversations.model import Conversation
from dragoman.conversations.reply_window import looked_at_next, near_end
from dragoman.db.database import Transaction
from dragoman.work import jobs
from dragoman.work.jobs import Job

WINDOW = "window"

Rules = Mapping[UUID, WindowRule | None]
"""By channel."""


async def rules_of(tx: Transaction, channels: Collection[UUID]) -> Rules:
    return {each: can.reply_window for each, can in (await store.capabilities(tx, channels)).items()}


async def set_timers(
    tx: Transaction, pairs: Collection[tuple[Conversation | None, Conversation]], rules: Rules, now: datetime
) -> None:
    """Conversations that changed, before and after. A timer that goes off too early sets itself anew: it is written
    only where it would go off too late."""
    timers = []
    for before, after in pairs:
        rule = rules.get(after.channel_id)
        known = looked_at_next(rule, before, now) if before is not None else None
        wanted = looked_at_next(rule, after, now)
        if wanted is not None and (known is None or wanted < known):
            timers.append(_timer(after, wanted))
    await jobs.schedule(tx, timers)


async def look(tx: Transaction, conversation_ids: Collection[UUID], now: datetime) -> None:
    """Their timers went off: mark those that are closing, and take the mark from those that are shut."""
    locked = list((await store.lock(tx, conversation_ids)).values())
    rules = await rules_of(tx, {c.channel_id for c in locked})
    looked = [(c, _marked(c, rules[c.channel_id], now)) for c in locked]
    changed = [(before, after) for before, after in looked if before != after]
    await store.record_all(tx, changed)
    for _, c in looked:
        wanted = looked_at_next(rules[c.channel_id], c, now)
        if wanted is not None:
            await jobs.schedule(tx, [_timer(c, wanted)])


def _marked(c: Conversation, rule: WindowRule | None, now: datetime) -> Conversation:
    return replace(c, window_closing_until=near_end(rule, c, now))


def _timer(c: Conversation, due_at: datetime) -> Job:
    return Job(kind=WINDOW, subject=c.conversation_id, lane=c.lane, due_at=due_at)
