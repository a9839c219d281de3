"""An inbox in the words of the tests: who writes, who answers, and what stands there then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2

from dragoman.access.model import Role
from dragoman.connecting.actions import connect
from dragoman.kit.ids import new_id
from dragoman.simulator.acts import Act
from dragoman.simulator.phone import Line
from dragoman.simulator.running import NewPage
from tests.inbox.deliveries import BotLine, NumberLine, PageLine
from tests.inbox.house import House, Person

PATIENCE_SECONDS = 60.0
WHOSE = ("unassigned", "owned", "teams")
Row = dict[str, Any]


@dataclass(slots=True)
class Customer:
    """Somebody with a phone."""

    inbox: Inbox
    platform: str
    account: str  # of ours, that they write to
    id: str

    async def says(self, *texts: str, **more: Any) -> list[str]:
        house = self.inbox.house
        return await house.simulator.says(self.platform, self.account, self.id, *texts, **more)

    async def does(self, act: Act) -> list[str]:
        return await self.inbox.house.simulator.does(self.platform, self.account, self.id, act)

    async def sees(self) -> list[str | None]:
        """The texts of ours on their screen, oldest first."""
        return [line.text for line in await self.screen() if not line.mine]

    async def screen(self) -> list[Line]:
        phone = await self.inbox.house.simulator.phone(self.platform, self.account, self.id)
        return phone.lines


class Inbox:
    def __init__(self, house: House) -> None:
        self.house = house

    @property
    def maria(self) -> Person:
        return self.house.people["Maria"]

    # ------------------------------------------------------------------------------------------- set up

    async def a_member(self, name: str, role: Role = Role.ADMIN) -> Person:
        return await self.house.a_member(name, role, email=f"{name.lower()}.{new_id().hex}@example.com")

    async def undo_seconds(self, seconds: int) -> None:
        await self.sql("update workspaces set undo_seconds = %s where workspace_id = %s", seconds, self.id)

    async def sees_only(self, member: Person, *channels: str) -> None:
        """By a team that serves these channels."""
        team = new_id()
        member_id = member.membership.member_id
        await self.sql("insert into teams values (%s, %s, 'Beans')", self.id, team)
        await self.sql("insert into team_members values (%s, %s, %s)", self.id, team, member_id)
        for channel in channels:
            await self.sql("insert into team_channels values (%s, %s, %s)", self.id, team, channel)
        await self.sql("update members set sees_all_channels = false where member_id = %s", member_id)

    async def on_telegram(self, name: str = "Ana", bot: str | None = None) -> Customer:
        """A customer of a bot of ours: of a new one, unless it is named."""
        account = bot or (await self.house.a_bot()).id
        person = await self.house.simulator.new_customer("telegram", name)
        return Customer(self, "telegram", account, person)

    async def on_messenger(self, name: str = "Jun", page: str | None = None) -> Customer:
        account = page or (await self.house.a_page()).page_id
        person = await self.house.simulator.new_customer("messenger", name)
        return Customer(self, "messenger", account, person)

    async def on_instagram(self, name: str = "Jun", *, by_page: bool = False) -> Customer:
        """A customer of an account of ours that logged in itself, or by its Page."""
        account = (await self.house.an_instagram(by_page=by_page)).account
        person = await self.house.simulator.new_customer("instagram", name)
        return Customer(self, "instagram", account, person)

    async def on_whatsapp(self, name: str = "Mei", number: str | None = None, **more: str) -> Customer:
        account = number or (await self.house.a_number()).number_id
        person = await self.house.simulator.new_customer("whatsapp", name, **more)
        return Customer(self, "whatsapp", account, person)

    async def a_bot_line(self) -> BotLine:
        """A connected bot whose updates the test writes itself."""
        bot = await self.house.a_bot()
        return await BotLine.of(self.house, bot.id)

    async def a_page_line(self) -> PageLine:
        """A connected page whose webhooks the test writes itself."""
        page = await self.house.a_page()
        return await PageLine.of(self.house, page.page_id)

    async def a_number_line(self, **more: Any) -> NumberLine:
        """A connected WhatsApp number whose webhooks the test writes itself."""
        number = await self.house.a_number(**more)
        return await NumberLine.of(self.house, number.number_id)

    async def connect_page(self, page: NewPage) -> None:
        fields = {"app_id": page.app_id, "app_secret": page.app_secret, "page_token": page.page_token}
        await connect(self.house.services, self.id, "messenger", fields, simulated=True)

    async def page_line(self, page_id: str) -> PageLine:
        return await PageLine.of(self.house, page_id)

    async def bot_line(self, bot: str) -> BotLine:
        return await BotLine.of(self.house, bot)

    async def line_of(self, customer: Customer) -> BotLine:
        """The address to which this customer's updates are delivered."""
        return await self.bot_line(customer.account)

    async def serve_business_account(self, bot: BotLine) -> None:
        """A channel for the ordinary Telegram account that this bot may read (``deliveries.business``)."""
        await self.sql(
            """
            insert into channels (workspace_id, channel_id, connection_id, platform, account, name, state, created_at)
            select workspace_id, gen_random_uuid(), connection_id, platform, 'bc:B1', 'Maria', 'live', now()
            from channels where workspace_id = %s and account = %s""",
            self.id,
            bot.account,
        )

    # ------------------------------------------------------------------------------------------- happen

    async def try_to_reply(self, conversation: str, text: str, **more: Any) -> httpx2.Response:
        """Whatever comes of it."""
        content = {"text": text, "idempotency_key": new_id().hex, "seen_seq": await self.seq()} | more
        return await self.maria.asks("POST", f"conversations/{conversation}/replies", json=content)

    async def upload(self, name: str, content: bytes, kind: str) -> str:
        """A file that Maria will send; its id."""
        params = {"name": name, "kind": kind}
        answer = await self.maria.asks("POST", "attachments", params=params, content=content)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["attachment"]["id"])

    async def work(self) -> None:
        await self.house.work()

    async def until(self, there: Callable[[], Awaitable[Any]]) -> Any:
        """Work until this is so, and return it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (found := await there()):
                await self.work()
                await asyncio.sleep(0.05)
        return found

    async def all_due_now(self) -> None:
        """Let all the time pass that anything of this workspace waits for, and do it."""
        await self.sql("update jobs set due_at = now() where workspace_id = %s and kind <> 'sweep'", self.id)
        await self.sql(
            "update arrivals set due_at = now() where workspace_id = %s and due_at is not null", self.id
        )
        await self.sql(
            "update conversations set send_lease_until = now(), paced_until = now() where workspace_id = %s",
            self.id,
        )
        await self.sql(
            "update channels set next_send_at = now(), next_slow_send_at = now() where workspace_id = %s",
            self.id,
        )
        await self.work()

    async def close_down(self) -> None:
        """No worker looks at this workspace any more: the next test has it for itself."""
        await self.sql("delete from lanes where workspace_id = %s", self.id)

    # -------------------------------------------------------------------------------------------- stand

    @property
    def id(self) -> UUID:
        return self.house.workspace_id

    async def rows(self, view: str = "all") -> list[Row]:
        found: list[Row] = (await self.maria.snapshot(view))["rows"]["items"]
        return found

    async def row(self) -> Row:
        """The one conversation that there is."""
        (found,) = await self.rows()
        return found

    async def counts(self) -> dict[str, int]:
        """Those that are not zero, whoever's they are."""
        found: dict[str, Any] = (await self.maria.snapshot())["counts"]
        return {name: count for name, count in found.items() if count and name not in WHOSE}

    async def whose(self) -> dict[str, Any]:
        """How many are nobody's, each member's, and in each team's queue."""
        found: dict[str, Any] = (await self.maria.snapshot())["counts"]
        return {name: found[name] for name in WHOSE}

    async def seq(self) -> int:
        return int((await self.maria.snapshot())["seq"])

    async def timeline(self, conversation: str | None = None) -> list[Row]:
        wanted = conversation or (await self.row())["id"]
        opened = await self.maria.get(f"conversations/{wanted}")
        found: list[Row] = opened["timeline"]["items"]
        return found

    async def texts(self) -> list[str | None]:
        return [message["text"] for message in await self.timeline()]

    async def bubble(self, text: str | None = None) -> Row:
        """A message of ours: the newest, or the one with this text."""
        ours = [m for m in await self.timeline() if m["side"] == "team" and text in (None, m["text"])]
        return ours[-1]

    async def state_of(self, text: str | None = None) -> str:
        found: str = (await self.bubble(text))["delivery"]["state"]
        return found

    async def outcomes(self) -> list[tuple[str, str | None]]:
        """Of each arrival, in the order of arrival: its kind and what became of it."""
        found = await self.sql(
            "select kind, outcome from arrivals where workspace_id = %s order by arrival_id", self.id
        )
        return [(row[0], row[1]) for row in found]

    async def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return await self.house.sql(statement, *values)
