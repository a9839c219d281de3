"""The reply window of each platform, against its stand-in: what moves it, and that we refuse before the platform would.

The simulator's clock is set back while the customer acts: so what they did comes with the platform's own time of long
ago, and the window is as good as over without anybody waiting a day.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dragoman.simulator.acts import Act, React, Start
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.deliveries import ago, unix
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOUR = 3600
DAY, WEEK = 24 * HOUR, 7 * 24 * HOUR


async def on(inbox: Inbox, platform: str) -> Customer:
    if platform == "messenger":
        return await inbox.on_messenger()
    return await (inbox.on_instagram() if platform == "instagram" else inbox.on_whatsapp())


async def does_ago(inbox: Inbox, customer: Customer, seconds: float, act: Act | str) -> float:
    """The customer did it that long ago, and it reaches us now. Returns when."""
    simulator = inbox.house.simulator
    at = datetime.now(UTC).timestamp() - seconds
    await simulator.post("/clock", offset_seconds=-seconds)
    try:
        await (customer.says(act) if isinstance(act, str) else customer.does(act))
    finally:
        await simulator.post("/clock", offset_seconds=0)
    await inbox.work()
    return at


async def writes_shortly_before_the_end(inbox: Inbox, customer: Customer, seconds_left: float) -> float:
    """Of a day's window, most of which time is left when it has reached us: who comes too late for that, as everything
    is slow here, writes once more with more of it left. Returns when they wrote."""
    while True:
        at = await does_ago(inbox, customer, DAY - seconds_left, "is it there?")
        if at + DAY - datetime.now(UTC).timestamp() > 0.7 * seconds_left:
            return at
        seconds_left *= 2


async def all_is_decided(inbox: Inbox) -> bool:
    """Each answer has left, or will not leave any more."""
    ours = [message["delivery"]["state"] for message in await inbox.timeline() if message["side"] == "team"]
    return not {"queued", "sending"} & set(ours)


async def counted(inbox: Inbox, customer: Customer) -> int:
    """From now on every request to send something to this account's customers is counted: the counter's number."""
    return await inbox.house.simulator.trouble(
        Fault(Trouble.SLOW, "api", account=customer.account, method="messages", seconds=0)
    )


async def grow_older(inbox: Inbox, time: timedelta) -> None:
    """Since the customer did anything; the timer looks when it should."""
    await inbox.sql(
        """update conversations set last_customer_at = last_customer_at - %s::interval,
                  customer_wrote_at = customer_wrote_at - %s::interval where workspace_id = %s""",
        time,
        time,
        inbox.id,
    )
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'window'", inbox.id)
    await inbox.work()


async def is_seen(customer: Customer, text: str) -> bool:
    return text in await customer.sees()


async def the_window(inbox: Inbox) -> dict[str, Any]:
    found: dict[str, Any] = (await inbox.row())["window"]
    return found


ENDS = [("messenger", WEEK), ("instagram", WEEK), ("whatsapp", DAY)]


@pytest.mark.parametrize(("platform", "seconds"), ENDS)
async def test_shortly_before_its_end_an_answer_goes_and_after_it_we_refuse_and_nobody_is_asked(
    inbox: Inbox, platform: str, seconds: int
) -> None:
    customer = await on(inbox, platform)
    await does_ago(inbox, customer, seconds - 60, "is it there?")
    conversation = (await inbox.row())["id"]
    counter = await counted(inbox, customer)

    in_time = await inbox.try_to_reply(conversation, "in time")
    await inbox.until(lambda: is_seen(customer, "in time"))
    await grow_older(inbox, timedelta(seconds=61))
    too_late = await inbox.try_to_reply(conversation, "too late")
    await inbox.work()

    assert in_time.status_code == 201
    assert (too_late.status_code, too_late.json()["error"]["code"]) == (422, "window_closed")
    assert await customer.sees() == ["in time"]
    assert await inbox.house.simulator.strikes(counter) == 1


async def test_we_refuse_from_the_very_second_from_which_the_platform_would(inbox: Inbox) -> None:
    customer = await on(inbox, "whatsapp")
    counter = await counted(inbox, customer)
    said_at = await writes_shortly_before_the_end(inbox, customer, 4)
    conversation = (await inbox.row())["id"]

    answers: list[int] = []
    while datetime.now(UTC).timestamp() < said_at + DAY + 2:
        answers.append((await inbox.try_to_reply(conversation, f"try {len(answers)}")).status_code)
        await inbox.work()
        await asyncio.sleep(0.5)
    await inbox.until(lambda: all_is_decided(inbox))

    assert set(answers) == {201, 422}, "some were in time and some were not"
    seen, sent = await customer.sees(), await inbox.house.simulator.strikes(counter)
    assert len(seen) == sent, "whatever we sent, the platform took"
    ours = [m["delivery"] for m in await inbox.timeline() if m["side"] == "team"]
    kept = [each["reason_wording"]["code"] for each in ours if each["state"] == "failed"]
    assert len(seen) + len(kept) == answers.count(201)
    assert set(kept) <= {"reply.window_shut_meanwhile"}


@pytest.mark.parametrize(("platform", "seconds"), ENDS)
async def test_what_is_queued_when_it_shuts_fails_with_the_reason_and_nobody_is_asked(
    inbox: Inbox, platform: str, seconds: int
) -> None:
    await inbox.undo_seconds(60)
    customer = await on(inbox, platform)
    await does_ago(inbox, customer, seconds - HOUR, "is it there?")
    conversation = (await inbox.row())["id"]
    counter = await counted(inbox, customer)
    assert (await inbox.try_to_reply(conversation, "held")).status_code == 201

    await grow_older(inbox, timedelta(hours=2))
    await inbox.sql("update messages set hold_until = now() where workspace_id = %s", inbox.id)
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'send'", inbox.id)
    await inbox.work()

    bubble, row = await inbox.bubble(), await inbox.row()
    assert bubble["delivery"]["state"] == "failed"
    assert bubble["delivery"]["reason_wording"]["code"] == "reply.window_shut_meanwhile"
    assert (row["waiting_for"], row["answering"]) == ("us", False)
    assert await inbox.house.simulator.strikes(counter) == 0

    again = await inbox.maria.asks(
        "POST", f"messages/{bubble['id']}/retry", json={"seen_seq": await inbox.seq()}
    )
    assert (again.status_code, again.json()["error"]["code"]) == (422, "window_closed")
    assert await inbox.house.simulator.strikes(counter) == 0


async def test_a_hold_for_undo_ends_before_the_window_does(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    customer = await on(inbox, "whatsapp")
    said_at = await writes_shortly_before_the_end(inbox, customer, 8)

    await inbox.try_to_reply((await inbox.row())["id"], "just in time")

    hold_until = unix((await inbox.bubble())["delivery"]["hold_until"])
    assert said_at + DAY - 3.5 < hold_until < said_at + DAY
    await inbox.until(lambda: is_seen(customer, "just in time"))


@pytest.mark.parametrize("platform", ["messenger", "instagram"])
async def test_a_reaction_opens_the_day_and_not_the_week(inbox: Inbox, platform: str) -> None:
    customer = await on(inbox, platform)
    [mid] = await customer.says("is it there?")
    await inbox.work()
    wrote_until = (await the_window(inbox))["extended_until"]
    await grow_older(inbox, timedelta(hours=30))

    at = datetime.now(UTC).timestamp()
    await customer.does(React(mid, "👍"))
    await inbox.work()

    window = await the_window(inbox)
    assert unix(window["free_until"]) == pytest.approx(at + DAY, abs=5)
    assert unix(window["extended_until"]) == pytest.approx(unix(wrote_until) - 30 * HOUR, abs=0.001)
    await customer.does(React(mid, None))
    await inbox.work()
    assert await the_window(inbox) == window, "taking a reaction back opens nothing"


async def test_a_reaction_to_what_is_not_here_moves_it_all_the_same(inbox: Inbox) -> None:
    line = await inbox.a_page_line()
    await line.delivers(line.message("hello", "m_1", at=ago(DAY + HOUR)))
    await inbox.work()

    reaction = {"mid": "m_of_before_we_came", "action": "react", "emoji": "👍", "reaction": "like"}
    await line.delivers(line.item({"reaction": reaction}))
    await inbox.work()

    window = await the_window(inbox)
    assert unix(window["free_until"]) > datetime.now(UTC).timestamp() + DAY - 60
    assert window["afterwards"] == "nothing"


async def test_a_link_opens_the_day_again_and_what_merely_tells_us_something_does_not(inbox: Inbox) -> None:
    customer = await on(inbox, "messenger")
    await does_ago(inbox, customer, 30 * HOUR, "is it there?")
    assert unix((await the_window(inbox))["free_until"]) < datetime.now(UTC).timestamp()

    await customer.does(Start("shop"))
    await inbox.work()

    assert unix((await the_window(inbox))["free_until"]) > datetime.now(UTC).timestamp() + DAY - 60


async def test_late_doubled_and_disordered_messages_never_move_it_back(inbox: Inbox) -> None:
    customer = await on(inbox, "whatsapp")
    newest = await does_ago(inbox, customer, HOUR, "second")
    await does_ago(inbox, customer, 5 * HOUR, "first")

    window = await the_window(inbox)

    assert unix(window["free_until"]) == pytest.approx(newest + DAY, abs=3)
    assert (window["extended_until"], window["afterwards"]) == (None, "template")


async def test_telegram_has_no_window(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("is it there?")
    await inbox.work()

    assert await the_window(inbox) is None
    assert await inbox.sql("select 1 from jobs where workspace_id = %s and kind = 'window'", inbox.id) == []
