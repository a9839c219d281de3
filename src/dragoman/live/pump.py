"""A workspace that somebody listens to has a pump: it reads the change log once for all streams of this process.

It wakes by NOTIFY (or by asking every second, should the listening connection be lost), waits a moment for more to
come, reads the stretch in one snapshot, and encodes what all see once for each set of rights.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from uuid import UUID

import psycopg

from dragoman.db.database import Database, Transaction
from dragoman.live import frames
from dragoman.live.frames import MAX_CHANGES, Rights
from dragoman.live.stream import OVER_BEHIND, OVER_RIGHTS, PING, Stream

log = logging.getLogger(__name__)

COALESCE_SECONDS = 0.03
ASK_SECONDS = 1.0  # how often the log is asked without a NOTIFY


class Pump:
    """Carries one workspace's changes to its streams."""

    def __init__(self, database: Database, workspace_id: UUID) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._position: int | None = None
        self.streams: set[Stream] = set()
        self._joining: set[Stream] = set()
        self.wake = asyncio.Event()

    def join(self, stream: Stream) -> None:
        self._joining.add(stream)
        self.wake.set()

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)
        self._joining.discard(stream)

    @property
    def all_streams(self) -> set[Stream]:
        return self.streams | self._joining

    async def run(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(ASK_SECONDS):
                    await self.wake.wait()
                await asyncio.sleep(COALESCE_SECONDS)
            self.wake.clear()
            try:
                await self._carry()
            except psycopg.OperationalError as lost:
                log.warning("the change log cannot be read just now: %s", lost)
                await asyncio.sleep(ASK_SECONDS)
            except Exception:
                log.exception("a bug in reading the change log: every browser starts over")
                self._start_over()
                await asyncio.sleep(ASK_SECONDS)

    async def _carry(self) -> None:
        """Everything new to those who are there, then what they missed to those who join."""
        # Who joins while we read may stand further than what we read: they are brought up the next time.
        joining = _by_position(self._joining)
        async with self._database.reading(self._workspace_id) as tx:
            end, log_from = await frames.head(tx)
            await self._bring_up(tx, self._position, end, self.streams, log_from)
            self._position = end
            for position, together in joining.items():
                await self._bring_up(tx, position, end, together, log_from)
                staying = together & self._joining  # some may have left while we read
                for stream in staying:
                    stream.give(PING)  # whoever missed nothing knows by this that nothing was missed
                self._joining -= staying
                self.streams |= staying

    async def _bring_up(
        self, tx: Transaction, start: int | None, end: int, streams: set[Stream], log_from: int
    ) -> None:
        """Give these streams, who all stand at ``start``, everything up to ``end``; or have them start over."""
        if start is None or start == end or not streams:
            return
        if start < log_from or start > end or end - start > MAX_CHANGES:
            for stream in streams:
                stream.end(OVER_BEHIND)
            return
        _spread(await frames.stretch(tx, start, end, _rights_of(streams)), streams)

    def _start_over(self) -> None:
        for stream in self.all_streams:
            stream.end(OVER_BEHIND)
        self._position = None


def _by_position(streams: set[Stream]) -> dict[int, set[Stream]]:
    """Who joins at the same place is read for together."""
    found: defaultdict[int, set[Stream]] = defaultdict(set)
    for stream in streams:
        found[stream.position].add(stream)
    return found


def _rights_of(streams: set[Stream]) -> set[Rights]:
    return {stream.member.channels for stream in streams}


def _spread(stretch: frames.Stretch, streams: set[Stream]) -> None:
    """What all see is encoded once for each set of rights; a member's own marks are put behind it."""
    shared: dict[Rights, list[bytes]] = {}
    plain: dict[Rights, bytes] = {}
    changed_members = {c.member_id for c in stretch.changes if c.kind == "member"}
    for stream in list(streams):
        member_id, rights = stream.member.member_id, stream.member.channels
        if rights not in shared:
            shared[rights] = stretch.shared(rights)
            plain[rights] = _event(stretch, stretch.with_marks(shared[rights], rights, NOBODY))
        own = (
            _event(stretch, stretch.with_marks(shared[rights], rights, member_id))
            if stretch.has_own(member_id)
            else plain[rights]
        )
        stream.give(own)
        stream.position = stretch.end
        if member_id in changed_members:
            stream.end(OVER_RIGHTS)  # role or channels may be others now: begin again with the new ones


NOBODY = UUID(int=0)


def _event(stretch: frames.Stretch, frame: bytes) -> bytes:
    return b"event: frame\nid: %d\ndata: %b\n\n" % (stretch.end, frame)
