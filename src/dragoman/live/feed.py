"""One process's ear at the change log: it reads each workspace's changes once, and gives every stream its frames.

A workspace that somebody listens to has a pump. It wakes by NOTIFY (or by asking every second, should the listening
connection be lost), waits a moment for more to come, reads the stretch in one snapshot, and encodes it once for
each set of rights.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

import psycopg

from dragoman.access.model import Membership
from dragoman.access.store import SIGNED_OUT
from dragoman.db.database import CHANGES, Database
from dragoman.live import frames
from dragoman.live.frames import MAX_CHANGES, Rights

log = logging.getLogger(__name__)

COALESCE_SECONDS = 0.03
ASK_SECONDS = 1.0  # how often the log is asked without a NOTIFY
PING_SECONDS = 10.0
QUEUE_BYTES = 1_000_000  # per stream; who reads slower than that starts over
RETRY_LISTEN_SECONDS = 1.0

PING = b"event: ping\ndata: {}\n\n"


class Stream:
    """One browser's way to hear of changes. ``position`` is the last number it has been given."""

    def __init__(self, member: Membership, session_hash: str, start: int) -> None:
        self.member = member
        self.session_hash = session_hash
        self.position = start
        self._queue: deque[bytes] = deque()
        self._queued_bytes = 0
        self._wake = asyncio.Event()
        self._ended = False

    def give(self, chunk: bytes) -> None:
        if self._ended:
            return
        self._queue.append(chunk)
        self._queued_bytes += len(chunk)
        if self._queued_bytes > QUEUE_BYTES:
            self._queue.clear()
            self.end(b'event: over\ndata: {"reason": "slow"}\n\n')
        self._wake.set()

    def end(self, last_word: bytes) -> None:
        """Nothing comes after this."""
        self._queue.append(last_word)
        self._ended = True
        self._wake.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """What to write to the browser, as it comes; a ping when nothing does."""
        while True:
            if not self._queue:
                if self._ended:
                    return
                self._wake.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), PING_SECONDS)
                if not self._queue and not self._ended:
                    yield PING
                    continue
            chunk = b"".join(self._queue)
            self._queue.clear()
            self._queued_bytes = 0
            yield chunk


OVER_BEHIND = b'event: over\ndata: {"reason": "behind"}\n\n'
OVER_RIGHTS = b'event: over\ndata: {"reason": "rights"}\n\n'
OVER_STOPPING = b'event: over\ndata: {"reason": "stopping"}\n\n'
BYE = b"event: bye\ndata: {}\n\n"


class Pump:
    """Carries one workspace's changes to its streams."""

    def __init__(self, database: Database, workspace_id: UUID) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._position: int | None = None
        self.streams: set[Stream] = set()
        self._joining: list[Stream] = []
        self.wake = asyncio.Event()

    def join(self, stream: Stream) -> None:
        self._joining.append(stream)
        self.wake.set()

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)
        if stream in self._joining:
            self._joining.remove(stream)

    @property
    def is_needed(self) -> bool:
        return bool(self.streams or self._joining)

    async def run(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), ASK_SECONDS)
                await asyncio.sleep(COALESCE_SECONDS)
            self.wake.clear()
            try:
                await self._carry()
            except psycopg.OperationalError as lost:
                log.warning("the change log cannot be read just now: %s", lost)
                await asyncio.sleep(ASK_SECONDS)

    async def _carry(self) -> None:
        """Everything new to those who are there, then what they missed to those who join."""
        joining, self._joining = self._joining, []
        try:
            async with self._database.reading(self._workspace_id) as tx:
                end, log_from = await frames.head(tx)
                if self._position is not None and self._position < end:
                    stretch = await frames.stretch(tx, self._position, end, _rights_of(self.streams))
                    _spread(stretch, self.streams)
                self._position = end
                for stream in joining:
                    if (
                        stream.position < log_from
                        or end - stream.position > MAX_CHANGES
                        or stream.position > end
                    ):
                        stream.end(OVER_BEHIND)
                    elif stream.position < end:
                        missed = await frames.stretch(tx, stream.position, end, _rights_of([stream]))
                        _spread(missed, {stream})
                    self.streams.add(stream)
        except BaseException:
            self._joining = joining + self._joining
            raise


def _rights_of(streams: set[Stream] | list[Stream]) -> set[Rights]:
    return {stream.member.channels for stream in streams}


def _spread(stretch: frames.Stretch, streams: set[Stream]) -> None:
    """Encode once for each set of rights; only who has something private gets a frame of their own."""
    shared: dict[Rights, bytes] = {}
    changed_members = {c.member_id for c in stretch.changes if c.kind == "member"}
    for stream in list(streams):
        member = stream.member
        if stretch.is_private(member.member_id):
            chunk = _event(stretch, member.channels, member.member_id)
        else:
            if member.channels not in shared:
                shared[member.channels] = _event(stretch, member.channels, member.member_id)
            chunk = shared[member.channels]
        stream.give(chunk)
        stream.position = stretch.end
        if member.member_id in changed_members:
            stream.end(OVER_RIGHTS)  # role or channels may be others now: begin again with the new ones


def _event(stretch: frames.Stretch, rights: Rights, member_id: UUID) -> bytes:
    return b"event: frame\nid: %d\ndata: %b\n\n" % (stretch.end, stretch.frame(rights, member_id))


class Feed:
    """All pumps of this process, and the connection that wakes them."""

    def __init__(self, database: Database, listen_dsn: str) -> None:
        self._database = database
        self._listen_dsn = listen_dsn
        self._pumps: dict[UUID, Pump] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._by_session: defaultdict[str, set[Stream]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._listening = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        for pump in self._pumps.values():
            for stream in pump.streams:
                stream.end(OVER_STOPPING)
        tasks = [*self._tasks.values(), *([self._listening] if self._listening else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def join(self, stream: Stream) -> None:
        workspace_id = stream.member.workspace_id
        if workspace_id not in self._pumps:
            self._pumps[workspace_id] = Pump(self._database, workspace_id)
            self._tasks[workspace_id] = asyncio.create_task(self._pumps[workspace_id].run())
        self._by_session[stream.session_hash].add(stream)
        self._pumps[workspace_id].join(stream)

    def leave(self, stream: Stream) -> None:
        workspace_id = stream.member.workspace_id
        self._by_session[stream.session_hash].discard(stream)
        if not self._by_session[stream.session_hash]:
            del self._by_session[stream.session_hash]
        pump = self._pumps[workspace_id]
        pump.leave(stream)
        if not pump.is_needed:
            self._tasks.pop(workspace_id).cancel()
            del self._pumps[workspace_id]

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
