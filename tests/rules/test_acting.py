"""Rules act in the transaction in which a turn settles: once, with what is written down about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from dragoman.access.model import Role
from dragoman.labels import store as labels
from dragoman.labels.model import Carried
from dragoman.rules.acting import run_rules
from dragoman.rules.effects import HANDS
from dragoman.rules.model import Do
from dragoman.settling.facts import SettledTurn
from tests.inbox.inbox import Inbox, Row
from tests.laws.happenings import a_rule
from tests.rules.given import a_turn

pytestmark = pytest.mark.asyncio(loop_scope="session")

IN_KOREAN = {"fact": "language", "op": "is", "value": ["ko"]}


async def a_settled_turn(inbox: Inbox, text: str = "abracadabra, please") -> SettledTurn:
    """Of a customer who really wrote this."""
    await (await inbox.on_telegram("Ana")).says(text)
    await inbox.work()
    row = await inbox.row()
    (turn,) = await inbox.sql(
        "select turn_id, conversation_id from turns where workspace_id = %s and conversation_id = %s",
        inbox.id, row["id"],
    )  # fmt: skip
    return a_turn(text, turn_id=turn[0], conversation_id=turn[1], channel_id=UUID(row["channel_id"]))


async def run(inbox: Inbox, *turns: SettledTurn) -> None:
    async with inbox.house.database.transaction(inbox.id) as tx:
        await run_rules(tx, turns)


async def made(inbox: Inbox, *actions: Row, **more: Any) -> Row:
    rule: Row = await inbox.maria.post("rules", expect=201, **a_rule("A rule", *actions, **more))
    return rule


async def a_label(inbox: Inbox, name: str = "spell") -> str:
    return str((await inbox.maria.post("labels", name=name, colour="plum"))["id"])


async def trail(inbox: Inbox) -> list[tuple[str, str, Any]]:
    found = await inbox.sql(
        "select kind, cause, what from trail where workspace_id = %s and cause = 'rule' order by entry_id",
        inbox.id,
    )
    return [(row[0], row[1], row[2]) for row in found]


async def outcomes(inbox: Inbox) -> list[str]:
    found = await inbox.sql("select outcome from rule_runs where workspace_id = %s order by at", inbox.id)
    return [row[0] for row in found]


async def test_what_a_customer_writes_sets_a_rule_off_when_it_has_settled(inbox: Inbox) -> None:
    label = await a_label(inbox)
    await made(inbox, {"do": "label", "value": [label]})
    await (await inbox.on_telegram("Ana")).says("abracadabra", "please")

    await inbox.work()
    before = (await inbox.row())["label_ids"]
    await inbox.all_due_now()

    assert (before, (await inbox.row())["label_ids"]) == ([], [label])
    assert [kind for kind, *_ in await trail(inbox)] == ["label"]


async def test_a_rule_acts_once_however_often_its_turn_settles(inbox: Inbox) -> None:
    turn, label = await a_settled_turn(inbox), await a_label(inbox)
    await made(inbox, {"do": "label", "value": [label]}, {"do": "close", "value": None})

    await run(inbox, turn)
    await inbox.maria.post(f"conversations/{turn.conversation_id}/reopen")
    await run(inbox, turn)

    row = await inbox.row()
    assert (row["status"], row["label_ids"]) == ("open", [label])
    assert await trail(inbox) == [
        ("label", "rule", {"labels": [label], "version": 1}),
        ("close", "rule", {"version": 1}),
    ]


async def test_a_rule_tells_what_it_did_to_who_may_see_it(inbox: Inbox) -> None:
    turn, label = await a_settled_turn(inbox), await a_label(inbox)
    rule = await made(inbox, {"do": "label", "value": [label]}, {"do": "close", "value": None})
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas)

    path = f"rules/{rule['id']}/deeds"

    await run(inbox, turn)
    label_put = (await inbox.maria.get(path))["items"][1]["id"]
    taking_back = f"conversations/{turn.conversation_id}/trail/{label_put}/revert"
    await inbox.maria.post(taking_back, expect=204)

    newest = await inbox.maria.get(path, limit=1)
    older = await inbox.maria.get(path, limit=1, cursor=newest["next_cursor"])
    did = [
        (each["does"], each["name"], each["is_reverted"])
        for page in (newest, older)
        for each in page["items"]
    ]
    assert (did, older["next_cursor"]) == ([("close", "Ana", False), ("label", "Ana", True)], None)
    assert (await jonas.get(path))["items"] == []


async def test_what_is_so_already_is_not_done_again(inbox: Inbox) -> None:
    turn, label = await a_settled_turn(inbox), await a_label(inbox)
    await inbox.maria.post(f"conversations/{turn.conversation_id}/labels", put=[label])
    await made(inbox, {"do": "label", "value": [label]})

    await run(inbox, turn)

    assert (await trail(inbox), await outcomes(inbox)) == ([], ["nothing"])


async def test_a_rule_snoozes_and_the_conversation_comes_back(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "snooze", "value": 90})

    await run(inbox, turn)
    assert (await inbox.row())["status"] == "snoozed"
    await inbox.sql("update conversations set snoozed_until = now() where workspace_id = %s", inbox.id)
    await inbox.all_due_now()

    assert (await inbox.row())["status"] == "open"


async def alarms(inbox: Inbox) -> list[Row]:
    found: list[Row] = (await inbox.maria.get("snapshot"))["alarms"]["items"]
    return found


async def test_one_that_fails_takes_nothing_else_with_it_and_parks_itself(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn, label = await a_settled_turn(inbox), await a_label(inbox)
    broken = await made(inbox, {"do": "close", "value": None})
    await made(inbox, {"do": "label", "value": [label]})

    def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(HANDS, Do.CLOSE, breaks)
    for nth in range(3):
        again = msgspec.structs.replace(turn, fragments=nth + 1)  # it has grown, and settles again
        await run(inbox, again)

    row = await inbox.row()
    assert (row["status"], row["label_ids"]) == ("open", [label])
    parked = (await inbox.maria.get("rules"))["items"][0]
    assert parked["parked"]["reason_wording"]["code"] == "rule.failed"
    assert [each["what"] for each in await alarms(inbox)] == ["rule_parked"]
    await inbox.maria.post(f"rules/{broken['id']}/switch", enabled=True)
    assert (await inbox.maria.get("rules"))["items"][0]["parked"] is None
    assert await alarms(inbox) == []


async def test_a_label_removed_meanwhile_is_put_on_nothing(inbox: Inbox) -> None:
    turn, label = await a_settled_turn(inbox), await a_label(inbox)
    await made(inbox, {"do": "label", "value": [label]}, {"do": "close", "value": None})
    await inbox.maria.post(f"labels/{label}/remove")

    await run(inbox, turn)

    assert [kind for kind, *_ in await trail(inbox)] == ["close"]
    (rule,) = (await inbox.maria.get("rules"))["items"]
    assert [each["place"] for each in rule["problems"]] == ["actions.0"]


async def test_rules_that_run_too_often_about_one_customer_leave_them_alone(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    label = await a_label(inbox)
    await made(inbox, {"do": "label", "value": [label]})
    for nth in range(21):
        async with inbox.house.database.transaction(inbox.id) as tx:
            await labels.take_off(tx, [Carried(turn.conversation_id, turn.channel_id, UUID(label))])
        await run(inbox, msgspec.structs.replace(turn, turn_id=UUID(int=nth + 1)))

    assert (await outcomes(inbox)).count("done") == 20
    assert (await outcomes(inbox))[-1] == "too_many"


async def test_a_rule_shelves_a_turn_as_if_it_had_never_opened_anything(inbox: Inbox) -> None:
    await made(inbox, {"do": "shelve", "value": None})
    ana = await inbox.on_telegram("Ana")
    await ana.says("abracadabra, newsletter")
    await inbox.work()
    assert len(await inbox.rows()) == 1

    await inbox.all_due_now()

    assert await inbox.rows() == []
    (item,) = (await inbox.maria.get("shelf"))["items"]
    assert (item["class"], item["status"], item["rule_id"] is not None) == ("rule", "unopened", True)
    assert await inbox.sql("select count(*) from episodes where workspace_id = %s", inbox.id) == [(0,)]

    await inbox.maria.post(f"shelf/{item['id']}/open", expect=204)
    await inbox.all_due_now()
    assert (await inbox.row())["waiting_for"] == "us"  # what a person has said is work stays it


async def test_what_is_added_to_a_turn_that_a_rule_shelved_is_seen(inbox: Inbox) -> None:
    await made(inbox, {"do": "shelve", "value": None})
    ana = await inbox.on_telegram("Ana")
    await ana.says("abracadabra, newsletter")
    await inbox.work()
    await inbox.all_due_now()

    await ana.says("my machine leaks")
    await inbox.work()

    assert (await inbox.row())["waiting_for"] == "us"


async def test_a_rule_gives_to_a_member_and_another_to_who_speaks_the_language(inbox: Inbox) -> None:
    jonas, minji = await inbox.a_member("Jonas"), await inbox.a_member("Minji")
    languages = [{"language": "ko", "level": "native"}]
    await minji.post(f"people/{minji.membership.member_id}", expect=204, languages=languages)
    house = (await inbox.maria.get("people"))["house"]
    await inbox.maria.post("house", expect=204, **(house | {"is_routing": False}))
    await made(inbox, {"do": "assign", "value": ["speaker"]}, all=[IN_KOREAN])
    await made(inbox, {"do": "assign", "value": [str(jonas.membership.member_id)]})

    await (await inbox.on_telegram("Ana")).says("abracadabra")
    await (await inbox.on_telegram("Seoyeon")).says("안녕하세요, 배송은 얼마나 걸리나요?")
    await inbox.work()
    await inbox.all_due_now()

    owners = {row["contact"]["name"]: row["owner_id"] for row in await inbox.rows()}
    assert owners == {
        "Ana": str(jonas.membership.member_id),
        "Seoyeon": str(minji.membership.member_id),
    }


async def test_a_rule_gives_to_who_has_a_skill_and_the_trail_says_so(inbox: Inbox) -> None:
    jonas, minji = await inbox.a_member("Jonas"), await inbox.a_member("Minji")
    korean = [{"language": "ko", "level": "native"}]
    await inbox.maria.post(f"people/{inbox.maria.membership.member_id}", expect=204, languages=korean)
    await minji.post(f"people/{minji.membership.member_id}", expect=204, languages=korean, skills=["Repairs"])
    await jonas.post(f"people/{jonas.membership.member_id}", expect=204, skills=["repairs", "wholesale"])
    await made(inbox, {"do": "assign", "value": ["speaker", "skill:repairs"]}, all=[IN_KOREAN])
    await made(inbox, {"do": "assign", "value": ["skill:wholesale", "skill:repairs"]})

    await (await inbox.on_telegram("Ana")).says("abracadabra")
    await (await inbox.on_telegram("Seoyeon")).says("안녕하세요, 배송은 얼마나 걸리나요?")
    await inbox.work()
    await inbox.all_due_now()

    owners = {row["contact"]["name"]: row["owner_id"] for row in await inbox.rows()}
    assert owners == {"Ana": str(jonas.membership.member_id), "Seoyeon": str(minji.membership.member_id)}
    why = await inbox.sql(
        """select what ->> 'reason', what -> 'skills', what ->> 'level' from trail
           where workspace_id = %s and what ? 'skills' order by 1""",
        inbox.id,
    )
    assert why == [("skilled", ["wholesale", "repairs"], None), ("speaker", ["repairs"], "native")]


async def test_a_skill_that_nobody_has_is_not_asked_for(inbox: Inbox) -> None:
    rule = a_rule("A rule", {"do": "assign", "value": ["skill:repairs"]})

    refused = await inbox.maria.asks("POST", "rules", json=rule)

    assert refused.json()["error"]["fields"] == {"actions.0": "Nobody here has a skill that is named."}


async def test_nobody_is_assigned_to_two_at_once(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas")
    both = ["speaker", str(jonas.membership.member_id)]

    refused = await inbox.maria.asks("POST", "rules", json=a_rule("A rule", {"do": "assign", "value": both}))

    assert refused.status_code == 422
    assert refused.json()["error"]["fields"] == {"actions.0": "Choose one only."}
