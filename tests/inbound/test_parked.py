"""What cannot be placed is parked with a reason, stops no neighbour, and can be tried again."""

from __future__ import annotations

import json
import secrets
import time

import pytest

from dragoman.inbound import ledger, retrying
from dragoman.inbound.retrying import Parked
from tests.inbox.deliveries import ago, text
from tests.inbox.inbox import Inbox

FRAME = b'"message_id": 1, "chat": {"id": 5, "type": "private"}'
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_body_that_is_no_json_is_parked_and_its_neighbours_are_placed(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("before", 1, at=ago(5)))
    assert (await bot.posts(b'{"update_id": 7, "message": {')).status_code == 200
    await bot.delivers(text("after", 2, at=ago(4)))

    await inbox.work()

    assert await inbox.texts() == ["before", "after"]
    (waiting,) = await _parked(inbox)
    assert "JSON" in waiting.reason


async def test_an_event_that_nobody_knows_yet_is_kept_and_named(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()

    await bot.delivers({"update_id": 1, "telepathy": {"thought": "coffee"}})
    await inbox.work()

    (waiting,) = await _parked(inbox)
    assert waiting.kind == "unrecognised"
    assert "telepathy" in waiting.reason


async def test_what_we_know_and_leave_waits_for_nobody(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    said = text("lunch?", 7, at=ago(5))
    said["message"]["chat"] = {"id": -100, "type": "group", "title": "Coffee friends"}

    await bot.delivers(said)
    await inbox.work()

    assert await inbox.outcomes() == [("unrecognised", "shelved")]
    assert await _parked(inbox) == []
    assert (await ledger.verify(inbox.house.database, inbox.id)).unaccounted == 0


async def test_what_a_person_dismissed_is_shelved_and_stays_accounted_for(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers({"update_id": 1, "telepathy": {}}, {"update_id": 2, "telepathy": {}})
    await bot.posts(b"no JSON")
    await inbox.work()
    first, *_ = await _parked(inbox)

    one = await retrying.dismiss(inbox.house.database, inbox.id, first.id)
    left = len(await _parked(inbox))
    rest = await retrying.dismiss(inbox.house.database, inbox.id, None)

    assert (one, left, rest) == (1, 2, 2)
    assert await _parked(inbox) == []
    assert await inbox.outcomes() == [("unrecognised", "shelved")] * 3
    assert (await ledger.verify(inbox.house.database, inbox.id)).unaccounted == 0
    assert await retrying.retry(inbox.house.database, inbox.id, None) == 0


async def test_a_page_that_is_not_connected_is_placed_once_when_it_is(inbox: Inbox) -> None:
    first = await inbox.house.simulator.new_page("Espresso & Co.")
    second = await inbox.house.simulator.new_page("Beans & Co.", app=first.app_id)
    await inbox.connect_page(first)
    known = await inbox.page_line(first.page_id)
    body = known.body(known.message("which beans?", "m_1", at=time.time() - 30), page=second.page_id)
    for _ in range(2):
        await known.accepted(body)
    await inbox.work()
    waiting = await _parked(inbox)

    await inbox.connect_page(second)
    await _move_to_one_connection(inbox, second.page_id, first.page_id)
    again = await retrying.retry(inbox.house.database, inbox.id, None)
    await inbox.work()

    assert len(waiting) == 2
    assert "no channel is connected" in waiting[0].reason
    assert again == 2
    assert await inbox.texts() == ["which beans?"]
    assert await inbox.outcomes() == [("message", "conversation"), ("message", "duplicate")]
    assert await _parked(inbox) == []


async def test_trying_again_without_a_change_parks_it_again_and_counts_nothing_twice(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    said = page.message("hello", "m_1", at=time.time() - 30)
    strange = page.item({"novelty": {"x": 1}})
    await page.accepted(page.body(said))
    await page.accepted(page.body(said, strange))
    await inbox.work()
    before = await inbox.outcomes()

    for _ in range(2):
        await retrying.retry(inbox.house.database, inbox.id, (await _parked(inbox))[0].id)
        await inbox.work()

    assert sorted(await inbox.outcomes(), key=str) == sorted(before, key=str)
    assert await inbox.texts() == ["hello"]


async def test_an_event_that_cannot_be_stored_parks_only_itself(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    poison = f"poison {secrets.token_hex(4)}"
    await inbox.sql(f"alter table messages add constraint poisoned check (text <> '{poison}')")
    try:
        await bot.delivers(
            text("before", 1, at=ago(9)), text(poison, 2, at=ago(8)), text("after", 3, at=ago(7))
        )
        await inbox.work()
        placed = await inbox.texts()
        for _ in range(4):
            await inbox.all_due_now()
        waiting = await _parked(inbox)
    finally:
        await inbox.sql("alter table messages drop constraint poisoned")
    await retrying.retry(inbox.house.database, inbox.id, waiting[0].id)
    await inbox.work()

    assert placed == ["before", "after"]
    assert [w.what for w in waiting] == [f"message:{7_001_001}:2"]
    assert "could not be placed" in waiting[0].reason
    assert await inbox.texts() == ["before", poison, "after"]
    assert [outcome for _, outcome in await inbox.outcomes()] == ["conversation"] * 3


async def test_an_id_that_no_index_can_hold_stops_nobody_else(inbox: Inbox) -> None:
    page = await inbox.a_page_line()
    endless = secrets.token_hex(20_000)
    await page.delivers(page.message("huge", endless), page.message("small", "m_1"))

    await inbox.work()

    assert "small" in await inbox.texts()
    verified = await ledger.verify(inbox.house.database, inbox.id)
    assert (verified.verified, verified.unaccounted) == (2, 0)


@pytest.mark.parametrize(
    "body",
    [
        b'{"update_id": 1, "message": {%b, "date": 1, "text": "\\u0000"}}' % FRAME,
        b'{"update_id": 1, "message": {%b, "date": 1e400, "text": "x"}}' % FRAME,
        b'{"update_id": 1, "message": {%b, "date": -1, "text": "\\ud800"}}' % FRAME,
        b'{"update_id": 4, "message": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"update_id": 99999999999999999999999999, "message": null}',
        json.dumps({"update_id": 5, "message": {"text": "no chat"}}).encode(),
    ],
    ids=["NUL", "endless date", "half a character", "deep", "huge number", "no chat"],
)
async def test_whatever_comes_is_accounted_for(inbox: Inbox, body: bytes) -> None:
    bot = await inbox.a_bot_line()

    answer = await bot.posts(body)
    await inbox.work()

    assert answer.status_code == 200
    assert [outcome in ("conversation", "parked") for _, outcome in await inbox.outcomes()] == [True]
    assert (await ledger.verify(inbox.house.database, inbox.id)).unaccounted == 0


async def _parked(inbox: Inbox) -> list[Parked]:
    return await retrying.parked(inbox.house.database, inbox.id)


async def _move_to_one_connection(inbox: Inbox, page_id: str, beside: str) -> None:
    """Both pages belong to one app, whose one address delivers for both."""
    await inbox.sql(
        """
        update channels set connection_id = (select connection_id from channels where account = %s)
        where account = %s""",
        beside,
        page_id,
    )
