"""Service levels in a whole house: clocks run, grow graver once, and end with our answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dragoman.rules.acting import run_rules
from tests.inbox.deliveries import ago, text
from tests.inbox.inbox import Inbox
from tests.laws.happenings import a_rule
from tests.rules.given import a_turn

pytestmark = pytest.mark.asyncio(loop_scope="session")

Row = dict[str, Any]


async def test_who_waits_is_promised_what_the_first_level_that_fits_says(inbox: Inbox) -> None:
    urgent = await _a_level(inbox, "Urgent", priorities=["urgent"], first_reply=10)
    anybody = await _a_level(inbox, "Everybody", first_reply=60, warned=20)
    row = await _one_asks(inbox)

    assert await _promised(inbox) == (anybody, "first", "running", timedelta(minutes=60))

    await _do(inbox, row, act="prioritise", priority="urgent")
    assert await _promised(inbox) == (urgent, "first", "running", timedelta(minutes=10))

    await inbox.maria.post("service-levels/order", expect=204, ids=[anybody, urgent])
    await inbox.work()
    assert await _promised(inbox) == (anybody, "first", "running", timedelta(minutes=60))


async def test_a_label_and_a_language_decide_too_and_nothing_else_moves_the_clock(inbox: Inbox) -> None:
    answer = await inbox.maria.post("labels", expect=201, name="VIP", colour="plum")
    vip = await _a_level(inbox, "VIP", label_ids=[answer["id"]], first_reply=5)
    polish = await _a_level(inbox, "Polish", languages=["pl"], first_reply=30)
    row = await _one_asks(inbox)
    assert row["service"] is None

    await inbox.maria.post(f"contacts/{row['contact']['id']}/language", expect=204, language="pl")
    assert (await _promised(inbox))[0] == polish

    await inbox.maria.post(f"conversations/{row['id']}/labels", expect=204, put=[answer["id"]], take_off=[])
    promised = await _promised(inbox)
    assert promised[0] == vip

    await _do(inbox, row, act="assign", owner_id=str(inbox.maria.membership.member_id))
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    await _do(inbox, row, act="snooze", until=until)
    await _do(inbox, row, act="unsnooze")
    assert await _promised(inbox) == promised


async def test_the_label_of_a_rule_decides_too_and_so_does_taking_it_back(inbox: Inbox) -> None:
    label = (await inbox.maria.post("labels", expect=201, name="VIP", colour="plum"))["id"]
    vip = await _a_level(inbox, "VIP", label_ids=[label], first_reply=5)
    row = await _one_asks(inbox)
    await inbox.maria.post("rules", expect=201, **a_rule("VIPs", {"do": "label", "value": [label]}))
    (turn,) = await inbox.sql("select turn_id from turns where workspace_id = %s", inbox.id)
    about = {"conversation_id": UUID(row["id"]), "channel_id": UUID(row["channel_id"])}

    async with inbox.house.database.transaction(inbox.id) as tx:
        await run_rules(tx, [a_turn("abracadabra, please", turn_id=turn[0], **about)])
    assert (await _promised(inbox))[0] == vip

    (entry,) = (await inbox.maria.get(f"conversations/{row['id']}/trail"))["items"]
    await inbox.maria.post(f"conversations/{row['id']}/trail/{entry['id']}/revert", expect=204)
    assert (await inbox.row())["service"] is None


async def test_rules_act_when_it_is_at_risk_and_when_it_is_missed(inbox: Inbox) -> None:
    await _a_level(inbox, "Everybody", first_reply=60, warned=20)
    for trigger, priority in (("at_risk", "high"), ("overdue", "urgent")):
        does: Row = {"do": "prioritise", "value": priority}
        rule = a_rule(f"When {trigger}", does, trigger=trigger, all=[])
        await inbox.maria.post("rules", expect=201, **rule)
    row = await _one_asks(inbox)

    seen = []
    for minutes in (25, 19, -1):
        await _have_waited(inbox, row, minutes)
        seen.append((await inbox.row())["priority"])

    assert seen == ["normal", "high", "urgent"]


async def test_it_grows_graver_once_each_however_often_the_timer_goes_off(inbox: Inbox) -> None:
    await _a_level(inbox, "Everybody", first_reply=60, warned=20)
    row = await _one_asks(inbox)

    for minutes, state in ((25, "running"), (19, "at_risk"), (-1, "overdue")):
        await _have_waited(inbox, row, minutes)
        assert (await _promised(inbox))[2] == state

    told = await inbox.sql(
        "select kind from trail where workspace_id = %s and kind like 'service%%' order by entry_id", inbox.id
    )
    assert told == [("service_at_risk",), ("service_overdue",)]
    begun = await inbox.sql(
        "select what, ended_at is null from alarms where workspace_id = %s order by since, what", inbox.id
    )
    assert begun == [("service_at_risk", False), ("service_overdue", True)]
    assert (await inbox.counts())["at_risk"] == 1
    assert [each["id"] for each in await inbox.rows("at_risk")] == [row["id"]]


async def test_our_answer_ends_it_and_the_episode_remembers(inbox: Inbox) -> None:
    await _a_level(inbox, "Everybody", first_reply=60, next_reply=30)
    ana = await inbox.on_telegram("Ana")
    await ana.says("do you have it?")
    await inbox.work()
    row = await inbox.row()
    await _have_waited(inbox, row, -1)

    await _answered(inbox, row)

    assert (await inbox.row())["service"] is None
    assert "at_risk" not in await inbox.counts()
    assert not await inbox.sql(
        "select from alarms where workspace_id = %s and ended_at is null and what like 'service%%'", inbox.id
    )
    assert await _episodes(inbox) == [(False, 0, 1)]

    await ana.says("and in black, do you have it?")
    await inbox.work()
    assert (await _promised(inbox))[1] == "next"
    await _answered(inbox, row)
    assert await _episodes(inbox) == [(False, 1, 1)]


async def test_a_changed_level_shows_who_is_late_by_it_and_tells_nobody(inbox: Inbox) -> None:
    level = await _a_level(inbox, "Everybody", first_reply=600)
    await _one_asks(inbox, since=ago(3600))

    await inbox.maria.post(f"service-levels/{level}", expect=204, **_level("Everybody", first_reply=30))
    await inbox.work()

    assert (await _promised(inbox))[2] == "overdue"
    assert not await inbox.sql("select from alarms where workspace_id = %s", inbox.id)

    await inbox.maria.post(f"service-levels/{level}/remove", expect=204)
    await inbox.work()
    (row,) = await inbox.rows("waiting")
    assert row["service"] is None
    assert "at_risk" not in await inbox.counts()


async def test_whatever_the_order_in_which_fragments_come_the_same_is_due(inbox: Inbox) -> None:
    await _a_level(inbox, "Everybody", first_reply=60)
    said = [text(words, n + 1, at=ago(300 - n)) for n, words in enumerate(("do you", "have it", "in black?"))]
    due = []
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0, 2, 1)):
        bot = await inbox.a_bot_line()
        for n in order:
            await bot.delivers(said[n])
            await inbox.work()
        due += [each["service"]["due_at"] for each in await inbox.rows("waiting")]

    assert len(due) == 6
    assert len(set(due)) == 1


async def test_what_nobody_can_promise_is_refused(inbox: Inbox) -> None:
    for wrong, where in (
        ({"name": " ", "first_reply": 5}, "name"),
        ({"name": "Nothing"}, "first_reply"),
        ({"name": "At once", "first_reply": 0}, "first_reply"),
        ({"name": "Warned too early", "first_reply": 10, "warned": 10}, "warned"),
    ):
        answer = await inbox.maria.post("service-levels", expect=422, **_level(**wrong))
        assert where in answer["error"]["fields"], wrong


def _level(name: str, **differs: Any) -> Row:
    whom: Row = {"channel_ids": [], "languages": [], "label_ids": [], "priorities": []}
    return {
        "name": name,
        **whom,
        "first_reply": None,
        "next_reply": None,
        "measured": "calendar",
        "warned": 0,
        **differs,
    }


async def _a_level(inbox: Inbox, name: str, **differs: Any) -> str:
    answer = await inbox.maria.post("service-levels", expect=201, **_level(name, **differs))
    level: str = answer["id"]
    return level


async def _one_asks(inbox: Inbox, since: int | None = None) -> Row:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("do you have it?", 1, at=since or ago(60)))
    await inbox.work()
    (row,) = await inbox.rows("waiting")
    return row


async def _promised(inbox: Inbox) -> tuple[str, str, str, timedelta]:
    """To the only one who waits: by which level, for which reply, how grave it is, and how soon it is due."""
    (row,) = await inbox.rows("waiting")
    (since,) = await inbox.sql(
        """select service_since, service_due_at from conversations
           where workspace_id = %s and service_level_id is not null""",
        inbox.id,
    )
    return row["service"]["level_id"], row["service"]["reply"], row["service"]["state"], since[1] - since[0]


async def _have_waited(inbox: Inbox, row: Row, minutes_left: int) -> None:
    """Until so many minutes are left; the timer goes off twice then, as after a crash."""
    await inbox.sql(
        """update conversations
           set service_at_risk_at = now() + (service_at_risk_at - service_due_at) + make_interval(mins => %s),
               service_due_at = now() + make_interval(mins => %s)
           where conversation_id = %s""",
        minutes_left,
        minutes_left,
        row["id"],
    )
    for _ in range(2):
        await inbox.sql(
            """insert into jobs (workspace_id, job_id, lane, kind, subject, due_at, payload)
               select workspace_id, gen_random_uuid(), lane, 'service', conversation_id, now(), '{}'
               from conversations where conversation_id = %s
               on conflict (workspace_id, kind, subject) do update set due_at = now()""",
            row["id"],
        )
        await inbox.work()


async def _answered(inbox: Inbox, row: Row) -> None:
    await inbox.undo_seconds(0)
    await inbox.maria.post(
        f"conversations/{row['id']}/replies",
        expect=201,
        text="Yes, we have.",
        idempotency_key=f"key-{len(await _episodes(inbox))}-{await inbox.seq()}-answer",
        seen_seq=await inbox.seq(),
    )
    await inbox.until(lambda: _is_answered(inbox))


async def _is_answered(inbox: Inbox) -> bool:
    return (await inbox.row())["waiting_since"] is None


async def _do(inbox: Inbox, row: Row, **step: Any) -> None:
    steps = [{"conversation_id": row["id"], **step}]
    await inbox.maria.post("conversations/bulk", expect=200, steps=steps, seen_seq=await inbox.seq())


async def _episodes(inbox: Inbox) -> list[tuple[Any, ...]]:
    return await inbox.sql(
        "select first_reply_met, replies_met, replies_missed from episodes where workspace_id = %s", inbox.id
    )


async def test_what_is_typed_wrong_is_said_in_a_sentence_that_every_language_has(inbox: Inbox) -> None:
    wrong = _level("Everybody", first_reply=0, channel_ids=[str(uuid4())] * 1000)

    answer = await inbox.maria.asks("POST", "service-levels", json=wrong)

    problem = answer.json()["error"]
    assert (answer.status_code, problem["fields"]["first_reply"]) == (422, "This must be 1 at least.")
    assert {name: wording["code"] for name, wording in problem["field_wordings"].items()} == {
        "first_reply": "field.too_small",
        "channel_ids": "field.too_many",
    }
