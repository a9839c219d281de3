"""People who have a phone number, an id made for us, or both; numbers that change; and what was long ago."""

from __future__ import annotations

import time
from typing import Any

import pytest

from dragoman.simulator.acts import SendOther
from tests.inbox.deliveries import KARI, KARI_ID
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def addresses(inbox: Inbox) -> list[tuple[str, str]]:
    """All names under which people are found, and the one that we write to."""
    return [
        (row[0], row[1])
        for row in await inbox.sql(
            """
            select a.address, i.address from identity_addresses a
            join identities i on i.workspace_id = a.workspace_id and i.identity_id = a.identity_id
            where a.workspace_id = %s order by a.address""",
            inbox.id,
        )
    ]


async def test_somebody_who_takes_a_username_stays_the_same_person(inbox: Inbox) -> None:
    line = await inbox.a_number_line()
    await line.delivers("messages", line.said("hei", "wamid.1"))
    await inbox.work()
    hidden = {"from_user_id": KARI_ID}

    await line.delivers("messages", line.said("still me", "wamid.2", hidden))
    await inbox.work()

    assert await inbox.texts() == ["hei", "still me"]
    assert await addresses(inbox) == [(KARI, KARI), (KARI_ID, KARI)]


async def test_somebody_without_a_number_is_answered_by_their_id(inbox: Inbox) -> None:
    ola = await inbox.on_whatsapp("Ola", username="ola.n")
    await ola.says("har dere den i 220 V?")
    await inbox.work()
    row = await inbox.row()

    await inbox.maria.reply(row["id"], "Ja, det har vi.")
    await inbox.work()

    assert await ola.sees() == ["Ja, det har vi."]
    assert (row["contact"]["name"], await inbox.state_of()) == ("Ola", "delivered")


async def test_two_who_are_people_already_are_not_put_together(inbox: Inbox) -> None:
    line = await inbox.a_number_line()
    await line.delivers("messages", line.said("by number", "wamid.1", {"from": KARI}))
    await line.delivers("messages", line.said("by id", "wamid.2", {"from_user_id": KARI_ID}))
    await inbox.work()

    await line.delivers("messages", line.said("by both", "wamid.3"))
    await inbox.work()

    assert len(await inbox.rows()) == 2
    assert await addresses(inbox) == [(KARI, KARI), (KARI_ID, KARI_ID)]


async def test_a_new_number_leads_to_the_same_conversation_and_the_old_one_to_nobody(inbox: Inbox) -> None:
    kari = await inbox.on_whatsapp("Kari")
    await kari.says("my old number")
    await inbox.work()
    old = await inbox.house.simulator.known_as(kari.id)

    await kari.does(SendOther("changed_number"))
    await kari.says("and my new one")
    await inbox.work()

    new = await inbox.house.simulator.known_as(kari.id)
    row = await inbox.row()
    told = f"The customer's number changed from +{old.phone} to +{new.phone}."
    said = [message["text"] or message["parts"][0]["text"] for message in await inbox.timeline()]
    assert said == ["my old number", told, "and my new one"]
    assert await addresses(inbox) == sorted([(new.phone, new.phone), (new.user_id, new.phone)])
    await inbox.maria.reply(row["id"], "Noted.")
    await inbox.work()
    assert await kari.sees() == ["Noted."]


async def test_who_gets_an_old_number_is_somebody_new(inbox: Inbox) -> None:
    line = await inbox.a_number_line()
    await line.delivers("messages", line.said("it was mine", "wamid.1"))
    await inbox.work()
    moved = {"type": "user_changed_number", "wa_id": "4740099999", "body": "changed"}
    system = {"from": KARI, "id": "wamid.2", "timestamp": str(int(time.time())), "type": "system"}
    await line.delivers("messages", {**system, "system": moved})
    await inbox.work()

    await line.delivers("messages", line.said("now it is mine", "wamid.3", {"from": KARI}))
    await inbox.work()

    assert len(await inbox.rows()) == 2


def past(words: str, wamid: str, sender: str, minutes_ago: float) -> dict[str, Any]:
    stamp = str(int(time.time() - 60 * minutes_ago))
    return {"from": sender, "id": wamid, "timestamp": stamp, "type": "text", "text": {"body": words}}


def chunk(*messages: dict[str, Any]) -> dict[str, Any]:
    return {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 100},
        "threads": [{"id": KARI, "messages": [*messages]}],
    }


async def test_what_was_long_ago_is_there_to_read_and_nobody_waits_for_it(inbox: Inbox) -> None:
    line = await inbox.a_number_line()
    asked, answered = (
        past("open on Sunday?", "wamid.h1", KARI, 90),
        past("From ten.", "wamid.h2", "15550001111", 80),
    )
    last = past("and on Monday?", "wamid.h3", KARI, 70)

    await line.delivers("history", chunk(asked, answered, last), field="history")
    await inbox.all_due_now()

    assert await inbox.rows() == []
    assert await inbox.counts() == {}
    assert [outcome for _, outcome in await inbox.outcomes()] == ["imported"] * 3

    await line.delivers("messages", line.said("hello again", "wamid.1"))
    await inbox.work()

    row = await inbox.row()
    assert (row["preview"]["count"], row["preview"]["first"]["text"]) == (1, "hello again")
    assert await inbox.texts() == ["open on Sunday?", "From ten.", "and on Monday?", "hello again"]


async def test_the_past_of_an_open_conversation_moves_nothing(inbox: Inbox) -> None:
    line = await inbox.a_number_line()
    await line.delivers("messages", line.said("hello", "wamid.1"))
    await inbox.work()
    before = await inbox.row()

    await line.delivers("history", chunk(past("long ago", "wamid.h1", KARI, 90)), field="history")
    await inbox.all_due_now()

    after = await inbox.row()
    same = ("status", "waiting_for", "waiting_since", "preview", "unread", "last_message_at")
    assert {key: after.get(key) for key in same} == {key: before.get(key) for key in same}
    assert await inbox.texts() == ["long ago", "hello"]


async def test_what_is_broken_in_a_batch_stops_none_of_its_neighbours(inbox: Inbox) -> None:
    line = await inbox.a_number_line()
    good, other = line.said("before", "wamid.1"), line.said("after", "wamid.2")

    await line.delivers("messages", good, {"type": "text", "text": 7}, other, {"id": "wamid.3"})
    await inbox.work()

    assert await inbox.texts() == ["before", "after"]
    assert [outcome for _, outcome in await inbox.outcomes()].count("parked") == 2
