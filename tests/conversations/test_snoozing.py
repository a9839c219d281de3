"""Out of sight until a time, or until the customer speaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.deliveries import ago, text, unix
from tests.inbox.inbox import Inbox
from tests.laws.stream import listening

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOMORROW = timedelta(days=1)


async def test_a_snoozed_conversation_is_out_of_sight_but_its_customer_s_clock_runs_on(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    asked = ago(900)
    await bot.delivers(text("is it in stock?", 1, at=asked))
    await inbox.work()

    until = await _snooze(inbox)

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("snoozed", "nobody")
    assert unix(row["waiting_since"]) == asked
    assert row["snoozed_until"] == until
    assert row["snoozed_by"] == str(inbox.maria.membership.member_id)
    assert await inbox.rows("waiting") == []
    for view in ("snoozed", "snoozed_waiting", "all"):
        assert [r["id"] for r in await inbox.rows(view)] == [row["id"]], view
    assert await inbox.counts() == {"open": 1, "snoozed": 1, "snoozed_waiting": 1}


async def test_a_customer_s_word_wakes_it_at_once_with_the_old_clock(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    asked = ago(900)
    await bot.delivers(text("is it in stock?", 1, at=asked))
    await inbox.work()
    await _snooze(inbox)

    await bot.delivers(text("hello?", 2, at=ago(5)))
    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("open", "us")
    assert unix(row["waiting_since"]) == asked
    assert row["snoozed_until"] is None
    assert await inbox.counts() == {"waiting": 1, "open": 1}


async def test_at_its_time_it_waits_again_and_whoever_snoozed_it_is_told_once(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    asked = ago(900)
    await bot.delivers(text("is it in stock?", 1, at=asked))
    await inbox.work()
    await _snooze(inbox)

    await _time_comes(inbox)

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("open", "us")
    assert unix(row["waiting_since"]) == asked
    assert row["snoozed_until"] is not None, "that it is back can be seen"
    assert await inbox.counts() == {"waiting": 1, "open": 1}
    assert await _told(inbox) == [inbox.maria.membership.member_id]


async def test_what_nobody_waits_for_comes_back_to_the_snoozed_until_it_is_answered(inbox: Inbox) -> None:
    await inbox.house.no_undo()
    ana = await inbox.on_telegram()
    await ana.says("thanks, I will think about it")
    await inbox.work()
    conversation = (await inbox.row())["id"]
    await _answer(inbox, conversation, "Gladly!")
    await _snooze(inbox)
    assert await inbox.counts() == {"open": 1, "snoozed": 1}

    await _time_comes(inbox)

    row = await inbox.row()
    assert (row["status"], row["waiting_for"]) == ("open", "them")
    assert [r["id"] for r in await inbox.rows("snoozed")] == [conversation]
    assert await inbox.counts() == {"open": 1, "snoozed": 1}
    await _answer(inbox, conversation, "Have you decided?")
    assert (await inbox.row())["snoozed_until"] is None
    assert await inbox.rows("snoozed") == []
    assert await inbox.counts() == {"open": 1}


async def test_who_is_snoozed_anew_sleeps_until_the_new_time(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1))
    await inbox.work()
    await _snooze(inbox)

    later = await _snooze(inbox, 2 * TOMORROW)
    await inbox.all_due_now()

    row = await inbox.row()
    assert (row["status"], row["snoozed_until"]) == ("snoozed", later)
    due = await inbox.sql("select due_at from jobs where kind = 'wake' and workspace_id = %s", inbox.id)
    assert due == [(datetime.fromisoformat(later),)]


async def test_unsnoozing_restores_what_was(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1, at=ago(900)))
    await inbox.work()
    before = await inbox.row()
    await _snooze(inbox)

    await inbox.maria.post(f"conversations/{before['id']}/unsnooze", expect=204)

    assert await inbox.row() == before
    assert await inbox.counts() == {"waiting": 1, "open": 1}


async def test_closing_ends_the_snooze_and_snoozing_what_is_closed_opens_it(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1))
    await inbox.work()
    await _snooze(inbox)

    await inbox.maria.post(
        f"conversations/{(await inbox.row())['id']}/close", expect=204, seen_seq=await inbox.seq()
    )
    closed = await inbox.row()
    assert (closed["status"], closed["snoozed_until"], closed["waiting_since"]) == ("closed", None, None)
    assert await inbox.counts() == {"closed": 1}

    await _snooze(inbox)
    row = await inbox.row()
    assert (row["status"], row["closed_at"]) == ("snoozed", None)


async def test_a_send_that_fails_brings_the_conversation_back(inbox: Inbox) -> None:
    await inbox.house.no_undo()
    ana = await inbox.on_telegram()
    await ana.says("is it in stock?")
    await inbox.work()
    conversation = (await inbox.row())["id"]
    await inbox.house.simulator.trouble(
        Fault(
            Trouble.ERROR, "api", platform="telegram", method="sendMessage", status=400, code=100,
            message="Bad Request: this cannot be sent",
        )
    )  # fmt: skip
    await inbox.maria.reply(conversation, "It is.")
    await _snooze(inbox)

    await inbox.work()

    row = await inbox.row()
    assert (row["status"], row["waiting_for"], row["snoozed_until"]) == ("open", "us", None)


@pytest.mark.parametrize(
    ("from_now", "sentence"),
    [
        (timedelta(minutes=-1), "This time has passed already."),
        (timedelta(days=400), "At most 366 days ahead."),
    ],
)
async def test_a_time_that_has_passed_or_is_far_away_is_refused(
    inbox: Inbox, from_now: timedelta, sentence: str
) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1))
    await inbox.work()

    answer = await _try_to_snooze(inbox, from_now, expect=422, seen_seq=await inbox.seq())

    assert answer["error"]["fields"] == {"until": sentence}


async def test_it_is_not_snoozed_past_what_the_customer_wrote_meanwhile(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("thanks", 1))
    await inbox.work()
    seen = await inbox.seq()
    await bot.delivers(text("oh, one more thing", 2))
    await inbox.work()

    answer = await _try_to_snooze(inbox, TOMORROW, expect=409, seen_seq=seen)

    assert [m["text"] for m in answer["error"]["new"]] == ["oh, one more thing"]
    assert (await inbox.row())["status"] == "open"


async def test_marking_unread_takes_back_the_newest_turn_for_oneself_alone(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas")
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1, at=ago(900)))
    await inbox.work()
    first_arrived = (await inbox.row())["last_arrived_at"]
    await bot.delivers(text("hello?", 2, at=ago(5)))
    await inbox.work()
    row = await inbox.row()
    for member in (inbox.maria, jonas):
        await member.post(f"conversations/{row['id']}/read", expect=204, read_up_to=row["last_arrived_at"])

    await inbox.maria.post(f"conversations/{row['id']}/unread", expect=204)

    assert first_arrived <= (await inbox.row())["read_up_to"] < row["last_arrived_at"]
    his = (await jonas.snapshot("all"))["rows"]["items"][0]
    assert his["read_up_to"] == row["last_arrived_at"]


async def test_what_is_marked_unread_comes_back_into_the_list_of_what_is_unread(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1))
    await inbox.work()
    row = await inbox.row()
    conversation = f"conversations/{row['id']}"

    async with listening("Maria", inbox.maria, view="all", unread=True, limit=2) as on_the_desk:
        await inbox.maria.post(f"{conversation}/read", expect=204, read_up_to=row["last_arrived_at"])
        await on_the_desk.stands_at(await inbox.seq())
        after_reading = on_the_desk.inbox.shown()["rows"]
        await inbox.maria.post(f"{conversation}/unread", expect=204)  # on the phone
        await on_the_desk.stands_at(await inbox.seq())

    assert after_reading == []
    assert [shown["id"] for shown in on_the_desk.inbox.shown()["rows"]] == [row["id"]]


async def _snooze(inbox: Inbox, ahead: timedelta = TOMORROW) -> str:
    """The one conversation; until when, as its row says it."""
    await _try_to_snooze(inbox, ahead, expect=204, seen_seq=await inbox.seq())
    return str((await inbox.row())["snoozed_until"])


async def _try_to_snooze(inbox: Inbox, ahead: timedelta, *, expect: int, seen_seq: int) -> Any:
    conversation = (await inbox.row())["id"]
    until = (datetime.now(UTC) + ahead).isoformat()
    return await inbox.maria.post(
        f"conversations/{conversation}/snooze", expect=expect, until=until, seen_seq=seen_seq
    )


async def _time_comes(inbox: Inbox) -> None:
    await inbox.sql(
        "update conversations set snoozed_until = now() where workspace_id = %s and status = 'snoozed'",
        inbox.id,
    )
    await inbox.all_due_now()


async def _told(inbox: Inbox) -> list[Any]:
    found = await inbox.sql(
        "select member_id from changes where workspace_id = %s and kind = 'snooze.over'", inbox.id
    )
    return [row[0] for row in found]


async def _answer(inbox: Inbox, conversation: str, words: str) -> None:
    await inbox.maria.reply(conversation, words)
    await inbox.all_due_now()
    assert await inbox.state_of(words) == "sent"
