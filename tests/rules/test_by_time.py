"""Rules that wait: for a time that somebody has waited or been silent, and for a conversation to be given away."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dragoman.access.model import Role
from tests.inbox.inbox import Inbox, Row
from tests.laws.happenings import a_rule
from tests.rules.test_acting import a_label, made, outcomes

pytestmark = pytest.mark.asyncio(loop_scope="session")

CLOSE: Row = {"do": "close", "value": None}
HOUR_AGO = "now() - interval '1 hour'"


async def an_hour_passes(inbox: Inbox) -> None:
    """For who waits and for who is silent, and until rules look again."""
    await inbox.sql(
        f"update conversations set waiting_since = {HOUR_AGO}, first_unanswered_at = {HOUR_AGO}"
        " where workspace_id = %s and waiting_since is not null",
        inbox.id,
    )
    await inbox.sql(f"update conversations set said_at = {HOUR_AGO} where workspace_id = %s", inbox.id)
    await time_is_looked_at(inbox)


async def time_is_looked_at(inbox: Inbox) -> None:
    await inbox.sql(
        "update jobs set due_at = now() where workspace_id = %s and kind = 'rules_by_time'", inbox.id
    )
    await inbox.work()


async def made_of_time(inbox: Inbox, trigger: str, *actions: Row, **more: Any) -> Row:
    return await made(inbox, *actions, **{"trigger": trigger, "after": 30, "all": [], **more})


async def test_who_has_waited_for_so_long_sets_a_rule_off_once(inbox: Inbox) -> None:
    label = await a_label(inbox)
    await made_of_time(inbox, "waiting", {"do": "label", "value": [label]})
    await (await inbox.on_telegram("Ana")).says("is it in stock?")
    await inbox.work()

    await time_is_looked_at(inbox)
    before = (await inbox.row())["label_ids"]
    await an_hour_passes(inbox)
    after = (await inbox.row())["label_ids"]
    await inbox.maria.post(f"conversations/{(await inbox.row())['id']}/labels", take_off=[label])
    await an_hour_passes(inbox)

    assert (before, after, (await inbox.row())["label_ids"]) == ([], [label], [])
    assert await outcomes(inbox) == ["done"]


async def test_another_wait_is_asked_about_anew(inbox: Inbox) -> None:
    await made_of_time(inbox, "waiting", {"do": "snooze", "value": 5})
    ana = await inbox.on_telegram("Ana")
    await ana.says("is it in stock?")
    await inbox.work()
    await an_hour_passes(inbox)
    first = (await inbox.row())["status"]
    await inbox.maria.reply((await inbox.row())["id"], "yes")
    await inbox.all_due_now()
    await ana.says("and how much is it?")
    await inbox.work()

    await an_hour_passes(inbox)

    assert (first, (await inbox.row())["status"]) == ("snoozed", "snoozed")
    assert await outcomes(inbox) == ["done", "done"]


async def test_what_a_rule_passed_over_it_is_asked_about_again_once_it_says_something_else(
    inbox: Inbox,
) -> None:
    label = await a_label(inbox)
    puts = {"do": "label", "value": [label]}
    never = {"fact": "text", "op": "contains", "value": ["abracadabra"]}
    rule = await made_of_time(inbox, "waiting", puts, all=[never])
    await (await inbox.on_telegram("Ana")).says("is it in stock?")
    await inbox.work()
    await an_hour_passes(inbox)
    passed_over = (await inbox.row())["label_ids"]

    wanted = a_rule("A rule", puts, trigger="waiting", after=30, all=[])
    await inbox.maria.post(f"rules/{rule['id']}", expect=204, version=1, **wanted)
    await time_is_looked_at(inbox)

    assert (passed_over, (await inbox.row())["label_ids"]) == ([], [label])


async def test_silence_closes_what_waits_for_nobody(inbox: Inbox) -> None:
    await made_of_time(inbox, "silent", CLOSE)
    for name in ("Ana", "Ben"):
        await (await inbox.on_telegram(name)).says("is it in stock?")
    await inbox.work()
    ids = {row["contact"]["name"]: row["id"] for row in await inbox.rows()}
    await inbox.maria.reply(ids["Ana"], "yes, it is")
    await inbox.all_due_now()

    await an_hour_passes(inbox)

    statuses = {row["contact"]["name"]: row["status"] for row in await inbox.rows()}
    assert statuses == {"Ana": "closed", "Ben": "open"}


async def test_nothing_is_closed_by_a_clock_while_somebody_waits_for_us(inbox: Inbox) -> None:
    wanted = a_rule("A rule", CLOSE, trigger="waiting", after=30)

    refused = await inbox.maria.asks("POST", "rules", json=wanted)

    assert refused.status_code == 422
    assert refused.json()["error"]["fields"] == {
        "actions.0": "Whoever waits for us is not closed by a clock."
    }


@pytest.mark.parametrize(
    ("trigger", "after", "sentence"),
    [
        ("waiting", None, "A whole number of minutes, 43200 at most."),
        ("silent", 0, "A whole number of minutes, 43200 at most."),
        ("turn_settled", 30, "Nothing belongs here."),
    ],
)
async def test_a_time_belongs_to_what_waits_for_one(
    inbox: Inbox, trigger: str, after: int | None, sentence: str
) -> None:
    wanted = a_rule("A rule", {"do": "snooze", "value": 5}, trigger=trigger, after=after)

    refused = await inbox.maria.asks("POST", "rules", json=wanted)

    assert (refused.status_code, refused.json()["error"]["fields"]) == (422, {"after": sentence})


async def test_how_many_it_would_act_on_at_once_is_said_before_it_is_made(inbox: Inbox) -> None:
    for name in ("Ana", "Ben"):
        await (await inbox.on_telegram(name)).says("is it in stock?")
    await inbox.work()
    await an_hour_passes(inbox)
    wanted = a_rule("A rule", {"do": "snooze", "value": 5}, trigger="waiting", after=30, all=[])

    looked = await inbox.maria.post("rules/look", content=wanted)
    longer = await inbox.maria.post("rules/look", content=wanted | {"after": 90})

    assert (looked["at_once"], longer["at_once"]) == (2, 0)


async def test_who_may_make_no_rules_reads_one_but_is_not_told_what_it_would_act_on(inbox: Inbox) -> None:
    await (await inbox.on_telegram("Ana")).says("is it in stock?")
    await inbox.work()
    await an_hour_passes(inbox)
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    wanted = a_rule("A rule", {"do": "snooze", "value": 5}, trigger="waiting", after=30, all=[])

    looked = await jonas.post("rules/look", content=wanted)

    assert (looked["at_once"], "waiting" in looked["text"]) == (None, True)


async def test_giving_a_conversation_away_sets_a_rule_off_each_time(inbox: Inbox) -> None:
    label, jonas = await a_label(inbox), str((await inbox.a_member("Jonas")).membership.member_id)
    to_jonas = {"fact": "owner", "op": "is", "value": [jonas]}
    await made(inbox, {"do": "label", "value": [label]}, trigger="assigned", all=[to_jonas])
    await (await inbox.on_telegram("Ana")).says("is it in stock?")
    await inbox.work()
    conversation = f"conversations/{(await inbox.row())['id']}"

    seen = []
    for owner in (jonas, None, str(inbox.maria.membership.member_id), jonas):
        await inbox.maria.post(f"{conversation}/assign", owner_id=owner)
        await inbox.work()
        seen.append((await inbox.row())["label_ids"])
        await inbox.maria.post(f"{conversation}/labels", take_off=[label])

    assert seen == [[label], [], [], [label]]


async def test_a_rule_that_assigns_sets_no_other_off(inbox: Inbox) -> None:
    label, jonas = await a_label(inbox), str((await inbox.a_member("Jonas")).membership.member_id)
    await made(inbox, {"do": "assign", "value": [jonas]})
    await made(inbox, {"do": "label", "value": [label]}, trigger="assigned", all=[])
    await (await inbox.on_telegram("Ana")).says("abracadabra")
    await inbox.work()

    await inbox.all_due_now()

    row = await inbox.row()
    assert (row["owner_id"], row["label_ids"]) == (jonas, [])


async def test_rules_know_the_team_and_whether_the_house_is_open(inbox: Inbox) -> None:
    label = await a_label(inbox)
    team = (await inbox.maria.post("teams", expect=201, name=f"Sales {uuid4()}", member_ids=[]))["id"]
    shut = {"fact": "open_hours", "op": "is", "value": False}
    of_team = {"fact": "team", "op": "is", "value": [team]}
    await made(inbox, {"do": "label", "value": [label]}, trigger="assigned", all=[shut, of_team])
    house = (await inbox.maria.get("people"))["house"]
    await (await inbox.on_telegram("Ana")).says("is it in stock?")
    await inbox.work()
    assign = f"conversations/{(await inbox.row())['id']}/assign"

    seen = []
    hours: tuple[list[Row] | None, ...] = (None, [])  # always open, then never
    for shifts in hours:
        await inbox.maria.post("house", expect=204, **(house | {"shifts": shifts}))
        await inbox.maria.post(assign, team_id=team)
        await inbox.work()
        seen.append((await inbox.row())["label_ids"])
        await inbox.maria.post(assign, team_id=None)

    assert seen == [[], [label]]
