"""Channels are looked after, against their stand-ins: what can be mended is mended, and the rest is an alarm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dragoman.connecting import store as connections
from dragoman.connecting.actions import hook_address
from dragoman.simulator.faults import Fault, Trouble
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")

DAY = 86_400


async def look(inbox: Inbox, kind: str = "watch_connection") -> None:
    """It is time to."""
    await inbox.sql(
        """insert into jobs (workspace_id, job_id, lane, kind, subject, due_at)
           select workspace_id, gen_random_uuid(), 1, %s, case %s when 'watch_connection' then connection_id
                  else workspace_id end, now()
           from connections where workspace_id = %s
           on conflict (workspace_id, kind, subject) do update set due_at = now()""",
        kind,
        kind,
        inbox.id,
    )
    await inbox.work()


async def alarms(inbox: Inbox) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await inbox.maria.snapshot())["alarms"]["items"]
    return found


async def whats(inbox: Inbox) -> list[str]:
    return [alarm["what"] for alarm in await alarms(inbox)]


async def has_had_it_for(inbox: Inbox, days: float, left: float) -> None:
    """The token, as we know of it."""
    await inbox.sql(
        """update connections set token_since = now() - %s::interval, token_until = now() + %s::interval,
                  renewal_tried_at = null where workspace_id = %s""",
        timedelta(days=days),
        timedelta(days=left),
        inbox.id,
    )


async def the_health(inbox: Inbox) -> dict[str, Any]:
    (found,) = (await inbox.maria.get("channels/health"))["items"]
    health: dict[str, Any] = found
    return health


async def test_a_token_of_instagrams_own_is_renewed_by_itself(inbox: Inbox) -> None:
    made = await inbox.house.an_instagram()
    simulator = inbox.house.simulator
    await simulator.post("/age", token=made.instagram_token, seconds=45 * DAY, ends_in_seconds=15 * DAY)
    await has_had_it_for(inbox, 45, 15)

    await look(inbox)

    until = datetime.fromisoformat((await the_health(inbox))["token_until"])
    assert until - datetime.now(UTC) > timedelta(days=59)
    assert await whats(inbox) == []
    await simulator.post("/revoke", token=made.instagram_token)
    jun = Customer(inbox, "instagram", made.account, await simulator.new_customer("instagram", "Jun"))
    await jun.says("hello?")
    await inbox.work()
    await inbox.try_to_reply((await inbox.row())["id"], "by the new one")
    await inbox.until(lambda: _sees(jun, "by the new one"))


async def test_a_token_that_cannot_be_renewed_is_an_alarm_and_more_urgent_in_its_last_days(
    inbox: Inbox,
) -> None:
    made = await inbox.house.an_instagram()
    fault = Fault(Trouble.ERROR, "api", platform="instagram", method="node", code=2, status=500)
    number = await inbox.house.simulator.trouble(fault)
    await has_had_it_for(inbox, 50, 10)

    await look(inbox)
    (alarm,) = await alarms(inbox)
    assert (alarm["what"], alarm["acts"]) == ("token_ends", "admins")

    await has_had_it_for(inbox, 57.5, 2.5)
    await look(inbox)
    levels = await inbox.sql("select level from alarms where workspace_id = %s", inbox.id)
    assert levels == [(2,)]

    await inbox.house.simulator.end_trouble(number)
    await inbox.house.simulator.post("/age", token=made.instagram_token, seconds=2 * DAY)
    await has_had_it_for(inbox, 57.5, 2.5)
    await look(inbox)
    assert await whats(inbox) == []


async def test_what_a_token_tells_of_its_end_and_rights_is_seen(inbox: Inbox) -> None:
    page = await inbox.house.a_page()
    simulator = inbox.house.simulator
    await simulator.post("/age", token=page.page_token, ends_in_seconds=5 * DAY)
    await simulator.post("/lack", token=page.page_token, permissions=["pages_messaging"])

    await look(inbox)

    assert sorted(await whats(inbox)) == ["rights_missing", "token_ends"]
    lacks = next(alarm for alarm in await alarms(inbox) if alarm["what"] == "rights_missing")
    assert lacks["reason_wording"]["values"] == {"rights": "pages_messaging"}
    health = await the_health(inbox)
    assert health["token_until"] is not None
    assert health["checked_at"] is not None

    await simulator.post("/age", token=page.page_token)
    await simulator.post("/lack", token=page.page_token, permissions=[])
    await inbox.sql("update connections set token_until = null where workspace_id = %s", inbox.id)
    await look(inbox)
    assert await whats(inbox) == []


async def test_a_delivery_that_meta_ended_in_silence_is_begun_anew(inbox: Inbox) -> None:
    jun = await inbox.on_messenger("Jun")
    simulator = inbox.house.simulator
    await simulator.post("/unsubscribe", account=jun.account)
    await jun.says("lost")
    await inbox.work()
    assert await inbox.rows() == []

    await look(inbox)

    await jun.says("heard")
    await inbox.until(lambda: _says(inbox, ["lost", "heard"]))
    assert await whats(inbox) == []
    for _ in range(2):
        await simulator.post("/unsubscribe", account=jun.account)
        await look(inbox)
    assert await whats(inbox) == ["unsubscribed"]
    await inbox.sql(
        "update channel_health set resubscribed_at = now() - interval '2 days' where workspace_id = %s",
        inbox.id,
    )
    await look(inbox)
    assert await whats(inbox) == []


async def test_what_passed_us_by_while_we_were_down_is_fetched(inbox: Inbox) -> None:
    jun = await inbox.on_messenger("Jun")
    await inbox.house.simulator.post("/unsubscribe", account=jun.account)
    await jun.says("lost")
    await _delivers_again(inbox, jun.account)
    await look(inbox)
    assert await inbox.rows() == [], "all seems well, and nobody was away"

    await inbox.sql(
        "update channel_health set checked_at = now() - interval '2 hours' where workspace_id = %s", inbox.id
    )
    await look(inbox)

    await inbox.until(lambda: _says(inbox, ["lost"]))


async def _delivers_again(inbox: Inbox, account: str) -> None:
    """Without our having noticed that it did not."""
    services = inbox.house.services
    [(connection,)] = await inbox.sql(
        "select connection_id from connections where workspace_id = %s", inbox.id
    )
    async with inbox.house.database.transaction(inbox.id) as tx:
        made = await connections.connection(tx, connection)
    assert made is not None
    client = await services.clients.of(inbox.id, connection)
    await client.register(account, hook_address(services, inbox.id, made))


async def _says(inbox: Inbox, texts: list[str]) -> bool:
    return bool(await inbox.rows()) and await inbox.texts() == texts


async def test_what_cannot_be_begun_anew_is_a_trouble_and_what_comes_in_is_kept_all_the_same(
    inbox: Inbox,
) -> None:
    line = await inbox.a_page_line()
    simulator = inbox.house.simulator
    await simulator.post("/unsubscribe", account=line.account)
    refusal = Fault(
        Trouble.ERROR, "api", platform="messenger", method="subscriptions", code=10, message="Not yours"
    )
    number = await simulator.trouble(refusal)

    await look(inbox)

    (channel,) = (await inbox.maria.snapshot())["channels"]
    assert channel["state"] == "attention"
    assert await whats(inbox) == ["trouble"]
    await line.delivers(line.message("is anybody there?", "m_1"))
    await inbox.work()
    assert await inbox.texts() == ["is anybody there?"]

    await simulator.end_trouble(number)
    await inbox.sql(
        "update jobs set due_at = now() where workspace_id = %s and kind = 'check_channel'", inbox.id
    )
    await inbox.work()
    assert await whats(inbox) == []


async def test_many_refusals_for_one_reason_are_an_alarm_until_sends_go_again(inbox: Inbox) -> None:
    first = await inbox.on_messenger("Jun")
    customers = [first, *[await inbox.on_messenger(name, first.account) for name in ("Ana", "Bo")]]
    for each in customers:
        await each.says("hello?")
    await inbox.work()
    ids = [row["id"] for row in await inbox.rows()]
    refusal = Fault(
        Trouble.ERROR, "api", platform="messenger", method="messages", status=400, code=100, subcode=2018001
    )
    number = await inbox.house.simulator.trouble(refusal)
    for nth in range(5):
        await inbox.try_to_reply(ids[nth % 3], f"answer {nth}")
        await inbox.all_due_now()
    await inbox.house.simulator.end_trouble(number)

    await look(inbox, "listen_to_channels")

    (alarm,) = await alarms(inbox)
    assert (alarm["what"], alarm["reason"] is None) == ("sends_fail", False)
    assert (await the_health(inbox))["failed"] == 5
    await inbox.sql(
        "update messages set state = 'sent' where workspace_id = %s and state = 'failed'", inbox.id
    )
    await look(inbox, "listen_to_channels")
    assert await whats(inbox) == []


async def test_unusual_silence_is_an_alarm_until_somebody_writes(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("hello?")
    await inbox.work()
    await inbox.sql(
        """insert into heard_hours (workspace_id, channel_id, hour, conversations)
           select workspace_id, channel_id, date_trunc('hour', now(), 'UTC') - n * interval '1 hour', 9
           from channels, generate_series(8, 1000) n where workspace_id = %s""",
        inbox.id,
    )
    await look(inbox, "listen_to_channels")
    assert await whats(inbox) == [], "somebody has just written"

    await inbox.sql(
        "update messages set arrived_at = arrived_at - interval '8 hours' where workspace_id = %s", inbox.id
    )
    await inbox.sql(
        "update channel_health set heard_at = heard_at - interval '8 hours' where workspace_id = %s", inbox.id
    )
    await inbox.sql(
        "update workspaces set listened_at = now() - interval '20 minutes' where workspace_id = %s", inbox.id
    )
    await look(inbox, "listen_to_channels")
    assert await whats(inbox) == [], "it was we who did not listen"
    await look(inbox, "listen_to_channels")
    (alarm,) = await alarms(inbox)
    heard_at = (await the_health(inbox))["heard_at"]
    assert (alarm["what"], alarm["since"]) == ("silent", heard_at)

    await ana.says("is anybody there?")
    await inbox.work()
    await look(inbox, "listen_to_channels")
    assert await whats(inbox) == []


async def _sees(customer: Customer, text: str) -> bool:
    return text in await customer.sees()


async def test_what_was_heard_is_told_at_once_and_not_when_it_is_counted(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    assert (await the_health(inbox))["heard_at"] is None

    await ana.says("Czy macie jeszcze czarne filiżanki do espresso?")
    await inbox.work()

    assert (await the_health(inbox))["heard_at"] is not None
