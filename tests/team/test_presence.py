"""Who is here: what colleagues are shown of it, and whom routing finds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import pytest

from dragoman.kit.clock import now
from dragoman.team import presence_store
from dragoman.team.presence import GONE_AFTER, IDLE_AFTER
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox
from tests.live.listening import Ear, listening
from tests.team.test_finding_owners import given_turns, routed, speaks

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_touches_their_browser_is_here_and_colleagues_hear_of_it(inbox: Inbox) -> None:
    jonas, start = await inbox.a_member("Jonas"), await inbox.seq()

    async with listening(inbox.maria, start) as ear, listening(jonas, start):
        await jonas.post("here", expect=204)
        assert await _heard_of(jonas, ear) == "here"

    assert await _presence(inbox, jonas) == "here"
    assert await _presence(inbox, inbox.maria) == "gone", "a page that nobody touches is nobody"


async def test_who_says_that_they_are_away_is_away_until_they_come_back(inbox: Inbox) -> None:
    jonas, start = await inbox.a_member("Jonas"), await inbox.seq()
    await _seen(inbox, [jonas])

    async with listening(inbox.maria, start) as ear:
        assert await _heard_of(jonas, ear) == "here"
        await jonas.post("people/away", expect=204, is_away=True)
        assert await _heard_of(jonas, ear) == "away"
        await jonas.post("people/away", expect=204, is_away=True)
        await jonas.post("people/away", expect=204, is_away=False)
        assert await _heard_of(jonas, ear) == "here"

    assert len(await _moves(inbox)) == 3, "who is away already is not away once more"


async def test_who_flaps_was_never_gone(inbox: Inbox) -> None:
    jonas, began = await inbox.a_member("Jonas"), now()
    for after in (timedelta(0), GONE_AFTER / 2, GONE_AFTER):
        await _seen(inbox, [jonas], began + after)
        await _settles(inbox, began + after + GONE_AFTER - timedelta(seconds=1))

    assert len(await _moves(inbox)) == 1
    await _settles(inbox, began + 2 * GONE_AFTER)
    assert await _presence(inbox, jonas) == "gone"
    assert len(await _moves(inbox)) == 2


async def test_who_has_not_touched_anything_for_long_is_gone_though_their_page_is_open(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas")
    await _seen(inbox, [jonas])

    await _seen(inbox, [jonas], now() + IDLE_AFTER, touched=False)

    assert await _presence(inbox, jonas) == "gone"


async def test_whom_a_dead_process_had_seen_is_gone_once_anybody_else_comes(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas")
    await _seen(inbox, [jonas], now() - GONE_AFTER)
    assert await _presence(inbox, jonas) == "here", "nobody has said anything else"

    async with listening(inbox.maria, await inbox.seq()) as ear:
        assert await _heard_of(jonas, ear) == "gone"


async def test_who_is_here_is_given_it_before_who_only_has_their_shift(inbox: Inbox) -> None:
    turns = await given_turns(inbox, "ko", "ko", "ko")
    minji, jiho = await inbox.a_member("Minji"), await inbox.a_member("Jiho")
    for each in (minji, jiho):
        await speaks(each, ko="native")

    await _seen(inbox, [jiho])
    assert {turn.owner_id for turn in await routed(inbox, turns[:2])} == {jiho.membership.member_id}
    await _seen(inbox, [jiho], now() - GONE_AFTER, settles=False)
    await _seen(inbox, [minji])
    (third,) = await routed(inbox, turns[2:])

    assert third.owner_id == minji.membership.member_id, "what is written of the other has run out"


async def _seen(
    inbox: Inbox,
    members: Collection[Person],
    at: datetime | None = None,
    *,
    touched: bool = True,
    settles: bool = True,
) -> None:
    """As a process writes it down, now or at another time."""
    at = at or now()
    ids = [each.membership.member_id for each in members]
    async with inbox.house.database.transaction(inbox.id) as tx:
        await presence_store.note_seen(tx, ids, ids if touched else (), at)
    if settles:
        await _settles(inbox, at)


async def _settles(inbox: Inbox, at: datetime) -> None:
    async with inbox.house.database.transaction(inbox.id) as tx:
        await presence_store.settle(tx, at)


async def _presence(inbox: Inbox, member: Person) -> str:
    members = (await inbox.maria.snapshot())["members"]
    return next(str(each["presence"]) for each in members if each["id"] == str(member.membership.member_id))


async def _heard_of(member: Person, ear: Ear) -> Any:
    """What a colleague's browser hears next of how this one is."""
    while True:
        for change in (await ear.next()).data["changes"]:
            if change["kind"] == "member" and change["member"]["id"] == str(member.membership.member_id):
                return change["member"]["presence"]


async def _moves(inbox: Inbox) -> list[Any]:
    return await inbox.sql("select seq from changes where workspace_id = %s and kind = 'presence'", inbox.id)
