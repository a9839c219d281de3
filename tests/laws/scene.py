"""A workspace with some history, in which things may happen: what the replay law plays on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from dragoman.access.model import Role
from dragoman.kit.ids import new_id
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.house import PATIENCE_SECONDS, House, Person


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody outside, and the one thread that they have with us."""

    platform: str
    account: str
    id: str
    address: str  # by which the channel knows them


@dataclass(slots=True)
class Scene:
    house: House
    chance: Random
    customers: list[Customer]
    maria: Person  # an owner, who sees everything
    jonas: Person  # sees the first bot's channel only
    lena: Person  # sees no channel

    def somebody(self, platform: str | None = None) -> Customer:
        return self.chance.choice([c for c in self.customers if platform in (None, c.platform)])

    async def says(self, customer: Customer, *texts: str) -> list[str]:
        said = await self.house.simulator.says(customer.platform, customer.account, customer.id, *texts)
        await self.house.work()
        return said

    async def does(self, customer: Customer, act: Any) -> None:
        await self.house.simulator.does(customer.platform, customer.account, customer.id, act)
        await self.house.work()

    async def conversation_of(self, customer: Customer) -> str:
        rows = await self.house.sql(
            """select c.conversation_id from conversations c
               join identities i using (workspace_id, identity_id)
               join channels h on h.workspace_id = c.workspace_id and h.channel_id = c.channel_id
               where i.address = %s and h.account = %s""",
            customer.address,
            customer.account,
        )
        return str(rows[0][0])

    async def snoozes(self, customer: Customer) -> str:
        """Maria does, until tomorrow; the conversation's id."""
        conversation = await self.conversation_of(customer)
        seq = (await self.maria.snapshot())["seq"]
        until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        await self.maria.post(f"conversations/{conversation}/snooze", until=until, seen_seq=seq)
        return conversation

    async def comes_back(self, conversation: str) -> None:
        """Its time has come."""
        await self.house.sql(
            "update conversations set snoozed_until = now() where conversation_id = %s", conversation
        )
        await self.house.sql(
            "update jobs set due_at = now() where kind = 'wake' and subject = %s", conversation
        )
        await self.house.work()

    async def time_passes(self, customer: Customer, *, hours: int) -> None:
        """Since this customer's last move; nobody else grows older."""
        conversation = await self.conversation_of(customer)
        await self.house.sql(
            """update conversations set last_customer_at = last_customer_at - %s::interval,
                      customer_wrote_at = customer_wrote_at - %s::interval
               where conversation_id = %s""",
            timedelta(hours=hours),
            timedelta(hours=hours),
            conversation,
        )
        await self.house.sql(
            "update jobs set due_at = now() where kind = 'window' and subject = %s", conversation
        )
        await self.house.work()

    async def reply(self, customer: Customer, text: str, **more: Any) -> str:
        """Maria answers; the bubble's id. It has not left yet."""
        answer = await self.maria.reply(await self.conversation_of(customer), text, **more)
        return str(answer["messages"][0]["id"])

    async def send(self, customer: Customer, text: str, **more: Any) -> str:
        """The same, and it has left."""
        bubble = await self.reply(customer, text, **more)
        await self.left(bubble)
        return bubble

    async def left(self, bubble: str) -> None:
        """Work until a reply is out of the queue. The pace of a conversation or channel is not what is tried here."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.state_of(bubble) in ("queued", "sending"):
                await self.house.sql(
                    "update conversations set send_lease_until = null where send_lease is null"
                )
                await self.house.sql("update channels set next_send_at = '-infinity'")
                await self.house.sql("update jobs set due_at = now() where kind = 'send' and due_at > now()")
                await self.house.worker.work_off()
        await self.house.work()

    async def send_into_trouble(self, customer: Customer, text: str, fault: Fault) -> str:
        number = await self.house.simulator.trouble(fault)
        bubble = await self.send(customer, text)
        await self.house.simulator.end_trouble(number)
        return bubble

    async def expect(self, bubble: str, state: str) -> None:
        """What was meant to happen did happen."""
        assert await self.state_of(bubble) == state

    async def state_of(self, bubble: str) -> str:
        found = await self.house.sql("select state from messages where message_id = %s", bubble)
        return str(found[0][0])


def lost_answer(customer: Customer) -> Fault:
    """The message arrives, and we are not told."""
    return Fault(Trouble.LOST_ANSWER, "api", platform=_platform(customer), method=_send_method(customer))


def refusal(customer: Customer) -> Fault:
    return Fault(
        Trouble.ERROR,
        "api",
        platform=_platform(customer),
        method=_send_method(customer),
        status=400,
        code=100,
        message="Bad Request: this cannot be sent",
    )


def _platform(customer: Customer) -> Any:
    return customer.platform


def _send_method(customer: Customer) -> str:
    return "sendMessage" if customer.platform == "telegram" else "messages"


async def a_scene(house: House, seed: int, customers: int = 9) -> Scene:
    """Two bots and a page, some customers with a message each, and three members with different rights."""
    maria = await house.a_member("Maria", Role.OWNER)
    jonas, lena = await house.a_member("Jonas"), await house.a_member("Lena")
    await house.no_undo()
    accounts = [("telegram", (await house.a_bot("First bot")).id), ("telegram", (await house.a_bot()).id)]
    accounts.append(("messenger", (await house.a_page()).page_id))
    scene = Scene(house, Random(seed), [], maria, jonas, lena)
    await _sees_only(scene, jonas, accounts[0][1])
    await _sees_only(scene, lena, None)
    for nth in range(customers):
        await _a_customer(scene, *accounts[nth % 3], name=f"Customer {nth}")
    await house.work()
    return scene


async def _a_customer(scene: Scene, platform: str, account: str, name: str) -> None:
    simulator = scene.house.simulator
    customer = await simulator.new_customer(platform, name)
    await simulator.says(platform, account, customer, f"hello from {name}")
    address = customer if platform == "telegram" else await simulator.psid(account, customer)
    scene.customers.append(Customer(platform, account, customer, address))


async def _sees_only(scene: Scene, person: Person, account: str | None) -> None:
    """By a team that serves this channel, or none."""
    sql, team, workspace = scene.house.sql, new_id(), scene.house.workspace_id
    member = person.membership.member_id
    await sql("insert into teams values (%s, %s, 'a team')", workspace, team)
    await sql("insert into team_members values (%s, %s, %s)", workspace, team, member)
    await sql(
        "insert into team_channels select workspace_id, %s, channel_id from channels where account = %s",
        team,
        account,
    )
    await sql("update members set sees_all_channels = false where member_id = %s", member)
