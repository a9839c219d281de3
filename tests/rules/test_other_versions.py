"""What another version of the program made rules of: the others go on, and whoever can act is told."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from dragoman.health import listening
from dragoman.health.schedule import LISTEN
from dragoman.kit.clock import now
from dragoman.work.jobs import Job
from dragoman.work.lanes import lane_of
from tests.inbox.inbox import Inbox
from tests.rules.test_acting import a_label, a_settled_turn, made, run, trail
from tests.team.test_finding_owners import alarms

pytestmark = pytest.mark.asyncio(loop_scope="session")

STRANGE: list[dict[str, Any]] = [
    {"all": [{"fact": "mood", "op": "is", "value": ["angry"]}]},
    {"actions": [{"do": "sing", "value": None}]},
    {"all": [{"fact": "opened", "op": "is", "value": True, "unless": "sunday"}]},
]


@pytest.mark.parametrize("strange", STRANGE, ids=["a fact", "an action", "a field"])
async def test_a_rule_that_cannot_be_read_holds_up_no_other_and_is_an_alarm(
    inbox: Inbox, strange: dict[str, Any]
) -> None:
    turn = await a_settled_turn(inbox)
    label = {"do": "label", "value": [await a_label(inbox)]}
    unreadable, works = await made(inbox, label), await made(inbox, {"do": "close", "value": None})
    before = await is_made_of(inbox, unreadable["id"], strange)

    await run(inbox, turn)
    shown = (await inbox.maria.get("rules"))["items"]
    await look(inbox)

    assert [kind for kind, _, _ in await trail(inbox)] == ["close"]
    assert [(each["id"], each["parked"] and each["parked"]["reason_wording"]["code"]) for each in shown] == [
        (unreadable["id"], "rule.unreadable"),
        (works["id"], None),
    ]
    (alarm,) = await alarms(inbox)
    assert (alarm["what"], alarm["reason_wording"]["code"]) == ("rule_parked", "rule.unreadable")
    switched = await inbox.maria.asks("POST", f"rules/{unreadable['id']}/switch", json={"enabled": True})
    assert switched.status_code == 409

    await is_made_of(inbox, unreadable["id"], before)  # the version that made it runs again
    await look(inbox)
    assert await alarms(inbox) == []


async def is_made_of(inbox: Inbox, rule: str, content: dict[str, Any]) -> dict[str, Any]:
    """What it was made of before."""
    [(before,)] = await inbox.sql("select content from rules where rule_id = %s", rule)
    await inbox.sql("update rules set content = content || %s where rule_id = %s", Jsonb(content), rule)
    return dict(before)


async def look(inbox: Inbox) -> None:
    job = Job(kind=LISTEN, subject=inbox.id, lane=lane_of(inbox.id, LISTEN), due_at=now())
    await listening.listen(inbox.house.services, inbox.id, job)
