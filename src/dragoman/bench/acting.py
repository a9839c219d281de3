"""Members at work beside a bench: a process of its own that reads, closes, reopens and answers at a steady rate."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from uuid import UUID, uuid4

import click
import msgspec
import uvloop
from psycopg import OperationalError

from dragoman.access.model import Membership
from dragoman.conversations import actions as conversations
from dragoman.db.database import Database
from dragoman.errors import OperatorError
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused
from dragoman.lifetime import end_with
from dragoman.outbound import actions as outbound
from dragoman.outbound.actions import Reply

CONNECTIONS = 16
SCREEN = 200  # conversations that members choose from: those that changed last
LOOK_SECONDS = 0.1  # how often their screens follow
BEGINS_WITHIN_SECONDS = 30
ENDS_WITHIN_SECONDS = 30
KINDS = ("read", "read", "close", "reopen", "reply")


class Acted(msgspec.Struct):
    """How long each action took, from the moment when it was due, and what became of them."""

    milliseconds: list[float]
    became: dict[str, int]
    failed: str = ""


@contextmanager
def members_act(dsn: str, by: Membership, per_second: int) -> Iterator[Acted]:
    """What it gives is filled in at the end. Raises OperatorError where an action failed."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_process, args=(theirs, os.getpid(), dsn, by, per_second), daemon=True)
    acted = Acted([], {})
    process.start()
    try:
        _expect(ours, BEGINS_WITHIN_SECONDS)
        yield acted
        ours.send_bytes(b"stop")
        filled = msgspec.json.decode(_expect(ours, ENDS_WITHIN_SECONDS), type=Acted)
        if filled.failed:
            raise OperatorError(f"An action of a member {filled.failed}.")
        acted.milliseconds, acted.became = filled.milliseconds, filled.became
        click.echo(f"  actions: {acted.became}", err=True)
    finally:
        process.kill()
        process.join()


def _expect(ours: Connection, seconds: float) -> bytes:
    try:
        if ours.poll(seconds):
            return ours.recv_bytes()
    except EOFError:
        pass
    raise OperatorError("The process of the members has ended; what it said stands above.")


def _process(pipe: Connection, parent: int, dsn: str, by: Membership, per_second: int) -> None:
    end_with(parent, signal.SIGKILL)
    pipe.send_bytes(msgspec.json.encode(uvloop.run(_act_until_told(pipe, dsn, by, per_second))))


async def _act_until_told(pipe: Connection, dsn: str, by: Membership, per_second: int) -> Acted:
    async with Database(dsn, max_connections=CONNECTIONS) as database:
        desk = _Desk(database, by)
        await desk.look()
        looking = asyncio.create_task(desk.keep_looking())
        pipe.send_bytes(b"begun")
        began = time.monotonic()
        doing: list[asyncio.Task[None]] = []
        while not pipe.poll() and not desk.failed:
            due = began + len(doing) / per_second
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            doing.append(asyncio.create_task(desk.act(due)))
        await asyncio.gather(*doing)
        looking.cancel()
        return Acted(desk.milliseconds, dict(desk.became), desk.failed)


class _Desk:
    """What all members do, as one member; what is on their screens follows the workspace."""

    def __init__(self, database: Database, by: Membership) -> None:
        self._database = database
        self._by = by
        self._random = Random(1)  # noqa: S311 the same work every time, no secret
        self._screen: list[UUID] = []
        self._seq = 0
        self.milliseconds: list[float] = []
        self.became: Counter[str] = Counter()
        self.failed = ""

    async def keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        async with self._database.reading(self._by.workspace_id) as tx:
            found = await tx.rows(
                """
                select c.conversation_id from channels v, lateral (
                    select conversation_id, last_message_at from conversations
                    where workspace_id = %(workspace)s and channel_id = v.channel_id and status <> 'unopened'
                    order by last_message_at desc, conversation_id desc limit %(limit)s) as c
                where v.workspace_id = %(workspace)s order by c.last_message_at desc limit %(limit)s""",
                {"workspace": self._by.workspace_id, "limit": SCREEN},
            )
            self._seq = await tx.value(
                "select seq from workspaces where workspace_id = %(workspace)s",
                {"workspace": self._by.workspace_id},
            )
        self._screen = [row[0] for row in found]

    async def act(self, due: float) -> None:
        kind, on = self._random.choice(KINDS), self._random.choice(self._screen)
        try:
            await self._do(kind, on)
            self.became[kind] += 1
        except Refused as refused:  # stale, mostly: the customer wrote in between, and the member is told
            self.became[refused.code] += 1
        except OperationalError:  # no connection came free in time: the API would answer 503
            self.became["unavailable"] += 1
        except Exception as failure:  # one is enough: no more are begun
            self.failed = f"({kind}) failed: {failure}"
        self.milliseconds.append((time.monotonic() - due) * 1000)

    async def _do(self, kind: str, on: UUID) -> None:
        if kind == "read":
            await conversations.read(self._database, self._by, on, now())
        elif kind == "close":
            await conversations.close(self._database, self._by, on, self._seq)
        elif kind == "reopen":
            await conversations.reopen(self._database, self._by, on)
        else:
            await outbound.reply(self._database, self._by, on, self._reply())

    def _reply(self) -> Reply:
        return Reply(
            idempotency_key=uuid4().hex,
            text="It is 60 cm wide, and we send it to Oslo.",
            attachment_ids=[],
            reply_to=None,
            seen_seq=self._seq,
            then_close=False,
        )
