"""One thing that a rule or routing did is taken back, and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.inbox.inbox import Inbox, Row
from tests.rules.test_acting import a_label, a_settled_turn, made, run

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEPT = ("status", "owner_id", "team_id", "label_ids", "priority", "waiting_for", "waiting_since")


async def entries(inbox: Inbox) -> tuple[str, list[Row]]:
    ((conversation,),) = await inbox.sql(
        "select conversation_id from conversations where workspace_id = %s", inbox.id
    )
    path = f"conversations/{conversation}/trail"
    return path, (await inbox.maria.get(path))["items"]


async def take_back(inbox: Inbox, kind: str) -> Any:
    path, found = await entries(inbox)
    entry = next(each for each in found if each["kind"] == kind)
    return await inbox.maria.asks("POST", f"{path}/{entry['id']}/revert")


@pytest.mark.parametrize("kind", ["label", "unlabel", "assign", "close", "snooze", "prioritise", "shelve"])
async def test_what_a_rule_did_is_taken_back_as_if_it_had_not(inbox: Inbox, kind: str) -> None:
    jonas = str((await inbox.a_member("Jonas")).membership.member_id)
    turn, label, worn = await a_settled_turn(inbox), await a_label(inbox), await a_label(inbox, "worn")
    await inbox.maria.post(f"conversations/{turn.conversation_id}/labels", put=[worn])
    values: dict[str, Any] = {
        "label": [label], "unlabel": [worn], "assign": [jonas], "snooze": 60, "prioritise": "urgent",
    }  # fmt: skip
    await made(inbox, {"do": kind, "value": values.get(kind)})
    before = await inbox.row()
    await run(inbox, turn)
    path, found = await entries(inbox)
    did = next(each for each in found if each["kind"] == kind)

    for _ in "twice":
        await inbox.maria.post(f"{path}/{did['id']}/revert", expect=204)

    after = await inbox.row()
    assert {each: after[each] for each in KEPT} == {each: before[each] for each in KEPT}
    _, found = await entries(inbox)
    assert [(each["what"]["kind"], each["member_id"]) for each in found if each["kind"] == "reverted"] == [
        (kind, str(inbox.maria.membership.member_id))
    ]
    assert [(each["is_reverted"], each["can_revert"]) for each in found if each["id"] == did["id"]] == [
        (True, False)
    ]


async def test_who_has_it_no_more_leaves_it_in_its_queue(inbox: Inbox) -> None:
    jonas = str((await inbox.a_member("Jonas")).membership.member_id)
    team = (await inbox.maria.post("teams", expect=201, name=f"Returns {uuid4()}", member_ids=[]))["id"]
    turn = await a_settled_turn(inbox)
    await inbox.maria.post(f"conversations/{turn.conversation_id}/assign", team_id=team)
    await made(inbox, {"do": "assign", "value": [jonas]})
    await run(inbox, turn)

    taken_back = await take_back(inbox, "assign")

    row = await inbox.row()
    assert (taken_back.status_code, row["owner_id"], row["team_id"]) == (204, None, team)


async def test_what_was_changed_since_stays_as_it_is(inbox: Inbox) -> None:
    jonas = str((await inbox.a_member("Jonas")).membership.member_id)
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "assign", "value": [jonas]})
    await run(inbox, turn)
    mine = str(inbox.maria.membership.member_id)
    await inbox.maria.post(f"conversations/{turn.conversation_id}/assign", owner_id=mine)

    refused = await take_back(inbox, "assign")

    assert (refused.status_code, (await inbox.row())["owner_id"]) == (409, mine)
    _, found = await entries(inbox)
    assert [each["can_revert"] for each in found if each["kind"] == "assign"] == [False]


async def test_what_was_said_and_what_a_member_did_is_not_taken_back_here(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "reply", "value": "We are looking into it."})
    await run(inbox, turn)
    mine = str(inbox.maria.membership.member_id)
    await inbox.maria.post(f"conversations/{turn.conversation_id}/assign", owner_id=mine)

    answers = [await take_back(inbox, "reply"), await take_back(inbox, "assigned")]
    path, _ = await entries(inbox)
    answers.append(await inbox.maria.asks("POST", f"{path}/{uuid4()}/revert"))

    assert [each.status_code for each in answers] == [409, 409, 404]
