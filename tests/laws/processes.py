"""A whole installation as real processes: web, workers and a PostgreSQL that syncs to disk, each to be killed."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from uuid import UUID

import click
import httpx2

from dragoman.access import actions as access
from dragoman.access.http import COOKIE
from dragoman.access.model import Membership, Role, WorkspaceKind
from dragoman.access.sign_in import sign_in
from dragoman.access.tokens import csrf_token
from dragoman.config import Settings
from dragoman.connecting.actions import connect
from dragoman.db.database import Database
from dragoman.db.embedded import EmbeddedPostgres
from dragoman.db.migrate import migrate
from dragoman.inbound import ledger
from dragoman.running.child import Child, stop_together
from dragoman.running.ports import wait_for_answer
from dragoman.services import Services
from dragoman.simulator.running import Simulator, running_simulator
from tests.accounts import account_of, credentials_of, one_of_each
from tests.inbox.house import PASSWORD, Person
from tests.laws.doomed import ORDERS, SABOTEUR
from tests.laws.oracle import Ask, asking, one_snapshot
from tests.serving import free_port

Victim = Literal["web", "worker", "database"]
STRIKES_WITHIN_SECONDS = 60.0
PAUSE_SECONDS = 0.2  # between a death and the next start
SEND_SECONDS = 2
ROOT = Path(__file__).parents[2]
STILL_IN_HAND = """
    select (select count(*) from envelopes where due_at is not null)
         + (select count(*) from arrivals where due_at is not null) as n"""


@dataclass(slots=True)
class Installation:
    folder: Path
    server: EmbeddedPostgres
    settings: Settings
    simulator_port: int
    simulator: Simulator
    children: dict[str, Child] = field(default_factory=dict)
    workspace_id: UUID = UUID(int=0)
    deaths: Counter[str] = field(default_factory=Counter)

    async def kill(self, victim: Victim, place: str) -> None:
        """Have it die at this place, in the middle of what it has in hand; wait for its death, and start it again."""
        order = self.folder / "orders" / place
        order.with_suffix(".draft").write_text(str(self.server.pid) if victim == "database" else "self")
        order.with_suffix(".draft").rename(order)
        ordered, deaths = time.monotonic(), self.deaths[victim]
        while self.deaths[victim] == deaths:
            waited = time.monotonic() - ordered
            assert waited < STRIKES_WITHIN_SECONDS, f"{victim} was to die, but never came by: {place}"
            await asyncio.sleep(0.01)
        click.echo(f"  {victim} killed after {time.monotonic() - ordered:.2f} s with {place}")

    async def tend(self) -> None:
        """Start again what died, as the supervisor does. In the main thread: children end with who started them."""
        while True:
            if self.server.has_died():
                self.deaths["database"] += 1
                self.server.stop()
                self.server.start()
            for name, child in self.children.items():
                if child.has_died():
                    self.deaths[name.split()[0]] += 1
                    await asyncio.sleep(PAUSE_SECONDS)
                    child.start()
            await asyncio.sleep(0.02)

    @property
    def ask(self) -> Ask:
        """As the owner of the database, who sees everything."""
        return asking(self.settings.database_url or "")

    def one_snapshot(self) -> AbstractAsyncContextManager[Ask]:
        return one_snapshot(self.settings.database_url or "")

    async def quiet(self, statement: str, seconds: float) -> None:
        """Wait until this count is 0."""
        async with asyncio.timeout(seconds):
            while (await self.ask(statement))[0]["n"]:  # noqa: ASYNC110 another process is asked
                await asyncio.sleep(0.2)

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        async with Database(self.settings.database_url or "") as database:
            services = Services.over(database, self.settings)
            yield services
            await services.clients.aclose()

    async def connect(self, platform: str, fields: dict[str, str]) -> None:
        async with self.services() as services:
            await connect(services, self.workspace_id, platform, fields, simulated=True)

    async def one_of_each(self) -> dict[str, str]:
        """An account on every platform, connected; by platform."""
        made = await one_of_each(self.simulator)
        for platform, account in made.items():
            await self.connect(platform, credentials_of(account))
        return {platform: account_of(account) for platform, account in made.items()}

    async def a_member(self, http: httpx2.AsyncClient, name: str) -> Person:
        """Somebody signed in, who speaks to the web process as a browser does."""
        email = f"{name.lower()}@example.com"
        async with self.services() as services:
            account_id = await access.create_account(services.database, email, name, PASSWORD)
            member_id = await access.add_member(services.database, self.workspace_id, email, Role.OWNER)
            token = await sign_in(services, email, PASSWORD, "127.0.0.1")
        membership = Membership(self.workspace_id, member_id, account_id, Role.OWNER, None)
        return Person(membership, http, {"X-CSRF-Token": csrf_token(token)}, {COOKIE: token})

    async def unaccounted(self) -> ledger.Ledger:
        async with self.services() as services:
            return await ledger.verify(services.database, self.workspace_id)


@asynccontextmanager
async def installed(folder: Path, *, workers: int = 1, saboteur: str = "") -> AsyncIterator[Installation]:
    """Everything running, with an empty trial workspace."""
    (folder / "orders").mkdir(parents=True)
    async with AsyncExitStack() as stack:
        server = EmbeddedPostgres(folder / "postgres", extra_settings={"shared_buffers": "64MB"})
        stack.callback(server.stop)
        dsn = server.start()
        migrate(dsn)
        simulator_port = free_port()
        simulator = await stack.enter_async_context(
            running_simulator(port=simulator_port, state=folder / "simulator")
        )
        environment = _environment(folder, dsn, simulator_port, saboteur)
        settings = Settings.from_environment(environment)
        whole = Installation(folder, server, settings, simulator_port, simulator)
        async with whole.services() as services:
            whole.workspace_id = await access.create_workspace(
                services.database, "Espresso & Co.", WorkspaceKind.TRIAL
            )
        _start(whole, workers, environment)
        stack.callback(lambda: stop_together(list(whole.children.values())))
        web = whole.children["web"]
        assert await asyncio.to_thread(wait_for_answer, settings.bind, settings.port, has_died=web.has_died)
        tending = asyncio.create_task(whole.tend())
        stack.push_async_callback(_ended, tending)
        yield whole


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _environment(folder: Path, dsn: str, simulator_port: int, saboteur: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": dsn,
        "DRAGOMAN_DATA": str(folder / "data"),
        "DRAGOMAN_KEY_FILE": str(folder / "keys" / "master.key"),
        "DRAGOMAN_SIMULATOR_URL": f"http://127.0.0.1:{simulator_port}",
        "DRAGOMAN_ALLOW_HOSTS": f"127.0.0.1:{simulator_port}",
        "DRAGOMAN_PORT": str(free_port()),
        "DRAGOMAN_SEND_SECONDS": str(SEND_SECONDS),
        "PYTHONPATH": str(ROOT),
        ORDERS: str(folder / "orders"),
        SABOTEUR: saboteur,
    }


def _start(whole: Installation, workers: int, environment: dict[str, str]) -> None:
    whole.children = {
        name: Child(name, ours(name.split()[0]), environment, quiet=False)
        for name in ["web", *(f"worker {nth}" for nth in range(workers))]
    }
    for child in whole.children.values():
        child.start()


def ours(command: str) -> list[str]:
    return [sys.executable, "-m", "tests.laws.doomed", command]
