"""Replies through a platform that times out, answers twice and dies, while worker and PostgreSQL are killed.

Every reply is on the customer's phone once, or is shown as failed or unknown; never twice. What a phone has is read
from the simulator's notes.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import click
import httpx2
import pytest

from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind, Note
from dragoman.simulator.running import running_simulator
from tests.inbox.house import Person
from tests.laws.doomed import ON_THE_WAY_OUT, SENT
from tests.laws.oracle import Row, mistakes
from tests.laws.processes import STILL_IN_HAND, Installation, Victim, installed

PLACES: dict[Victim, tuple[str, ...]] = {"worker": ON_THE_WAY_OUT, "database": ON_THE_WAY_OUT}
STILL_LEAVING = "select count(*) as n from messages where state in ('queued', 'sending')"
CONVERSATIONS = """
    select c.conversation_id, i.address, h.platform from conversations c
    join identities i using (workspace_id, identity_id)
    join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id"""
TRIES = 60  # of one press on send: a database that was killed is away for a while
TROUBLES = (
    Fault(Trouble.TIMEOUT, "api", method="sendMessage", probability=0.02, seconds=5),
    Fault(Trouble.LOST_ANSWER, "api", method="sendMessage", probability=0.04),
    Fault(Trouble.DONE_BUT_ERROR, "api", method="sendMessage", probability=0.04, status=502),
    Fault(Trouble.ERROR, "api", method="sendMessage", probability=0.02, status=502, message="Bad Gateway"),
    Fault(Trouble.RATE_LIMITED, "api", method="sendMessage", probability=0.04, retry_after=1),
    Fault(Trouble.TIMEOUT, "api", method="messages", probability=0.02, seconds=5),
    Fault(Trouble.LOST_ANSWER, "api", method="messages", probability=0.04),
    Fault(Trouble.DONE_BUT_ERROR, "api", method="messages", probability=0.04, status=500, code=2),
    Fault(Trouble.RATE_LIMITED, "api", method="messages", probability=0.04),
)
DEATHS = (Trouble.DIE_BEFORE, Trouble.DIE_AFTER)


@pytest.mark.timeout(600)
async def test_replies_with_a_kill_of_each_never_arrive_twice(server_folder: Path) -> None:
    async with installed(server_folder) as whole:
        assert await _answers(whole, seed=1, replies=60, customers=20, kills_of_each=1, deaths=1) == []


@pytest.mark.long
@pytest.mark.timeout(3000)
async def test_two_thousand_replies_with_twenty_kills_of_each(server_folder: Path) -> None:
    async with installed(server_folder, workers=2) as whole:
        assert await _answers(whole, seed=2, replies=2000, customers=200, kills_of_each=20, deaths=20) == []


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_a_worker_that_ignores_leases_is_noticed(server_folder: Path) -> None:
    async with installed(server_folder, saboteur="ignores_leases") as whole:
        wrong = await _answers(
            whole, seed=3, replies=60, customers=20, kills_of_each=3, deaths=0, places=(SENT,)
        )

    assert any("received 2 times" in sentence for sentence in wrong)


async def _answers(
    whole: Installation,
    *,
    seed: int,
    replies: int,
    customers: int,
    kills_of_each: int,
    deaths: int,
    places: tuple[str, ...] = (),
) -> list[str]:
    """Play it; what is wrong afterwards."""
    click.echo(
        f"\nseed {seed}: {replies} replies, {kills_of_each} kills of each, {deaths} deaths of the platform"
    )
    chance = Random(seed)
    await _everybody_writes(whole, customers)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(_browser(whole))
        maria = await whole.a_member(http, "Maria")
        platform = await stack.enter_async_context(_mortal_platform(whole, chance, deaths))
        conversations = await whole.ask(CONVERSATIONS)
        pressing = asyncio.gather(
            *(_answer(maria, c, nth, replies // customers) for nth, c in enumerate(conversations))
        )
        for victim in _victims(chance, kills_of_each):
            await whole.kill(victim, chance.choice(places or PLACES[victim]))
        await pressing
        await whole.quiet(STILL_LEAVING, seconds=600)
        await platform.rests()
        await whole.quiet(STILL_IN_HAND, seconds=60)  # what the platform told us of its sends
        assert platform.died >= deaths / 2, "the platform hardly ever died"
        return await _wrong(whole, replies)


def _victims(chance: Random, kills_of_each: int) -> list[Victim]:
    victims: list[Victim] = [victim for victim in PLACES for _ in range(kills_of_each)]
    chance.shuffle(victims)
    return victims


@asynccontextmanager
async def _browser(whole: Installation) -> AsyncIterator[httpx2.AsyncClient]:
    address = f"http://127.0.0.1:{whole.settings.port}"
    async with httpx2.AsyncClient(base_url=address, timeout=30, trust_env=False) as http:
        yield http


async def _everybody_writes(whole: Installation, customers: int) -> None:
    """One question from each, so that there is somebody to answer."""
    simulator = whole.simulator
    accounts = list((await whole.one_of_each()).items())
    for nth in range(customers):
        platform, account = accounts[nth % len(accounts)]
        customer = await simulator.new_customer(platform, f"Customer {nth}")
        await simulator.says(platform, account, customer, "what does it cost?")
    await whole.quiet(f"select {customers} - count(*) as n from conversations", seconds=60)
    await _no_undo(whole)


async def _no_undo(whole: Installation) -> None:
    async with whole.services() as services, services.database.transaction(whole.workspace_id) as tx:
        await tx.execute(
            "update workspaces set undo_seconds = 0 where workspace_id = %(w)s", {"w": whole.workspace_id}
        )


async def _answer(maria: Person, conversation: Row, nth: int, how_many: int) -> None:
    """One after the other, each pressed until it is taken: with the same key, as a browser does it."""
    for number in range(how_many):
        text = f"answer {number:03} to {nth:03}"
        await _press_send(maria, conversation["conversation_id"], text, uuid4().hex)


async def _press_send(maria: Person, conversation_id: Any, text: str, key: str) -> None:
    for _ in range(TRIES):
        try:
            seq = (await maria.snapshot())["seq"]
            await maria.reply(str(conversation_id), text, seen=seq, key=key)
        except (AssertionError, httpx2.HTTPError):
            await asyncio.sleep(0.5)
        else:
            return
    raise AssertionError(f"{text} was never taken")


class Platform:
    """The simulator, in trouble and mortal: whenever it dies it comes back with all that it remembers."""

    def __init__(self, whole: Installation, stack: AsyncExitStack, deaths: list[Fault]) -> None:
        self._whole = whole
        self._stack = stack
        self._deaths = deaths
        self._tending: asyncio.Task[None] | None = None
        self.died = 0

    async def suffers(self) -> None:
        await self._trouble()
        self._tending = asyncio.create_task(self._tend())

    async def rests(self) -> None:
        """No more troubles, and no more deaths."""
        if self._tending:
            self._tending.cancel()
            await asyncio.gather(self._tending, return_exceptions=True)
            self._tending = None
        if self._is_dead():
            await self._comes_back()
        await self._whole.simulator.no_more_troubles()

    def _is_dead(self) -> bool:
        process = self._whole.simulator.process
        return process is not None and process.returncode is not None

    async def _tend(self) -> None:
        while True:
            if self._is_dead():
                self.died += 1
                click.echo(f"  the platform died, for time number {self.died}, and comes back")
                await self._comes_back()
                with suppress(httpx2.HTTPError):  # it may die again while it is told of its troubles
                    await self._trouble()
            await asyncio.sleep(0.05)

    async def _comes_back(self) -> None:
        running = running_simulator(port=self._whole.simulator_port, state=self._whole.folder / "simulator")
        self._whole.simulator = await self._stack.enter_async_context(running)

    async def _trouble(self) -> None:
        death = [self._deaths.pop()] if self._deaths else []
        for fault in (*death, *TROUBLES):
            await self._whole.simulator.trouble(fault)


@asynccontextmanager
async def _mortal_platform(whole: Installation, chance: Random, deaths: int) -> AsyncIterator[Platform]:
    """Each death comes after some more sends."""
    planned = [
        Fault(
            chance.choice(DEATHS),
            "api",
            method=chance.choice(["sendMessage", "messages"]),
            skip=chance.randrange(5, 12),
            times=5,  # another trouble may answer before it comes to dying
        )
        for _ in range(deaths)
    ]
    async with AsyncExitStack() as stack:
        platform = Platform(whole, stack, planned)
        await platform.suffers()
        try:
            yield platform
        finally:
            await platform.rests()


async def _wrong(whole: Installation, replies: int) -> list[str]:
    received = await whole.simulator.notes(Kind.RECEIVED)
    rows = await whole.ask("select * from messages where origin = 'member' order by message_id")
    states = Counter(row["state"] for row in rows)
    click.echo(f"  {len(received)} received; {dict(states)}")
    assert len(rows) == replies
    assert states["sent"] > replies / 2, "hardly anything was sent: nothing is proved"
    async with whole.one_snapshot() as ask:
        return [*_received_wrongly(rows, received), *await mistakes(ask)]


def _received_wrongly(rows: list[Row], received: Iterable[Note]) -> list[str]:
    times = Counter(note.about.text for note in received)
    allowed = {"sent": {1}, "failed": {0}, "unknown": {0, 1}}
    wrong = [
        f"{row['text']!r} is {row['state']} ({row['reason']}) and was received {times[row['text']]} times"
        for row in rows
        if times[row["text"]] not in allowed[row["state"]]
    ]
    phones: defaultdict[str, list[str]] = defaultdict(list)
    for note in received:
        phones[note.about.chat].append(note.about.text or "")
    return wrong + [
        f"phone {chat} has them in disorder" for chat, texts in phones.items() if texts != sorted(texts)
    ]
