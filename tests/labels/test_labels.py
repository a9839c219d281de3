"""Labels: made by anybody, put on what one sees, changed and removed by those whose role allows it."""

from __future__ import annotations

import pytest

from dragoman.access.model import Role
from tests.inbox.inbox import Inbox, Row

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_label(inbox: Inbox, name: str, colour: str = "teal") -> str:
    made: Row = await inbox.maria.post("labels", expect=201, name=name, colour=colour)
    return str(made["id"])


async def test_a_label_stands_on_the_row_until_it_is_taken_off(inbox: Inbox) -> None:
    await (await inbox.on_telegram()).says("I want my money back")
    await inbox.work()
    row = await inbox.row()
    refund, urgent = await a_label(inbox, "Refund"), await a_label(inbox, "urgent")

    for _ in range(2):
        await inbox.maria.post(f"conversations/{row['id']}/labels", expect=204, put=[urgent, refund])
    assert (await inbox.row())["label_ids"] == sorted([refund, urgent])

    await inbox.maria.post(f"conversations/{row['id']}/labels", expect=204, take_off=[urgent])
    assert (await inbox.row())["label_ids"] == [refund]
    assert {each["name"]: each["used"] for each in (await inbox.maria.get("labels"))["items"]} == {
        "Refund": 1,
        "urgent": 0,
    }


async def test_a_label_never_changes_who_waits(inbox: Inbox) -> None:
    await (await inbox.on_telegram()).says("hello")
    await inbox.work()
    before = await inbox.row()

    await inbox.maria.post(f"conversations/{before['id']}/labels", put=[await a_label(inbox, "seen")])

    after = await inbox.row()
    assert {**after, "label_ids": []} == before


async def test_two_labels_of_one_name_are_refused_whatever_their_letters(inbox: Inbox) -> None:
    await a_label(inbox, "Straße")
    other = await a_label(inbox, "Other")

    again = await inbox.maria.asks("POST", "labels", json={"name": "STRASSE", "colour": "grey"})
    renamed = await inbox.maria.asks("POST", f"labels/{other}", json={"name": "strasse", "colour": "grey"})

    for answer in (again, renamed):
        assert answer.status_code == 422
        assert answer.json()["error"]["field_wordings"]["name"]["code"] == "label.taken"


async def test_removing_a_label_takes_it_off_everything(inbox: Inbox) -> None:
    await (await inbox.on_telegram()).says("hello")
    await inbox.work()
    row = await inbox.row()
    label = await a_label(inbox, "short-lived")
    await inbox.maria.post(f"conversations/{row['id']}/labels", put=[label])

    await inbox.maria.post(f"labels/{label}/remove", expect=204)

    assert (await inbox.row())["label_ids"] == []
    put = await inbox.maria.asks("POST", f"conversations/{row['id']}/labels", json={"put": [label]})
    assert put.status_code == 404
    assert (await inbox.maria.snapshot())["labels"] == []


async def test_a_member_makes_labels_and_leaves_those_of_others_as_they_are(inbox: Inbox) -> None:
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    label = (await jonas.post("labels", expect=201, name="mine", colour="sky"))["id"]

    for path, content in (
        (f"labels/{label}", {"name": "ours", "colour": "sky"}),
        (f"labels/{label}/remove", {}),
    ):
        assert (await jonas.asks("POST", path, json=content)).status_code == 403


async def test_what_one_may_not_see_cannot_be_labelled_and_is_not_counted(inbox: Inbox) -> None:
    await (await inbox.on_telegram()).says("hello")
    await inbox.work()
    row = await inbox.row()
    label = await a_label(inbox, "ours")
    await inbox.maria.post(f"conversations/{row['id']}/labels", put=[label])
    jonas = await inbox.a_member("Jonas", Role.MEMBER)
    await inbox.sees_only(jonas)

    answer = await jonas.asks("POST", f"conversations/{row['id']}/labels", json={"take_off": [label]})

    assert answer.status_code == 404
    assert [each["used"] for each in (await jonas.get("labels"))["items"]] == [0]
