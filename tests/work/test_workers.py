"""Any number of workers share the work: lanes keep each customer's order, and nothing is done twice."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.work import lanes
from dragoman.worker import Worker
from tests.inbox.deliveries import ago, edit, text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_three_workers_place_everything_once_and_in_order(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(300)
    updates = [text(f"{chat}-{n}", n, at=at + n, chat=chat) for n in range(1, 9) for chat in (11, 12, 13, 14)]
    await asyncio.gather(*(bot.delivers(update) for update in [*updates, *updates[::3]]))

    await asyncio.gather(*(worker.work_off() for worker in _workers(inbox, 3)))
    await inbox.work()

    rows = await inbox.rows("waiting")
    assert [row["preview"]["count"] for row in rows] == [8, 8, 8, 8]
    for row in rows:
        chat = row["preview"]["first"]["text"].split("-")[0]
        assert [m["text"] for m in await inbox.timeline(row["id"])] == [f"{chat}-{n}" for n in range(1, 9)]
    assert await inbox.counts() == {"waiting": 4, "open": 4}
    assert [outcome for _, outcome in await inbox.outcomes()].count("duplicate") == len(updates[::3])


async def test_two_workers_send_each_reply_once(inbox: Inbox) -> None:
    bot = await inbox.house.a_bot()
    customers = [await inbox.on_telegram(name, bot.id) for name in ("Ana", "Ben", "Cem")]
    for customer in customers:
        await customer.says("open today?")
    await inbox.work()
    for row in await inbox.rows():
        await inbox.maria.reply(row["id"], "Until six.")

    await asyncio.gather(*(worker.work_off() for worker in _workers(inbox, 2)))
    await inbox.until(lambda: _nothing_waits(inbox))

    assert [await customer.sees() for customer in customers] == [["Until six."]] * 3


async def test_a_new_worker_takes_up_what_another_left(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1, at=ago(60)))
    first, second = _workers(inbox, 2)
    await first._parse_all()  # and dies

    await bot.delivers(edit("hello!", 1, at=ago(60)))
    await second.work_off()

    assert await inbox.texts() == ["hello!"]


async def test_a_lane_is_held_by_one_at_a_time(inbox: Inbox) -> None:
    database = inbox.house.database

    async with database.transaction(inbox.id) as mine, database.transaction(inbox.id) as yours:
        held = await lanes.lock(mine, [1, 2, 3])
        left_over = await lanes.lock(yours, [2, 3, 4])

    assert (held, left_over) == ([1, 2, 3], [4])


def _workers(inbox: Inbox, count: int) -> list[Worker]:
    return [Worker(inbox.house.services, inbox.house.settings.database_url or "") for _ in range(count)]


async def _nothing_waits(inbox: Inbox) -> bool:
    return "waiting" not in await inbox.counts()


async def test_a_turn_settles_once_all_that_came_in_before_has_its_place(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("Is it", 1, at=ago(62)))
    [worker] = _workers(inbox, 1)
    while await worker._parse_all() + await worker._place_all():
        pass
    await bot.delivers(text("open today?", 2, at=ago(60)))
    await inbox.sql(
        "update jobs set due_at = now() where workspace_id = %s and kind = 'settle_turn'", inbox.id
    )

    await worker._do_jobs()
    stored = await _settled(inbox)
    await worker._parse_all()
    await worker._do_jobs()
    parsed = await _settled(inbox)
    await worker.work_off()
    await inbox.all_due_now()

    assert (stored, parsed, await _settled(inbox)) == ([], [], [2])


async def _settled(inbox: Inbox) -> list[int]:
    """How many fragments each turn had whenever it settled."""
    found = await inbox.sql(
        "select fields -> 'fragments' from changes where workspace_id = %s and kind = 'turn.settled' order by seq",
        inbox.id,
    )
    return [row[0] for row in found]
