"""Saved views: a filter under a name, for oneself or for all, with a count and an address that colleagues share."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.access.model import Role
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def saved(by: Person, name: str = "Refunds", *, shared: bool = True, **wanted: Any) -> Row:
    asked = {"base": "waiting", "filter": {}, **wanted}
    made: Row = await by.post("views", expect=201, name=name, shared=shared, **asked)
    return made


async def seen_in(by: Person, view: Row) -> list[str]:
    snapshot = await by.snapshot("all", saved_view=view["id"])
    return [row["contact"]["name"] for row in snapshot["rows"]["items"]]


async def two_bots(inbox: Inbox) -> tuple[Row, Row]:
    """Ana and Ben write, each to a bot of their own; their rows."""
    for name in ("Ana", "Ben"):
        await (await inbox.on_telegram(name)).says("hello")
        await inbox.work()
    rows = {row["contact"]["name"]: row for row in await inbox.rows("waiting")}
    return rows["Ana"], rows["Ben"]


async def test_a_shared_view_shows_a_colleague_the_same(inbox: Inbox) -> None:
    ana, _ = await two_bots(inbox)
    label = (await inbox.maria.post("labels", name="refund", colour="rose"))["id"]
    await inbox.maria.post(f"conversations/{ana['id']}/labels", put=[label])
    jonas = await inbox.a_member("Jonas", Role.MEMBER)

    view = await saved(inbox.maria, filter={"label_ids": [label]})

    assert await seen_in(jonas, view) == ["Ana"]
    assert [each["name"] for each in (await jonas.snapshot())["saved_views"]] == ["Refunds"]
    assert (await jonas.get("views/counts"))["items"] == [{"id": view["id"], "count": 1}]


async def test_a_view_of_ones_own_is_nobody_else_s(inbox: Inbox) -> None:
    view = await saved(inbox.maria, shared=False)
    jonas = await inbox.a_member("Jonas", Role.ADMIN)

    assert (await jonas.snapshot())["saved_views"] == []
    answer = await jonas.asks("GET", "snapshot", params={"saved_view": view["id"]})
    assert answer.status_code == 404
    assert (await jonas.asks("POST", f"views/{view['id']}/remove")).status_code == 404


async def test_filters_leave_what_they_say(inbox: Inbox) -> None:
    ana, ben = await two_bots(inbox)
    await inbox.maria.post(f"conversations/{ana['id']}/read", read_up_to=ana["last_arrived_at"])
    await inbox.sql("update conversations set owner_id = %s where conversation_id = %s",
                    inbox.maria.membership.member_id, ben["id"])  # fmt: skip

    async def left_by(**wanted: Any) -> list[str]:
        view = await saved(inbox.maria, str(wanted)[:40], filter=wanted)
        return await seen_in(inbox.maria, view)

    await inbox.sql("update conversations set priority = 'urgent' where conversation_id = %s", ben["id"])

    assert await left_by() == ["Ana", "Ben"]
    assert await left_by(priorities=["urgent", "high"]) == ["Ben"]
    assert await left_by(priorities=["normal", "high"]) == ["Ana"]
    assert await left_by(unread=True) == ["Ben"]
    assert await left_by(channel_ids=[ana["channel_id"]]) == ["Ana"]
    assert await left_by(owner="me") == ["Ben"]
    assert await left_by(owner="none") == ["Ana"]


async def test_what_one_may_not_see_is_in_no_view_and_no_count(inbox: Inbox) -> None:
    ana, ben = await two_bots(inbox)
    label = (await inbox.maria.post("labels", name="refund", colour="rose"))["id"]
    for row in (ana, ben):
        await inbox.maria.post(f"conversations/{row['id']}/labels", put=[label])
    view = await saved(inbox.maria, filter={"label_ids": [label]})
    of_ana = await saved(inbox.maria, "Ana's", filter={"channel_ids": [ana["channel_id"]]})
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas, ben["channel_id"])

    assert (await seen_in(jonas, view), await seen_in(jonas, of_ana)) == (["Ben"], [])
    assert {each["count"] for each in (await jonas.get("views/counts"))["items"]} == {0, 1}


async def test_pages_of_a_filter_follow_each_other(inbox: Inbox) -> None:
    await two_bots(inbox)
    asked = {"view": "all", "unread": "true", "limit": 1}

    first = await inbox.maria.get("conversations", **asked)
    second = await inbox.maria.get("conversations", **asked, cursor=first["next_cursor"])

    names = [row["contact"]["name"] for page in (first, second) for row in page["items"]]
    assert (names, second["next_cursor"]) == (["Ben", "Ana"], None)


async def test_a_shared_view_is_changed_by_who_made_it_and_by_who_may(inbox: Inbox) -> None:
    jonas, lena = await inbox.a_member("Jonas", Role.MEMBER), await inbox.a_member("Lena", Role.MEMBER)
    view = await saved(jonas)
    again = {"name": "Returns", "shared": True, "base": "closed", "filter": {}}

    assert (await lena.asks("POST", f"views/{view['id']}", json=again)).status_code == 403
    assert (await inbox.maria.asks("POST", f"views/{view['id']}", json=again)).status_code == 204
    assert (
        await jonas.asks("POST", f"views/{view['id']}", json={**again, "shared": False})
    ).status_code == 204
    assert (await lena.snapshot())["saved_views"] == []
    assert [(v["name"], v["base"]) for v in (await jonas.snapshot())["saved_views"]] == [
        ("Returns", "closed")
    ]


async def test_thirty_views_of_ones_own_are_enough(inbox: Inbox) -> None:
    for n in range(30):
        await saved(inbox.maria, f"View {n}", shared=False)

    asked = {"name": "One more", "shared": False, "base": "all", "filter": {}}
    answer = await inbox.maria.asks("POST", "views", json=asked)

    assert answer.status_code == 409
    assert answer.json()["error"]["wording"]["code"] == "view.too_many_own"
