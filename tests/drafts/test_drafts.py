"""What a member is writing lies on the server: for them on every device, for teammates as a mark and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dragoman.drafts.model import KEPT, MOST_DRAFTS
from dragoman.files.upload import forget_never_sent
from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.work.sweeping import first_sweep, sweep
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_draft_is_there_on_another_device_with_its_files_and_its_quote(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    quoted = (await inbox.timeline(conversation))[0]["id"]
    file = await inbox.upload("prices.txt", b"beans", "file")
    written = {"text": "We have", "attachment_ids": [file], "reply_to": quoted, "expects_answer": False}

    await _writes(inbox.maria, conversation, new_id(), 0, **written, begun_seq=7)

    (draft,) = await _drafts(inbox.maria, conversation)
    assert (draft["text"], draft["reply_to"], draft["expects_answer"]) == ("We have", quoted, False)
    assert ([f["name"] for f in draft["files"]], draft["begun_seq"]) == (["prices.txt"], 7)


async def test_a_teammate_sees_that_there_is_one_and_whose_and_no_word_of_it(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    jonas = await inbox.a_member("Jonas")

    await _writes(inbox.maria, conversation, new_id(), 0, text="a secret of mine")

    seen = await jonas.get(f"conversations/{conversation}")
    assert seen["conversation"]["drafted_by"] == [str(inbox.maria.membership.member_id)]
    assert seen["drafts"] == []
    assert "a secret of mine" not in str(await jonas.snapshot("all", conversation=conversation))


async def test_two_tabs_that_write_at_once_lose_nothing(inbox: Inbox) -> None:
    conversation, draft = await _asked(inbox), new_id()
    await _writes(inbox.maria, conversation, draft, 0, text="We")

    first = await _writes(inbox.maria, conversation, draft, 1, text="We have")
    second = await _writes(inbox.maria, conversation, draft, 1, text="We sell")
    again = await _writes(inbox.maria, conversation, draft, 1, text="We have")

    assert (first["id"], first["version"]) == (str(draft), 2)
    assert (again["id"], again["version"]) == (str(draft), 2)
    assert (second["id"] != str(draft), second["version"]) == (True, 1)
    assert [d["text"] for d in await _drafts(inbox.maria, conversation)] == ["We have", "We sell"]


async def test_a_draft_goes_when_it_is_sent_and_stays_when_it_is_not(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("two coffees")
    await inbox.work()
    conversation, draft = (await inbox.row())["id"], new_id()
    seen = await inbox.seq()
    await _writes(inbox.maria, conversation, draft, 0, text="Here you are.")
    await ana.says("no, three")
    await inbox.work()

    stale = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=seen, draft_id=str(draft))
    left = await _drafts(inbox.maria, conversation)
    await inbox.maria.reply(conversation, "Here you are.", draft_id=str(draft))

    assert (stale.status_code, [d["text"] for d in left]) == (409, ["Here you are."])
    assert await _drafts(inbox.maria, conversation) == []
    assert (await inbox.row())["drafted_by"] == []


async def test_a_draft_that_went_out_from_another_tab_is_not_sent_twice(inbox: Inbox) -> None:
    conversation, draft = await _asked(inbox), new_id()
    await _writes(inbox.maria, conversation, draft, 0, text="Here you are.")
    kept = {"draft_id": str(draft), "draft_version": 1}

    first = await inbox.try_to_reply(conversation, "Here you are.", **kept)
    second = await inbox.try_to_reply(conversation, "Here you are.", **kept)
    anyway = await inbox.try_to_reply(conversation, "Here you are.")

    assert [first.status_code, second.status_code, anyway.status_code] == [201, 409, 201]
    assert second.json()["error"]["code"] == "draft_gone"


async def test_words_that_were_never_kept_go_out_without_a_draft(inbox: Inbox) -> None:
    conversation = await _asked(inbox)

    answer = await inbox.try_to_reply(conversation, "Here you are.", draft_id=str(new_id()), draft_version=0)

    assert answer.status_code == 201


async def test_a_draft_is_no_news_to_whoever_answers(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    jonas = await inbox.a_member("Jonas")
    seen = await inbox.seq()

    await _writes(jonas, conversation, new_id(), 0, text="I would say")
    answer = await inbox.try_to_reply(conversation, "Here you are.", seen_seq=seen)

    assert answer.status_code == 201


async def test_nobody_writes_over_somebody_elses_draft_or_discards_it(inbox: Inbox) -> None:
    conversation, draft = await _asked(inbox), new_id()
    jonas = await inbox.a_member("Jonas")
    await _writes(inbox.maria, conversation, draft, 0, text="mine")

    path = f"conversations/{conversation}/drafts/{draft}"
    refused = await jonas.asks("POST", path, json={"version": 1, "text": "not mine"})
    await jonas.post(f"{path}/discard", expect=204)

    assert refused.status_code == 404
    assert [d["text"] for d in await _drafts(inbox.maria, conversation)] == ["mine"]


async def test_a_conversation_that_one_may_not_see_takes_no_draft(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    jonas = await inbox.a_member("Jonas")
    await inbox.sees_only(jonas)

    refused = await jonas.asks(
        "POST", f"conversations/{conversation}/drafts/{new_id()}", json={"version": 0, "text": "hello"}
    )

    assert refused.status_code == 404


async def test_a_sixth_draft_in_one_conversation_is_refused_in_a_sentence(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    for number in range(MOST_DRAFTS):
        await _writes(inbox.maria, conversation, new_id(), 0, text=f"draft {number}")

    refused = await inbox.maria.asks(
        "POST", f"conversations/{conversation}/drafts/{new_id()}", json={"version": 0, "text": "one more"}
    )

    assert refused.status_code == 409
    assert refused.json()["error"]["wording"]["code"] == "reply.too_many_drafts"


async def test_a_file_of_a_draft_stays_for_as_long_as_the_draft(inbox: Inbox) -> None:
    conversation, draft = await _asked(inbox), new_id()
    kept = await inbox.upload("prices.txt", b"beans", "file")
    dropped = await inbox.upload("old.txt", b"tea", "file")
    await _writes(inbox.maria, conversation, draft, 0, attachment_ids=[kept])
    await inbox.sql("update attachments set created_at = now() - interval '3 days'")

    await forget_never_sent(inbox.house.services, inbox.id)

    left = {str(row[0]) for row in await inbox.sql("select attachment_id from attachments")}
    assert (kept in left, dropped in left) == (True, False)


async def test_a_draft_that_nobody_touched_for_ninety_days_goes(inbox: Inbox) -> None:
    conversation = await _asked(inbox)
    old, young = new_id(), new_id()
    await _writes(inbox.maria, conversation, old, 0, text="long ago")
    await _writes(inbox.maria, conversation, young, 0, text="today")
    before = now() - KEPT - timedelta(hours=1)
    await inbox.sql("update drafts set saved_at = %s where draft_id = %s", before, old)

    await sweep(inbox.house.services, inbox.id, first_sweep(inbox.id, now()))

    assert [d["text"] for d in await _drafts(inbox.maria, conversation)] == ["today"]


async def _asked(inbox: Inbox) -> str:
    ana = await inbox.on_telegram()
    await ana.says("what do you sell?")
    await inbox.work()
    return str((await inbox.row())["id"])


async def _writes(
    by: Person, conversation: str, draft: object, version: int, **written: Any
) -> dict[str, Any]:
    path = f"conversations/{conversation}/drafts/{draft}"
    answer: dict[str, Any] = await by.post(path, version=version, **written)
    kept: dict[str, Any] = answer["draft"]
    return kept


async def _drafts(by: Person, conversation: str) -> list[Row]:
    found: list[Row] = (await by.get(f"conversations/{conversation}"))["drafts"]
    return found
