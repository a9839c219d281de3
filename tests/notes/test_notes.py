"""Notes: internal words in the timeline. They answer nobody, reach nobody outside, and find whom they mention."""

from __future__ import annotations

import pytest

from dragoman.access.model import Role
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_conversation(inbox: Inbox) -> Row:
    await (await inbox.on_telegram()).says("Is the black one in stock?")
    await inbox.work()
    return await inbox.row()


async def noted(by: Person, conversation: Row, text: str) -> Row:
    made: Row = await by.post(f"conversations/{conversation['id']}/notes", expect=201, text=text)
    return dict(made["message"])


async def test_a_note_stands_in_the_timeline_and_changes_nothing_about_who_waits(inbox: Inbox) -> None:
    before = await a_conversation(inbox)

    note = await noted(inbox.maria, before, "Ask the warehouse first.")

    assert await inbox.row() == before
    timeline = await inbox.timeline()
    assert [(m["origin"], m["text"]) for m in timeline] == [
        ("customer", "Is the black one in stock?"),
        ("note", "Ask the warehouse first."),
    ]
    assert timeline[-1] == note
    assert note["delivery"] is None


async def test_a_note_never_leaves_the_house_and_makes_no_answer_stale(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("hello")
    await inbox.work()
    row, seen = await inbox.row(), await inbox.seq()
    jonas = await inbox.a_member("Jonas")

    await noted(jonas, row, "She called yesterday.")
    await inbox.maria.reply(row["id"], "Hello!", seen=seen)
    await inbox.all_due_now()

    assert await ana.sees() == ["Hello!"]


async def test_long_timelines_are_paged_with_notes_in_their_places(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    for n in range(3):
        await ana.says(f"message {n}")
        await inbox.work()
        await noted(inbox.maria, await inbox.row(), f"note {n}")
    row, found = await inbox.row(), list[str]()
    cursor: str | None = None

    while not found or cursor:
        asked = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = await inbox.maria.get(f"conversations/{row['id']}/messages", **asked)
        found = [*(m["text"] for m in page["items"]), *found]
        cursor = page["next_cursor"]

    assert sorted(found) == sorted([f"{what} {n}" for n in range(3) for what in ("message", "note")])
    assert found == [m["text"] for m in await inbox.timeline()]


async def test_its_author_changes_it_and_a_deleted_one_leaves_a_trace(inbox: Inbox) -> None:
    row = await a_conversation(inbox)
    jonas = await inbox.a_member("Jonas")
    note = await noted(inbox.maria, row, "secret")

    for path in (f"notes/{note['id']}", f"notes/{note['id']}/delete"):
        assert (await jonas.asks("POST", path, json={"text": "mine now"})).status_code == 409
    await inbox.maria.post(f"notes/{note['id']}", expect=204, text="less secret")
    assert (await inbox.timeline())[-1]["edited"]

    await inbox.maria.post(f"notes/{note['id']}/delete", expect=204)

    gone = (await inbox.timeline())[-1]
    assert (gone["deleted"], gone["text"]) == (True, None)
    assert await inbox.sql("select text from notes where note_id = %s", note["id"]) == [(None,)]


async def test_who_is_mentioned_has_it_in_a_view_of_their_own_until_they_have_looked(inbox: Inbox) -> None:
    row = await a_conversation(inbox)
    jonas = await inbox.a_member("Jonas")
    note = await noted(inbox.maria, row, f"<@{jonas.membership.member_id}>, is it?")

    snapshot = await jonas.snapshot("mentions")
    (found,) = snapshot["rows"]["items"]
    assert snapshot["mentions_unseen"] == 1
    assert found["mention"] == {"at": note["sent_at"], "seen": False} | {"at": found["mention"]["at"]}
    assert (await inbox.maria.snapshot("mentions"))["rows"]["items"] == []

    await jonas.post(f"conversations/{row['id']}/mention-seen", expect=204)

    after = await jonas.snapshot("mentions")
    assert after["mentions_unseen"] == 0
    assert [each["mention"]["seen"] for each in after["rows"]["items"]] == [True]


async def test_a_mention_that_is_taken_out_falls_back_to_the_one_before(inbox: Inbox) -> None:
    row = await a_conversation(inbox)
    jonas = await inbox.a_member("Jonas")
    for_jonas = f"<@{jonas.membership.member_id}>"
    await noted(inbox.maria, row, f"first {for_jonas}")
    second = await noted(inbox.maria, row, f"second {for_jonas}")

    await inbox.maria.post(f"notes/{second['id']}", text="second, for nobody")

    after = await jonas.snapshot("mentions")
    assert [each["mention"]["seen"] for each in after["rows"]["items"]] == [True]
    assert after["mentions_unseen"] == 0


async def test_a_mention_that_would_not_reach_somebody_is_refused_with_their_name(inbox: Inbox) -> None:
    row = await a_conversation(inbox)
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas)

    text = f"<@{jonas.membership.member_id}>"
    answer = await inbox.maria.asks("POST", f"conversations/{row['id']}/notes", json={"text": text})

    assert answer.status_code == 422
    assert answer.json()["error"]["field_wordings"]["text"]["code"] == "note.mention_unreachable"
    assert (
        await jonas.asks("POST", f"conversations/{row['id']}/notes", json={"text": "me"})
    ).status_code == 404
    assert len(await inbox.timeline()) == 1


async def test_a_note_is_found_by_its_words_until_it_is_deleted(inbox: Inbox) -> None:
    row = await a_conversation(inbox)
    note = await noted(inbox.maria, row, "The warehouse in Gdynia has three.")
    await inbox.work()

    (hit,) = (await inbox.maria.get("search", q="gdynia"))["items"]
    assert (hit["message_id"], hit["is_note"]) == (note["id"], True)
    assert [h["message_id"] for h in (await inbox.maria.get("search", q="is:note"))["items"]] == [note["id"]]

    await inbox.maria.post(f"notes/{note['id']}/delete")
    await inbox.work()
    assert (await inbox.maria.get("search", q="gdynia"))["items"] == []
