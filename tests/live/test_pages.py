"""Lists are paged by where one stands in them, and each page is exact at its number."""

from __future__ import annotations

import pytest

from tests.inbox.deliveries import ago, text
from tests.inbox.inbox import Inbox, Row
from tests.midnight import clear_of_midnight

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(("view", "newest_first"), [("waiting", False), ("all", True)])
async def test_pages_of_a_view_follow_each_other(inbox: Inbox, view: str, newest_first: bool) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(*[text(f"customer {n}", 1, at=ago(600 - n), chat=n) for n in range(1, 8)])
    await inbox.work()

    pages = await _pages(inbox, "conversations", view=view, limit=3)

    assert [len(page) for page in pages] == [3, 3, 1]
    said = [row["preview"]["first"]["text"] for page in pages for row in page]
    wanted = [f"customer {n}" for n in range(1, 8)]
    assert said == (wanted[::-1] if newest_first else wanted)


async def test_a_timeline_is_read_upwards_page_by_page(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(600)
    await bot.delivers(*[text(f"word {n}", n, at=at) for n in range(1, 8)])
    await inbox.work()

    pages = await _pages(inbox, f"conversations/{(await inbox.row())['id']}/messages", limit=3)

    assert [[m["text"] for m in page] for page in pages] == [
        ["word 5", "word 6", "word 7"],
        ["word 2", "word 3", "word 4"],
        ["word 1"],
    ]


async def test_a_timeline_is_read_from_a_message_in_its_middle_both_ways(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    at = ago(600)
    await bot.delivers(*[text(f"word {n}", n, at=at) for n in range(1, 12)])
    await inbox.work()
    path = f"conversations/{(await inbox.row())['id']}/messages"
    everything = (await inbox.maria.get(path, limit=50))["items"]

    middle = await inbox.maria.get(path, around=everything[5]["id"], limit=4)
    above = await inbox.maria.get(path, cursor=middle["next_cursor"], limit=50)
    below = await inbox.maria.get(path, newer=middle["newer_cursor"], limit=2)
    last = await inbox.maria.get(path, newer=below["newer_cursor"], limit=50)

    assert [m["text"] for m in middle["items"]] == [f"word {n}" for n in (4, 5, 6, 7, 8)]
    assert above["items"] + middle["items"] + below["items"] + last["items"] == everything
    assert [page["next_cursor"] for page in (above, below, last)] == [None, None, None]
    assert last["newer_cursor"] is None


async def test_a_message_of_another_conversation_is_not_found_in_this_one(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("mine", 1, chat=1), text("other", 1, chat=2))
    await inbox.work()
    first, second = (await inbox.maria.snapshot("all"))["rows"]["items"]
    other = (await inbox.maria.get(f"conversations/{second['id']}/messages"))["items"][0]

    answer = await inbox.maria.asks("GET", f"conversations/{first['id']}/messages?around={other['id']}")

    assert answer.status_code == 404


async def test_a_snapshot_with_an_open_conversation_has_its_newest_messages(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(*[text(f"word {n}", n, at=ago(60)) for n in range(1, 5)])
    await inbox.work()
    row = await inbox.row()

    snapshot = await inbox.maria.snapshot("waiting", conversation=row["id"], limit=2)

    assert snapshot["conversation"] == row
    assert [m["text"] for m in snapshot["timeline"]["items"]] == ["word 3", "word 4"]
    assert snapshot["timeline"]["next_cursor"]
    assert snapshot["settings"] == {"undo_seconds": 0}
    assert snapshot["me"] == str(inbox.maria.membership.member_id)


async def test_a_conversation_that_is_not_there_is_null_in_a_snapshot_and_404_alone(inbox: Inbox) -> None:
    nowhere = "00000000-0000-7000-8000-000000000000"

    snapshot = await inbox.maria.snapshot("waiting", conversation=nowhere)
    alone = await inbox.maria.asks("GET", f"conversations/{nowhere}")

    assert (snapshot["conversation"], snapshot["timeline"]) == (None, None)
    assert alone.status_code == 404


@pytest.mark.parametrize("cursor", ["not base64!", "e30=", "WzEsMl0=", "ü", "WyIyMDI2LTAxLTAxIiwiNyJd"])
async def test_a_cursor_that_we_never_gave_out_is_refused_in_one_sentence(inbox: Inbox, cursor: str) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1))
    await inbox.work()
    row = await inbox.row()

    answers = [
        await inbox.maria.asks("GET", "conversations", params={"view": "all", "cursor": cursor}),
        await inbox.maria.asks("GET", f"conversations/{row['id']}/messages", params={"cursor": cursor}),
        await inbox.maria.asks("GET", f"conversations/{row['id']}/messages", params={"newer": cursor}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert {answer.json()["error"]["code"] for answer in answers} == {"invalid"}


async def test_todays_numbers_count_who_was_answered_and_how_long_they_waited(inbox: Inbox) -> None:
    await clear_of_midnight()
    ana = await inbox.on_telegram()
    bot = await inbox.line_of(ana)
    await ana.says("hello?")
    await bot.delivers(text("since a while", 9000, at=ago(600), chat=int(ana.id)))
    await inbox.work()

    await inbox.maria.reply((await inbox.row())["id"], "Here we are.")
    await inbox.work()

    today = await inbox.maria.get("today")
    assert today["answered"] == 1
    assert 600 <= today["longest_wait_seconds"] < 660


async def test_a_workspace_sees_nothing_of_another(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1))
    await inbox.work()
    row = await inbox.row()
    other = await inbox.house.sql(
        "select workspace_id from workspaces where workspace_id <> %s limit 1", inbox.id
    )

    answers = [
        await inbox.maria.asks("GET", f"/api/w/{workspace}/conversations/{row['id']}")
        for (workspace,) in other
    ]

    assert {answer.status_code for answer in answers} <= {403, 404}


async def _pages(inbox: Inbox, path: str, **params: object) -> list[list[Row]]:
    pages: list[list[Row]] = []
    cursor: str | None = None
    while not pages or cursor:
        page = await inbox.maria.get(path, **params, **({"cursor": cursor} if cursor else {}))
        pages.append(page["items"])
        cursor = page["next_cursor"]
    return pages
