"""The house says something by itself: once, by the ordinary outbox, and it is no answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from dragoman.channels.registry import channel
from dragoman.conversations import store as conversations
from dragoman.kit.clock import now
from dragoman.outbound.automatic import Said, Silence, Source, Words, say
from dragoman.outbound.store import due_sends
from dragoman.simulator.faults import Fault, Trouble
from dragoman.work.lanes import LANES
from tests.inbox.inbox import Customer, Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")

STANDS = ("status", "waiting_for", "waiting_since", "last_message_at", "owner_id", "preview", "answering")


async def asked(inbox: Inbox, text: str = "Is it open today?") -> Customer:
    ana = await inbox.on_telegram("Ana")
    await ana.says(text)
    await inbox.work()
    return ana


async def house_says(
    inbox: Inbox, text: str = "We have read it.", conversation: str | None = None, **more: Any
) -> Said:
    conversation = conversation or (await inbox.row())["id"]
    (newest,) = [m for m in await inbox.timeline(conversation) if m["side"] == "customer"]
    to = {"source": Source.GREETING, "key": "greeting:1", "turn_id": UUID(newest["turn_id"])}
    async with inbox.house.database.transaction(inbox.id) as tx:
        before = await conversations.lock_one(tx, UUID(conversation))
        assert before is not None
        said = await say(tx, before, Words(**{"text": text, **to, **more}), now())
        await conversations.record(tx, before, said.conversation)
    return said


async def leaving(inbox: Inbox, **more: Any) -> list[str]:
    """What leaves next, in that order, once nothing is held for undo any more."""
    await inbox.sql("update jobs set due_at = now() where workspace_id = %s and kind = 'send'", inbox.id)
    async with inbox.house.database.transaction(inbox.id) as tx:
        due = await due_sends(tx, range(LANES), 9, [], [], **more)
    words = dict(await inbox.sql("select message_id, text from messages where workspace_id = %s", inbox.id))
    return [words[job.subject] for job, _ in due]


def standing(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in STANDS}


async def test_what_persons_wrote_leaves_first(inbox: Inbox) -> None:
    await asked(inbox)
    first = (await inbox.row())["id"]
    await (await inbox.on_telegram("Jun")).says("And on Sunday, is it open?")
    await inbox.work()
    [second] = [row["id"] for row in await inbox.rows() if row["id"] != first]

    await house_says(inbox, conversation=first)
    await inbox.maria.reply(second, "On Sunday as well.")
    all_of_them, in_a_hurry = await leaving(inbox), await leaving(inbox, only_of_persons=True)
    await inbox.maria.reply(first, "It is.")
    what_stands_before = await leaving(inbox, only_of_persons=True)

    assert all_of_them == ["On Sunday as well.", "We have read it."]
    assert in_a_hurry == ["On Sunday as well."]
    assert sorted(what_stands_before) == ["It is.", "On Sunday as well.", "We have read it."]


async def test_it_arrives_and_changes_nothing_about_who_waits(inbox: Inbox) -> None:
    ana = await asked(inbox)
    before = await inbox.row()

    await house_says(inbox)
    queued = await inbox.row()
    await inbox.all_due_now()

    assert await ana.sees() == ["We have read it."]
    assert standing(queued) == standing(await inbox.row()) == standing(before)
    bubble = await inbox.bubble()
    assert (bubble["origin"], bubble["author_id"], bubble["delivery"]["state"]) == ("automatic", None, "sent")
    assert bubble["said_by"] == {"source": "greeting", "rule_id": None, "rule_name": None}
    assert (await inbox.maria.get("today"))["answered"] == 0


async def test_the_same_is_said_once_even_if_it_was_taken_out_again(inbox: Inbox) -> None:
    ana = await asked(inbox)

    first, second = await house_says(inbox), await house_says(inbox, "Once more?")
    await inbox.sql("delete from messages where workspace_id = %s and said_by = 'greeting'", inbox.id)
    third = await house_says(inbox)

    assert (len(first.message_ids), first.silence) == (1, None)
    assert second.silence is third.silence is Silence.SAID_ALREADY
    await inbox.all_due_now()
    assert await ana.sees() == []


async def test_a_rule_may_say_that_its_words_answer(inbox: Inbox) -> None:
    ana = await asked(inbox)

    await house_says(inbox, "Until six.", source=Source.RULE, answers=True)
    assert (await inbox.row())["answering"]
    await inbox.all_due_now()

    assert await ana.sees() == ["Until six."]
    assert (await inbox.row())["waiting_for"] == "them"


async def test_a_person_of_ours_who_answers_or_has_answered_speaks_alone(inbox: Inbox) -> None:
    await inbox.undo_seconds(5)
    ana = await asked(inbox)
    await inbox.maria.reply((await inbox.row())["id"], "Until six.")

    while_it_is_held = await house_says(inbox)
    await inbox.sql(
        "update messages set hold_until = now() where workspace_id = %s and state = 'queued'", inbox.id
    )
    await inbox.all_due_now()
    afterwards = await house_says(inbox)

    assert (while_it_is_held.silence, afterwards.silence) == (Silence.ANSWERING, Silence.ANSWERED)
    assert await ana.sees() == ["Until six."]


async def test_what_has_not_left_yet_is_not_said_once_a_person_speaks(inbox: Inbox) -> None:
    ana = await asked(inbox)
    await house_says(inbox)
    await inbox.maria.reply((await inbox.row())["id"], "Until six.")

    await inbox.all_due_now()
    await inbox.all_due_now()

    assert await ana.sees() == ["Until six."]
    assert await inbox.texts() == ["Is it open today?", "Until six."]


async def test_it_is_no_news_to_who_is_writing(inbox: Inbox) -> None:
    await asked(inbox)
    seen = await inbox.seq()
    await house_says(inbox)
    await inbox.all_due_now()

    answer = await inbox.try_to_reply((await inbox.row())["id"], "Until six.", seen_seq=seen)

    assert answer.status_code == 201, answer.text


async def test_nothing_is_said_where_only_persons_may_or_nobody_can(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    await jun.says("Is it open today?")
    await inbox.work()
    rule = channel("messenger").capabilities.reply_window
    assert rule is not None
    ago = rule.free_seconds + 60
    await inbox.sql(
        "update conversations set last_customer_at = now() - make_interval(secs => %s) where workspace_id = %s",
        ago, inbox.id,
    )  # fmt: skip
    late = await house_says(inbox)
    await inbox.sql("update channels set trouble = 'token' where workspace_id = %s", inbox.id)
    troubled = await house_says(inbox)
    await inbox.sql("update channels set trouble = null where workspace_id = %s", inbox.id)
    await inbox.sql("update messages set late = true where workspace_id = %s", inbox.id)
    await inbox.sql("update conversations set last_customer_at = now() where workspace_id = %s", inbox.id)
    back_filled = await house_says(inbox)

    assert late.silence is Silence.WINDOW_SHUT
    assert troubled.silence is Silence.TROUBLE
    assert back_filled.silence is Silence.NO_NEWS


async def test_when_it_fails_its_bubble_says_so_and_what_was_put_aside_stays_there(inbox: Inbox) -> None:
    ana = await asked(inbox)
    await inbox.house.simulator.trouble(
        Fault(kind=Trouble.ERROR, side="api", account=ana.account, method="sendMessage", status=403, code=403)
    )
    await house_says(inbox)
    row = await inbox.row()
    await inbox.maria.post(f"conversations/{row['id']}/close", seen_seq=await inbox.seq())

    await inbox.all_due_now()

    assert await inbox.state_of() == "failed"
    assert (await inbox.row())["status"] == "closed"


async def test_a_long_text_goes_in_pieces_and_echoes_of_it_are_ours(inbox: Inbox) -> None:
    jun = await inbox.on_messenger()
    await jun.says("Is it open today?")
    await inbox.work()
    before = await inbox.row()

    await house_says(inbox, "We are away. " * 200)
    await inbox.all_due_now()
    await inbox.all_due_now()
    await inbox.until(inbox.row)

    ours = [m for m in await inbox.timeline() if m["side"] == "team"]
    assert len(ours) == len(await jun.sees()) == 2
    assert {m["origin"] for m in ours} == {"automatic"}
    assert standing(await inbox.row()) == standing(before)
