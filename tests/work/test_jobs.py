"""Work to be done later: one job of a kind about a subject, taken in hand, tried again, parked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.simulator.faults import Fault, Trouble
from dragoman.work import chores, jobs
from dragoman.work.jobs import Job
from dragoman.work.sweeping import SWEEP
from tests.inbox.deliveries import text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANE = 7
HOUR = timedelta(hours=1)


async def test_a_second_job_about_the_same_thing_moves_the_first(inbox: Inbox) -> None:
    subject = new_id()
    await _schedule(inbox, subject, due_in=HOUR)
    nothing = await _due(inbox)

    await _schedule(inbox, subject, due_in=-HOUR)

    assert nothing == []
    assert [job.subject for job in await _due(inbox)] == [subject]


async def test_a_job_in_hand_comes_due_again_when_nothing_is_heard_of_it(inbox: Inbox) -> None:
    await _schedule(inbox, new_id(), due_in=-HOUR)
    (job,) = await _due(inbox)

    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.lease(tx, [job], now() + HOUR)
    in_hand = await _due(inbox)
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.lease(tx, [job], now() - HOUR)

    assert in_hand == []
    assert [(again.subject, again.attempts) for again in await _due(inbox)] == [(job.subject, 2)]


async def test_what_is_scheduled_anew_while_it_is_in_hand_is_done_once_more(inbox: Inbox) -> None:
    ended, repeated = new_id(), new_id()
    for subject in (ended, repeated):
        await _schedule(inbox, subject, due_in=-HOUR)
    async with inbox.house.database.transaction(inbox.id) as tx:
        leased = {job.subject: job for job in await jobs.lease(tx, await _due(inbox), now() + HOUR)}

    for subject in (ended, repeated):
        await _schedule(inbox, subject, due_in=-HOUR)
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.done_as_leased(tx, leased[ended])
        await jobs.again_as_leased(tx, leased[repeated], now() + 24 * HOUR)

    assert {job.subject for job in await _due(inbox)} == {ended, repeated}


async def test_what_comes_again_and_again_is_never_parked(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setitem(chores.ERRANDS, SWEEP, fails)
    job = Job(kind=SWEEP, subject=inbox.id, lane=LANE, due_at=now() - HOUR)
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.schedule(tx, [job])
    for _ in range(5):
        await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'sweep'", inbox.id)
        await inbox.house.worker.work_off()

    parked = "select parked_reason, attempts from jobs where workspace_id = %s and kind = 'sweep'"
    assert await inbox.sql(parked, inbox.id) == [(None, 5)]


async def test_a_parked_job_is_not_due_until_it_is_scheduled_anew(inbox: Inbox) -> None:
    subject = new_id()
    await _schedule(inbox, subject, due_in=-HOUR)
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.park(tx, "reconcile", subject, "Nobody answers.")
    parked = await _due(inbox)

    await _schedule(inbox, subject, due_in=-HOUR)

    assert parked == []
    assert len(await _due(inbox)) == 1


async def test_a_job_that_comes_again_for_ever_never_outgrows_its_count(inbox: Inbox) -> None:
    subject = new_id()
    await _schedule(inbox, subject, due_in=-HOUR)
    await inbox.sql(
        "update jobs set attempts = 32767 where workspace_id = %s and subject = %s", inbox.id, subject
    )

    (job,) = await _due(inbox)
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.lease(tx, [job], now() - HOUR)
        counted = (await jobs.due(tx, [LANE], ["reconcile"], 10))[0].attempts
        await jobs.went_well(tx, "reconcile", subject)

    assert counted == jobs.MOST_ATTEMPTS
    assert [job.attempts for job in await _due(inbox)] == [0]


async def test_an_errand_that_goes_on_failing_is_parked_with_its_reason(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    broken = Fault(
        kind=Trouble.ERROR, side="api", platform="messenger", status=500, code=2, message="Try later"
    )
    await inbox.house.simulator.trouble(broken)
    await page.delivers(page.message("what is my name?", "m_1"))

    for _ in range(5):
        await inbox.all_due_now()

    ((reason, attempts),) = await inbox.sql(
        "select parked_reason, attempts from jobs where workspace_id = %s and kind = 'profile'", inbox.id
    )
    assert reason
    assert attempts == 4
    assert await inbox.texts() == ["what is my name?"]


async def test_an_errand_that_the_database_refuses_is_tried_again_soon_and_counted(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    page = await inbox.a_page_line()
    await page.delivers(page.message("what is my name?", "m_1"))
    await inbox.house.worker._parse_all()
    await inbox.house.worker._place_all()

    async with await psycopg.AsyncConnection.connect(inbox.house.settings.database_url or "") as other:
        await other.execute("lock table identities in access exclusive mode")
        work = asyncio.create_task(inbox.house.worker.work_off())
        await _cancel_who_waits(inbox)
        await other.rollback()
        await work

    job = await inbox.sql(
        """
        select due_at - now() < interval '1 minute' from jobs
        where workspace_id = %s and kind = 'profile'""",
        inbox.id,
    )
    assert job == [(True,)]
    assert "QueryCanceled" in caplog.text


async def test_an_errand_of_an_unknown_customer_holds_nobody_up(inbox: Inbox) -> None:
    page, bot = await inbox.a_page_line(), await inbox.a_bot_line()

    await page.delivers(page.message("nobody knows me", "m_1"))
    await bot.delivers(text("I am Ana", 1))
    await inbox.work()

    assert len(await inbox.rows("waiting")) == 2


async def _cancel_who_waits(inbox: Inbox) -> None:
    """As an administrator does with a statement that hangs."""
    cancel = """
        select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%%from identities%%'"""
    async with asyncio.timeout(10):
        while not await inbox.sql(cancel):  # noqa: ASYNC110 another process is asked
            await asyncio.sleep(0.05)


async def _schedule(inbox: Inbox, subject: UUID, *, due_in: timedelta) -> None:
    job = Job(kind="reconcile", subject=subject, lane=LANE, due_at=now() + due_in)
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.schedule(tx, [job])


async def _due(inbox: Inbox) -> list[Job]:
    async with inbox.house.database.transaction(inbox.id) as tx:
        return await jobs.due(tx, [LANE], ["reconcile"], 10)
