"""What a platform remembers is read in when a channel is connected, and after an outage."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from dragoman.connecting.actions import connect
from dragoman.inbound import ledger
from dragoman.kit.clock import now
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.running import NewInstagram, NewPage
from tests.inbox.inbox import Customer, Inbox

pytestmark = pytest.mark.asyncio(loop_scope="session")
Row = dict[str, Any]
HOUR = 3600


async def test_what_was_said_before_a_channel_was_connected_is_read_in_and_opens_nothing(
    inbox: Inbox,
) -> None:
    page = await inbox.house.simulator.new_page()
    ana = await _a_customer(
        inbox, page, "Ana", "do you ship to Chile?", "Yes, by sea.", "gracias!", hours_ago=30
    )
    ben = await _a_customer(inbox, page, "Ben", "is the black one back?", hours_ago=50)
    await inbox.house.simulator.post("/past", account=page.page_id, conversations=24)

    await inbox.connect_page(page)
    run = await inbox.until(lambda: _ended(inbox, "connected"))

    assert (run["state"], run["conversations"], run["found"]) == ("done", 26, 44)
    assert datetime.fromisoformat(run["reached"]) < now() - timedelta(days=50)
    assert {outcome for _, outcome in await inbox.outcomes()} == {"imported"}
    assert (await inbox.rows(), await inbox.counts()) == ([], {})
    assert await _said_to(inbox, ana) == ["do you ship to Chile?", "Yes, by sea.", "gracias!"]
    assert await _said_to(inbox, ben) == ["is the black one back?"]
    assert await _unaccounted(inbox) == 0


async def test_whom_nobody_answered_is_found_read_and_opened_by_hand_and_that_can_be_taken_back(
    inbox: Inbox,
) -> None:
    page = await inbox.house.simulator.new_page()
    await _a_customer(inbox, page, "Ana", "do you ship to Chile?", "Yes, by sea.", hours_ago=30)
    await _a_customer(inbox, page, "Ben", "is the black one back?", hours_ago=50)
    await _a_customer(inbox, page, "Cem", "hello", "Hello Cem", "and when is the lever back?", hours_ago=40)
    await _a_customer(inbox, page, "Dia", "far too long ago", hours_ago=40 * 24)
    await inbox.connect_page(page)
    await inbox.until(lambda: _ended(inbox, "connected"))
    offer = f"channels/{(await _channel(inbox))['id']}/unanswered"

    first = await inbox.maria.get(offer, limit=1)
    second = await inbox.maria.get(offer, limit=1, cursor=first["next_cursor"])
    ben, cem = [row for found in (first, second) for row in found["items"]]
    read = [message["text"] for message in await inbox.timeline(cem["id"])]
    opened = await inbox.maria.post(f"{offer}/open", conversation_ids=[cem["id"], ben["id"]])
    waiting = await inbox.rows("waiting")
    back = await inbox.maria.post(f"{offer}/put-back", conversation_ids=[ben["id"]])
    eve = Customer(
        inbox, "messenger", page.page_id, await inbox.house.simulator.new_customer("messenger", "Eve")
    )
    await eve.says("hello?")
    await inbox.work()
    live = next(row for row in await inbox.rows() if row["contact"]["name"] == "Eve")
    refused = await inbox.maria.post(f"{offer}/put-back", conversation_ids=[live["id"]])

    assert (ben["contact"]["name"], cem["contact"]["name"], second["next_cursor"]) == ("Ben", "Cem", None)
    assert {ben["status"], cem["status"]} == {"unopened"}
    assert read == ["hello", "Hello Cem", "and when is the lever back?"]
    assert set(opened["conversation_ids"]) == {ben["id"], cem["id"]}
    assert [row["id"] for row in waiting] == [ben["id"], cem["id"]]
    assert [row["waiting_since"] for row in waiting] == [ben["last_message_at"], cem["last_message_at"]]
    assert back["conversation_ids"] == [ben["id"]]
    assert refused["conversation_ids"] == [], "what came in live is nobody's to put back"
    assert {row["id"] for row in await inbox.rows()} == {cem["id"], live["id"]}
    assert await inbox.counts() == {"waiting": 2, "open": 2}
    [found] = (await inbox.maria.get("search", q="black"))["items"]
    assert found["conversation_id"] == ben["id"]


async def test_scene_10_the_token_dies_for_six_hours_and_nothing_is_lost_or_doubled(inbox: Inbox) -> None:
    made = await inbox.house.simulator.new_instagram()
    await _connect(inbox, made)
    await inbox.sql(
        "update channels set created_at = now() - interval '1 day' where workspace_id = %s", inbox.id
    )
    jun, mei, kim = [await _a_stranger(inbox, made, name) for name in ("Jun", "Mei", "Kim")]
    await _at(inbox, 7, jun, "hello?")
    await inbox.work()

    heard_later = await inbox.house.simulator.trouble(
        Fault(kind=Trouble.STOP, side="webhook", account=jun.account)
    )
    await _at(inbox, 5.5, jun, "is anybody there?")
    await inbox.house.simulator.post("/revoke", token=made.instagram_token)
    troubled = await _check(inbox)
    await inbox.sql(
        "update channels set trouble_since = now() - interval '6 hours' where workspace_id = %s", inbox.id
    )
    await _unsubscribe(inbox, made)
    await _at(inbox, 4, mei, "in red?", "or in blue?")
    await _at(inbox, 3, kim, "until when are you open?")
    await _answered_on_the_phone(inbox, kim, "Until six.", hours_ago=2.5)

    await inbox.house.simulator.post("/revoke", token=made.instagram_token, subcode=None)
    await _connect(inbox, made)
    while not (gap := await _ended(inbox, "gap")):
        await inbox.house.worker.work_off()
    await inbox.house.simulator.end_trouble(heard_later)
    await inbox.work()

    assert troubled["state"] == "attention"
    assert (gap["state"], gap["found"]) == ("done", 5)
    assert await _said_to(inbox, jun) == ["hello?", "is anybody there?"]
    assert await _said_to(inbox, mei) == ["in red?", "or in blue?"]
    assert await _said_to(inbox, kim) == ["until when are you open?", "Until six."]
    assert [row["contact"]["name"] for row in await inbox.rows("waiting")] == ["Jun", "Mei"]
    assert {row["contact"]["name"] for row in await inbox.rows()} == {"Jun", "Mei"}
    assert {message["late"] for row in await inbox.rows() for message in await inbox.timeline(row["id"])} == {
        True
    }
    assert [outcome for _, outcome in await inbox.outcomes()].count("duplicate") == 2
    assert await inbox.sql("select from jobs where workspace_id = %s and kind = 'tell_turn'", inbox.id) == []
    assert await _unaccounted(inbox) == 0


# ------------------------------------------------------------------------------------------------- given


async def _a_customer(inbox: Inbox, page: NewPage, name: str, *texts: str, hours_ago: float) -> Customer:
    simulator = inbox.house.simulator
    person = await simulator.new_customer("messenger", name)
    await simulator.remembers(page.page_id, person, *texts, hours_ago=hours_ago)
    return Customer(inbox, "messenger", page.page_id, person)


async def _a_stranger(inbox: Inbox, made: NewInstagram, name: str) -> Customer:
    person = await inbox.house.simulator.new_customer("instagram", name)
    return Customer(inbox, "instagram", made.account, person)


async def _at(inbox: Inbox, hours_ago: float, customer: Customer, *texts: str) -> None:
    """Said at that time."""
    await inbox.house.simulator.post("/clock", offset_seconds=-hours_ago * HOUR)
    await customer.says(*texts)
    await inbox.house.simulator.post("/clock", offset_seconds=0)


async def _answered_on_the_phone(inbox: Inbox, customer: Customer, text: str, *, hours_ago: float) -> None:
    simulator = inbox.house.simulator
    await simulator.post("/clock", offset_seconds=-hours_ago * HOUR)
    await simulator.post("/page-inbox", account=customer.account, customer=customer.id, text=text)
    await simulator.post("/clock", offset_seconds=0)


async def _unsubscribe(inbox: Inbox, made: NewInstagram) -> None:
    """As Meta does, in silence."""
    simulator = inbox.house.simulator
    answer = await simulator.http.delete(
        f"{simulator.base_url}/graph/v26.0/me/subscribed_apps",
        headers={"Authorization": f"Bearer {made.page_token}"},
    )
    answer.raise_for_status()


async def _connect(inbox: Inbox, made: NewInstagram) -> UUID:
    fields = {
        "app_id": made.app_id,
        "app_secret": made.app_secret,
        "instagram_token": made.instagram_token,
        "instagram_app_secret": made.instagram_app_secret,
    }
    [channel] = await connect(inbox.house.services, inbox.id, "instagram", fields, simulated=True)
    return channel


# -------------------------------------------------------------------------------------------------- seen


async def _channel(inbox: Inbox) -> Row:
    [channel] = (await inbox.maria.get("channels"))["channels"]
    found: Row = channel
    return found


async def _check(inbox: Inbox) -> Row:
    channel = await _channel(inbox)
    await inbox.maria.post(f"channels/{channel['id']}/check")
    return await _channel(inbox)


async def _ended(inbox: Inbox, why: str) -> Row | None:
    runs: list[Row] = (await _channel(inbox))["backfills"]
    return next((run for run in runs if run["why"] == why and run["ended_at"]), None)


async def _said_to(inbox: Inbox, customer: Customer) -> list[str | None]:
    """All that is written down of one customer, in the order of the timeline."""
    address = await inbox.house.simulator.psid(customer.account, customer.id)
    found = await inbox.sql(
        """
        select m.text from messages m join conversations c using (workspace_id, conversation_id)
        join identities i using (workspace_id, identity_id)
        where m.workspace_id = %s and i.address = %s order by m.sent_at, m.platform_order, m.message_id""",
        inbox.id,
        address,
    )
    return [row[0] for row in found]


async def _unaccounted(inbox: Inbox) -> int | None:
    return (await ledger.verify(inbox.house.database, inbox.id)).unaccounted
