"""Where everything that came in on a day is: the sums agree, each number leads to what is behind it, and what cannot
be found again is told."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from dragoman.access.model import Role
from dragoman.inbound import retrying
from dragoman.ledger.checking import CHECK_LEDGER, keep_checking
from dragoman.ledger.model import span_of
from tests.inbox.deliveries import Body, BotLine, ago, edit, reaction, text
from tests.inbox.inbox import Inbox
from tests.midnight import clear_of_midnight

pytestmark = pytest.mark.asyncio(loop_scope="session")


PARKED = {"outcome": "parked", "detail": ""}
DISMISSED = {"outcome": "shelved", "detail": "dismissed"}


def today() -> str:
    """By the clock of this house."""
    return f"{datetime.now(UTC).date()}"


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def one_day() -> None:
    """What is looked up by its day comes in on that day: a test begins on the one on which it will end."""
    await clear_of_midnight()


@pytest.mark.parametrize("seed", range(4))
async def test_the_sums_agree_with_what_came_in_whatever_came(inbox: Inbox, seed: int) -> None:
    bot = await inbox.a_bot_line()
    chance = random.Random(seed)

    for _ in range(4):
        await _something_comes(bot, chance)
        if chance.random() < 0.7:
            await inbox.work()
        if rows := await inbox.rows("waiting"):
            path = f"conversations/{chance.choice(rows)['id']}/close"
            await inbox.maria.post(path, seen_seq=await inbox.seq())
        await _agrees(inbox)
    await inbox.work()

    day = await _agrees(inbox)
    assert day["unread"] == 0
    assert {fate["outcome"] for channel in day["channels"] for fate in channel["fates"]} > {
        "conversation",
        "duplicate",
    }
    for channel in day["channels"]:
        for fate in channel["fates"]:
            assert len(await _behind(inbox, channel["channel_id"], fate)) == fate["count"]


async def _something_comes(bot: BotLine, chance: random.Random) -> None:
    updates: list[Body] = [
        text(f"is the {n} there?", n, at=ago(60 - n), chat=chance.choice((5, 6, 7))) for n in range(1, 6)
    ]
    updates += [edit("is it there after all?", 2), reaction("👍", 3), {"update_id": 1, "telepathy": {}}]
    updates += [text("thanks", 40 + chance.randrange(9), at=ago(5), chat=8)]
    for _ in range(12):
        await bot.delivers(chance.choice(updates))
    if chance.random() < 0.5:
        await bot.posts(b"no JSON at all")


async def _agrees(inbox: Inbox) -> dict[str, Any]:
    day: dict[str, Any] = await inbox.maria.get(f"ledger/{today()}")
    ((stored,),) = await inbox.sql("select count(*) from arrivals where workspace_id = %s", inbox.id)
    assert day["arrivals"] == stored == sum(channel["arrivals"] for channel in day["channels"])
    for channel in day["channels"]:
        assert channel["arrivals"] == sum(fate["count"] for fate in channel["fates"])
    return day


async def _behind(inbox: Inbox, channel: str | None, fate: dict[str, Any]) -> list[dict[str, Any]]:
    asked = {"outcome": fate["outcome"], "detail": fate["detail"], "limit": 3}
    if channel:
        asked["channel"] = channel
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await inbox.maria.get(f"ledger/{today()}/arrivals", **asked, **cursor)
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def test_noise_is_on_the_shelf_and_leads_to_its_conversation(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("🔥", 1, at=ago(5)), text("is it there?", 2, at=ago(30), chat=9))
    await inbox.work()

    (channel,) = (await inbox.maria.get(f"ledger/{today()}"))["channels"]

    fates = {(fate["outcome"], fate["detail"]): fate["count"] for fate in channel["fates"]}
    assert fates == {("shelved", "emoji_only"): 1, ("conversation", "waiting"): 1}
    (quiet,) = await _behind(inbox, channel["channel_id"], {"outcome": "shelved", "detail": "emoji_only"})
    assert quiet["conversation_id"]
    assert quiet["message_id"]


async def test_why_something_is_parked_or_dismissed_can_be_said_in_every_language(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers({"update_id": 1, "telepathy": {}})
    await bot.posts(b"no JSON at all")
    await inbox.work()

    day = await inbox.maria.get(f"ledger/{today()}")
    parked = [each for c in day["channels"] for each in await _behind(inbox, c["channel_id"], PARKED)]
    await retrying.dismiss(inbox.house.database, inbox.id, None)
    day = await inbox.maria.get(f"ledger/{today()}")
    dismissed = [each for c in day["channels"] for each in await _behind(inbox, c["channel_id"], DISMISSED)]

    assert {each["reason_wording"]["code"] for each in parked} == {"arrival.unknown_kind", "body.no_json"}
    assert {each["reason_wording"]["code"] for each in dismissed} == {"arrival.dismissed"}


async def test_an_echo_of_what_we_sent_did_not_come_twice(inbox: Inbox) -> None:
    jun = await inbox.on_instagram("Jun")
    await jun.says("is it there?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "It is.")
    await inbox.until(lambda: _was_told_back(inbox, "It is."))
    await inbox.work()

    (channel,) = (await inbox.maria.get(f"ledger/{today()}"))["channels"]

    fates = {(fate["outcome"], fate["detail"]): fate["count"] for fate in channel["fates"]}
    assert fates["duplicate", "ours"] == 1
    assert ("duplicate", "") not in fates


async def _was_told_back(inbox: Inbox, words: str) -> bool:
    """Our words are out, and the platform has told us of them."""
    await inbox.work()
    told = await inbox.sql(
        "select 1 from arrivals where workspace_id = %s and kind = 'message' and outcome = 'duplicate'",
        inbox.id,
    )
    return bool(told) and words in await inbox.texts()


async def test_a_day_is_looked_up_again_and_nothing_is_missing(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(*(text(f"line {n}", n, at=ago(90 - n)) for n in range(1, 9)))
    await bot.posts(b"no JSON at all")
    await inbox.work()

    await inbox.maria.post(f"ledger/{today()}/check", 204)
    await inbox.work()

    check = (await inbox.maria.get(f"ledger/{today()}"))["check"]
    assert (check["state"], check["verified"], check["total"], check["unaccounted"]) == ("done", 9, 9, 0)
    days = (await inbox.maria.get("ledger"))["items"]
    assert len(days) == 30
    assert (days[0]["day"], days[0]["arrivals"]) == (today(), 9)
    assert (await inbox.maria.snapshot())["alarms"]["items"] == []


async def test_what_cannot_be_found_is_named_and_is_an_alarm_until_it_is_found(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it there?", 1, at=ago(90)), text("and the other?", 2, at=ago(5)))
    await inbox.work()
    gone = await inbox.sql(
        "delete from arrivals where workspace_id = %s and natural_key like %s returning to_jsonb(arrivals)::text",
        inbox.id,
        "%:2",
    )
    assert len(gone) == 1

    await inbox.maria.post(f"ledger/{today()}/check", 204)
    await inbox.work()

    check = (await inbox.maria.get(f"ledger/{today()}"))["check"]
    assert check["unaccounted"] == 1
    assert check["missing"][0]["natural_key"].endswith(":2")
    (alarm,) = (await inbox.maria.snapshot())["alarms"]["items"]
    assert (alarm["what"], alarm["acts"]) == ("unaccounted", "admins")
    assert alarm["reason_wording"]["values"]["count"] == "1"

    await inbox.sql(
        "insert into arrivals select * from jsonb_populate_record(null::arrivals, %s::jsonb)", gone[0][0]
    )
    await inbox.maria.post(f"ledger/{today()}/check", 204)
    await inbox.work()

    assert (await inbox.maria.get(f"ledger/{today()}"))["check"]["unaccounted"] == 0
    assert (await inbox.maria.snapshot())["alarms"]["items"] == []


async def test_the_day_before_is_looked_up_by_itself_once(inbox: Inbox) -> None:
    services = inbox.house.services
    yesterday = datetime.now(UTC).date() - timedelta(days=1)

    for _ in range(2):
        await keep_checking(services, inbox.id)
    await inbox.work()
    await keep_checking(services, inbox.id)

    found = await inbox.sql("select day, state, first_id from ledger_days where workspace_id = %s", inbox.id)
    assert found == [(yesterday, "done", span_of("UTC", yesterday, yesterday).first)]
    assert await inbox.sql(
        "select count(*) from jobs where workspace_id = %s and kind = %s", inbox.id, CHECK_LEDGER
    ) == [(0,)]


async def test_an_admin_of_few_channels_is_told_of_those_only(inbox: Inbox) -> None:
    seen, other = await inbox.a_bot_line(), await inbox.a_bot_line()
    await seen.delivers(text("is it there?", 1, at=ago(30)))
    await other.delivers(text("is it there?", 2, at=ago(30)), text("and that?", 3, at=ago(20)))
    await inbox.work()
    lena = await inbox.a_member("Lena", Role.ADMIN)
    [channel] = (await inbox.sql("select channel_id from channels where account = %s", seen.account))[0]
    await inbox.sees_only(lena, str(channel))
    for line in (seen, other):
        await inbox.sql("delete from arrivals where channel_id = (select channel_id from channels where account = %s) "
                        "and natural_key like 'message:%%'", line.account)  # fmt: skip

    await inbox.maria.post(f"ledger/{today()}/check", expect=204)
    await inbox.work()
    await other.delivers(text("not read yet", 4))

    everything, hers = [await each.get(f"ledger/{today()}") for each in (inbox.maria, lena)]
    assert [len(each["check"]["missing"]) for each in (everything, hers)] == [3, 1]
    assert [each["check"]["unaccounted"] for each in (everything, hers)] == [3, 1]
    assert (everything["check"]["total"], hers["check"]["total"]) == (3, None)
    assert (everything["unread"], hers["unread"]) == (1, 0)
    assert (await lena.get("ledger"))["items"][0]["arrivals"] is None


async def test_who_may_not_manage_channels_sees_no_ledger_and_far_days_are_refused(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas", Role.MEMBER)

    for path in ("ledger", f"ledger/{today()}", f"ledger/{today()}/arrivals?outcome=parked"):
        assert (await jonas.asks("GET", path)).status_code == 403
    assert (await jonas.asks("POST", f"ledger/{today()}/check")).status_code == 403
    assert (await inbox.maria.asks("GET", "ledger/2020-01-01")).status_code == 422
    assert (await inbox.maria.asks("GET", "ledger/yesterday")).status_code == 422
