"""A rule is tried on what was said: it finds what running would have done, and changes nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.rules.evaluating import compile_rules, plan
from dragoman.rules.history import PastTurn, past_turns
from dragoman.rules.model import Rule
from dragoman.rules.rehearsing import hits_among, with_rule
from tests.inbox.inbox import Inbox, Row
from tests.laws.happenings import a_rule
from tests.rules.given import kept
from tests.rules.test_text import rules
from tests.rules.turns import turns

CLOSES: Row = {"do": "close", "value": None}


@given(st.lists(rules, min_size=1, max_size=3), rules, turns(), st.integers(0, 3))
def test_a_rehearsal_predicts_what_running_does(
    there: list[Rule], changed: Rule, turn: Any, place: int
) -> None:
    present = kept(*there)
    rule_id = UUID(int=place % (len(there) + 1) + 1)
    would_be = with_rule(present, rule_id, changed)

    hits = hits_among([PastTurn(turn, False)], rule_id, compile_rules(present), compile_rules(would_be))

    done = [
        any(act.rule_id == rule_id and act.actions for act in plan(turn, compile_rules(some)))
        for some in (present, would_be)
    ]
    assert [hit.kind for hit in hits] == {
        (False, False): [], (True, True): ["same"], (False, True): ["added"], (True, False): ["dropped"],
    }[done[0], done[1]]  # fmt: skip


@pytest.mark.asyncio(loop_scope="session")
async def test_a_rehearsal_says_what_would_have_been_and_does_nothing(inbox: Inbox) -> None:
    for name, text in (("Ana", "a refund please"), ("Ben", "Refund?"), ("Cem", "hello")):
        await (await inbox.on_telegram(name)).says(text)
        await inbox.work()  # each before the next: hits stand in the order in which their turns were placed
    await inbox.all_due_now()
    answered = next(row for row in await inbox.rows() if row["contact"]["name"] == "Ben")
    await inbox.maria.reply(answered["id"], "On its way")
    await inbox.work()
    await inbox.sql(  # an answer within the very second, as platforms tell it
        "update messages m set sent_at = t.last_at from turns t where m.workspace_id = %s"
        " and m.side = 'team' and t.conversation_id = m.conversation_id and t.side = 'customer'",
        inbox.id,
    )
    words = {"fact": "text", "op": "contains", "value": ["refund"]}
    before = await inbox.counts()

    run = await inbox.maria.post("rehearsals", expect=201, content=a_rule("R", CLOSES, all=[words]), days=7)
    await inbox.work()

    done = await inbox.maria.get(f"rehearsals/{run['id']}")
    assert (done["state"], done["looked"], done["touched"], done["answered"], done["added"]) == (
        "done", 3, 2, 1, 2,
    )  # fmt: skip
    hits = (await inbox.maria.get(f"rehearsals/{run['id']}/hits"))["items"]
    assert [(hit["name"], hit["text"], hit["answered"]) for hit in hits] == [
        ("Ben", "Refund?", True), ("Ana", "a refund please", False),
    ]  # fmt: skip
    assert await inbox.counts() == before
    assert (await inbox.maria.get("rules"))["items"] == []


@pytest.mark.asyncio(loop_scope="session")
async def test_a_rehearsal_that_is_stopped_goes_no_further(inbox: Inbox) -> None:
    run = await inbox.maria.post("rehearsals", expect=201, content=a_rule("R", CLOSES), days=90)

    await inbox.maria.post(f"rehearsals/{run['id']}/stop", expect=204)
    await inbox.work()

    assert (await inbox.maria.get(f"rehearsals/{run['id']}"))["state"] == "stopped"


@pytest.mark.asyncio(loop_scope="session")
async def test_a_turn_of_the_past_is_what_it_was(inbox: Inbox) -> None:
    await (await inbox.on_telegram("Ana")).says("one", "two")
    await inbox.work()
    await inbox.all_due_now()

    async with inbox.house.database.reading(inbox.id) as tx:
        (past,) = await past_turns(tx, UUID(int=0), UUID(int=(1 << 128) - 1), 10)

    turn = past.turn
    assert (turn.text, turn.fragments, turn.kinds, turn.contact_name) == (
        "one\ntwo", 2, frozenset({"text"}), "Ana",
    )  # fmt: skip
    assert (turn.platform, turn.opened, turn.status_before.value) == ("telegram", True, "unopened")
