"""The stream: what changed, to whom it concerns, without a gap."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from dragoman.live.feed import STREAMS_PER_SESSION
from dragoman.live.frames import MAX_CHANGES
from tests.house import code_of
from tests.inbox.deliveries import ago, text
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox, Row
from tests.live.listening import listening

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_is_heard_as_row_message_and_counts(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    start = await inbox.seq()

    async with listening(inbox.maria, start) as ear:
        await bot.delivers(text("hello", 1))
        await inbox.work()
        frames = await ear.frames_to(await inbox.seq())

    assert frames[0]["from"] == start
    assert _kinds(frames) >= {"message", "conversation", "counts"}
    assert _of(frames, "message")["message"]["text"] == "hello"
    assert _of(frames, "counts")["counts"] == {
        "waiting": 1,
        "open": 1,
        "closed": 0,
        "snoozed": 0,
        "snoozed_waiting": 0,
        "window_closing": 0,
        "at_risk": 0,
        "shelved": 0,
        "unassigned": 1,
        "owned": {},
        "teams": {},
    }
    heard, shown = _of(frames, "conversation")["row"], await inbox.row()
    assert heard == shown | {"read_up_to": None}


async def test_frames_follow_each_other_without_a_gap(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    start = await inbox.seq()

    async with listening(inbox.maria, start) as ear:
        for number in range(4):
            await bot.delivers(text(f"word {number}", number + 1, at=ago(30 - number)))
            await inbox.work()
        frames = await ear.frames_to(await inbox.seq())

    stations = [start, *(frame["to"] for frame in frames)]
    assert [frame["from"] for frame in frames] == stations[:-1]


async def test_who_was_away_gets_what_they_missed_in_one_frame(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    start = await inbox.seq()
    await bot.delivers(text("while you were away", 1), text("and again", 2))
    await inbox.work()
    end = await inbox.seq()

    async with listening(inbox.maria, 0, last_event_id=start) as ear:
        (frame,) = await ear.frames_to(end)

    assert (frame["from"], frame["to"]) == (start, end)
    said = [c["message"]["text"] for c in frame["changes"] if c["kind"] == "message"]
    assert sorted(said) == ["and again", "while you were away"]


async def test_a_last_event_that_is_no_number_of_ours_is_as_good_as_none(inbox: Inbox) -> None:
    await (await inbox.a_bot_line()).delivers(text("hello", 1))
    await inbox.work()

    async with listening(inbox.maria, 0, last_event_id="9" * 5000) as ear:
        (frame,) = await ear.frames_to(await inbox.seq())

    assert frame["from"] == 0


async def test_a_row_that_changed_often_comes_once_as_it_stands(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    start = await inbox.seq()
    for number in range(5):
        await bot.delivers(text(f"word {number}", number + 1, at=ago(30 - number)))
        await inbox.work()

    async with listening(inbox.maria, start) as ear:
        (frame,) = await ear.frames_to(await inbox.seq())

    rows = [c["row"] for c in frame["changes"] if c["kind"] == "conversation"]
    assert [row["preview"]["count"] for row in rows] == [5]


async def test_who_is_too_far_behind_starts_over(inbox: Inbox) -> None:
    await inbox.sql("update workspaces set log_from = 5, seq = seq + 10 where workspace_id = %s", inbox.id)

    async with listening(inbox.maria, 2) as ear:
        heard = await ear.next()

    assert (heard.event, heard.data) == ("over", {"reason": "behind"})


async def test_who_missed_more_than_a_frame_holds_starts_over(inbox: Inbox) -> None:
    start = await inbox.seq()
    await inbox.sql("update workspaces set seq = seq + %s where workspace_id = %s", MAX_CHANGES + 1, inbox.id)

    async with listening(inbox.maria, start) as ear:
        heard = await ear.next()

    assert (heard.event, heard.data) == ("over", {"reason": "behind"})


async def test_who_knows_numbers_that_were_not_given_out_starts_over(inbox: Inbox) -> None:
    async with listening(inbox.maria, 10**6) as ear:
        heard = await ear.next()

    assert heard.event == "over"


async def test_a_read_mark_is_heard_by_its_member_only(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    jonas = await inbox.a_member("Jonas")
    await bot.delivers(text("hello", 1))
    await inbox.work()
    start, row = await inbox.seq(), await inbox.row()

    async with listening(inbox.maria, start) as hers, listening(jonas, start) as his:
        await inbox.maria.post(
            f"conversations/{row['id']}/read", expect=204, read_up_to=row["last_arrived_at"]
        )
        end = await inbox.seq()
        heard, not_heard = await hers.frames_to(end), await his.frames_to(end)

    assert _of(heard, "read") == {
        "kind": "read",
        "conversation_id": row["id"],
        "read_up_to": row["last_arrived_at"],
    }
    assert _kinds(not_heard) == set()
    assert (await inbox.row())["read_up_to"] == row["last_arrived_at"]
    assert (await jonas.snapshot("all"))["rows"]["items"][0]["read_up_to"] is None


async def test_a_reading_mark_never_goes_back(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1), text("more", 2))
    await inbox.work()
    row = await inbox.row()
    path = f"conversations/{row['id']}/read"
    await inbox.maria.post(path, expect=204, read_up_to=row["last_arrived_at"])
    seq = await inbox.seq()

    await inbox.maria.post(path, expect=204, read_up_to="2020-01-01T00:00:00Z")

    assert (await inbox.row())["read_up_to"] == row["last_arrived_at"]
    assert await inbox.seq() == seq


async def test_a_bubble_that_was_taken_back_is_gone_for_everybody(inbox: Inbox) -> None:
    await inbox.undo_seconds(60)
    bot = await inbox.a_bot_line()
    await bot.delivers(text("hello", 1))
    await inbox.work()
    answer = await inbox.maria.reply((await inbox.row())["id"], "Hi!")
    bubble = answer["messages"][0]["id"]
    start = await inbox.seq()

    async with listening(inbox.maria, start) as ear:
        await inbox.maria.post(f"messages/{bubble}/undo", expect=200)
        frames = await ear.frames_to(await inbox.seq())

    assert _of(frames, "message.gone")["id"] == bubble


async def test_a_member_of_a_team_hears_sees_and_counts_their_channels_only(inbox: Inbox) -> None:
    mine, others = await inbox.a_bot_line(), await inbox.a_bot_line()
    jonas = await inbox.a_member("Jonas")
    channels = {c["id"]: c for c in (await inbox.maria.snapshot())["channels"]}
    wanted = await inbox.sql(
        "select channel_id from channels where workspace_id = %s and account = %s", inbox.id, mine.account
    )
    await inbox.sees_only(jonas, str(wanted[0][0]))
    start = await inbox.seq()

    async with listening(jonas, start) as ear:
        await others.delivers(text("not for Jonas", 1))
        await mine.delivers(text("for Jonas", 1))
        await inbox.work()
        frames = await ear.frames_to(await inbox.seq())
    snapshot = await jonas.snapshot("all")
    hidden = next(row for row in await inbox.rows() if row["channel_id"] != str(wanted[0][0]))

    assert len(channels) == 2
    assert [c["message"]["text"] for c in _changes(frames) if c["kind"] == "message"] == ["for Jonas"]
    assert {c["row"]["channel_id"] for c in _changes(frames) if c["kind"] == "conversation"} == {
        str(wanted[0][0])
    }
    assert _of(frames, "counts")["counts"] == {
        "waiting": 1,
        "open": 1,
        "closed": 0,
        "snoozed": 0,
        "snoozed_waiting": 0,
        "window_closing": 0,
        "at_risk": 0,
        "shelved": 0,
        "unassigned": 1,
        "owned": {},
        "teams": {},
    }
    assert [row["channel_id"] for row in snapshot["rows"]["items"]] == [str(wanted[0][0])]
    assert [c["id"] for c in snapshot["channels"]] == [str(wanted[0][0])]
    assert snapshot["counts"] == {
        "waiting": 1,
        "open": 1,
        "closed": 0,
        "snoozed": 0,
        "snoozed_waiting": 0,
        "window_closing": 0,
        "at_risk": 0,
        "shelved": 0,
        "unassigned": 1,
        "owned": {},
        "teams": {},
    }
    assert await _statuses(jonas, hidden, await inbox.seq()) == {404}


async def test_signing_out_closes_the_stream(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas")

    async with listening(jonas, await inbox.seq()) as ear:
        signed_out = await jonas.asks("POST", "/api/sign-out")
        heard = await ear.next()
        with pytest.raises(StopAsyncIteration):
            await ear.next()
    again = await jonas.asks("GET", "snapshot")

    assert signed_out.status_code == 204
    assert heard.event == "bye"
    assert again.status_code == 401


async def test_a_stranger_gets_no_stream(inbox: Inbox) -> None:
    stranger = await inbox.a_member("Stranger")
    stranger.cookies.clear()

    answer = await stranger.asks("GET", "stream")

    assert answer.status_code == 401


def _changes(frames: list[Row]) -> list[Row]:
    return [change for frame in frames for change in frame["changes"]]


def _kinds(frames: list[Row]) -> set[str]:
    return {change["kind"] for change in _changes(frames)}


def _of(frames: list[Row], kind: str) -> Row:
    """The last change of this kind."""
    return [change for change in _changes(frames) if change["kind"] == kind][-1]


async def _statuses(member: Person, row: Row, seq: int) -> set[int]:
    """What this member is answered whatever they try with a conversation."""
    path = f"conversations/{row['id']}"
    reply = {"text": "Hi", "idempotency_key": "not-for-me", "seen_seq": seq}
    answers = [
        await member.asks("GET", path),
        await member.asks("GET", f"{path}/messages"),
        await member.asks("POST", f"{path}/replies", json=reply),
        await member.asks("POST", f"{path}/close", json={"seen_seq": seq}),
        await member.asks("POST", f"{path}/reopen"),
        await member.asks("POST", f"{path}/read", json={"read_up_to": row["last_arrived_at"]}),
        await member.asks("POST", f"channels/{row['channel_id']}/check"),
    ]
    return {answer.status_code for answer in answers}


async def test_one_session_listens_through_a_limited_number_of_streams(inbox: Inbox) -> None:
    start = await inbox.seq()

    async with AsyncExitStack() as all_tabs:
        for _ in range(STREAMS_PER_SESSION):
            await all_tabs.enter_async_context(listening(inbox.maria, start))
        one_more = await inbox.maria.asks("GET", f"stream?from={start}")

    assert (one_more.status_code, code_of(one_more)) == (429, "slow_down")
