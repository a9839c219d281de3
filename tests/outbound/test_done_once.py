"""A request whose answer was lost comes again under its key: it is done once, whatever has happened meanwhile."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from dragoman.kit.clock import now
from dragoman.work.sweeping import first_sweep, sweep
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_closing_again_does_not_undo_what_a_colleague_has_reopened(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    jonas = await inbox.a_member("Jonas")
    key, seen = uuid4().hex, await inbox.seq()

    first = await _keyed(inbox.maria, key, f"conversations/{conversation}/close", seen_seq=seen)
    await jonas.post(f"conversations/{conversation}/reopen", expect=204)
    again = await _keyed(inbox.maria, key, f"conversations/{conversation}/close", seen_seq=seen)

    assert (first.status_code, again.status_code) == (204, 204)
    assert (await inbox.row())["status"] == "open"


async def test_a_reply_that_was_taken_back_is_not_sent_by_a_late_copy_of_its_request(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    conversation = await _asked(inbox)
    key, seen = uuid4().hex, await inbox.seq()
    sent = await inbox.maria.reply(conversation, "Sent too early", key=key, seen=seen)
    await inbox.maria.post(f"messages/{sent['messages'][0]['id']}/undo", expect=200)

    again = await inbox.maria.reply(conversation, "Sent too early", key=key, seen=seen)

    assert again == {"messages": []}
    assert await inbox.texts() == ["two coffees"]


async def test_taking_back_twice_is_no_mistake(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    conversation = await _asked(inbox)
    sent = await inbox.maria.reply(conversation, "Sent too early")
    path, key = f"messages/{sent['messages'][0]['id']}/undo", uuid4().hex

    first = await _keyed(inbox.maria, key, path)
    again = await _keyed(inbox.maria, key, path)
    under_another = await _keyed(inbox.maria, uuid4().hex, path)

    assert (first.status_code, again.status_code, under_another.status_code) == (200, 204, 404)


async def test_of_copies_that_come_at_once_one_is_done_and_the_others_wait_for_it(inbox: Inbox) -> None:
    """Whoever takes back what is not there any more is refused; none of these is."""
    await inbox.undo_seconds(60)
    conversation = await _asked(inbox)
    sent = await inbox.maria.reply(conversation, "Sent too early")
    path, key = f"messages/{sent['messages'][0]['id']}/undo", uuid4().hex

    answers = await asyncio.gather(*(_keyed(inbox.maria, key, path) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [200, 204, 204, 204, 204, 204]


async def test_what_was_refused_may_be_asked_again_under_its_key(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    await inbox.maria.reply(conversation, "Here you are.")
    key = uuid4().hex
    jonas = await inbox.a_member("Jonas")

    refused = await _keyed(jonas, key, f"conversations/{conversation}/close", seen_seq=1)
    done = await _keyed(jonas, key, f"conversations/{conversation}/close", seen_seq=await inbox.seq())

    assert (refused.status_code, done.status_code) == (409, 204)
    assert (await inbox.row())["status"] == "closed"


async def test_one_member_s_key_is_nothing_to_another_and_for_another_request(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    jonas = await inbox.a_member("Jonas")
    key = uuid4().hex
    await _keyed(inbox.maria, key, f"conversations/{conversation}/close", seen_seq=await inbox.seq())

    await _keyed(inbox.maria, key, f"conversations/{conversation}/reopen")
    reopened = (await inbox.row())["status"]
    await _keyed(jonas, key, f"conversations/{conversation}/close", seen_seq=await inbox.seq())

    assert (reopened, (await inbox.row())["status"]) == ("open", "closed")


async def test_every_answer_names_the_number_by_which_the_stream_tells_what_it_did(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    path, key, seen = f"conversations/{conversation}", uuid4().hex, await inbox.seq()

    closed = await _keyed(inbox.maria, key, f"{path}/close", seen_seq=seen)
    by_then = await inbox.seq()
    noted = await _keyed(inbox.maria, uuid4().hex, f"{path}/notes", text="regulars")
    again = await _keyed(inbox.maria, key, f"{path}/close", seen_seq=seen)
    so_already = await _keyed(inbox.maria, uuid4().hex, f"{path}/close", seen_seq=await inbox.seq())
    now_at = await inbox.seq()
    without_a_key = await inbox.maria.asks("POST", f"{path}/reopen", json={})

    assert [_number(each) for each in (closed, noted, again)] == [by_then, now_at, now_at]
    assert seen < by_then < now_at
    assert _number(so_already) == now_at
    assert without_a_key.is_success
    assert _number(without_a_key) is None


async def test_a_key_that_is_none_is_refused(inbox: Inbox) -> None:
    conversation = await _asked(inbox)

    answer = await _keyed(inbox.maria, "a b", f"conversations/{conversation}/reopen")

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


async def test_keys_are_forgotten_after_a_week(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    for _ in range(2):
        await _keyed(inbox.maria, uuid4().hex, f"conversations/{conversation}/reopen")
    await inbox.sql(
        """
        update requests_done set done_at = %s where (workspace_id, request_key) in (
            select workspace_id, min(request_key) from requests_done where workspace_id = %s group by 1)""",
        now() - timedelta(days=8),
        inbox.id,
    )

    await sweep(inbox.house.services, inbox.id, first_sweep(inbox.id, now()))

    left = await inbox.sql("select count(*) from requests_done where workspace_id = %s", inbox.id)
    assert left == [(1,)]


async def _asked(inbox: Inbox) -> str:
    ana = await inbox.on_telegram()
    await ana.says("two coffees")
    await inbox.work()
    found: str = (await inbox.row())["id"]
    return found


def _number(answer: httpx2.Response) -> int | None:
    named = answer.headers.get("Dragoman-Seq")
    return int(named) if named else None


async def _keyed(who: Person, key: str, path: str, **content: Any) -> httpx2.Response:
    keyed = Person(who.membership, who.http, {**who.headers, "Idempotency-Key": key}, who.cookies)
    return await keyed.asks("POST", path, json=content)
