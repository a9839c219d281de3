"""From what a customer wrote to what the browser of a member reads, over real HTTPS and a push service's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dragoman.access.keys import add_key
from dragoman.access.rotation import reseal_everything
from dragoman.access.sealing import Sealer
from dragoman.files.fetch import Fetcher
from dragoman.kit.clock import now
from dragoman.kit.errors import Refused
from dragoman.notifications import actions
from dragoman.notifications.vapid import from_base64url
from dragoman.worker import Worker
from tests.inbox.house import Person
from tests.inbox.inbox import Customer, Inbox
from tests.notifications.browser import PushService, sender_of, verified

pytestmark = pytest.mark.asyncio(loop_scope="session")

BURST = ("hi again!", "which size is the one in your window", "220 V?")


async def test_a_burst_is_one_push_that_says_who_and_not_what(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    ana = await told.on_telegram("Ana")

    await _writes(told, ana, *BURST)

    (push,) = service.pushes()
    conversation = (await told.row())["id"]
    assert push.says == {
        "about": "turn",
        "workspace": str(told.id),
        "conversation": conversation,
        "name": "Ana",
        "count": 3,
        "waiting": 1,
        "locale": "en",
        "standing": [conversation],
    }
    assert (push.headers["content-encoding"], push.headers["urgency"]) == ("aes128gcm", "high")
    assert 0 < int(push.headers["ttl"]) <= 12 * 60 * 60
    assert verified(push.headers["authorization"])["aud"] == service.origin
    key = (await told.maria.get("notifications"))["public_key"]
    assert sender_of(push.headers["authorization"]) == from_base64url(key)


@pytest.mark.parametrize(
    ("shows", "name", "words"),
    [("words", "Ana", " · ".join(BURST)), ("name", "Ana", None), ("nothing", None, None)],
)
async def test_as_much_is_shown_as_the_member_wants(
    told: Inbox, service: PushService, shows: str, name: str | None, words: str | None
) -> None:
    await listens(told, service)
    await settles(told.maria, shows=shows)

    await _writes(told, await told.on_telegram("Ana"), *BURST)

    (push,) = service.pushes()
    assert (push.says.get("name"), push.says.get("words")) == (name, words)


async def test_the_next_turn_replaces_silently_what_nobody_has_looked_at(
    told: Inbox, service: PushService
) -> None:
    await listens(told, service)
    ana = await told.on_telegram("Ana")
    await _writes(told, ana, "hello?")

    await _writes(told, ana, "is anybody there?")

    first, second = service.pushes()
    assert second.says["silent"]
    assert "silent" not in first.says
    assert second.headers["urgency"] == "low"
    assert first.headers["topic"] == second.headers["topic"]

    await _reads(told)
    await _writes(told, ana, "and one more thing")

    assert "silent" not in service.pushes()[-1].says


async def test_who_has_the_conversation_before_their_eyes_is_not_told(
    told: Inbox, service: PushService
) -> None:
    await listens(told, service)
    jonas = await told.a_member("Jonas")
    await listens(told, service, jonas)
    await (await told.on_telegram("Ana")).says("hello?")
    await told.work()

    await _reads(told)
    await time_passes(told)

    assert len(service.pushes()) == 1  # Jonas alone


async def test_nobody_is_told_of_what_waits_for_nobody_any_more(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    await (await told.on_telegram("Ana")).says("hello?")
    await told.work()

    await told.maria.reply((await told.row())["id"], "Hello!")
    await time_passes(told)

    assert service.pushes() == []


async def test_who_wants_nothing_has_quiet_hours_or_muted_the_channel_is_not_told(
    told: Inbox, service: PushService
) -> None:
    await listens(told, service)
    ana = await told.on_telegram("Ana")
    (channel,) = [each["id"] for each in (await told.maria.snapshot())["channels"]]
    always = {"days": [1, 2, 3, 4, 5, 6, 7], "start": 0, "end": 0, "zone": "Europe/Warsaw"}
    for settled in ({"who": "nothing"}, {"quiet": always}, {"muted": [channel]}):
        await settles(told.maria, **settled)
        await _writes(told, ana, "hello?")
    assert service.pushes() == []

    await settles(told.maria)
    await _writes(told, ana, "hello!")

    assert len(service.pushes()) == 1


async def test_who_may_not_see_the_channel_hears_nothing_of_it(told: Inbox, service: PushService) -> None:
    jonas = await told.a_member("Jonas")
    await listens(told, service, jonas)
    await told.sees_only(jonas)

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    assert service.pushes() == []


async def test_what_comes_late_notifies_nobody(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    ana = await told.on_telegram("Ana")
    await told.house.simulator.post("/clock", offset_seconds=-3600)
    await ana.says("written an hour ago")
    await told.house.simulator.post("/clock", offset_seconds=0)

    await told.work()
    await time_passes(told)

    assert (await told.row())["waiting_for"] == "us"
    assert service.pushes() == []


async def test_what_is_over_elsewhere_is_named_no_more(told: Inbox, service: PushService) -> None:
    """A browser takes away what a push does not name: nothing silent has to be sent for it."""
    await listens(told, service)
    ana = await told.on_telegram("Ana")
    await _writes(told, ana, "hello?")
    first = (await told.row())["id"]
    await told.maria.reply(first, "Hello!")
    await told.work()

    await _writes(told, await told.on_telegram("Bo", ana.account), "me too")

    named = service.pushes()[-1].says["standing"]
    assert len(named) == 1
    assert first not in named


async def test_an_ended_session_ends_its_browser(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    await told.maria.post("/api/sign-out", expect=204)

    ana = await told.on_telegram("Ana")
    await ana.says("hello?")
    await told.work()
    await time_passes(told)

    assert service.pushes() == []
    assert await _devices(told) == 0


async def test_a_browser_that_is_gone_is_forgotten(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    service.answers = [(410, {})]

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    assert await _devices(told) == 0
    assert await _jobs(told) == []


async def test_a_push_service_in_trouble_is_asked_again_when_it_says_and_not_for_ever(
    told: Inbox, service: PushService
) -> None:
    await listens(told, service)
    service.answers = [(429, {"Retry-After": "600"}), (503, {}), (500, {}), (500, {}), (201, {})]

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    ((_, due_at),) = await _jobs(told)
    assert due_at > now() + timedelta(minutes=9)
    for _ in range(6):
        await told.all_due_now()
    assert len(service.pushes()) == 4  # and then the row in the list has to do
    assert await _jobs(told) == []


async def test_what_waited_is_not_told_once_it_was_looked_at(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    service.answers = [(503, {})]
    await _writes(told, await told.on_telegram("Ana"), "hello?")

    await _reads(told)
    await told.all_due_now()

    assert len(service.pushes()) == 1


async def test_a_refusal_is_shown_beside_the_device(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    service.answers = [(403, {})]

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    (device,) = (await told.maria.get("notifications"))["devices"]
    assert device["trouble_wording"] == {"code": "notifications.browser_refused", "values": {"status": "403"}}


async def test_no_redirect_is_followed(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    _, elsewhere = service.a_browser()
    service.answers = [(307, {"Location": elsewhere})]

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    assert len(service.pushes()) == 1


async def test_nothing_is_left_at_an_address_of_the_house(told: Inbox, service: PushService) -> None:
    """By the way out that everything has, and not the one of this test."""
    house = told.house
    services = replace(house.services, fetcher=Fetcher(frozenset()))
    told.house = replace(house, services=services, worker=Worker(services, house.database.dsn))
    browser, _ = service.a_browser()
    subscription = browser.subscription("https://127.0.0.1:1/internal")
    await told.maria.post("notifications/devices", expect=201, **subscription)

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    (device,) = (await told.maria.get("notifications"))["devices"]
    assert device["trouble_wording"]["code"] == "file.not_public"


async def test_a_test_reaches_the_browser_and_says_when_it_does_not(
    told: Inbox, service: PushService
) -> None:
    device = await listens(told, service)
    services, by = told.house.services, told.maria.membership

    assert await actions.try_device(services, by, device) is None
    assert service.pushes()[-1].says == {"about": "test", "workspace": str(told.id), "locale": "en"}

    service.answers = [(410, {})]
    assert await actions.try_device(services, by, device) == (
        "The push service does not know this browser any more: turn notifications on again in it."
    )
    with pytest.raises(Refused):
        await actions.try_device(services, by, device)


async def test_a_device_belongs_to_its_member_and_stays_removed(told: Inbox, service: PushService) -> None:
    device = await listens(told, service)
    jonas = await told.a_member("Jonas")
    browser, address = service.a_browser()

    await jonas.post(f"notifications/devices/{device}/remove", expect=404)
    assert (await jonas.get("notifications"))["devices"] == []
    await told.maria.post(f"notifications/devices/{device}/remove", expect=204)

    renewed = browser.subscription(address) | {"renews": str(device)}
    await told.maria.post("notifications/devices", expect=404, **renewed)


async def test_the_same_browser_is_there_once_and_belongs_to_who_sits_before_it(
    told: Inbox, service: PushService
) -> None:
    browser, address = service.a_browser()
    jonas = await told.a_member("Jonas")

    for person in (told.maria, told.maria, jonas):
        await person.post("notifications/devices", expect=201, **browser.subscription(address))

    assert (await told.maria.get("notifications"))["devices"] == []
    assert len((await jonas.get("notifications"))["devices"]) == 1


async def test_a_member_has_twenty_browsers_at_most(told: Inbox, service: PushService) -> None:
    for _ in range(22):
        await listens(told, service)

    assert len((await told.maria.get("notifications"))["devices"]) == 20


async def test_what_is_no_browser_is_refused_and_so_is_a_time_zone_that_is_none(
    told: Inbox, service: PushService
) -> None:
    browser, address = service.a_browser()
    good = browser.subscription(address)
    for wrong in (
        {"endpoint": "http://push.example.net/1"},
        {"endpoint": "https://user@push.example.net/1"},
        {"public": "AAAA"},
        {"secret": "AAAA"},
        {"secret": "~~~"},
        {"locale": "english"},
    ):
        await told.maria.post("notifications/devices", expect=422, **(good | wrong))
    for zone in ("Mars/Olympus", "../../etc/passwd", ""):
        quiet = {"days": [1], "start": 0, "end": 0, "zone": zone}
        await settles(told.maria, expect=422, quiet=quiet)


async def test_settings_are_kept_each_members_own(told: Inbox) -> None:
    jonas = await told.a_member("Jonas")
    quiet = {"days": [1, 7], "start": 1320, "end": 420, "zone": "Europe/Warsaw"}

    await settles(told.maria, shows="words", sound=False, quiet=quiet)

    hers = (await told.maria.get("notifications"))["settings"]
    assert hers == {
        "who": "waiting",
        "shows": "words",
        "sound": False,
        "quiet": quiet,
        "muted": [],
        "alarms": True,
        "given": True,
    }
    assert (await jonas.get("notifications"))["settings"] == STANDARD


async def test_rotated_keys_open_what_the_old_ones_sealed(told: Inbox, service: PushService) -> None:
    await listens(told, service)
    settings = told.house.settings
    fresh = add_key(settings.key_file)
    resealed = await reseal_everything(told.house.database, Sealer.from_settings(settings))
    assert resealed.missing_keys == frozenset()

    await _writes(told, await told.on_telegram("Ana"), "hello?")

    assert len(service.pushes()) == 1
    keys = await told.sql(
        "select secrets_key from push_devices where workspace_id = %s union all"
        " select private_key_key from installation_keys",
        told.id,
    )
    assert keys == [(fresh.key_id,), (fresh.key_id,)]


STANDARD: dict[str, Any] = {
    "who": "waiting", "shows": "name", "sound": True, "quiet": None, "muted": [], "alarms": True, "given": True,
}  # fmt: skip


async def listens(told: Inbox, service: PushService, person: Person | None = None) -> Any:
    """Somebody turns notifications on in a browser of theirs; its id."""
    browser, address = service.a_browser()
    added = await (person or told.maria).post(
        "notifications/devices", expect=201, **browser.subscription(address)
    )
    return added["id"]


async def settles(person: Person, expect: int = 204, **some: Any) -> None:
    await person.post("notifications/settings", expect=expect, **(STANDARD | some))


async def _writes(told: Inbox, customer: Customer, *texts: str) -> None:
    """And has come to the end of it."""
    await customer.says(*texts)
    await told.work()
    await time_passes(told)


async def time_passes(told: Inbox) -> None:
    await told.all_due_now()  # the turn settles
    await told.all_due_now()  # and whoever is to be told is


async def _reads(told: Inbox) -> None:
    row = await told.row()
    await told.maria.post(f"conversations/{row['id']}/read", expect=204, read_up_to=row["last_arrived_at"])


async def _devices(told: Inbox) -> int:
    found = await told.sql("select count(*) from push_devices where workspace_id = %s", told.id)
    return int(found[0][0])


async def _jobs(told: Inbox) -> list[Any]:
    return await told.sql("select kind, due_at from jobs where workspace_id = %s and kind = 'push'", told.id)
