"""A customer sees in their own app that somebody of ours has read what they wrote."""

from __future__ import annotations

import pytest

from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_a_member_has_read_is_marked_as_seen_on_the_customers_phone(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    await jun.says("open today?")
    await inbox.work()
    before = await _seen(jun)

    await _read(inbox)
    await inbox.work()

    assert (before, await _seen(jun)) == ([False], [True])


async def test_a_mark_that_the_platform_refuses_is_let_be(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    await jun.says("open today?")
    await inbox.work()
    refused = Fault(kind=Trouble.ERROR, side="api", account=jun.account, method="messages", status=400)
    await inbox.house.simulator.trouble(refused)

    await _read(inbox)
    await inbox.work()

    assert (
        await inbox.sql("select 1 from jobs where workspace_id = %s and kind = 'mark_seen'", inbox.id) == []
    )
    assert (await inbox.maria.snapshot())["channels"][0]["state"] == "live"


async def test_where_there_is_no_such_mark_nothing_is_asked_of_the_platform(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("open today?")
    await inbox.work()

    await _read(inbox)

    assert (await inbox.row())["read_up_to"] is not None
    assert (
        await inbox.sql("select 1 from jobs where workspace_id = %s and kind = 'mark_seen'", inbox.id) == []
    )


async def _read(inbox: Inbox) -> None:
    row = await inbox.row()
    await inbox.maria.post(f"conversations/{row['id']}/read", expect=204, read_up_to=row["last_arrived_at"])


async def _seen(customer: Customer) -> list[bool]:
    return [line.seen for line in await customer.screen() if line.mine]
