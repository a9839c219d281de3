"""A customer's language is found when they have finished, brings them to who speaks it, and can be corrected."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_a_settled_turn_is_written_in_is_shown_with_row_and_message(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()

    await ana.says("안녕하세요", "배송은 얼마나 걸리나요?", "🙏")
    await inbox.work()
    before = await inbox.row()
    await inbox.all_due_now()

    row = await inbox.row()
    assert before["language"] is None
    assert (row["language"]["code"], row["language"]["said_by"]) == ("ko", None)
    assert row["language"]["confidence"] >= 0.9
    assert [message["language"] for message in await inbox.timeline()] == ["ko"] * 3


async def test_nobody_guesses_a_language_from_nothing(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()

    await ana.says("https://example.com/p/1234 ?")
    await inbox.work()
    await inbox.all_due_now()

    assert (await inbox.row())["language"] is None


async def test_what_a_member_says_is_final_and_can_be_taken_back(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hello, is anybody there? I have a question about my order")
    await inbox.work()
    await inbox.all_due_now()
    row = await inbox.row()

    await _correct(inbox, row["contact"]["id"], "nl")
    await ana.says("I am still waiting for an answer about the delivery of my parcel")
    await inbox.work()
    await inbox.all_due_now()

    corrected = (await inbox.row())["language"]
    assert (corrected["code"], corrected["said_by"]) == ("nl", (await inbox.maria.snapshot())["me"])
    entries = (await inbox.maria.asks("GET", f"conversations/{row['id']}/trail")).json()["items"]
    assert [(each["kind"], each["what"]["language"]) for each in entries if each["kind"] == "language"] == [
        ("language", "nl")
    ]

    await _correct(inbox, row["contact"]["id"], None)

    assert (await inbox.row())["language"] is None


async def test_what_is_no_language_is_refused(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("is anybody there?")
    await inbox.work()
    contact = (await inbox.row())["contact"]["id"]

    refused = await inbox.maria.asks("POST", f"contacts/{contact}/language", json={"language": "klingon!"})

    assert refused.status_code == 422


async def test_what_they_asked_is_listed_until_it_is_answered(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hi", "which size is it?", "and the colour", "is it the 220 V one?")
    await inbox.work()
    conversation = (await inbox.row())["id"]

    asked = (await inbox.maria.asks("GET", f"conversations/{conversation}/questions")).json()["items"]

    by_id = {message["id"]: message["text"] for message in await inbox.timeline()}
    assert [by_id[each["message_id"]] for each in asked] == ["which size is it?", "is it the 220 V one?"]

    await inbox.maria.reply(conversation, "L, black, and yes.")
    await inbox.work()

    left = (await inbox.maria.asks("GET", f"conversations/{conversation}/questions")).json()["items"]
    assert left == []


async def _correct(inbox: Inbox, contact: Any, language: str | None) -> None:
    answer = await inbox.maria.asks("POST", f"contacts/{contact}/language", json={"language": language})
    assert answer.status_code == 204, answer.text
