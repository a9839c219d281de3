"""For tests, laws and benches: a simulator process of one's own, and its control API with types."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from dragoman.simulator.acts import Act
from dragoman.simulator.faults import Fault
from dragoman.simulator.journal import Kind, Note, Page
from dragoman.simulator.phone import Phone

START_SECONDS = 60.0
STOP_SECONDS = 10.0
CALL_SECONDS = 60.0
SETTLING_LOOK_SECONDS, SETTLING_LOOKS = 0.05, 1200
DELIVERED_LOOK_SECONDS = 0.02
READY = "simulator ready at "


class SimulatorRefusedError(Exception):
    """The control API did not do as asked; the text is its own sentence."""


class NewBot(msgspec.Struct, frozen=True):
    id: str
    token: str
    username: str


class NewPage(msgspec.Struct, frozen=True):
    page_id: str
    page_token: str
    user_token: str
    app_id: str
    app_secret: str


class NewInstagram(msgspec.Struct, frozen=True):
    account: str
    instagram_token: str
    page_token: str
    app_id: str
    app_secret: str
    instagram_app_secret: str


class NewNumber(msgspec.Struct, frozen=True):
    number_id: str
    waba_id: str
    access_token: str
    app_id: str
    app_secret: str


class KnownAs(msgspec.Struct, frozen=True):
    """How businesses know a WhatsApp customer."""

    phone: str
    user_id: str
    name: str


class StormState(msgspec.Struct, frozen=True):
    planned: int
    made: int
    under_way: int
    over: bool
    failed: str | None


@dataclass(slots=True)
class Simulator:
    """A running simulator and what can be asked of it."""

    base_url: str
    http: httpx2.AsyncClient
    process: Process | None = None  # None: somebody else started it

    @property
    def telegram_api(self) -> str:
        return f"{self.base_url}/telegram"

    @property
    def instagram_api(self) -> str:
        return f"{self.base_url}/instagram/v26.0"

    @property
    def graph_api(self) -> str:
        return f"{self.base_url}/graph/v26.0"

    async def new_bot(self, name: str = "Espresso & Co.") -> NewBot:
        return msgspec.convert(await self.post("/bots", name=name), NewBot)

    async def new_page(self, name: str = "Espresso & Co.", app: str | None = None) -> NewPage:
        """A page with all that is needed to connect it; `app`: the id of an app that already is there."""
        return msgspec.convert(await self.post("/pages", name=name, app=app), NewPage)

    async def new_instagram(self, name: str = "Espresso & Co.", app: str | None = None) -> NewInstagram:
        """An Instagram account with the tokens of both ways to log in."""
        return msgspec.convert(await self.post("/instagrams", name=name, app=app), NewInstagram)

    async def new_number(self, name: str = "Espresso & Co.", **more: Any) -> NewNumber:
        """A WhatsApp number with all that is needed to connect it; `in_app`: it is used on a phone as well."""
        return msgspec.convert(await self.post("/numbers", name=name, **more), NewNumber)

    async def known_as(self, customer: str) -> KnownAs:
        answer = await self._call("GET", "/numbers/person", params={"customer": customer})
        return msgspec.convert(answer, KnownAs)

    async def remembers(self, account: str, customer: str, *texts: str, hours_ago: float = 48.0) -> list[str]:
        """What a customer and we wrote by turns, the customer first, before anybody was connected."""
        order = {"account": account, "customer": customer, "texts": list(texts), "hours_ago": hours_ago}
        answer = await self.post("/past", **order)
        return [str(message) for message in answer["messages"]]

    async def psid(self, account: str, customer: str) -> str:
        """The id by which a Messenger page knows a customer; the journal's `chat`."""
        answer = await self._call("GET", "/psid", params={"account": account, "customer": customer})
        return str(answer["psid"])

    async def new_customer(self, platform: str, first_name: str = "Ana", **more: Any) -> str:
        answer = await self.post("/customers", platform=platform, first_name=first_name, **more)
        return str(answer["id"])

    async def says(
        self, platform: str, account: str, customer: str, *texts: str, gap_seconds: float = 0.0, **more: Any
    ) -> list[str]:
        """A burst of texts; the platform's ids of the messages."""
        answer = await self.post(
            "/says",
            platform=platform,
            account=account,
            customer=customer,
            texts=list(texts),
            gap_seconds=gap_seconds,
            **more,
        )
        return [str(message) for message in answer["messages"]]

    async def does(self, platform: str, account: str, customer: str, act: Act) -> list[str]:
        """Let a customer do something; the platform's ids of the messages that came of it."""
        answer = await self.post(
            "/does", platform=platform, account=account, customer=customer, act=msgspec.to_builtins(act)
        )
        return [str(message) for message in answer["messages"]]

    async def connect_account(self, owner: str, bot: str, *, can_reply: bool = True) -> str:
        """A Telegram customer connects their own account to this bot, or changes its rights; the connection's id."""
        answer = await self.post("/connect-account", owner=owner, bot=bot, can_reply=can_reply)
        return str(answer["connection"])

    async def disconnect_account(self, owner: str) -> None:
        await self.post("/disconnect-account", owner=owner)

    async def owner_does(self, owner: str, customer: str, act: Act) -> list[str]:
        """The owner of a connected account does something on their own phone; the ids of the messages."""
        answer = await self.post("/owner-does", owner=owner, customer=customer, act=msgspec.to_builtins(act))
        return [str(message) for message in answer["messages"]]

    async def phone(self, platform: str, account: str, customer: str) -> Phone:
        """What the customer sees on their screen."""
        wanted = {"platform": platform, "account": account, "customer": customer}
        return msgspec.convert(await self._call("GET", "/phone", params=wanted), Phone)

    async def trouble(self, fault: Fault) -> int:
        """Ask for a fault; its number."""
        return int((await self.post("/faults", **msgspec.to_builtins(fault)))["id"])

    async def strikes(self, number: int) -> int:
        """How often a trouble has struck: as many requests, or webhook events, met it."""
        standing = await self._call("GET", "/faults")
        return next(int(each["hits"]) for each in standing if each["id"] == number)

    async def end_trouble(self, number: int) -> None:
        await self._call("DELETE", f"/faults/{number}")

    async def no_more_troubles(self) -> None:
        await self._call("DELETE", "/faults")

    async def start_storm(self, platform: str, account: str, count: int, **more: Any) -> int:
        """Many webhooks of a realistic mix (see `storm.Plan` for `more`); the storm's number."""
        answer = await self.post("/storm", platform=platform, account=account, count=count, **more)
        return int(answer["id"])

    async def storm(self, number: int) -> StormState:
        return msgspec.convert(await self._call("GET", f"/storms/{number}"), StormState)

    async def storm_is_over(self, number: int, timeout_seconds: float = 300.0) -> StormState:
        """Once each of its webhooks is acknowledged. Raises: TimeoutError, or what broke the storm."""
        async with asyncio.timeout(timeout_seconds):
            while not (state := await self.storm(number)).over:  # noqa: ASYNC110 - another process
                await asyncio.sleep(SETTLING_LOOK_SECONDS)
        if state.failed:
            raise SimulatorRefusedError(state.failed)
        return state

    async def notes(self, kind: Kind | None = None, after: int = 0) -> list[Note]:
        """All notes of the journal of one kind (or of all), from number `after` on."""
        found: list[Note] = []
        end = False
        while not end:
            wanted = {"after": after, "limit": 5000, **({"kind": kind.value} if kind else {})}
            page = msgspec.convert(await self._call("GET", "/journal", params=wanted), Page)
            found += page.entries
            after, end = page.next, page.end
        return found

    async def settled_notes(self, kind: Kind, account: str) -> list[Note]:
        """The notes of one kind about a bot or page, once nothing of it is under way (at most a minute)."""
        for _ in range(SETTLING_LOOKS):
            if not await self.under_way(account):
                break
            await asyncio.sleep(SETTLING_LOOK_SECONDS)
        return [note for note in await self.notes(kind) if note.about.account == account]

    async def under_way(self, account: str | None = None) -> int:
        """Webhook events not yet acknowledged, of one bot or page or of all."""
        params = {"account": account} if account else {}
        return int((await self._call("GET", "/under-way", params=params))["under_way"])

    async def delivered(self) -> int:
        """Wait until nothing is under way: how many webhook events there were so far."""
        while (deliveries := await self._call("GET", "/under-way"))["under_way"]:  # noqa: ASYNC110 - another process
            await asyncio.sleep(DELIVERED_LOOK_SECONDS)
        return int(deliveries["so_far"])

    @asynccontextmanager
    async def standing_still(self) -> AsyncIterator[None]:
        """The platforms' time stops: what is limited to so much a second is so however slow the machine is."""
        await self.post("/clock", offset_seconds=0, stands_still=True)
        try:
            yield
        finally:
            await self.post("/clock", offset_seconds=0)

    async def post(self, path: str, **order: Any) -> Any:
        """Any order of the control API."""
        return await self._call("POST", path, json=order)

    async def _call(self, method: str, path: str, **how: Any) -> Any:
        answer = await self.http.request(method, f"{self.base_url}/control{path}", **how)
        if answer.is_server_error:
            raise SimulatorRefusedError(f"The simulator failed at {path}: {answer.text}")
        decoded = msgspec.json.decode(answer.content)
        if answer.is_client_error:
            raise SimulatorRefusedError(decoded["error"])
        return decoded


@asynccontextmanager
async def running_simulator(
    *, port: int = 0, seed: int = 1, state: Path | None = None, customers: int = 0, pace: str = "human"
) -> AsyncIterator[Simulator]:
    """A real simulator process that ends with the block; from a `state` folder the next one goes on."""
    process = await _start(port=port, seed=seed, state=state, customers=customers, pace=pace)
    try:
        base_url = await asyncio.wait_for(_address(process), START_SECONDS)
        async with connected(base_url) as simulator:
            simulator.process = process
            yield simulator
    finally:
        await _stop(process)


@asynccontextmanager
async def connected(base_url: str) -> AsyncIterator[Simulator]:
    """A simulator that runs already."""
    async with httpx2.AsyncClient(timeout=CALL_SECONDS, trust_env=False) as http:
        yield Simulator(base_url, http)


async def _start(*, state: Path | None, **options: Any) -> Process:
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    if state is not None:
        arguments += ["--state", str(state)]
    program = "from dragoman.simulator.commands import simulator; simulator()"
    return await asyncio.create_subprocess_exec(sys.executable, "-c", program, *arguments, stdout=PIPE)


async def _address(process: Process) -> str:
    assert process.stdout
    while line := (await process.stdout.readline()).decode():
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
    raise RuntimeError("The simulator ended before it was ready.")


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
