"""Searching what was said, over HTTP and with real rights."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.access.model import Role
from tests.inbox.deliveries import business, edit, taken_back
from tests.inbox.deliveries import text as customer_says
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox

Row = dict[str, Any]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def search(by: Person, q: str, **more: Any) -> Row:
    found: Row = await by.get("search", q=q, **more)
    return found


async def texts(by: Person, q: str, **more: Any) -> list[str]:
    return [hit["text"] for hit in (await search(by, q, **more))["items"]]


async def test_what_a_customer_said_is_found_and_marked(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("Gdzie jest moja przesyłka?", "hello")
    await inbox.work()

    found = await search(inbox.maria, "PRZESYLKA")

    (hit,) = found["items"]
    (mark,) = hit["marks"]
    assert hit["text"][mark["start"] : mark["end"]] == "przesyłka"
    assert hit["side"] == "customer"
    (conversation,) = found["conversations"]
    assert conversation["id"] == hit["conversation_id"]
    assert conversation["contact"]["name"] == "Ana"
    assert found["next_cursor"] is None


async def test_scripts_without_spaces_are_found_by_any_part_of_a_word(inbox: Inbox) -> None:
    jun = await inbox.on_telegram("Jun")
    await jun.says("明日東京タワーに行きます", "배송은 언제 되나요", "京都と東京", "สวัสดีครับ")
    await inbox.work()

    assert await texts(inbox.maria, "京タワー") == ["明日東京タワーに行きます"]
    assert await texts(inbox.maria, "언제") == ["배송은 언제 되나요"]
    assert await texts(inbox.maria, "สดี") == ["สวัสดีครับ"]
    assert await texts(inbox.maria, "東京都") == []
    assert await texts(inbox.maria, "茶") == []


async def test_what_a_member_answered_is_found_by_who_wrote_it(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("Is the kettle in stock?")
    await inbox.work()
    await inbox.maria.reply((await inbox.row())["id"], "The kettle is in stock.")
    await inbox.all_due_now()

    assert await texts(inbox.maria, "kettle from:maria") == ["The kettle is in stock."]
    assert await texts(inbox.maria, "kettle from:ana") == ["Is the kettle in stock?"]
    assert await texts(inbox.maria, "kettle from:nobody") == []
    assert len(await texts(inbox.maria, "kettle")) == 2


async def test_a_person_is_found_by_name(inbox: Inbox) -> None:
    lopez = await inbox.on_telegram("María López")
    await lopez.says("hello")
    await inbox.work()

    found = await search(inbox.maria, "lopez")

    assert found["people"] == [(await inbox.row())["id"]]
    assert found["items"] == []


async def test_days_and_channels_narrow_what_is_found(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("kettle")
    await inbox.work()

    assert await texts(inbox.maria, "kettle channel:telegram after:2020-01-01 before:2999-01-01") == [
        "kettle"
    ]
    assert await texts(inbox.maria, "kettle channel:messenger") == []
    assert await texts(inbox.maria, "kettle before:2020-01-01") == []
    assert await texts(inbox.maria, "kettle after:2999-01-01") == []
    assert await texts(inbox.maria, "channel:telegram") == ["kettle"]


async def test_words_that_were_edited_are_found_as_they_are_now(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(customer_says("a red kettle", 7))
    await inbox.work()
    await bot.delivers(edit("a blue kettle", 7))
    await inbox.work()

    assert await texts(inbox.maria, "red") == []
    assert await texts(inbox.maria, "blue") == ["a blue kettle"]


async def test_words_that_were_taken_back_are_in_the_index_no_more_from_that_moment_on(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await inbox.serve_business_account(bot)
    await bot.delivers(business("a secret kettle", 9))
    await inbox.work()
    assert await texts(inbox.maria, "kettle") == ["a secret kettle"]

    await bot.delivers(taken_back(9))
    await inbox.work()

    assert await texts(inbox.maria, "kettle") == []
    assert await inbox.sql("select from search_words where workspace_id = %s", inbox.id) == []


async def test_the_name_of_a_file_finds_its_message(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("look at the invoice")
    await inbox.work()
    paper = await inbox.upload("Rechnung-März.txt", b"paid", "file")
    await inbox.maria.reply((await inbox.row())["id"], "", attachment_ids=[paper])
    await inbox.all_due_now()

    assert await texts(inbox.maria, "marz has:file") == ["Rechnung-März.txt"]
    assert await texts(inbox.maria, "invoice has:file") == []
    assert len(await texts(inbox.maria, "has:file")) == 1


async def test_pages_follow_one_another_without_gap_or_repeat(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says(*(f"kettle {n}" for n in range(7)))
    await inbox.work()

    pages: list[list[str]] = []
    cursor: str | None = None
    while not pages or cursor:
        found = await search(inbox.maria, "kettle", limit=3, **({"cursor": cursor} if cursor else {}))
        pages.append([hit["text"] for hit in found["items"]])
        cursor = found["next_cursor"]

    assert [len(page) for page in pages] == [3, 3, 1]
    assert sorted(text for page in pages for text in page) == [f"kettle {n}" for n in range(7)]


async def test_a_member_finds_only_what_they_may_see(inbox: Inbox) -> None:
    seen = await inbox.on_telegram("Seen")
    hidden = await inbox.on_telegram("Hidden Seen")
    await seen.says("a kettle that Jonas may see")
    await hidden.says("a kettle that he may not")
    await inbox.work()
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    (row,) = [row for row in await inbox.rows() if row["contact"]["name"] == "Seen"]
    await inbox.sees_only(jonas, row["channel_id"])

    found = await search(jonas, "kettle")

    assert [hit["text"] for hit in found["items"]] == ["a kettle that Jonas may see"]
    assert (await search(jonas, "seen"))["people"] == [row["id"]]
    assert len(await texts(inbox.maria, "kettle")) == 2
    assert len((await search(inbox.maria, "seen"))["people"]) == 2


async def test_another_workspace_finds_nothing_of_ours(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("a kettle of ours")
    await inbox.work()
    ours = inbox.maria.membership.workspace_id

    answer = await inbox.maria.asks("GET", f"/api/w/{ours}/search", params={"q": "kettle"})
    assert len(answer.json()["items"]) == 1
    answer = await inbox.maria.asks(
        "GET", f"/api/w/{inbox.maria.membership.member_id}/search", params={"q": "kettle"}
    )
    assert answer.status_code == 403


async def test_what_was_there_before_the_index_is_taken_up(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("an old kettle")
    await inbox.work()
    for table in ("search_words", "search_names", "search_progress"):
        await inbox.sql(f"delete from {table} where workspace_id = %s", inbox.id)
    assert await texts(inbox.maria, "kettle") == []

    await inbox.work()

    assert await texts(inbox.maria, "kettle") == ["an old kettle"]
    assert len((await search(inbox.maria, "ana"))["people"]) == 1


async def test_another_way_of_folding_indexes_everything_anew(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    await ana.says("a kettle")
    await inbox.work()
    await inbox.sql(
        "update search_words set words = array_to_tsvector(array['folded otherwise']) where workspace_id = %s",
        inbox.id,
    )
    await inbox.sql("update search_progress set folding = 0 where workspace_id = %s", inbox.id)

    await inbox.work()

    assert await texts(inbox.maria, "kettle") == ["a kettle"]


@pytest.mark.parametrize("q", ["", "   ", "!?", "before:"])
async def test_nothing_asked_is_nothing_found(inbox: Inbox, q: str) -> None:
    assert await search(inbox.maria, q) == {
        "seq": await inbox.seq(), "people": [], "conversations": [], "items": [], "next_cursor": None,
    }  # fmt: skip


async def test_a_day_that_is_none_is_refused_with_a_sentence(inbox: Inbox) -> None:
    answer = await inbox.maria.asks("GET", "search", params={"q": "before:soon"})

    assert answer.status_code == 422
    assert answer.json()["error"]["fields"]["q"] == "A day is written like 2026-11-30."
