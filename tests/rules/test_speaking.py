"""Rules say something: to the customer, in a note, or to a member who is to look."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from dragoman.settling.facts import SettledTurn
from tests.inbox.inbox import Inbox
from tests.laws.happenings import a_rule
from tests.rules.given import a_turn
from tests.rules.test_acting import a_settled_turn, made, run, trail

pytestmark = pytest.mark.asyncio(loop_scope="session")

HELLO = "We are looking into it."


async def test_a_reply_leaves_the_customer_waiting(inbox: Inbox) -> None:
    await made(inbox, {"do": "reply", "value": HELLO})
    ana = await inbox.on_telegram("Ana")
    await ana.says("abracadabra")
    await inbox.work()
    before = await inbox.row()
    await inbox.all_due_now()

    after = await inbox.row()
    assert await ana.sees() == [HELLO]
    kept = ("waiting_for", "waiting_since", "owner_id")
    assert [after[each] for each in kept] == [before[each] for each in kept]
    said_by = (await inbox.bubble(HELLO))["said_by"]
    assert (said_by["source"], said_by["rule_name"]) == ("rule", "A rule")


async def test_an_answer_ends_the_wait(inbox: Inbox) -> None:
    await made(inbox, {"do": "answer", "value": HELLO})
    ana = await inbox.on_telegram("Ana")
    await ana.says("abracadabra")
    await inbox.work()
    await inbox.all_due_now()
    await inbox.all_due_now()

    assert (await ana.sees(), (await inbox.row())["waiting_for"]) == ([HELLO], "them")


async def test_a_reply_calls_customers_by_their_name(inbox: Inbox) -> None:
    await made(inbox, {"do": "reply", "value": "Hi {name|there}, a moment!"})
    ana = await inbox.on_telegram("Ana")
    await ana.says("abracadabra")
    await inbox.work()
    await inbox.all_due_now()

    assert await ana.sees() == ["Hi Ana, a moment!"]


async def test_a_reply_with_a_variable_that_there_is_not_is_refused_at_its_place(inbox: Inbox) -> None:
    hello = {"do": "reply", "value": "Hi {firstname}!"}
    answer = await inbox.maria.asks(
        "POST", "rules", json=a_rule("Hello", {"do": "close", "value": None}, hello)
    )

    assert answer.status_code == 422
    assert list(answer.json()["error"]["field_wordings"]) == ["actions.1"]


async def test_what_a_rule_says_it_says_once_and_before_it_closes(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "close", "value": None}, {"do": "reply", "value": HELLO})

    await run(inbox, turn)
    await run(inbox, turn)
    await inbox.all_due_now()

    assert (await inbox.texts()).count(HELLO) == 1
    assert (await inbox.row())["status"] == "closed"


async def test_the_trail_says_why_nothing_was_said(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await inbox.maria.reply((await inbox.row())["id"], "Yes?")
    await made(inbox, {"do": "reply", "value": HELLO})

    await run(inbox, turn)

    assert HELLO not in await inbox.texts()
    assert await trail(inbox) == [("reply", "rule", {"silence": "answering", "version": 1})]


async def test_a_note_is_the_rules_and_changes_nothing_else(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "note", "value": "Ask the workshop."})
    before = await inbox.row()

    await run(inbox, turn)

    (note,) = [each for each in await inbox.timeline() if each["origin"] == "note"]
    assert (note["text"], note["author_id"], note["said_by"]["rule_name"]) == (
        "Ask the workshop.", None, "A rule",
    )  # fmt: skip
    assert await inbox.row() == before


async def test_who_is_told_finds_it_among_their_mentions(inbox: Inbox) -> None:
    jonas, minji = await inbox.a_member("Jonas"), await inbox.a_member("Minji")
    ids = [str(each.membership.member_id) for each in (jonas, minji)]
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "assign", "value": [ids[0]]}, {"do": "notify", "value": ["owner", ids[1]]})
    await inbox.sees_only(minji)  # and so would not see it

    await run(inbox, turn)

    views: dict[str, Any] = {}
    for name, member in (("Jonas", jonas), ("Minji", minji)):
        views[name] = len((await member.get("conversations", view="mentions"))["items"])
    assert views == {"Jonas": 1, "Minji": 0}
    assert [each for each in await trail(inbox) if each[0] == "notify"] == [
        ("notify", "rule", {"members": [ids[0]], "version": 1})
    ]


async def test_nobody_is_spoken_to_because_of_noise(inbox: Inbox) -> None:
    await made(inbox, {"do": "reply", "value": HELLO}, {"do": "note", "value": "Look!"}, all=[])
    ana = await inbox.on_telegram("Ana")
    await ana.says("🔥")
    await inbox.work()
    await inbox.all_due_now()

    assert (await ana.sees(), await inbox.rows()) == ([], [])


async def test_a_rule_says_how_urgent_it_is(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "prioritise", "value": "urgent"})

    await run(inbox, turn)

    assert (await inbox.row())["priority"] == "urgent"
    assert await trail(inbox) == [
        ("prioritise", "rule", {"priority": "urgent", "was": "normal", "version": 1})
    ]


async def test_an_answer_is_to_its_turn_and_what_came_after_it_waits(inbox: Inbox) -> None:
    turn = await of_two_turns(inbox, "and my order is broken")
    await made(inbox, {"do": "answer", "value": HELLO})

    await run(inbox, turn)
    await inbox.all_due_now()

    row = await inbox.row()
    assert (row["waiting_for"], row["preview"]["first"]["text"]) == (
        "us", "and my order is broken",
    )  # fmt: skip


async def test_what_speaks_and_closes_leaves_open_what_was_said_meanwhile(inbox: Inbox) -> None:
    turn = await of_two_turns(inbox)
    await made(inbox, {"do": "reply", "value": HELLO}, {"do": "close", "value": None})

    await run(inbox, turn)

    assert (await inbox.row())["status"] == "open"


async def test_nobody_is_closed_whom_nothing_could_be_said_to(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "answer", "value": HELLO}, {"do": "close", "value": None})
    await inbox.sql(
        "update channels set state = 'attention', trouble = 'The token ended.' where workspace_id = %s",
        inbox.id,
    )

    await run(inbox, turn)

    assert (await inbox.row())["status"] == "open"
    assert await trail(inbox) == [("answer", "rule", {"silence": "trouble", "version": 1})]


async def test_a_turn_that_grows_is_spoken_to_once(inbox: Inbox) -> None:
    turn = await a_settled_turn(inbox)
    await made(inbox, {"do": "reply", "value": HELLO}, {"do": "note", "value": "Look!"})

    for fragments in (1, 2):
        await run(inbox, msgspec.structs.replace(turn, fragments=fragments))

    assert [(await inbox.texts()).count(each) for each in (HELLO, "Look!")] == [1, 1]


MINUTE_EARLIER = (
    "update messages set sent_at = sent_at - interval '1 minute' where workspace_id = %s",
    "update turns set first_at = first_at - interval '1 minute', last_at = last_at - interval '1 minute'"
    " where workspace_id = %s",
    "update conversations set last_message_at = last_message_at - interval '1 minute',"
    " first_unanswered_at = first_unanswered_at - interval '1 minute',"
    " last_unanswered_at = last_unanswered_at - interval '1 minute',"
    " waiting_since = waiting_since - interval '1 minute' where workspace_id = %s",
)


async def of_two_turns(inbox: Inbox, later: str = "and my order is broken") -> SettledTurn:
    """The first of two, a minute apart: the second came before rules are asked about it."""
    ana = await inbox.on_telegram("Ana")
    await ana.says("abracadabra, please")
    await inbox.work()
    for statement in MINUTE_EARLIER:
        await inbox.sql(statement, inbox.id)
    await ana.says(later)
    await inbox.work()
    ((turn, conversation, channel),) = await inbox.sql(
        "select t.turn_id, c.conversation_id, c.channel_id from turns t join conversations c using (conversation_id)"
        " where t.workspace_id = %s order by t.first_at limit 1",
        inbox.id,
    )
    return a_turn("abracadabra, please", turn_id=turn, conversation_id=conversation, channel_id=channel)
