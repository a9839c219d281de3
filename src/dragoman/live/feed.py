"""One process's ear at the change log: the pumps of its workspaces, and the connection that wakes them."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from uuid import UUID

import psycopg

from dragoman.access import sessions, workspace_store
from dragoman.access.store import SIGNED_OUT
from dragoman.db.database import CHANGES, Database
from dragoman.live.pump import Pump
from dragoman.live.stream import BYE, OVER_RIGHTS, OVER_STOPPING, Stream
from dragoman.live.who_is_here import WhoIsHere

log = logging.getLogger(__name__)

RETRY_LISTEN_SECONDS = 1.0
STREAMS_PER_SESSION = 50  # in this process; the tabs of one browser share one stream
RECHECK_SECONDS = 60.0  # a sign-out whose NOTIFY was lost, or a session that ran out, ends a stream by then


class Feed:
    """All pumps of this process, and the connection that wakes them."""

    def __init__(self, database: Database, listen_dsn: str) -> None:
        self._database = database
        self._listen_dsn = listen_dsn
        self._pumps: dict[UUID, Pump] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._by_session: defaultdict[str, set[Stream]] = defaultdict(set)
        self._own_tasks: list[asyncio.Task[None]] = []
        self.who_is_here = WhoIsHere(database, self._listening)

    def start(self) -> None:
        self._own_tasks = [
            asyncio.create_task(each) for each in (self._listen(), self._recheck(), self.who_is_here.run())
        ]

    async def stop(self) -> None:
        for pump in self._pumps.values():
            for stream in pump.all_streams:
                stream.end(OVER_STOPPING)
        tasks = [*self._tasks.values(), *self._own_tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def has_room_for(self, session_hash: str) -> bool:
        return len(self._by_session.get(session_hash, ())) < STREAMS_PER_SESSION

    def join(self, stream: Stream) -> None:
        workspace_id = stream.member.workspace_id
        if workspace_id not in self._pumps:
            self._pumps[workspace_id] = Pump(self._database, workspace_id)
            self._tasks[workspace_id] = asyncio.create_task(self._pumps[workspace_id].run())
        self._by_session[stream.session_hash].add(stream)
        self._pumps[workspace_id].join(stream)
        self.who_is_here.listens(workspace_id, stream.member.member_id)

    def leave(self, stream: Stream) -> None:
        workspace_id = stream.member.workspace_id
        self._by_session[stream.session_hash].discard(stream)
        if not self._by_session[stream.session_hash]:
            del self._by_session[stream.session_hash]
        pump = self._pumps[workspace_id]
        pump.leave(stream)
        if not pump.all_streams:
            self._tasks.pop(workspace_id).cancel()
            del self._pumps[workspace_id]

    def _listening(self) -> dict[UUID, set[UUID]]:
        return {
            workspace_id: {stream.member.member_id for stream in pump.all_streams}
            for workspace_id, pump in self._pumps.items()
        }

    async def _recheck(self) -> None:
        """Who is signed out, or may see other channels by now, does not listen on."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            for stream in [each for pump in self._pumps.values() for each in pump.all_streams]:
                try:
                    await self.check(stream)
                except psycopg.Error as away:
                    log.warning("who listens cannot be checked just now: %s", away)

    async def check(self, stream: Stream) -> None:
        """End the stream of somebody who is signed out, or whose rights are not those that it was opened with."""
        member = stream.member
        if await sessions.account_of_session(self._database, bytes.fromhex(stream.session_hash)) is None:
            stream.end(BYE)
            return
        async with self._database.transaction(member.workspace_id) as tx:
            if await workspace_store.membership(tx, member.workspace_id, member.account_id) != member:
                stream.end(OVER_RIGHTS)

    async def _listen(self) -> None:
        """Without it the pumps still ask every second."""
        while True:
            try:
                await self._hear()
            except (psycopg.Error, OSError) as lost:
                log.warning("listening for changes was interrupted: %s", lost)
            await asyncio.sleep(RETRY_LISTEN_SECONDS)

    async def _hear(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._listen_dsn, autocommit=True, connect_timeout=5
        )
        async with connection:
            await connection.execute(f"listen {CHANGES}")
            await connection.execute(f"listen {SIGNED_OUT}")
            for pump in self._pumps.values():
                pump.wake.set()
            async for notification in connection.notifies():
                self._heard(notification.channel, notification.payload)

    def _heard(self, notified: str, payload: str) -> None:
        if notified == SIGNED_OUT:
            for stream in list(self._by_session.get(payload, ())):
                stream.end(BYE)
            return
        pump = self._pumps.get(UUID(payload.split(" ", 1)[0]))
        if pump is not None:
            pump.wake.set()
