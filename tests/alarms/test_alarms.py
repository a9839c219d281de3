"""Alarms begin and end with their cause, are shown to who can act, and told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from dragoman.access.model import Role
from dragoman.connecting.trouble import tell_trouble
from dragoman.kit.clock import now
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

Row = dict[str, Any]


async def alarms(inbox: Inbox) -> list[Row]:
    found: list[Row] = (await inbox.maria.snapshot())["alarms"]["items"]
    return found


async def grow_older(inbox: Inbox, time: timedelta) -> None:
    """Since the customers did anything; the timers look when they should."""
    await inbox.sql(
        """update conversations set last_customer_at = last_customer_at - %s::interval,
                  customer_wrote_at = customer_wrote_at - %s::interval where workspace_id = %s""",
        time,
        time,
        inbox.id,
    )
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'window'", inbox.id)
    await inbox.work()


async def a_closing_window(inbox: Inbox) -> Customer:
    jun = await inbox.on_messenger("Jun")
    await jun.says("is it in stock?")
    await inbox.work()
    await grow_older(inbox, timedelta(hours=22))
    return jun


async def test_who_waits_while_the_window_shuts_is_an_alarm_until_answered(inbox: Inbox) -> None:
    jun = await inbox.on_messenger("Jun")
    await jun.says("is it in stock?")
    await inbox.work()
    assert await alarms(inbox) == []

    await grow_older(inbox, timedelta(hours=22))

    row = await inbox.row()
    (alarm,) = await alarms(inbox)
    assert (alarm["what"], alarm["acts"], alarm["name"]) == ("window_closing", "members", "Jun")
    assert (alarm["conversation_id"], alarm["until"]) == (row["id"], row["window"]["closing_until"])

    await inbox.try_to_reply(row["id"], "It is.")
    await inbox.until(lambda: _is_quiet(inbox))


@pytest.mark.parametrize("ends", ["closed", "shut", "moved"])
async def test_it_ends_as_well_when_closed_shut_or_moved(inbox: Inbox, ends: str) -> None:
    jun = await a_closing_window(inbox)
    assert len(await alarms(inbox)) == 1

    if ends == "closed":
        row = await inbox.row()
        await inbox.maria.post(f"conversations/{row['id']}/close", seen_seq=await inbox.seq())
    elif ends == "shut":
        await grow_older(inbox, timedelta(hours=3))
    else:
        await jun.says("and in black?")
        await inbox.work()

    assert await alarms(inbox) == []


async def test_whom_we_answered_is_no_alarm(inbox: Inbox) -> None:
    jun = await inbox.on_messenger("Jun")
    await jun.says("is it in stock?")
    await inbox.work()
    await inbox.try_to_reply((await inbox.row())["id"], "It is.")
    await inbox.until(lambda: _is_answered(inbox))

    await grow_older(inbox, timedelta(hours=22))

    assert await alarms(inbox) == []


async def test_a_channel_in_trouble_is_one_alarm_and_over_when_it_is_well(inbox: Inbox) -> None:
    await inbox.a_bot_line()
    (channel,) = (await inbox.maria.snapshot())["channels"]
    fault = Fault(
        Trouble.ERROR, "api", platform="telegram", method="getMe", status=401, message="Unauthorized"
    )
    number = await inbox.house.simulator.trouble(fault)
    for _ in range(2):
        await inbox.maria.post(f"channels/{channel['id']}/check")

    (alarm,) = await alarms(inbox)
    assert (alarm["what"], alarm["acts"], alarm["channel_id"]) == ("trouble", "admins", channel["id"])
    assert alarm["reason_wording"] is not None

    await inbox.house.simulator.end_trouble(number)
    await inbox.maria.post(f"channels/{channel['id']}/check")
    assert await alarms(inbox) == []


async def test_who_does_not_see_the_channel_sees_none_of_its_alarms(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas)
    await a_closing_window(inbox)

    assert (await jonas.snapshot())["alarms"] == {"items": [], "more": False}


async def test_the_alarms_of_a_channel_go_with_it_and_it_gets_no_more(inbox: Inbox) -> None:
    jun = await a_closing_window(inbox)
    (channel,) = (await inbox.maria.snapshot())["channels"]

    await inbox.maria.post(f"channels/{channel['id']}/remove", expect=204)

    assert await alarms(inbox) == []
    await jun.says("are you still there?")
    await inbox.work()
    await grow_older(inbox, timedelta(hours=22))
    async with inbox.house.database.transaction(inbox.id) as tx:
        await tell_trouble(tx, UUID(channel["id"]), "The platform did not answer in time.", now())
    assert await alarms(inbox) == []
    assert (
        await inbox.sql("select from jobs where kind = 'check_channel' and subject = %s", channel["id"]) == []
    )


async def test_of_very_many_the_most_urgent_are_shown(inbox: Inbox) -> None:
    await a_closing_window(inbox)
    first = datetime.now(UTC) + timedelta(minutes=1)
    await inbox.sql(
        """insert into alarms (workspace_id, alarm_id, subject_kind, subject, what, level, until, since)
           select %s, gen_random_uuid(), 'conversation', gen_random_uuid(), 'window_closing', 1,
                  %s + n * interval '1 second', now() from generate_series(0, 120) n""",
        inbox.id,
        first,
    )

    shown = (await inbox.maria.snapshot())["alarms"]

    assert (len(shown["items"]), shown["more"]) == (100, True)
    assert datetime.fromisoformat(shown["items"][0]["until"]) == first


async def _is_quiet(inbox: Inbox) -> bool:
    return await alarms(inbox) == []


async def _is_answered(inbox: Inbox) -> bool:
    return bool((await inbox.row())["waiting_for"] == "them")
