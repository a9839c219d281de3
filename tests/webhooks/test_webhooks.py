"""Webhooks are made, changed and removed by who may manage rules; rules name them."""

from __future__ import annotations

import pytest

from dragoman.access.model import Role
from dragoman.webhooks.model import MOST_WEBHOOKS
from tests.inbox.inbox import Inbox, Row
from tests.laws.happenings import a_rule

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADDRESS = "https://hooks.example.net/orders?key=4711"


async def a_webhook(inbox: Inbox, name: str = "Orders", address: str = ADDRESS) -> Row:
    made: Row = await inbox.maria.post("webhooks", expect=201, name=name, address=address)
    return made


def calls(*webhooks: str) -> Row:
    return {"do": "call", "value": list(webhooks)}


async def test_a_secret_is_told_once_and_lies_sealed(inbox: Inbox) -> None:
    made = await a_webhook(inbox)

    (shown,) = (await inbox.maria.get("webhooks"))["items"]
    assert (shown["id"], shown["name"], shown["address"]) == (made["id"], "Orders", ADDRESS)
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in str(shown)
    (kept,) = await inbox.sql("select secrets from webhooks where workspace_id = %s", inbox.id)
    assert b"example" not in kept[0]
    assert made["secret"].encode() not in kept[0]


async def test_one_is_renamed_and_led_elsewhere_and_keeps_its_secret(inbox: Inbox) -> None:
    made = await a_webhook(inbox)

    await inbox.maria.post(
        f"webhooks/{made['id']}", expect=204, name=" The  CRM ", address="https://crm.example.net/"
    )

    (shown,) = (await inbox.maria.get("webhooks"))["items"]
    assert (shown["name"], shown["address"]) == ("The CRM", "https://crm.example.net/")
    assert shown["old_secret_until"] is None
    renewed = await inbox.maria.post(f"webhooks/{made['id']}/secret", expect=201)
    assert renewed["secret"] != made["secret"]
    assert (await inbox.maria.get("webhooks"))["items"][0]["old_secret_until"] is not None


async def test_only_who_manages_rules_sees_where_they_lead(inbox: Inbox) -> None:
    made = await a_webhook(inbox)
    jonas = await inbox.a_member("Jonas", Role.MEMBER)

    for method, path in (
        ("GET", "webhooks"),
        ("POST", "webhooks"),
        ("POST", f"webhooks/{made['id']}"),
        ("POST", f"webhooks/{made['id']}/secret"),
        ("POST", f"webhooks/{made['id']}/test"),
        ("POST", f"webhooks/{made['id']}/remove"),
        ("GET", f"webhooks/{made['id']}/calls"),
    ):
        body = {"name": "Mine", "address": ADDRESS} if method == "POST" else None
        assert (await jonas.asks(method, path, json=body)).status_code == 403, path
    named = (await jonas.get("rules"))["choices"]["webhooks"]
    assert named == [{"id": made["id"], "name": "Orders"}]


async def test_what_is_wrong_with_one_is_said_at_its_field(inbox: Inbox) -> None:
    for content, field, code in (
        ({"name": "CRM", "address": "http://hooks.example.net/"}, "address", "webhook.needs_https"),
        ({"name": "CRM", "address": "https://192.168.1.7/"}, "address", "webhook.is_private"),
        ({"name": " ", "address": ADDRESS}, "name", "webhook.name"),
    ):
        answer = await inbox.maria.asks("POST", "webhooks", json=content)
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["field_wordings"][field]["code"] == code


async def test_there_is_an_end_to_how_many_there_are(inbox: Inbox) -> None:
    for nth in range(MOST_WEBHOOKS):
        await a_webhook(inbox, f"Webhook {nth}")

    refused = await inbox.maria.asks("POST", "webhooks", json={"name": "More", "address": ADDRESS})

    assert refused.status_code == 409


async def test_one_that_rules_call_is_not_removed_and_says_which(inbox: Inbox) -> None:
    made = await a_webhook(inbox)
    rule = await inbox.maria.post("rules", expect=201, **a_rule("Tell the CRM", calls(made["id"])))
    (shown,) = (await inbox.maria.get("webhooks"))["items"]
    assert shown["rules"] == [{"id": rule["id"], "name": "Tell the CRM"}]

    refused = await inbox.maria.asks("POST", f"webhooks/{made['id']}/remove")
    assert refused.status_code == 409
    assert "“Tell the CRM”" in refused.text

    await inbox.maria.post(f"rules/{rule['id']}/remove")
    await inbox.maria.post(f"webhooks/{made['id']}/remove", expect=204)
    assert (await inbox.maria.get("webhooks"))["items"] == []


async def test_a_rule_names_a_webhook_that_there_is(inbox: Inbox) -> None:
    gone = "00000000-0000-7000-8000-000000000000"

    refused = await inbox.maria.asks("POST", "rules", json=a_rule("Nowhere", calls(gone)))

    assert refused.json()["error"]["field_wordings"]["actions.0"]["code"] == "rule.webhook_gone"


async def test_in_the_text_of_a_rule_a_webhook_stands_by_its_name(inbox: Inbox) -> None:
    made = await a_webhook(inbox)
    await inbox.maria.post("rules", expect=201, **a_rule("Tell", calls(made["id"])))

    written = (await inbox.maria.get("rules/text"))["text"]

    assert "- call: [Orders]" in written
    (read,) = (await inbox.maria.post("rules/read", text=written))["items"]
    assert read["actions"] == [calls(made["id"])]


async def test_whoever_looks_at_rules_hears_of_another_webhook(inbox: Inbox) -> None:
    before = (await inbox.maria.snapshot())["rules_version"]

    await a_webhook(inbox)

    assert (await inbox.maria.snapshot())["rules_version"] == before + 1
