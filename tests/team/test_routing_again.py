"""What is nobody's is routed again: whoever stands before it, whoever is at it at the same time, and only that."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.kit.clock import now
from dragoman.settling import stage
from dragoman.team import nobodys
from dragoman.team.timers import ROUTE_AGAIN, route_again_at
from dragoman.work import jobs
from tests.inbox.deliveries import BotLine, text
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox
from tests.laws.happenings import a_rule
from tests.team.test_finding_owners import POLISH, alarms, house_is, speaks, writes_polish

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_whom_nobody_can_take_stands_before_nobody_else(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nobodys, "AT_ONCE", 2)
    await speaks(inbox.maria, en="native")
    unseen, seen = await inbox.a_bot_line(), await inbox.a_bot_line()
    for chat, bot in enumerate((unseen, unseen, seen), 1):
        await writes(inbox, bot, chat)
    waiting = await inbox.rows("waiting")

    ola = await inbox.a_member("Ola")
    await inbox.sees_only(ola, waiting[-1]["channel_id"])
    await speaks(ola, pl="native")
    await inbox.work()

    owners = [row["owner_id"] for row in await inbox.rows("waiting")]
    assert owners == [None, None, str(ola.membership.member_id)]


@pytest.mark.parametrize("is_taken_back", [False, True])
async def test_what_a_person_made_nobodys_stays_so_until_the_customer_writes_again(
    inbox: Inbox, is_taken_back: bool
) -> None:
    await speaks(inbox.maria, pl="native")
    bot, mine = await inbox.a_bot_line(), str(inbox.maria.membership.member_id)
    await writes(inbox, bot)
    row = await inbox.row()
    assert row["owner_id"] == mine

    path = f"conversations/{row['id']}"
    if is_taken_back:
        (entry,) = [e for e in (await inbox.maria.get(f"{path}/trail"))["items"] if e["kind"] == "routed"]
        await inbox.maria.post(f"{path}/trail/{entry['id']}/revert", expect=204)
    else:
        await inbox.maria.post(f"{path}/assign", expect=204, owner_id=None)
    await speaks(inbox.maria, pl="native", en="native")
    await inbox.work()
    left = (await inbox.row())["owner_id"]
    await writes(inbox, bot)

    assert (left, (await inbox.row())["owner_id"]) == (None, mine)


async def test_an_alarm_that_a_rule_began_stands_while_somebody_waits_though_routing_is_off(
    inbox: Inbox,
) -> None:
    await speaks(inbox.maria, en="native")
    await house_is(inbox, is_routing=False)
    polish = {"fact": "language", "op": "is", "value": ["pl"]}
    to_who_speaks = {"do": "assign", "value": ["speaker"]}
    await inbox.maria.post("rules", expect=201, **a_rule("Speakers", to_who_speaks, all=[polish]))
    await writes_polish(inbox)
    assert len(await alarms(inbox)) == 1

    await inbox.all_due_now()
    standing = await alarms(inbox)
    mine = str(inbox.maria.membership.member_id)
    await inbox.maria.post(f"conversations/{(await inbox.row())['id']}/assign", expect=204, owner_id=mine)
    await inbox.all_due_now()

    assert (len(standing), await alarms(inbox)) == (1, [])


async def test_a_speaker_who_comes_back_is_asked_for_again_by_a_rule_though_routing_is_off(
    inbox: Inbox,
) -> None:
    await speaks(inbox.maria, pl="native")
    await house_is(inbox, is_routing=False)
    await writes_polish(inbox)  # before the rule: nobody asks for anybody
    await a_rule_gives(inbox, "speaker")
    await inbox.maria.post("people/away", expect=204, is_away=True)
    await writes(inbox, await inbox.a_bot_line())
    assert [each["reason_wording"]["code"] for each in await alarms(inbox)] == ["team.all_away"]

    await inbox.maria.post("people/away", expect=204, is_away=False)
    await inbox.work()

    mine = str(inbox.maria.membership.member_id)
    assert [row["owner_id"] for row in await inbox.rows("waiting")] == [None, mine]
    assert await alarms(inbox) == []


async def test_an_alarm_says_why_nobody_can_take_it_by_now(inbox: Inbox) -> None:
    ola = await inbox.a_member("Ola")
    await speaks(ola, pl="native")
    await ola.post("people/away", expect=204, is_away=True)
    await writes_polish(inbox)
    (first,) = await alarms(inbox)

    await speaks(ola, en="native")
    await inbox.work()

    (now_,) = await alarms(inbox)
    codes = [each["reason_wording"]["code"] for each in (first, now_)]
    assert (codes, now_["id"]) == (["team.all_away", "team.nobody_speaks"], first["id"])


async def test_an_alarm_says_that_nobody_has_the_skill_until_somebody_has(inbox: Inbox) -> None:
    await house_is(inbox, is_routing=False)
    maria = inbox.maria
    await skilled(maria, "tea", "repairs")
    await a_rule_gives(inbox, "skill:tea", "skill:repairs")
    await skilled(maria)
    bot = await inbox.a_bot_line()
    await writes(inbox, bot)
    await writes(inbox, bot)

    (alarm,) = await alarms(inbox)
    assert alarm["reason_wording"] == {
        "code": "team.nobody_skilled",
        "values": {"skills": "tea, repairs"},
    }
    routed = "select 1 from trail where workspace_id = %s and kind = 'routed'"
    assert len(await inbox.sql(routed, inbox.id)) == 1, "written down once"
    await inbox.all_due_now()
    assert len(await alarms(inbox)) == 1

    await skilled(maria, "tea", "repairs")
    await inbox.work()
    assert ((await inbox.row())["owner_id"], await alarms(inbox)) == (str(maria.membership.member_id), [])


async def test_what_somebody_had_who_leaves_finds_somebody_else(inbox: Inbox) -> None:
    ola = await inbox.a_member("Ola")
    await speaks(ola, pl="native")
    await writes_polish(inbox)
    assert (await inbox.row())["owner_id"] == str(ola.membership.member_id)
    await speaks(inbox.maria, pl="writes")

    await inbox.maria.post(f"members/{ola.membership.member_id}/remove", expect=204)
    await inbox.work()

    assert (await inbox.row())["owner_id"] == str(inbox.maria.membership.member_id)


async def test_who_settles_while_it_is_routed_is_looked_at_the_next_time(inbox: Inbox) -> None:
    await speaks(inbox.maria, en="native")
    bot = await inbox.a_bot_line()
    await bot.delivers(text(POLISH, 1))
    await inbox.work()
    found = await inbox.sql("select turn_id from turns where workspace_id = %s", inbox.id)

    async def settles() -> None:
        async with inbox.house.database.transaction(inbox.id) as tx:
            await stage.settle(tx, [turn_id for (turn_id,) in found], now())

    async with inbox.house.database.transaction(inbox.id) as tx:
        await route_again_at(tx, now())
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.done(tx, ROUTE_AGAIN, [inbox.id])
        await nobodys.route_again(tx, [inbox.id], now())
        settling = asyncio.create_task(settles())
        await one_waits(inbox)
    await settling

    assert len(await alarms(inbox)) == 1
    async with inbox.house.database.transaction(inbox.id) as tx:
        assert await jobs.due_at(tx, ROUTE_AGAIN, inbox.id) is not None


async def test_the_house_is_settled_while_it_is_routed(inbox: Inbox) -> None:
    async with inbox.house.database.transaction(inbox.id) as tx:
        await route_again_at(tx, now())
    async with inbox.house.database.transaction(inbox.id) as tx:
        await jobs.done(tx, ROUTE_AGAIN, [inbox.id])
        tx.changed("presence", member_id=inbox.maria.membership.member_id)  # so that it needs the last number
        settling = asyncio.create_task(house_is(inbox, is_routing=False))
        await one_waits(inbox)

    await settling


async def a_rule_gives(inbox: Inbox, *to: str) -> None:
    await inbox.maria.post(
        "rules", expect=201, **a_rule("Finds", {"do": "assign", "value": list(to)}, all=[])
    )


async def skilled(who: Person, *skills: str) -> None:
    await who.post(f"people/{who.membership.member_id}", expect=204, skills=list(skills))


async def writes(inbox: Inbox, bot: BotLine, chat: int = 1) -> None:
    (number,) = (await inbox.sql("select count(*) from messages where workspace_id = %s", inbox.id))[0]
    await bot.delivers(text(POLISH, number + 1, chat=chat))
    await inbox.work()
    await inbox.sql(
        "update jobs set due_at = now() where workspace_id = %s and kind = 'settle_turn'", inbox.id
    )
    await inbox.work()


async def one_waits(inbox: Inbox) -> None:
    """Until a transaction waits for another one's lock."""
    waiting = """
        select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"""
    async with asyncio.timeout(60):
        while not await inbox.sql(waiting):  # noqa: ASYNC110 the database is asked
            await asyncio.sleep(0.02)
