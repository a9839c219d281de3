"""Brings webhook events to their address: in order within a lane, again until they are acknowledged."""

import asyncio
import os
from collections import deque
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

from dragoman.simulator.faults import Fault, Faults, Trouble
from dragoman.simulator.journal import Event, Journal, Kind
from dragoman.simulator.posting import Poster, PostFailedError

STOPPED_LOOK_SECONDS = 0.1
DEFAULT_DISORDER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Parcel:
    platform: str
    account: str
    lane: str  # parcels of one lane travel one after the other, lanes side by side
    reference: str  # how the platform knows this event again
    method: str  # its kind, as faults name it
    body: bytes
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    url: str
    headers: Mapping[str, str]
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    reason: str
    retry_after_seconds: float | None = None


@dataclass(slots=True)
class Patience:
    """How long to wait before trying again: a few times not at all, then doubling up to a random cap."""

    first_seconds: float
    cap_low_seconds: float
    cap_high_seconds: float
    at_once: int = 0

    def wait_seconds(self, attempt: int, chance: Random) -> float:
        """The wait after attempt number `attempt` (from 1) has failed."""
        if attempt <= self.at_once:
            return 0.0
        doubled = self.first_seconds * 2.0 ** min(attempt - self.at_once - 1, 30)
        return min(doubled, chance.uniform(self.cap_low_seconds, self.cap_high_seconds))


class Sender(Protocol):
    """The platform whose events travel."""

    def destination(self, parcel: Parcel) -> Destination | None:
        """Where it goes; None while there is no address for it, or when it is not wanted any more."""

    def delivered(self, parcel: Parcel) -> None: ...

    def failed(self, parcel: Parcel, failure: Failure) -> bool:
        """Whether it should be tried again."""


@dataclass(slots=True)
class Courier:
    sender: Sender
    poster: Poster
    journal: Journal
    faults: Faults
    patience: Patience
    connections_per_account: int = 40
    lanes: dict[tuple[str, str], deque[Parcel]] = field(default_factory=dict)
    walkers: dict[tuple[str, str], asyncio.Task[None]] = field(default_factory=dict)
    strays: dict[asyncio.Task[None], str] = field(default_factory=dict)  # → account
    slots: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    handed_over: int = 0  # parcels so far

    def hand_over(self, parcel: Parcel) -> None:
        lane = (parcel.account, parcel.lane)
        self.handed_over += 1
        self.lanes.setdefault(lane, deque()).append(parcel)
        self._walk(lane)

    def wake(self, account: str) -> None:
        """There is an address again: what waited for it travels now."""
        for lane in list(self.lanes):
            if lane[0] == account:
                self._walk(lane)

    def forget(self, account: str) -> None:
        for lane in [lane for lane in self.lanes if lane[0] == account]:
            del self.lanes[lane]
            walker = self.walkers.pop(lane, None)
            if walker:
                walker.cancel()

    def retry_now(self) -> None:
        """Nobody waits for a later attempt any more: all try at once."""
        self.hurry.set()
        self.hurry = asyncio.Event()

    def under_way(self, account: str | None = None) -> int:
        """Parcels not yet acknowledged, of one account or all; those out of their queue are counted too."""
        queued = sum(len(queue) for lane, queue in self.lanes.items() if account in (None, lane[0]))
        return queued + sum(account in (None, owner) for owner in self.strays.values())

    async def close(self) -> None:
        tasks = [*self.walkers.values(), *self.strays]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _walk(self, lane: tuple[str, str]) -> None:
        if lane not in self.walkers:
            self.walkers[lane] = asyncio.create_task(self._walk_lane(lane))

    async def _walk_lane(self, lane: tuple[str, str]) -> None:
        try:
            queue = self.lanes[lane]
            while queue and self.sender.destination(queue[0]) is not None:
                await self._bring(queue[0])
                queue.popleft()
            if not queue:
                del self.lanes[lane]
        finally:
            if self.walkers.get(lane) is asyncio.current_task():
                del self.walkers[lane]

    async def _bring(self, parcel: Parcel) -> None:
        struck = self._draw(parcel)
        if Trouble.SHUFFLE in struck:
            self._stray(parcel, self._bring_later(parcel, struck.pop(Trouble.SHUFFLE), struck))
        else:
            await self._bring_until_acknowledged(parcel, struck)

    def _draw(self, parcel: Parcel) -> dict[Trouble, Fault]:
        struck = self.faults.draw("webhook", parcel.platform, parcel.account, parcel.method)
        return {one.fault.kind: one.fault for one in struck}

    async def _bring_later(self, parcel: Parcel, fault: Fault, struck: dict[Trouble, Fault]) -> None:
        await asyncio.sleep(self.faults.chance.uniform(0, _seconds(fault)))
        await self._bring_until_acknowledged(parcel, struck)

    async def _bring_until_acknowledged(self, parcel: Parcel, struck: dict[Trouble, Fault]) -> None:
        attempt = 0
        while (destination := self.sender.destination(parcel)) is not None:
            if Trouble.STOP in struck:
                await asyncio.sleep(STOPPED_LOOK_SECONDS)
            else:
                attempt += 1
                failure = await self._attempt(parcel, destination, attempt, struck)
                if failure is None:
                    return self._acknowledged(parcel, struck)
                if not self.sender.failed(parcel, failure):
                    return None
                await self._wait(attempt, failure)
            struck = self._draw(parcel)
        return None

    def _acknowledged(self, parcel: Parcel, struck: dict[Trouble, Fault]) -> None:
        self.sender.delivered(parcel)
        if Trouble.DUPLICATE in struck:
            self._stray(parcel, self._bring_copy(parcel, struck[Trouble.DUPLICATE]))

    async def _bring_copy(self, parcel: Parcel, fault: Fault) -> None:
        await asyncio.sleep(self.faults.chance.uniform(0, _seconds(fault)))
        await self._bring_until_acknowledged(parcel, {})

    async def _attempt(
        self, parcel: Parcel, destination: Destination, attempt: int, struck: dict[Trouble, Fault]
    ) -> Failure | None:
        if Trouble.LATE in struck:
            await asyncio.sleep(_seconds(struck[Trouble.LATE]))
        async with self._slot(parcel.account):
            self._note(Kind.SENT, parcel, attempt)
            failure = await self._post(parcel, destination)
        if Trouble.DIE_AFTER in struck:
            os._exit(9)
        if failure is None and Trouble.LOST_ACKNOWLEDGEMENT in struck:
            failure = Failure("the answer was lost")
            self._note(Kind.ACKNOWLEDGED, parcel, attempt)
        else:
            self._note(Kind.REJECTED if failure else Kind.ACKNOWLEDGED, parcel, attempt)
        return failure

    async def _post(self, parcel: Parcel, destination: Destination) -> Failure | None:
        headers = {"Content-Type": "application/json", **destination.headers}
        try:
            answer = await self.poster.post(
                destination.url, headers, parcel.body, destination.timeout_seconds
            )
        except PostFailedError as error:
            return Failure(str(error))
        if answer.is_success:
            return None
        return Failure(
            f"Wrong response from the webhook: {answer.status} {answer.reason}",
            _retry_after_seconds(answer.headers.get("retry-after")),
        )

    async def _wait(self, attempt: int, failure: Failure) -> None:
        seconds = failure.retry_after_seconds or self.patience.wait_seconds(attempt, self.faults.chance)
        try:
            await asyncio.wait_for(self.hurry.wait(), seconds)
        except TimeoutError:
            return

    def _slot(self, account: str) -> asyncio.Semaphore:
        return self.slots.setdefault(account, asyncio.Semaphore(self.connections_per_account))

    def _note(self, kind: Kind, parcel: Parcel, attempt: int) -> None:
        for event in parcel.events:
            self.journal.add(kind, event, attempt)

    def _stray(self, parcel: Parcel, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.strays[task] = parcel.account
        task.add_done_callback(self.strays.pop)


def _seconds(fault: Fault) -> float:
    return DEFAULT_DISORDER_SECONDS if fault.seconds is None else fault.seconds


def _retry_after_seconds(header: str | None) -> float | None:
    return float(header) if header and header.isdecimal() else None
