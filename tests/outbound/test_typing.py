"""A customer sees that somebody of ours writes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from dragoman.kit.clock import now
from dragoman.outbound.typing import MOST_SHOWN, Typing
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADA, BEA = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("platform", ["telegram", "messenger"])
async def test_while_a_member_writes_the_customer_sees_it(inbox: Inbox, platform: str) -> None:
    customer = await (inbox.on_telegram() if platform == "telegram" else inbox.on_messenger())
    await customer.says("open today?")
    await inbox.work()
    seq = await inbox.seq()

    await _writes(inbox)
    await _until_shown(customer)

    assert await inbox.seq() == seq  # nothing was recorded


async def test_the_customer_of_a_connected_account_sees_it_in_the_owners_name(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    owner = await inbox.house.simulator.new_customer("telegram", "Marta")
    await inbox.house.simulator.connect_account(owner, bot.id)
    ana = Customer(inbox, "telegram", owner, await inbox.house.simulator.new_customer("telegram", "Ana"))
    await ana.says("open today?")
    await inbox.until(inbox.rows)

    await _writes(inbox)

    await _until_shown(ana)


async def test_a_platform_that_refuses_to_show_it_is_let_be(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("open today?")
    await inbox.work()
    refused = Fault(kind=Trouble.ERROR, side="api", account=ana.account, method="sendChatAction", status=401)
    await inbox.house.simulator.trouble(refused)

    await _writes(inbox)
    await inbox.maria.reply((await inbox.row())["id"], "Until six.")
    await inbox.work()

    assert await ana.sees() == ["Until six."]
    assert (await inbox.maria.snapshot())["channels"][0]["state"] == "live"


async def test_who_may_not_see_a_conversation_cannot_write_in_it(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("open today?")
    await inbox.work()
    ben = await inbox.a_member("Ben")
    await inbox.sees_only(ben)

    path = f"conversations/{(await inbox.row())['id']}/typing"
    answer = await ben.asks("POST", path)

    assert answer.status_code == 404


async def test_it_is_said_again_before_it_ends_and_not_sooner() -> None:
    typing, lasts, at = Typing(), timedelta(seconds=20), now()

    said = [typing.is_to_be_shown(ADA, lasts, at + timedelta(seconds=s)) for s in (0, 4, 8, 12, 16, 20)]

    assert said == [True, False, False, False, True, False]
    assert typing.is_to_be_shown(BEA, lasts, at)


async def test_what_is_remembered_of_it_does_not_grow_for_ever() -> None:
    typing, lasts, at = Typing(), timedelta(seconds=20), now()
    for number in range(MOST_SHOWN):
        assert typing.is_to_be_shown(UUID(int=number), lasts, at)

    too_many = typing.is_to_be_shown(UUID(int=MOST_SHOWN), lasts, at)
    later = typing.is_to_be_shown(UUID(int=MOST_SHOWN), lasts, at + timedelta(minutes=1))

    assert (too_many, later) == (False, True)


async def _writes(inbox: Inbox) -> None:
    await inbox.maria.post(f"conversations/{(await inbox.row())['id']}/typing", expect=204)


async def _until_shown(customer: Customer) -> None:
    simulator = customer.inbox.house.simulator
    async with asyncio.timeout(10):
        while not (await simulator.phone(customer.platform, customer.account, customer.id)).typing:  # noqa: ASYNC110 another process is asked
            await asyncio.sleep(0.05)
