"""Conversations belong to somebody: taken, given, handed back, and in the queue of a team."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.access.model import Role
from dragoman.kit.ids import new_id
from tests.inbox.deliveries import text
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_takes_a_conversation_has_it_until_they_hand_it_back(inbox: Inbox) -> None:
    conversation = await _somebody_asks(inbox)
    before = await inbox.row()
    assert await inbox.whose() == {"unassigned": 1, "owned": {}, "teams": {}}

    for _ in range(2):
        await _assign(inbox.maria, conversation, owner_id=_id(inbox.maria))

    assert await inbox.row() == before | {"owner_id": _id(inbox.maria)}
    assert [row["id"] for row in await inbox.rows("mine")] == [conversation]
    assert await inbox.whose() == {"unassigned": 0, "owned": {_id(inbox.maria): 1}, "teams": {}}
    await _assign(inbox.maria, conversation, owner_id=None)
    assert await inbox.row() == before
    assert await inbox.rows("mine") == []


async def test_a_queue_keeps_what_one_of_its_team_takes(inbox: Inbox) -> None:
    conversation = await _somebody_asks(inbox)
    team = await _a_team(inbox, "Returns", inbox.maria)

    await _assign(inbox.maria, conversation, owner_id=None, team_id=team)
    await _assign(inbox.maria, conversation, owner_id=_id(inbox.maria))

    row = await inbox.row()
    assert (row["owner_id"], row["team_id"]) == (_id(inbox.maria), team)
    queue = await inbox.maria.get("conversations", view="waiting", team=team)
    assert [each["id"] for each in queue["items"]] == [conversation]
    assert (await inbox.whose())["teams"] == {team: 1}


async def test_mine_has_who_waits_first_and_then_those_who_have_an_answer(inbox: Inbox) -> None:
    ana = await inbox.on_telegram("Ana")
    for customer in (
        ana,
        await inbox.on_telegram("Bo", ana.account),
        await inbox.on_telegram("Cleo", ana.account),
    ):
        await customer.says("is it in stock?")
        await inbox.work()
    ids = [row["id"] for row in await inbox.rows("waiting")]
    for each in ids:
        await _assign(inbox.maria, each, owner_id=_id(inbox.maria))

    await inbox.maria.reply(ids[0], "Here you are.")
    await inbox.work()

    assert [row["id"] for row in await inbox.rows("mine")] == [ids[1], ids[2], ids[0]]
    first = await inbox.maria.get("conversations", view="mine", limit=2)
    rest = await inbox.maria.get("conversations", view="mine", limit=2, cursor=first["next_cursor"])
    assert [row["id"] for row in first["items"] + rest["items"]] == [ids[1], ids[2], ids[0]]


async def test_who_answers_what_nobody_has_has_it_and_nothing_is_taken_from_others(inbox: Inbox) -> None:
    conversation = await _somebody_asks(inbox)
    jonas = await inbox.a_member("Jonas")

    await inbox.maria.reply(conversation, "Yes, it is.")
    await inbox.work()
    await jonas.reply(conversation, "And it is cheaper now.")
    await inbox.work()

    assert (await inbox.row())["owner_id"] == _id(inbox.maria)
    kept = await inbox.sql("select kind, cause, what ->> 'how' from trail where workspace_id = %s", inbox.id)
    assert kept == [("assigned", "member", "replied")]


async def test_where_a_workspace_does_not_want_it_an_answer_takes_nothing(inbox: Inbox) -> None:
    conversation = await _somebody_asks(inbox)
    await inbox.sql("update workspaces set reply_takes = false where workspace_id = %s", inbox.id)

    await inbox.maria.reply(conversation, "Yes, it is.")

    assert (await inbox.row())["owner_id"] is None


async def test_who_does_not_see_the_channel_is_given_nothing_of_it(inbox: Inbox) -> None:
    conversation = await _somebody_asks(inbox)
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas)
    stranger, no_team = str(new_id()), str(new_id())
    path = f"conversations/{conversation}/assign"

    assert (await inbox.maria.asks("POST", path, json={"owner_id": _id(jonas)})).status_code == 409
    assert (await inbox.maria.asks("POST", path, json={"owner_id": stranger})).status_code == 404
    assert (await inbox.maria.asks("POST", path, json={"team_id": no_team})).status_code == 404
    assert (await jonas.asks("POST", path, json={"owner_id": _id(jonas)})).status_code == 404
    many = await inbox.maria.post(
        "conversations/bulk",
        steps=[{"conversation_id": conversation, "act": "assign", "owner_id": _id(jonas)}],
        seen_seq=0,
    )
    assert [each["outcome"] for each in many["items"]] == ["conflict"]
    assert (await inbox.row())["owner_id"] is None


async def test_many_are_given_at_once_and_one_undo_gives_each_back_to_whom_it_was(inbox: Inbox) -> None:
    bot = await inbox.a_bot_line()
    for chat in (1, 2):
        await bot.delivers(text(f"from {chat}", chat, chat=chat))
    await inbox.work()
    jonas = await inbox.a_member("Jonas")
    before = await inbox.rows("waiting")
    await _assign(inbox.maria, before[0]["id"], owner_id=_id(jonas))
    owners = [_id(jonas), None]
    ids = [row["id"] for row in before]

    await _take(inbox, [{"conversation_id": i, "owner_id": _id(inbox.maria)} for i in ids])
    assert [row["owner_id"] for row in await inbox.rows("waiting")] == [_id(inbox.maria)] * 2
    await _take(
        inbox,
        [{"conversation_id": i, "owner_id": o, "team_id": None} for i, o in zip(ids, owners, strict=True)],
    )

    assert [row["owner_id"] for row in await inbox.rows("waiting")] == owners


async def test_who_leaves_hands_everything_back_and_is_in_no_team(inbox: Inbox) -> None:
    conversation, jonas = await _somebody_asks(inbox), await inbox.a_member("Jonas", Role.MEMBER)
    owner = await inbox.a_member("Olga", Role.OWNER)
    team = await _a_team(inbox, "Returns", jonas, inbox.maria)
    await _assign(jonas, conversation, owner_id=_id(jonas), team_id=team)

    await owner.post(f"members/{_id(jonas)}/remove", expect=204)

    row = await inbox.row()
    assert (row["owner_id"], row["team_id"]) == (None, team)
    assert await inbox.whose() == {"unassigned": 1, "owned": {}, "teams": {team: 1}}
    assert (await inbox.maria.snapshot())["teams"] == [
        {"id": team, "name": "Returns", "member_ids": [_id(inbox.maria)]}
    ]


async def test_a_removed_team_leaves_its_conversations_to_who_has_them(inbox: Inbox) -> None:
    conversation = await _somebody_asks(inbox)
    team = await _a_team(inbox, "Returns", inbox.maria)
    await _assign(inbox.maria, conversation, owner_id=_id(inbox.maria), team_id=team)

    await inbox.maria.post(f"teams/{team}/remove", expect=204)

    row = await inbox.row()
    assert (row["owner_id"], row["team_id"]) == (_id(inbox.maria), None)
    assert (await inbox.maria.snapshot())["teams"] == []
    assert (await inbox.whose())["teams"] == {}


async def test_teams_are_made_by_those_who_manage_members_and_no_two_sound_alike(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    team = {"name": "Straße", "member_ids": []}
    assert (await jonas.asks("POST", "teams", json=team)).status_code == 403
    await inbox.maria.post("teams", expect=201, **team)

    for name in ("STRASSE", "", "a\nb"):
        refused = await inbox.maria.asks("POST", "teams", json={"name": name, "member_ids": []})
        assert refused.status_code == (201 if name == "a\nb" else 422), name


async def test_who_leaves_a_team_that_served_their_channel_has_nothing_of_it_any_more(inbox: Inbox) -> None:
    conversation, jonas = await _somebody_asks(inbox), await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas, (await inbox.row())["channel_id"])
    ((team,),) = await inbox.sql("select team_id from teams where workspace_id = %s", inbox.id)
    await _assign(inbox.maria, conversation, owner_id=_id(jonas))

    await inbox.maria.post(f"teams/{team}", expect=204, name="Beans", member_ids=[])

    assert (await inbox.row())["owner_id"] is None


async def _somebody_asks(inbox: Inbox) -> str:
    bot = await inbox.a_bot_line()
    await bot.delivers(text("is it in stock?", 1))
    await inbox.work()
    return str((await inbox.row())["id"])


async def _a_team(inbox: Inbox, name: str, *members: Person) -> str:
    made = await inbox.maria.post("teams", expect=201, name=name, member_ids=[_id(each) for each in members])
    return str(made["id"])


async def _assign(by: Person, conversation: str, **to: str | None) -> None:
    await by.post(f"conversations/{conversation}/assign", expect=204, **to)


async def _take(inbox: Inbox, steps: list[dict[str, Any]]) -> None:
    asked = [{"act": "assign", **step} for step in steps]
    await inbox.maria.post("conversations/bulk", expect=200, steps=asked, seen_seq=await inbox.seq())


def _id(member: Person) -> str:
    return str(member.membership.member_id)
