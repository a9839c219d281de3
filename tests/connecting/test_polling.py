"""Where no platform can reach us we ask, and what was read is stored before more is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from psycopg.errors import CheckViolation

from dragoman.connecting.actions import connect
from dragoman.inbound import polling
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import NewBot
from dragoman.worker import Worker
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(autouse=True)
def _short_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "POLL_SECONDS", 1)


async def test_a_worker_asks_for_news_and_an_answer_goes_back(inbox: Inbox) -> None:
    bot, _ = await _polled_bot(inbox)
    ana = await inbox.on_telegram(bot=bot.id)

    async with _a_worker(inbox):
        await ana.says("hi", "size?", "😉")
        await _until(lambda: _has_row(inbox))
        await inbox.maria.reply((await inbox.row())["id"], "60 cm")
        await _until(lambda: _sees_something(ana.sees))

    assert await inbox.texts() == ["hi", "size?", "😉", "60 cm"]
    assert await ana.sees() == ["60 cm"]


async def test_the_offset_is_stored_with_what_was_read_or_not_at_all(inbox: Inbox) -> None:
    bot, connection = await _polled_bot(inbox)
    await _take_the_job_away(inbox)
    ana = await inbox.on_telegram(bot=bot.id)
    await ana.says("only once")
    before = await _cursor(inbox)
    await inbox.sql("alter table envelopes add constraint no_room check (false) not valid")
    try:
        with pytest.raises(CheckViolation):
            await _poll(inbox, connection)
        after_the_failure = await _cursor(inbox)
    finally:
        await inbox.sql("alter table envelopes drop constraint no_room")

    await _poll(inbox, connection)
    after = await _cursor(inbox)
    await _poll(inbox, connection)
    await inbox.house.worker.work_off()

    assert (before, after_the_failure) == (None, None)
    assert after is not None
    assert await inbox.texts() == ["only once"]
    assert await inbox.outcomes() == [("message", "conversation")]


async def test_a_token_that_died_is_told_and_the_trouble_ends_with_its_cause(inbox: Inbox) -> None:
    bot, connection = await _polled_bot(inbox)
    await _take_the_job_away(inbox)
    dead = Fault(kind=Trouble.ERROR, side="api", account=bot.id, method="getUpdates", times=1, status=401)
    await inbox.house.simulator.trouble(dead)

    wait = await _poll(inbox, connection)
    (troubled,) = (await inbox.maria.snapshot())["channels"]
    await _poll(inbox, connection)
    (well,) = (await inbox.maria.snapshot())["channels"]

    assert wait == polling.AFTER_REFUSAL
    assert (troubled["state"], well["state"]) == ("attention", "live")
    assert troubled["trouble"]
    assert well["trouble"] is None


async def test_a_platform_in_trouble_is_asked_again_soon(inbox: Inbox) -> None:
    bot, connection = await _polled_bot(inbox)
    await _take_the_job_away(inbox)
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.ERROR, side="api", account=bot.id, method="getUpdates", times=1, status=502)
    )

    wait = await _poll(inbox, connection)

    (channel,) = (await inbox.maria.snapshot())["channels"]
    assert wait == polling.AFTER_ERROR
    assert channel["state"] == "live"


async def test_a_removed_bot_is_asked_no_more(inbox: Inbox) -> None:
    _, connection = await _polled_bot(inbox)
    (channel,) = (await inbox.maria.snapshot())["channels"]

    await inbox.maria.post(f"channels/{channel['id']}/remove", expect=204)

    assert await _poll(inbox, connection) is None
    assert await inbox.sql("select 1 from jobs where workspace_id = %s and kind = 'poll'", inbox.id) == []


async def _polled_bot(inbox: Inbox) -> tuple[NewBot, UUID]:
    bot = await inbox.house.simulator.new_bot()
    await connect(
        inbox.house.services, inbox.id, "telegram", {"token": bot.token}, delivery="polling", simulated=True
    )
    ((connection,),) = await inbox.sql(
        "select connection_id from connections where workspace_id = %s", inbox.id
    )
    return bot, connection


async def _take_the_job_away(inbox: Inbox) -> None:
    """The test itself says when to ask."""
    gone = await inbox.sql("delete from jobs where workspace_id = %s and kind = 'poll' returning 1", inbox.id)
    assert gone == [(1,)]


async def _poll(inbox: Inbox, connection: UUID) -> object:
    return await polling.poll(inbox.house.services, inbox.id, connection)


async def _cursor(inbox: Inbox) -> str | None:
    ((found,),) = await inbox.sql("select poll_cursor from connections where workspace_id = %s", inbox.id)
    return found  # type: ignore[no-any-return]  # a text column


@asynccontextmanager
async def _a_worker(inbox: Inbox) -> AsyncIterator[None]:
    stop = asyncio.Event()
    worker = Worker(inbox.house.services, inbox.house.settings.database_url or "")
    running = asyncio.create_task(worker.run_until(stop))
    try:
        yield
    finally:
        stop.set()
        await running


async def _until(there: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await there():  # noqa: ASYNC110 a worker does it, in its own time
            await asyncio.sleep(0.1)


async def _has_row(inbox: Inbox) -> bool:
    return [row["preview"]["count"] for row in await inbox.rows()] == [3]


async def _sees_something(sees: Callable[[], Awaitable[list[str | None]]]) -> bool:
    return bool(await sees())
