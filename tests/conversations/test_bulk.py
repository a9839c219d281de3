"""Many conversations at once: one transaction, a result for each, and one way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dragoman.kit.ids import new_id
from tests.inbox.deliveries import BotLine, ago, text
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

Steps = list[dict[str, Any]]


async def test_many_are_closed_in_one_request_and_opened_again_in_one(inbox: Inbox) -> None:
    ids = await _three_ask(inbox)
    before = await inbox.rows("waiting")

    closed = await _take(inbox, [{"conversation_id": i, "act": "close"} for i in ids])
    assert [each["outcome"] for each in closed["items"]] == ["done"] * 3
    assert await inbox.counts() == {"closed": 3}

    await _take(inbox, [{"conversation_id": i, "act": "reopen"} for i in ids])
    assert await inbox.rows("waiting") == before


async def test_it_is_one_transaction(inbox: Inbox) -> None:
    ids = await _three_ask(inbox)
    seq = await inbox.seq()

    await _take(inbox, [{"conversation_id": i, "act": "close"} for i in ids])

    at = await inbox.sql(
        "select at, count(*) from changes where workspace_id = %s and seq > %s group by at", inbox.id, seq
    )
    assert [count for _, count in at] == [3]


async def test_one_who_wrote_meanwhile_stays_and_the_others_go(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    ids = await _three_ask(inbox, bot)
    seen = await inbox.seq()
    await bot.delivers(text("oh, and", 9, chat=2), text("one more thing", 10, chat=2))
    await inbox.work()

    answer = await _take(inbox, [{"conversation_id": i, "act": "close"} for i in ids], seen_seq=seen)

    assert [(each["outcome"], each["new_messages"]) for each in answer["items"]] == [
        ("done", 0),
        ("stale", 2),
        ("done", 0),
    ]
    assert [row["id"] for row in await inbox.rows("waiting")] == [ids[1]]
    anyway = await _take(inbox, [{"conversation_id": ids[1], "act": "close"}], seen_seq=answer["seq"])
    assert anyway["items"][0]["outcome"] == "done"


async def test_what_one_may_not_see_does_not_exist(inbox: Inbox) -> None:
    bot, other = await inbox.a_bot_line(), await inbox.a_bot_line()
    await bot.delivers(text("mine", 1))
    await other.delivers(text("not mine", 1))
    await inbox.work()
    jonas = await inbox.a_member("Jonas")
    found = await inbox.sql("select channel_id from channels where account = %s", bot.account)
    await inbox.sees_only(jonas, str(found[0][0]))
    rows = {row["preview"]["first"]["text"]: row["id"] for row in await inbox.rows()}
    ids = [rows["mine"], rows["not mine"], str(new_id())]

    for act in ("close", "unread", "snooze"):
        answer = await jonas.post(
            "conversations/bulk",
            expect=200,
            steps=[{"conversation_id": i, "act": act, "until": _tomorrow()} for i in ids],
            seen_seq=await inbox.seq(),
        )
        assert [each["outcome"] for each in answer["items"]] == ["done", "not_found", "not_found"], act
    (untouched,) = [row for row in await inbox.rows() if row["id"] == rows["not mine"]]
    assert untouched["status"] == "open"


async def test_snoozing_reading_and_closing_go_together(inbox: Inbox) -> None:
    first, second, third = await _three_ask(inbox)
    until = _tomorrow()

    await _take(
        inbox,
        [
            {"conversation_id": first, "act": "snooze", "until": until},
            {"conversation_id": second, "act": "close"},
            {"conversation_id": third, "act": "read"},
        ],
    )

    rows = {row["id"]: row for row in await inbox.rows()}
    assert [rows[i]["status"] for i in (first, second, third)] == ["snoozed", "closed", "open"]
    assert rows[third]["read_up_to"] == rows[third]["last_arrived_at"]
    assert await inbox.sql(
        "select count(*) from jobs where kind = 'wake' and workspace_id = %s", inbox.id
    ) == [(1,)]
    await _take(inbox, [{"conversation_id": third, "act": "unread"}])
    (row,) = [row for row in await inbox.rows() if row["id"] == third]
    assert row["read_up_to"] < row["last_arrived_at"]


@pytest.mark.parametrize("how_many", [0, 201])
async def test_a_request_takes_one_to_two_hundred_steps(inbox: Inbox, how_many: int) -> None:
    steps = [{"conversation_id": str(new_id()), "act": "close"}] * how_many

    answer = await inbox.maria.post("conversations/bulk", expect=422, steps=steps, seen_seq=0)

    assert answer["error"]["code"] == "invalid"


async def _three_ask(inbox: Inbox, bot: BotLine | None = None) -> list[str]:
    """The ids of their conversations, longest waiting first."""
    bot = bot or await inbox.a_bot_line()
    await bot.delivers(*[text("hello?", n, at=ago(900 - n), chat=n) for n in (1, 2, 3)])
    await inbox.work()
    return [row["id"] for row in await inbox.rows("waiting")]


async def _take(inbox: Inbox, steps: Steps, seen_seq: int | None = None) -> Any:
    seen = await inbox.seq() if seen_seq is None else seen_seq
    return await inbox.maria.post("conversations/bulk", expect=200, steps=steps, seen_seq=seen)


def _tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


async def test_how_urgent_some_are_is_said_at_once_and_moves_nobody_in_the_list(inbox: Inbox) -> None:
    ids = await _three_ask(inbox)

    await _take(inbox, [_as_urgent_as("urgent", ids[2]), _as_urgent_as("low", ids[0])])

    rows = await inbox.rows("waiting")
    assert [(row["id"], row["priority"]) for row in rows] == [
        (ids[0], "low"),
        (ids[1], "normal"),
        (ids[2], "urgent"),
    ]


async def test_the_trail_names_who_said_so_and_nothing_that_was_so_already(inbox: Inbox) -> None:
    ids = await _three_ask(inbox)

    await _take(inbox, [_as_urgent_as("high", ids[0]), _as_urgent_as("normal", ids[1])])

    entries = await inbox.sql(
        "select conversation_id::text, kind, cause, what from trail where workspace_id = %s", inbox.id
    )
    assert entries == [(ids[0], "prioritised", "member", {"priority": "high", "was": "normal"})]


async def test_a_priority_that_is_none_is_refused(inbox: Inbox) -> None:
    ids = await _three_ask(inbox)
    step: dict[str, Any] = {"conversation_id": ids[0], "act": "prioritise"}

    await inbox.maria.post("conversations/bulk", expect=422, steps=[step], seen_seq=0)
    await inbox.maria.post(
        "conversations/bulk", expect=422, steps=[{**step, "priority": "immense"}], seen_seq=0
    )


def _as_urgent_as(priority: str, conversation_id: str) -> dict[str, Any]:
    return {"conversation_id": conversation_id, "act": "prioritise", "priority": priority}
