"""What a customer takes back is gone: its words, its files, and whatever was about to fetch them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dragoman.inbound.handlers import RETRIES
from dragoman.simulator.acts import SendMedia
from tests.inbox.deliveries import BotLine, ago, business, taken_back
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_photo_that_was_taken_back_is_shown_to_nobody_and_kept_nowhere(inbox: Inbox) -> None:
    bot, photo = await _a_business_line_and_a_photo(inbox)
    await bot.delivers(photo)
    await inbox.work()
    (attachment,) = (await inbox.timeline(await _of_business(inbox)))[0]["parts"]
    (key,) = await _kept(inbox, attachment["id"])
    before = await inbox.maria.asks("GET", f"attachments/{attachment['id']}")

    await bot.delivers(taken_back(9))
    await inbox.work()

    after = await inbox.maria.asks("GET", f"attachments/{attachment['id']}")
    assert (before.status_code, after.status_code) == (200, 404)
    assert not await inbox.house.services.storage.exists(key)
    assert await _kept(inbox, attachment["id"]) == []
    assert (await inbox.timeline(await _of_business(inbox)))[0]["parts"] == []


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
async def test_a_file_that_was_not_fetched_yet_is_never_fetched(inbox: Inbox, together: bool) -> None:
    bot, photo = await _a_business_line_and_a_photo(inbox)
    await bot.delivers(photo)
    if not together:
        await _only_place(inbox)

    await bot.delivers(taken_back(9))
    await _only_place(inbox)

    assert (
        await inbox.sql("select kind from jobs where workspace_id = %s and kind = 'fetch_media'", inbox.id)
        == []
    )
    assert await inbox.sql("select from attachments a join messages m using (workspace_id, message_id) "
                           "where workspace_id = %s and m.deleted_at is not null", inbox.id) == []  # fmt: skip


async def test_an_edit_first_and_a_deletion_then_leave_nothing_for_the_original_to_bring_back(
    inbox: Inbox,
) -> None:
    bot, photo = await _a_business_line_and_a_photo(inbox)
    changed = business("my card is 4242", 9, at=ago(30))
    changed["edited_business_message"] = changed.pop("business_message") | {"edit_date": ago(0)}
    await bot.delivers(changed, taken_back(9))
    await inbox.work()

    await bot.delivers(photo)
    await inbox.work()

    (message,) = await inbox.timeline(await _of_business(inbox))
    assert (message["text"], message["parts"], message["deleted"]) == (None, [], True)


async def test_a_deletion_that_came_long_before_its_message_is_honoured_when_that_comes(
    inbox: Inbox,
) -> None:
    bot, photo = await _a_business_line_and_a_photo(inbox)
    before = await inbox.rows("waiting")
    await bot.delivers(taken_back(9))
    await inbox.work()
    for _ in range(len(RETRIES)):
        await inbox.all_due_now()
    given_up = await inbox.outcomes()

    await bot.delivers(photo)
    await inbox.work()

    (message,) = await inbox.timeline(await _of_business(inbox))
    assert (message["text"], message["parts"], message["deleted"]) == (None, [], True)
    assert given_up[-1:] == [("deletion", "applied")]
    assert (await inbox.outcomes())[-2:] == [("deletion", "applied"), ("message", "conversation")]
    assert await inbox.rows("waiting") == before


async def test_a_deletion_that_gives_up_in_the_batch_that_brings_its_message_is_honoured(
    inbox: Inbox,
) -> None:
    bot, photo = await _a_business_line_and_a_photo(inbox)
    await bot.delivers(taken_back(9))
    await _only_place(inbox)
    await inbox.sql(
        "update arrivals set attempts = %s, due_at = now() where workspace_id = %s and due_at is not null",
        len(RETRIES),
        inbox.id,
    )

    await bot.delivers(photo)
    await inbox.work()

    (message,) = await inbox.timeline(await _of_business(inbox))
    assert (message["text"], message["parts"], message["deleted"]) == (None, [], True)


async def _a_business_line_and_a_photo(inbox: Inbox) -> tuple[BotLine, dict[str, Any]]:
    """A photo that lies at the platform, on its way to the company's ordinary account as message 9."""
    ana = await inbox.on_telegram()
    await ana.does(SendMedia(kind="photo"))
    await inbox.work()
    ((body,),) = await inbox.sql("select body from envelopes where workspace_id = %s", inbox.id)
    bot = await inbox.line_of(ana)
    await inbox.serve_business_account(bot)
    photo = business("", 9, at=ago(30))
    del photo["business_message"]["text"]
    photo["business_message"]["photo"] = json.loads(bytes(body))["message"]["photo"]
    return bot, photo


async def _only_place(inbox: Inbox) -> None:
    """Without doing the jobs that follow from it."""
    worker = inbox.house.worker
    while await worker._parse_all() + await worker._place_all():
        pass


async def _of_business(inbox: Inbox) -> str:
    ((found,),) = await inbox.sql(
        """
        select c.conversation_id from conversations c join channels h using (workspace_id, channel_id)
        where workspace_id = %s and h.account = 'bc:B1'""",
        inbox.id,
    )
    return str(found)


async def _kept(inbox: Inbox, attachment: str) -> list[str]:
    rows = await inbox.sql("select storage_key from attachments where attachment_id = %s", attachment)
    return [row[0] for row in rows]
