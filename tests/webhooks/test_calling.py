"""A rule calls a webhook: written down with its cause, signed, delivered at least once, and given up loudly."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace as changed

from dragoman.kit.clock import now
from dragoman.rules.effects import HANDS
from dragoman.rules.model import Do
from dragoman.webhooks import actions, call_store
from dragoman.webhooks.model import CALLS_AT_ONCE, MOST_ATTEMPTS
from dragoman.work import sweeping
from dragoman.worker import Worker
from tests.files.far_side import Asked, Say
from tests.inbox.inbox import Inbox, Row
from tests.laws.happenings import a_rule
from tests.rules.test_acting import a_settled_turn, run, trail
from tests.webhooks.receiver import PATH, Receiver, page_for_receivers, verified
from tests.webhooks.test_webhooks import a_webhook, calls

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_called_webhook(inbox: Inbox, address: str, name: str = "Orders") -> Row:
    """With a rule that calls it."""
    made = await a_webhook(inbox, name, address)
    rule = await inbox.maria.post("rules", expect=201, **a_rule(f"Tell {name}", calls(made["id"])))
    return made | {"rule": rule["id"]}


async def listed(inbox: Inbox, webhook: Row, **more: Any) -> list[Row]:
    found: list[Row] = (await inbox.maria.get(f"webhooks/{webhook['id']}/calls", **more))["items"]
    return found


async def time_passes(inbox: Inbox) -> None:
    """Until the next attempt of every call that waits."""
    await inbox.sql(
        "update webhook_calls set due_at = now(), in_hand_until = null"
        " where workspace_id = %s and state = 'waiting'",
        inbox.id,
    )
    await inbox.all_due_now()


async def alarms(inbox: Inbox) -> list[Row]:
    found: list[Row] = (await inbox.maria.snapshot())["alarms"]["items"]
    return [each for each in found if each["what"] == "webhook_failed"]


async def test_whoever_is_called_is_told_who_wrote_what_and_where(calling: Inbox, receiver: Receiver) -> None:
    webhook = await a_called_webhook(calling, receiver.listens())
    turn = await a_settled_turn(calling, "abracadabra, my order?")

    await run(calling, turn)
    await calling.work()

    (asked,) = receiver.heard()
    said = verified(asked, webhook["secret"])
    row = await calling.row()
    assert names_in(said) == names_in(json.loads(page_for_receivers("json")))
    fragments = said["data"]["turn"].pop("fragments")
    assert said == {
        "id": asked.headers["webhook-id"],
        "type": "rule.called",
        "timestamp": said["timestamp"],
        "data": {
            "trigger": "turn_settled",
            "rule": {"id": webhook["rule"], "name": "Tell Orders"},
            "workspace": {"id": str(calling.id), "name": said["data"]["workspace"]["name"]},
            "conversation": {
                "id": row["id"],
                "status": "open",
                "url": f"{calling.house.settings.own_url}/w/{calling.id}/all/{row['id']}",
            },
            "channel": {
                "id": row["channel_id"],
                "name": said["data"]["channel"]["name"],
                "platform": "telegram",
            },
            "contact": {"id": said["data"]["contact"]["id"], "name": "Ana", "language": None},
            "turn": {"id": str(turn.turn_id), "at": said["data"]["turn"]["at"], "noise": None},
        },
    }  # fmt: skip
    assert [(each["text"], each["kinds"]) for each in fragments] == [("abracadabra, my order?", ["text"])]
    (call,) = await listed(calling, webhook)
    assert (call["state"], call["status"], call["attempts"], call["contact_name"]) == (
        "delivered", 204, 1, "Ana",
    )  # fmt: skip
    ((kind, _, what),) = await trail(calling)
    assert (kind, what["webhooks"], what["names"]) == ("call", [webhook["id"]], ["Orders"])


def names_in(part: Any) -> Any:
    """Its shape: names within names; of a list what its first is."""
    if isinstance(part, dict):
        return {name: names_in(each) for name, each in part.items()}
    return [names_in(part[0])] if isinstance(part, list) and isinstance(part[0], dict) else None


async def test_a_turn_that_grows_is_told_once(calling: Inbox, receiver: Receiver) -> None:
    webhook = await a_called_webhook(calling, receiver.listens())
    turn = await a_settled_turn(calling)

    await run(calling, turn)
    await run(calling, changed(turn, fragments=2))
    await calling.work()

    assert len(await listed(calling, webhook)) == len(receiver.heard()) == len(await trail(calling)) == 1


async def test_a_rule_that_fails_calls_nobody(
    calling: Inbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = await a_webhook(calling, address=receiver.listens())
    await calling.maria.post(
        "rules", expect=201, **a_rule("Breaks", calls(webhook["id"]), {"do": "close", "value": None})
    )
    turn = await a_settled_turn(calling)

    def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(HANDS, Do.CLOSE, breaks)
    await run(calling, turn)
    await calling.work()

    assert (await listed(calling, webhook), receiver.heard()) == ([], [])


async def test_a_rehearsal_counts_what_would_be_told_and_tells_nobody(
    calling: Inbox, receiver: Receiver
) -> None:
    webhook = await a_webhook(calling, address=receiver.listens())
    await a_settled_turn(calling)
    await calling.all_due_now()

    begun = await calling.maria.post(
        "rehearsals", expect=201, content=a_rule("Would tell", calls(webhook["id"])), days=1
    )
    await calling.work()

    assert (await calling.maria.get(f"rehearsals/{begun['id']}"))["touched"] == 1
    assert (await listed(calling, webhook), receiver.heard()) == ([], [])


async def test_what_a_customer_took_back_is_not_told(calling: Inbox, receiver: Receiver) -> None:
    webhook = await a_called_webhook(calling, receiver.listens())
    await run(calling, await a_settled_turn(calling))
    await calling.sql("update messages set deleted_at = now() where workspace_id = %s", calling.id)

    await calling.work()

    (asked,) = receiver.heard()
    assert verified(asked, webhook["secret"])["data"]["turn"]["fragments"] == []


async def test_it_is_tried_again_under_the_same_id_until_it_arrives(
    calling: Inbox, receiver: Receiver
) -> None:
    receiver.answers += [(503, {}), (429, {"Retry-After": "120"})]
    webhook = await a_called_webhook(calling, receiver.listens())
    await run(calling, await a_settled_turn(calling))

    await calling.work()
    (call,) = await listed(calling, webhook)
    assert (call["state"], call["status"], call["trouble_wording"]["code"]) == (
        "waiting", 503, "webhook.answered",
    )  # fmt: skip
    await time_passes(calling)
    ((waits,),) = await calling.sql(
        "select due_at - tried_at from webhook_calls where workspace_id = %s", calling.id
    )
    await time_passes(calling)

    assert timedelta(minutes=2) <= waits < timedelta(minutes=3)
    (call,) = await listed(calling, webhook)
    assert (call["state"], call["attempts"], call["trouble"]) == ("delivered", 3, None)
    assert len({asked.headers["webhook-id"] for asked in receiver.heard()}) == 1
    assert len(receiver.heard()) == 3
    assert await alarms(calling) == []


async def test_who_never_answers_is_given_up_and_admins_hear_of_it(
    calling: Inbox, receiver: Receiver
) -> None:
    receiver.answers += [(500, {})] * MOST_ATTEMPTS
    webhook = await a_called_webhook(calling, receiver.listens())
    turn = await a_settled_turn(calling)
    await run(calling, turn)
    await calling.work()
    while (await listed(calling, webhook))[0]["state"] == "waiting":
        await time_passes(calling)

    assert len(receiver.heard()) == MOST_ATTEMPTS
    (alarm,) = await alarms(calling)
    assert alarm["reason"] == "Calls of “Orders” did not arrive."

    (call,) = await listed(calling, webhook)
    await run(calling, changed(turn, turn_id=UUID(int=1)))
    await calling.work()
    assert len(await alarms(calling)) == 1, "another one that arrives does not bring back what did not"

    await calling.maria.post(f"webhooks/{webhook['id']}/calls/{call['id']}/again", expect=204)
    await calling.work()
    again = (await listed(calling, webhook))[-1]
    assert (again["state"], again["attempts"]) == ("delivered", 1)
    assert receiver.heard()[-1].headers["webhook-id"] == call["id"]
    assert await alarms(calling) == []


@pytest.mark.parametrize("status", [302, 401, 410])
async def test_a_refusal_is_given_up_at_once_and_no_redirect_is_followed(
    calling: Inbox, receiver: Receiver, status: int
) -> None:
    elsewhere = receiver.listens("/elsewhere")
    receiver.answers += [(status, {"Location": elsewhere})]
    webhook = await a_called_webhook(calling, receiver.listens())
    await run(calling, await a_settled_turn(calling))

    await calling.work()

    (call,) = await listed(calling, webhook)
    assert (call["state"], call["status"]) == ("given_up", status)
    assert receiver.heard("/elsewhere") == []


@pytest.mark.parametrize("lies_at", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"])
async def test_a_name_that_leads_into_a_private_network_is_not_called(
    calling: Inbox, receiver: Receiver, lies_at: str
) -> None:
    services = replace(calling.house.services, fetcher=receiver.fetcher(lies_at, is_allowed=False))
    calling.house.worker = Worker(services, calling.house.database.dsn)
    webhook = await a_called_webhook(calling, receiver.listens())
    await run(calling, await a_settled_turn(calling))

    await calling.work()

    assert receiver.heard() == []
    (call,) = await listed(calling, webhook)
    assert (call["state"], call["status"]) == ("given_up", None)
    assert "is not a public address" in call["trouble"]


async def test_who_is_slow_keeps_nobody_else_waiting(calling: Inbox, receiver: Receiver) -> None:
    let_go = asyncio.Event()

    async def slow(_: Asked, say: Say) -> None:
        await let_go.wait()
        await say(b"HTTP/1.1 204 So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    slow_one = await a_called_webhook(calling, receiver.listens("/slow", slow), "Slow")
    await a_called_webhook(calling, receiver.listens(), "Quick")
    turn = await a_settled_turn(calling)
    for nth in range(CALLS_AT_ONCE + 2):
        await run(calling, changed(turn, turn_id=UUID(int=nth + 1), fragments=nth))
    stop = asyncio.Event()
    working = asyncio.create_task(calling.house.worker.run_until(stop))
    await receiver.has_heard(PATH, CALLS_AT_ONCE + 2)
    await receiver.has_heard("/slow", CALLS_AT_ONCE)

    assert len(receiver.heard("/slow")) == CALLS_AT_ONCE
    let_go.set()
    await receiver.has_heard("/slow", CALLS_AT_ONCE + 2)
    stop.set()
    await working
    assert {call["state"] for call in await listed(calling, slow_one)} == {"delivered"}


async def test_for_a_day_either_secret_is_good(calling: Inbox, receiver: Receiver) -> None:
    webhook = await a_called_webhook(calling, receiver.listens())
    renewed = await calling.maria.post(f"webhooks/{webhook['id']}/secret", expect=201)
    await run(calling, await a_settled_turn(calling))

    await calling.work()

    (asked,) = receiver.heard()
    assert verified(asked, webhook["secret"]) == verified(asked, renewed["secret"])


async def test_one_is_tried_by_hand_and_says_what_came_of_it(calling: Inbox, receiver: Receiver) -> None:
    webhook = await a_webhook(calling, address=receiver.listens())
    receiver.answers += [(200, {}), (404, {})]

    well = await actions.test(calling.house.services, calling.maria.membership, UUID(webhook["id"]))
    badly = await actions.test(calling.house.services, calling.maria.membership, UUID(webhook["id"]))

    assert (well.status, well.trouble, badly.status, badly.trouble) == (200, None, 404, "It answered 404.")
    assert verified(receiver.heard()[0], webhook["secret"])["type"] == "test"
    assert [each["state"] for each in await listed(calling, webhook)] == ["given_up", "delivered"]
    assert await alarms(calling) == []


async def test_calls_are_listed_page_by_page_and_forgotten_in_the_end(
    calling: Inbox, receiver: Receiver
) -> None:
    webhook = await a_called_webhook(calling, receiver.listens())
    turn = await a_settled_turn(calling)
    for nth in range(3):
        await run(calling, changed(turn, turn_id=UUID(int=nth + 1), fragments=nth))
    await calling.work()

    first = await calling.maria.get(f"webhooks/{webhook['id']}/calls", limit=2)
    rest = await calling.maria.get(f"webhooks/{webhook['id']}/calls", cursor=first["next_cursor"])
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)

    async with calling.house.database.transaction(calling.id) as tx:
        kept = await sweeping._forget_calls(tx, now() + timedelta(days=29))
        gone = await sweeping._forget_calls(tx, now() + timedelta(days=31))
    assert (kept, gone) == (0, 3)


async def test_of_a_channel_that_one_does_not_see_the_list_says_nothing(
    calling: Inbox, receiver: Receiver
) -> None:
    webhook = await a_called_webhook(calling, receiver.listens())
    await run(calling, await a_settled_turn(calling))
    jonas = await calling.a_member("Jonas")
    await calling.sees_only(jonas)

    (call,) = (await jonas.get(f"webhooks/{webhook['id']}/calls"))["items"]

    assert (call["conversation_id"], call["contact_name"]) == (None, None)


async def test_there_is_an_end_to_how_many_wait(
    calling: Inbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_store, "MOST_WAITING", 1)
    webhook = await a_called_webhook(calling, receiver.listens())
    turn = await a_settled_turn(calling)
    for nth in range(2):
        await run(calling, changed(turn, turn_id=UUID(int=nth + 1), fragments=nth))

    dropped, waiting = await listed(calling, webhook)
    assert (waiting["state"], dropped["state"]) == ("waiting", "given_up")
    assert dropped["trouble"] == "10000 calls of it waited already."
    assert len(await alarms(calling)) == 1
