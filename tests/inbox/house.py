"""A whole Dragoman for a test: a real database, the application over real HTTP, a worker, and the simulator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import msgspec
import psycopg

from dragoman.access import actions as access
from dragoman.access import passwords
from dragoman.access.http import COOKIE
from dragoman.access.model import Membership, Role, WorkspaceKind
from dragoman.access.sessions import open_session
from dragoman.access.sign_in import sign_in
from dragoman.access.store import StoredAccount
from dragoman.access.tokens import csrf_token
from dragoman.app import create_app
from dragoman.config import Settings
from dragoman.connecting.actions import connect
from dragoman.db.database import Database
from dragoman.kit.ids import new_id
from dragoman.services import Services
from dragoman.simulator.running import (
    NewBot,
    NewInstagram,
    NewNumber,
    NewPage,
    Simulator,
    running_simulator,
)
from dragoman.worker import Worker
from tests.accounts import credentials_of
from tests.serving import a_place, serving

PASSWORD = "correct horse battery"
_password_hashes: list[str] = []
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Person:
    """A member with a browser's cookie, who speaks to the API as the browser does."""

    membership: Membership
    http: httpx2.AsyncClient
    headers: dict[str, str]
    cookies: dict[str, str]

    async def get(self, path: str, **params: Any) -> Any:
        return _body(await self.http.get(self._url(path), params=params, headers=self._all_headers()))

    async def post(self, path: str, expect: int | None = None, **content: Any) -> Any:
        answer = await self.http.post(self._url(path), json=content, headers=self._all_headers())
        if expect is not None:
            assert answer.status_code == expect, answer.text
            return answer.json() if answer.content else None
        return _body(answer)

    async def asks(self, method: str, path: str, **how: Any) -> httpx2.Response:
        """Any request, whatever the answer."""
        return await self.http.request(method, self._url(path), headers=self._all_headers(), **how)

    async def snapshot(self, view: str = "waiting", **more: Any) -> Any:
        return await self.get("snapshot", view=view, **more)

    async def reply(self, conversation: str, text: str, *, seen: int | None = None, **more: Any) -> Any:
        seq = seen if seen is not None else (await self.snapshot())["seq"]
        key = more.pop("key", uuid4().hex)
        return await self.post(
            f"conversations/{conversation}/replies", text=text, idempotency_key=key, seen_seq=seq, **more
        )

    def _url(self, path: str) -> str:
        return path if path.startswith("/") else f"/api/w/{self.membership.workspace_id}/{path}"

    def _all_headers(self) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**SAME_ORIGIN, **self.headers, "Cookie": cookie}


async def _password_hash() -> str:
    """Made once a process: it takes 50 ms of a core on purpose, and thousands of tests need somebody."""
    if not _password_hashes:
        _password_hashes.append(await passwords.hashed(PASSWORD))
    return _password_hashes[0]


def _body(answer: httpx2.Response) -> Any:
    assert answer.is_success, f"{answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


@dataclass(slots=True)
class House:
    services: Services
    settings: Settings
    address: str
    worker: Worker
    simulator: Simulator
    workspace_id: UUID
    http: httpx2.AsyncClient
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.services.database

    async def a_member(self, name: str, role: Role = Role.MEMBER, *, email: str | None = None) -> Person:
        """Somebody new with ``PASSWORD``, who has a session; how one signs in is tried in tests/access."""
        email = email or f"{name.lower()}@example.com"
        account = StoredAccount(new_id(), email, name, await _password_hash())
        async with self.database.transaction(account_id=str(account.account_id)) as tx:
            await access.add_account(tx, account)
            token = await open_session(tx, account.account_id, None)
        member_id = await access.add_member(self.database, self.workspace_id, email, role)
        membership = Membership(self.workspace_id, member_id, account.account_id, role, None)
        headers = {"X-CSRF-Token": csrf_token(token)}
        person = Person(membership, self.http, headers, {COOKIE: token})
        self.people[name] = person
        return person

    async def another_device(self, person: Person, email: str) -> Person:
        """The same member, signed in once more by their password."""
        token = await sign_in(self.services, email, PASSWORD, "127.0.0.1")
        return Person(person.membership, self.http, {"X-CSRF-Token": csrf_token(token)}, {COOKIE: token})

    async def a_bot(self, name: str = "Espresso & Co.") -> NewBot:
        """A Telegram bot of the simulator, connected."""
        bot = await self.simulator.new_bot(name)
        await self._connect("telegram", credentials_of(bot))
        return bot

    async def a_page(self, name: str = "Espresso & Co.") -> NewPage:
        """A Facebook page of the simulator, connected."""
        page = await self.simulator.new_page(name)
        await self._connect("messenger", credentials_of(page))
        return page

    async def an_instagram(self, name: str = "Espresso & Co.", *, by_page: bool = False) -> NewInstagram:
        """An Instagram account of the simulator, connected by its own log-in or by a linked Page's."""
        made = await self.simulator.new_instagram(name)
        by_pages = {"app_id": made.app_id, "app_secret": made.app_secret, "page_token": made.page_token}
        await self._connect("instagram", by_pages if by_page else credentials_of(made))
        return made

    async def a_number(self, name: str = "Espresso & Co.", **more: Any) -> NewNumber:
        """A WhatsApp number of the simulator, connected."""
        number = await self.simulator.new_number(name, **more)
        await self._connect("whatsapp", credentials_of(number))
        return number

    async def _connect(self, platform: str, fields: dict[str, str]) -> None:
        await connect(self.services, self.workspace_id, platform, fields, simulated=True)

    async def work(self) -> None:
        """Do all that is due, and what the platforms tell of it, until nothing is on its way any more."""
        before, delivered = -1, await self._delivered()
        while delivered != before:
            await self.worker.work_off()
            before, delivered = delivered, await self._delivered()

    async def _delivered(self) -> int:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self.simulator.delivered()

    async def customer_has_read(self, platform: str, account: str, customer: str, text: str) -> None:
        """Wait until this is the newest text on the customer's phone."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self.simulator.phone(platform, account, customer)).lines[-1].text != text:  # noqa: ASYNC110 another process is asked, by HTTP
                await asyncio.sleep(0.05)

    async def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look behind the curtain, as the owner of the database."""
        dsn = self.settings.database_url or ""
        async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
            cursor = await connection.execute(statement, values)
            return await cursor.fetchall() if cursor.description else []

    async def no_undo(self) -> None:
        """Replies leave at once."""
        await self.sql("update workspaces set undo_seconds = 0")


@asynccontextmanager
async def house(dsn: str, folder: Path, *, knows_only_the_simulator: bool = False) -> AsyncIterator[House]:
    """``knows_only_the_simulator``: every platform's address leads there, as in the demonstration."""
    async with AsyncExitStack() as stack:
        simulator = await stack.enter_async_context(running_simulator())
        place = stack.enter_context(a_place())
        settings = settings_for(dsn, folder, simulator.base_url, place.getsockname()[1])
        if knows_only_the_simulator:
            settings = replace(
                settings,
                telegram_api=simulator.telegram_api,
                graph_api=simulator.graph_api,
                instagram_api=simulator.instagram_api,
            )
        address = await stack.enter_async_context(serving(create_app(settings), place))
        database = await stack.enter_async_context(Database(dsn))
        services = Services.over(database, settings)
        stack.push_async_callback(services.clients.aclose)
        http = await stack.enter_async_context(
            httpx2.AsyncClient(base_url=address, timeout=30, trust_env=False)
        )
        workspace_id = await access.create_workspace(database, "Espresso & Co.", WorkspaceKind.TRIAL)
        yield House(services, settings, address, Worker(services, dsn), simulator, workspace_id, http)


def settings_for(dsn: str, folder: Path, simulator_url: str, port: int) -> Settings:
    return Settings.from_environment(
        {
            "DATABASE_URL": dsn,
            "DRAGOMAN_DATA": str(folder / "data"),
            "DRAGOMAN_KEY_FILE": str(folder / "keys" / "master.key"),
            "DRAGOMAN_SIMULATOR_URL": simulator_url,
            "DRAGOMAN_ALLOW_HOSTS": simulator_url.removeprefix("http://"),
            "DRAGOMAN_PORT": str(port),
        }
    )


def plain(value: Any) -> Any:
    """As a browser would have it: JSON and back."""
    return msgspec.json.decode(msgspec.json.encode(value))
