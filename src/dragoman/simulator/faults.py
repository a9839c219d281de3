"""Troubles on demand: what a network and a platform do on a bad day, drawn from one seeded generator."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Literal

import msgspec


class Trouble(StrEnum):
    # the platform's API, when we call it
    SLOW = "slow"  # does it after `seconds`
    SLOW_ANSWER = "slow_answer"  # done at once, answered after `seconds`: the echo is faster
    RATE_LIMITED = "rate_limited"  # 429 or 613 with `retry_after`, nothing done
    ERROR = "error"  # `status`, `code`, `subcode`, `message`, nothing done
    LOST_ANSWER = "lost_answer"  # done, and the connection breaks in the middle of the answer
    TIMEOUT = "timeout"  # done, and no answer for `seconds`
    DONE_BUT_ERROR = "done_but_error"  # done, and yet answered with a 5xx
    DIE_BEFORE = "die_before"  # this process ends before doing it
    DIE_AFTER = "die_after"  # this process ends after doing it, before answering
    # the platform's webhooks, when it calls us
    STOP = "stop"  # nothing is sent while this fault stands
    DUPLICATE = "duplicate"  # the same event comes once more, up to `seconds` later
    SHUFFLE = "shuffle"  # the event leaves its queue and comes up to `seconds` later
    LOST_ACKNOWLEDGEMENT = "lost_acknowledgement"  # our 200 is not seen: the event comes again
    LATE = "late"  # sent after `seconds`, its queue waiting behind it


class Fault(msgspec.Struct, frozen=True):
    """Where (`platform`, `side`, `account`, `method`), what, how often (`probability`, `skip`, `times`)."""

    kind: Trouble
    side: Literal["api", "webhook"]
    platform: Literal["telegram", "messenger", "instagram", "whatsapp"] | None = None
    account: str | None = None
    method: str | None = None
    probability: float = 1.0
    skip: int = 0
    times: int | None = None
    seconds: float | None = None
    status: int | None = None
    code: int | None = None
    subcode: int | None = None
    message: str | None = None
    retry_after: int | None = None


@dataclass(slots=True)
class Standing:
    fault: Fault
    skipped: int = 0
    hits: int = 0
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_spent(self) -> bool:
        return self.fault.times is not None and self.hits >= self.fault.times


@dataclass(slots=True)
class Faults:
    chance: Random
    standing: dict[int, Standing] = field(default_factory=dict)
    last_id: int = 0

    def add(self, fault: Fault) -> int:
        self.last_id += 1
        self.standing[self.last_id] = Standing(fault)
        return self.last_id

    def end(self, number: int) -> None:
        """What it still holds up goes on."""
        if standing := self.standing.pop(number, None):
            standing.ended.set()

    def draw(
        self, side: Literal["api", "webhook"], platform: str, account: str, method: str
    ) -> list[Standing]:
        """The faults that strike now, in the order they were asked for."""
        return [
            standing
            for standing in self.standing.values()
            if _concerns(standing.fault, side, platform, account, method) and self._strikes(standing)
        ]

    def _strikes(self, standing: Standing) -> bool:
        if standing.is_spent or self.chance.random() >= standing.fault.probability:
            return False
        if standing.skipped < standing.fault.skip:
            standing.skipped += 1
            return False
        standing.hits += 1
        return True


def _concerns(fault: Fault, side: str, platform: str, account: str, method: str) -> bool:
    return (
        fault.side == side
        and fault.platform in (None, platform)
        and fault.account in (None, account)
        and (fault.method is None or fault.method.lower() == method.lower())
    )
