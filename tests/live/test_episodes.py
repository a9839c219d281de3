"""When a conversation was closed, by whom, and that it was opened again, stands in it for good."""

import pytest

from dragoman.access.model import Role
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_stretch_from_opening_to_closing_is_told_with_who_closed_it(inbox: Inbox) -> None:
    ana = await inbox.on_telegram()
    await ana.says("is it in stock?")
    await inbox.work()
    row = await inbox.row()
    await inbox.maria.post(f"conversations/{row['id']}/close", expect=204, seen_seq=await inbox.seq())
    closed = (await inbox.row())["closed_at"]
    await ana.says("and the grey one?")
    await inbox.work()

    first, second = (await inbox.maria.get(f"conversations/{row['id']}/episodes"))["items"]

    assert (first["closed_at"], first["closed_by"]) == (closed, str(inbox.maria.membership.member_id))
    assert (second["closed_at"], second["closed_by"]) == (None, None)
    assert first["opened_at"] < first["closed_at"] < second["opened_at"]


async def test_closing_that_was_taken_back_leaves_no_trace(inbox: Inbox) -> None:
    await (await inbox.on_telegram()).says("is it in stock?")
    await inbox.work()
    row = await inbox.row()
    await inbox.maria.post(f"conversations/{row['id']}/close", expect=204, seen_seq=await inbox.seq())
    await inbox.maria.post(f"conversations/{row['id']}/reopen", expect=204)

    [only] = (await inbox.maria.get(f"conversations/{row['id']}/episodes"))["items"]

    assert only["closed_at"] is None


async def test_a_conversation_that_one_may_not_see_has_none(inbox: Inbox) -> None:
    await (await inbox.on_telegram()).says("is it in stock?")
    await inbox.work()
    row = await inbox.row()
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas)

    answer = await jonas.asks("GET", f"conversations/{row['id']}/episodes")

    assert answer.status_code == 404
