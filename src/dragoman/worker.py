"""One worker process: everything that is due, in lanes. Any number of them may run.

Three loops, each woken by NOTIFY and at the latest every second: envelopes are parsed, arrivals are placed, jobs
are done. The clock says in which workspaces and lanes something is due; locks see to it that two workers never do
the same.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import get_args
from uuid import UUID

import psycopg

from dragoman.config import Settings
from dragoman.db.away import is_away
from dragoman.db.database import CHANGES, WORK, WORKER_LISTENS, Database, Work
from dragoman.inbound import parsing, placing
from dragoman.inbound.parsing import Parsed, parse_some
from dragoman.inbound.placing import place_some
from dragoman.search.follower import Follower
from dragoman.services import Services
from dragoman.work import calendar
from dragoman.work.chores import Chores

log = logging.getLogger(__name__)

ASK_SECONDS = 1.0  # how often the clock is asked without a NOTIFY; also how late a timer may be
BEAT_SECONDS = 0.05  # what comes within one is done together, for hardly more than the first alone would cost
AFTER_TROUBLE_SECONDS = 1.0
AFTER_BUG_SECONDS = 0.2  # what fails again and again shall not fill the log at once
CONNECTIONS = 12
NICE = 5  # beside the web processes: whoever sits before a screen comes first
LANES_AT_ONCE = 4  # in one transaction, while behind
PLACES_AT_ONCE = 2  # transactions: while the database works for one, we think about the other
BREATH_SECONDS = 0.2  # between two looks at the jobs while customers' messages wait
INDEX_SECONDS = 0.3  # how often what changed is indexed for search
INDEX_SECONDS_BEHIND = 2.0  # while customers' messages wait


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; what is in hand is finished, or left for the next worker to take up."""
    assert settings.database_url is not None, "a single process names its database"
    os.nice(NICE)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Database(settings.database_url, max_connections=CONNECTIONS) as database:
        services = Services.over(database, settings)
        worker = Worker(services, settings.listen_database_url or settings.database_url)
        await worker.run_until(stop)
        await services.clients.aclose()


class Worker:
    def __init__(self, services: Services, listen_dsn: str) -> None:
        self._services = services
        self._database = services.database
        self._listen_dsn = listen_dsn
        self._parsed = Parsed()
        self._wakes: dict[Work, asyncio.Event] = {each: asyncio.Event() for each in get_args(Work)}
        self._chores = Chores(services, self._wakes["jobs"].set)
        self._follower = Follower(self._database)
        self._changed = asyncio.Event()
        self._parsed_last = self._placed_last = 0  # in the last round

    async def run_until(self, stop: asyncio.Event) -> None:
        tasks = [
            asyncio.create_task(self._listen()),
            asyncio.create_task(self._loop(self._parse_all, self._wakes["envelopes"])),
            asyncio.create_task(self._loop(self._place_all, self._wakes["arrivals"])),
            asyncio.create_task(self._loop(self._do_jobs, self._wakes["jobs"])),
            asyncio.create_task(self._loop(self._index, self._changed)),
        ]
        await stop.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._chores.finish()

    async def work_off(self) -> None:
        """Do all that is due now, and return: for commands and tests."""
        while await self._parse_all() + await self._place_all() + await self._do_jobs():
            await self._chores.idle()
        await self._follower.index_all()

    async def _loop(self, work: Callable[[], Awaitable[int]], wake: asyncio.Event) -> None:
        """Work while there is any, at most once a beat; a database that is away is waited for."""
        while True:
            wake.clear()
            next_beat = time.monotonic() + BEAT_SECONDS
            try:
                worked = await work()
                await asyncio.sleep(max(0.0, next_beat - time.monotonic()))
                if worked:
                    continue
            except Exception as trouble:
                if is_away(trouble):
                    log.warning("the database is away, trying again: %s", trouble)
                else:
                    log.exception("a bug stopped one round of work")
                await asyncio.sleep(AFTER_TROUBLE_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), ASK_SECONDS)

    async def _parse_all(self) -> int:
        async with self._database.clock() as tx:
            workspaces = await calendar.workspaces_with_envelopes(tx)
        self._parsed_last = await _each(
            workspaces, lambda workspace_id: parse_some(self._database, workspace_id, self._parsed)
        )
        return self._parsed_last

    async def _place_all(self) -> int:
        async with self._database.clock() as tx:
            due = _by_workspace(await calendar.lanes_with_arrivals(tx))
        self._placed_last = await _each(
            due, lambda workspace_id: self._place(workspace_id, due[workspace_id])
        )
        if self._placed_last:
            self._wakes["jobs"].set()  # timers may have waited for it
        return self._placed_last

    async def _place(self, workspace_id: UUID, lanes: list[int]) -> int:
        places = asyncio.Semaphore(PLACES_AT_ONCE)

        async def place(some: list[int]) -> int:
            async with places:
                work = place_some(self._database, self._services.sealer, workspace_id, some, self._parsed)
                return await _unless_it_fails(work, workspace_id)

        placed = await asyncio.gather(*map(place, self._in_parts(lanes)), return_exceptions=True)
        for away in placed:
            if isinstance(away, BaseException):
                raise away
        return sum(n for n in placed if isinstance(n, int))

    def _in_parts(self, lanes: list[int]) -> list[list[int]]:
        """Behind, a batch from few lanes holds much of few conversations, each written once; else one takes all."""
        size = LANES_AT_ONCE if self._is_behind else len(lanes)
        return [lanes[n : n + size] for n in range(0, len(lanes), size)]

    @property
    def _is_behind(self) -> bool:
        """Whether more of what customers said seems to wait than one batch holds."""
        return self._parsed_last >= parsing.BATCH or self._placed_last >= placing.BATCH

    async def _do_jobs(self) -> int:
        if in_a_hurry := self._is_behind:
            await asyncio.sleep(BREATH_SECONDS)
        async with self._database.clock() as tx:
            due = _by_workspace(await calendar.lanes_with_jobs(tx))
        return await _each(
            due,
            lambda workspace_id: self._chores.do_some(workspace_id, due[workspace_id], in_a_hurry=in_a_hurry),
        )

    async def _index(self) -> int:
        """In rounds, each for all that came since the last."""
        await asyncio.sleep(INDEX_SECONDS_BEHIND if self._is_behind else INDEX_SECONDS)
        return await self._follower.index_what_is_told()

    async def _listen(self) -> None:
        """Without it the loops still ask every second."""
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._listen_dsn, autocommit=True, connect_timeout=5, application_name=WORKER_LISTENS
                )
                async with connection:
                    await connection.execute(f"listen {WORK}")
                    await connection.execute(f"listen {CHANGES}")
                    async for heard in connection.notifies():
                        self._hear(heard.channel, heard.payload)
            except (psycopg.Error, OSError) as lost:
                log.warning("listening for work was interrupted: %s", lost)
            await asyncio.sleep(AFTER_TROUBLE_SECONDS)

    def _hear(self, notified: str, payload: str) -> None:
        if notified == CHANGES:
            self._follower.heard(payload)
            self._changed.set()
        elif payload in self._wakes:
            self._wakes[payload].set()


async def _each(workspaces: Iterable[UUID], work: Callable[[UUID], Awaitable[int]]) -> int:
    """Work in each workspace; one in which it fails stops no other. Raises what says that the database is away."""
    return sum([await _unless_it_fails(work(workspace_id), workspace_id) for workspace_id in workspaces])


async def _unless_it_fails(work: Awaitable[int], workspace_id: UUID) -> int:
    """How much was done; nothing where it failed. Raises what says that the database is away."""
    try:
        return await work
    except Exception as trouble:
        if is_away(trouble):
            raise
        log.exception("work in the workspace %s failed; the rest goes on", workspace_id)
        await asyncio.sleep(AFTER_BUG_SECONDS)
        return 0


def _by_workspace(due: list[tuple[UUID, int]]) -> dict[UUID, list[int]]:
    found: defaultdict[UUID, list[int]] = defaultdict(list)
    for workspace_id, lane in due:
        found[workspace_id].append(lane)
    return found
