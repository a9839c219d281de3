"""The limits that platforms set: shared, fair, and shown while they keep something back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from dragoman.channels.capabilities import Pace
from dragoman.kit.clock import now
from dragoman.outbound import pacing
from dragoman.outbound.store import due_sends
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind
from dragoman.work import chores
from dragoman.work.lanes import LANES
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_burst_leaves_at_once_and_what_is_more_says_when(inbox: Inbox) -> None:
    mei = await inbox.on_whatsapp()
    await mei.says("is it there?")
    await inbox.work()
    conversation, seen = (await inbox.row())["id"], await inbox.seq()
    await inbox.sql(
        "update conversations set paced_until = now() + 43 * interval '6 seconds' where conversation_id = %s",
        UUID(conversation),
    )
    for text in ("the 44th", "the 45th", "the 46th"):
        await inbox.maria.reply(conversation, text, seen=seen)

    await inbox.house.worker.work_off()
    await inbox.house.worker.work_off()

    kept_back = (await inbox.bubble("the 46th"))["delivery"]
    wait = datetime.fromisoformat(kept_back["leaves_at"]) - now()
    assert (kept_back["state"], kept_back["reason"]) == ("queued", None)
    assert timedelta(0) < wait <= timedelta(seconds=6)
    assert "the 46th" not in await mei.sees()


async def test_who_has_had_a_burst_holds_up_nobody_else(inbox: Inbox) -> None:
    mei = await inbox.on_whatsapp("Mei")
    ann = await inbox.on_whatsapp("Ann", mei.account)
    for customer in (mei, ann):
        await customer.says("hello")
    await inbox.work()
    by_name = {row["contact"]["name"]: row["id"] for row in await inbox.rows()}
    await inbox.sql(
        "update conversations set paced_until = now() + interval '1 hour', send_lease_until = now() + interval '1 hour'"
        " where conversation_id = %s",
        UUID(by_name["Mei"]),
    )
    await inbox.maria.reply(by_name["Mei"], "Much too soon.")
    await inbox.maria.reply(by_name["Ann"], "At once.")

    await inbox.house.worker.work_off()

    assert (await mei.sees(), await ann.sees()) == ([], ["At once."])


async def test_a_platform_that_does_not_answer_takes_only_its_part_of_a_worker(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "SENDS_AT_ONCE", 4)
    monkeypatch.setattr(chores, "SENDS_OF_A_CHANNEL", 2)
    hanging, bot = await inbox.house.a_bot(), await inbox.house.a_bot()
    for nth in range(5):
        await (await inbox.on_telegram(f"Ana {nth}", hanging.id)).says("hello")
    jun = await inbox.on_telegram("Jun", bot.id)
    await jun.says("hello")
    await inbox.work()
    await inbox.house.simulator.trouble(
        Fault(
            kind=Trouble.SLOW,
            side="api",
            platform="telegram",
            account=hanging.id,
            method="sendMessage",
            seconds=60,
        )
    )
    for row in sorted(await inbox.rows(), key=lambda row: str(row["contact"]["name"])):
        await inbox.maria.reply(row["id"], "Good morning")

    stop = asyncio.Event()
    working = asyncio.create_task(inbox.house.worker.run_until(stop))
    await inbox.house.customer_has_read("telegram", bot.id, jun.id, "Good morning")
    meanwhile = await _received(inbox, hanging.id)
    await inbox.house.simulator.no_more_troubles()
    stop.set()
    await working

    assert meanwhile == 0
    await inbox.until(lambda: _all_received(inbox, hanging.id, 5))


async def test_the_backlog_of_one_channel_does_not_stand_before_another(inbox: Inbox) -> None:
    busy, bot = await inbox.house.a_bot(), await inbox.house.a_bot()
    for nth in range(4):
        await (await inbox.on_telegram(f"Ana {nth}", busy.id)).says("hello")
    await (await inbox.on_telegram("Jun", bot.id)).says("hello")
    await inbox.work()
    rows = sorted(await inbox.rows(), key=lambda row: str(row["contact"]["name"]))
    for row in rows:
        await inbox.maria.reply(row["id"], "Good morning")

    async with inbox.house.database.transaction(inbox.id) as tx:
        due = await due_sends(tx, range(LANES), 2, [], [])
        elsewhere = await due_sends(tx, range(LANES), 9, [UUID(rows[0]["channel_id"])], [])
        nowhere = await due_sends(tx, range(LANES), 9, [], ["telegram"])

    assert {str(channel) for _, channel in due} == {rows[0]["channel_id"], rows[-1]["channel_id"]}
    assert [str(channel) for _, channel in elsewhere] == [rows[-1]["channel_id"]]
    assert nowhere == []


async def test_sound_and_film_have_a_pace_of_their_own_behind_which_words_do_not_wait(inbox: Inbox) -> None:
    ana = await inbox.on_messenger()
    await ana.says("hello")
    await inbox.work()
    channel_id = UUID((await inbox.row())["channel_id"])
    at = now()

    async with inbox.house.database.transaction(inbox.id) as tx:
        films = [await pacing.reserve_slow_slot(tx, channel_id, 10, at) for _ in range(4)]
        words = await pacing.reserve_slot(tx, channel_id, 100, at)

    assert [round((b - a).total_seconds(), 3) for a, b in pairwise(films)] == [0.1] * 3
    assert words == at


@pytest.mark.parametrize(("burst", "free_after"), [(1, [6, 6, 6]), (3, [0, 0, 6])])
async def test_a_conversation_may_run_ahead_of_its_pace_by_its_burst(
    inbox: Inbox, burst: int, free_after: list[int]
) -> None:
    pace = Pace(per_second=20, per_conversation_second=1 / 6, conversation_burst=burst)
    ana = await inbox.on_messenger()
    await ana.says("hello")
    await inbox.work()
    conversation, at = UUID((await inbox.row())["id"]), now()

    waits = []
    async with inbox.house.database.transaction(inbox.id) as tx:
        for _ in free_after:
            await pacing.lease(tx, conversation, conversation, at)
            free_at = await pacing.release_in_pace(tx, conversation, conversation, pace, at)
            assert free_at is not None
            waits.append(round((free_at - at).total_seconds()))
            at = free_at

    assert waits == free_after


async def _received(inbox: Inbox, account: str) -> int:
    return sum(note.about.account == account for note in await inbox.house.simulator.notes(Kind.RECEIVED))


async def _all_received(inbox: Inbox, account: str, count: int) -> bool:
    return await _received(inbox, account) >= count
