"""Rules over the API: made, put in order, taken back; looked at before they are saved; kept as text."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.access.model import Role
from tests.inbox.house import Person
from tests.inbox.inbox import Inbox, Row
from tests.laws.happenings import a_rule

pytestmark = pytest.mark.asyncio(loop_scope="session")

CLOSES: Row = {"do": "close", "value": None}
SNOOZES: Row = {"do": "snooze", "value": 60}


async def made(by: Person, name: str, *actions: Row, **more: Any) -> Row:
    rule: Row = await by.post("rules", expect=201, **a_rule(name, *actions or (CLOSES,), **more))
    return rule


async def names(by: Person) -> list[str]:
    return [each["content"]["name"] for each in (await by.get("rules"))["items"]]


async def fields_of(by: Person, path: str, **content: Any) -> Row:
    answer = await by.asks("POST", path, json=content)
    assert answer.status_code == 422, answer.text
    found: Row = answer.json()["error"]["fields"]
    return found


async def test_rules_stand_in_their_order_and_every_browser_hears_of_it(inbox: Inbox) -> None:
    before = (await inbox.maria.snapshot())["rules_version"]
    first, second = await made(inbox.maria, "First"), await made(inbox.maria, "Second")

    await inbox.maria.post("rules/order", ids=[second["id"], first["id"]])

    assert await names(inbox.maria) == ["Second", "First"]
    assert (await inbox.maria.snapshot())["rules_version"] == before + 3
    answer = await inbox.maria.asks("POST", "rules/order", json={"ids": [first["id"]]})
    assert answer.json()["error"]["wording"]["code"] == "rule.set_changed_meanwhile"


async def test_a_rule_is_changed_by_who_looked_at_its_newest_version(inbox: Inbox) -> None:
    rule = await made(inbox.maria, "Before")
    path = f"rules/{rule['id']}"

    await inbox.maria.post(path, expect=204, **a_rule("After", CLOSES), version=1)
    late = await inbox.maria.asks("POST", path, json={**a_rule("Late", CLOSES), "version": 1})

    assert late.json()["error"]["wording"]["code"] == "rule.changed_meanwhile"
    assert await names(inbox.maria) == ["After"]


async def test_what_a_rule_was_can_be_had_back(inbox: Inbox) -> None:
    rule = await made(inbox.maria, "Before")
    path = f"rules/{rule['id']}"
    await inbox.maria.post(path, expect=204, **a_rule("After", CLOSES), version=1)

    await inbox.maria.post(f"{path}/restore", expect=204, version=1)

    versions = (await inbox.maria.get(f"{path}/versions"))["items"]
    assert [(each["version"], each["content"]["name"]) for each in versions] == [
        (3, "Before"), (2, "After"), (1, "Before"),
    ]  # fmt: skip
    assert versions[0]["text"].startswith("version: 1\nrules:\n- name: Before\n")


async def test_what_is_wrong_is_said_at_its_place(inbox: Inbox) -> None:
    gone = {"fact": "label", "op": "has", "value": ["00000000-0000-0000-0000-000000000001"]}
    wrong = a_rule(" ", {"do": "snooze", "value": 0}, any=[gone])

    assert await fields_of(inbox.maria, "rules", **wrong) == {
        "name": "A rule's name has 1 to 120 characters on one line.",
        "any.0": "A label named here is not there any more.",
        "actions.0": "A whole number of minutes, 43200 at most.",
    }


async def test_a_rule_is_looked_at_before_it_is_saved(inbox: Inbox) -> None:
    first = await made(inbox.maria, "Closes", CLOSES)

    looked = await inbox.maria.post("rules/look", content=a_rule("Snoozes", SNOOZES), rule_id=None)

    (found,) = looked["conflicts"]
    assert (found["is_its_own"], found["conflict"]["kind"]) == (True, "never_acts")
    assert found["conflict"]["other_id"] == first["id"]
    assert "- snooze: 60" in looked["text"]
    assert await names(inbox.maria) == ["Closes"]


async def test_a_text_is_taken_in_whole_or_not_at_all(inbox: Inbox) -> None:
    label = (await inbox.maria.post("labels", name="refund", colour="rose"))["id"]
    await made(inbox.maria, "Refunds", {"do": "label", "value": [label]})
    text = (await inbox.maria.get("rules/text"))["text"]
    assert "- label: [refund]" in text

    await inbox.maria.post("rules/import", expect=201, text=text)
    wrong = await fields_of(inbox.maria, "rules/import", text=f"{text}- name: One more\n")

    assert await names(inbox.maria) == ["Refunds", "Refunds"]
    assert wrong == {"text": "Line 9: “when” is missing."}


async def test_members_read_rules_and_admins_change_them(inbox: Inbox) -> None:
    rule = await made(inbox.maria, "Ours")
    jonas = await inbox.a_member("Jonas", Role.MEMBER)

    assert await names(jonas) == ["Ours"]
    for path, content in (
        ("rules", a_rule("Mine", CLOSES)),
        (f"rules/{rule['id']}/switch", {"enabled": False}),
        (f"rules/{rule['id']}/remove", {}),
        ("rules/import", {"text": "version: 1\nrules: []"}),
    ):
        assert (await jonas.asks("POST", path, json=content)).status_code == 403


async def test_two_hundred_rules_are_enough(inbox: Inbox) -> None:
    rule = "- {name: A, when: turn settled, then: [close]}\n"
    await inbox.maria.post("rules/import", expect=201, text=f"version: 1\nrules:\n{rule * 200}")

    answer = await inbox.maria.asks("POST", "rules", json=a_rule("One more", CLOSES))

    assert answer.json()["error"]["wording"]["code"] == "rule.too_many"
