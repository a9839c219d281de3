"""An alarm is told once to each who can act, not in their quiet hours, and again only when it grows more urgent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dragoman.access.model import Role
from dragoman.notifications.model import QuietHours, Settings, StandingAlarm, alarm_wait, who_hears
from tests.alarms.test_alarms import a_closing_window, grow_older
from tests.inbox.inbox import Inbox
from tests.notifications.browser import PushService
from tests.notifications.test_telling import listens, settles

NIGHT = QuietHours(frozenset(range(1, 8)), 22 * 60, 7 * 60, "UTC")
EVENING = datetime(2026, 11, 23, 23, tzinfo=UTC)


def test_whoever_has_quiet_hours_hears_of_it_when_they_end() -> None:
    settings, channel = Settings(quiet=NIGHT), uuid4()

    assert alarm_wait(settings, channel, EVENING) == timedelta(hours=8)
    assert alarm_wait(settings, channel, EVENING + timedelta(hours=8)) == timedelta()
    assert alarm_wait(settings, channel, EVENING - timedelta(hours=2)) == timedelta()


def test_who_wants_no_alarms_or_nothing_of_the_channel_is_never_told() -> None:
    channel = uuid4()
    for settings in (Settings(alarms=False), Settings(muted=frozenset({channel}))):
        assert alarm_wait(settings, channel, EVENING) is None


def test_an_owner_hears_alone_and_where_they_cannot_the_others_do() -> None:
    channel, owner, other = uuid4(), uuid4(), uuid4()
    alarm = StandingAlarm(
        alarm_id=uuid4(), what="window_closing", level=1, channel_id=channel, channel="Shop",
        conversation_id=uuid4(), customer="Jun", owner_id=owner,
    )  # fmt: skip
    wants, muted = Settings(), Settings(muted=frozenset({channel}))

    assert set(who_hears(alarm, {owner: wants, other: wants})) == {owner}
    assert set(who_hears(alarm, {other: wants})) == {other}
    assert set(who_hears(alarm, {owner: muted, other: wants})) >= {other}


@pytest.mark.asyncio(loop_scope="session")
async def test_a_window_that_shuts_is_one_push(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    await settles(told.maria, who="nothing")

    await a_closing_window(told)
    await told.work()
    for _ in range(2):
        await told.sql("update jobs set due_at = now() where kind = 'tell_alarm'")
        await grow_older(told, timedelta(minutes=5))

    (push,) = service.pushes()
    row = await told.row()
    assert push.says == {
        "about": "alarm",
        "workspace": str(told.id),
        "locale": "en",
        "alarm": (await told.maria.snapshot())["alarms"]["items"][0]["id"],
        "what": "window_closing",
        "conversation": row["id"],
        "name": "Jun",
    }


@pytest.mark.asyncio(loop_scope="session")
async def test_a_channels_alarm_is_for_those_who_may_manage_channels(
    told: Inbox, service: PushService
) -> None:
    jonas = await told.a_member("Jonas", Role.MEMBER)
    await listens(told, service, jonas)
    await listens(told, service)
    await told.on_telegram()
    channel = await told.sql("select channel_id from channels where workspace_id = %s", told.id)
    await told.sql(
        """insert into alarms (workspace_id, alarm_id, subject_kind, subject, channel_id, what, level, since)
           select %s, gen_random_uuid(), 'channel', %s, %s, 'silent', 1, now()""",
        told.id, channel[0][0], channel[0][0],
    )  # fmt: skip
    for level in (1, 1, 2):
        await told.sql("update alarms set level = %s where workspace_id = %s", level, told.id)
        await told.sql(
            """insert into jobs (workspace_id, job_id, lane, kind, subject, due_at)
               select workspace_id, gen_random_uuid(), 1, 'tell_alarm', alarm_id, now()
               from alarms where workspace_id = %s
               on conflict (workspace_id, kind, subject) do update set due_at = now()""",
            told.id,
        )
        await told.work()

    assert [push.says["what"] for push in service.pushes()] == ["silent", "silent"]
    assert {push.says["name"] for push in service.pushes()} == {"Espresso & Co."}
