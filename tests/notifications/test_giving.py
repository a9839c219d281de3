"""Whoever is given a conversation by somebody else is told of it, once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inbox.house import Person
from tests.inbox.inbox import Inbox, Row
from tests.live.listening import listening
from tests.notifications.browser import PushService
from tests.notifications.test_telling import listens, settles, time_passes
from tests.rules.test_acting import made
from tests.team.test_finding_owners import speaks

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_a_colleague_gives_is_unread_again_and_told_once(
    told: Inbox, service: PushService
) -> None:
    jonas, row = await _answered(told, service, "Ana")

    await _gives(told, jonas, row)
    await time_passes(told)
    await time_passes(told)

    (push,) = service.pushes()
    assert push.says == {
        "about": "given",
        "workspace": str(told.id),
        "conversation": row["id"],
        "name": "Ana",
        "locale": "en",
    }
    theirs = await jonas.get(f"conversations/{row['id']}")
    assert theirs["conversation"]["read_up_to"] < row["last_arrived_at"]


async def test_their_browser_hears_who_gave_it(told: Inbox, service: PushService) -> None:
    jonas, row = await _answered(told, service, "Ana")

    async with listening(jonas, await told.seq()) as ear:
        await _gives(told, jonas, row)
        frames = await ear.frames_to(await told.seq())

    (given,) = [each for frame in frames for each in frame["changes"] if each["kind"] == "given"]
    assert (given["to"], given["by"]) == (_id(jonas), _id(told.maria))


async def test_nobody_is_told_of_what_they_took_lost_or_have_looked_at(
    told: Inbox, service: PushService
) -> None:
    jonas, row = await _answered(told, service, "Ana")
    await jonas.post(f"conversations/{row['id']}/assign", expect=204, owner_id=_id(jonas))
    await time_passes(told)
    await jonas.post(f"conversations/{row['id']}/assign", expect=204, owner_id=None)

    await _gives(told, jonas, row)
    await told.maria.post(f"conversations/{row['id']}/assign", expect=204, owner_id=None)
    await time_passes(told)
    await _gives(told, jonas, row)
    await _reads(jonas, row)
    await time_passes(told)

    assert service.pushes() == []


async def test_several_at_once_are_told_by_their_number(told: Inbox, service: PushService) -> None:
    jonas, first = await _answered(told, service, "Ana")
    _, second = await _answered(told, service, "Bela", jonas)

    given = {"act": "assign", "owner_id": _id(jonas)}
    steps = [{"conversation_id": each["id"], **given} for each in (first, second)]
    await told.maria.post("conversations/bulk", expect=200, steps=steps, seen_seq=0)
    await time_passes(told)

    (push,) = service.pushes()
    assert (push.says["count"], "name" in push.says) == (2, False)


async def test_who_does_not_want_it_or_has_muted_the_channel_is_not_told(
    told: Inbox, service: PushService
) -> None:
    jonas, row = await _answered(told, service, "Ana")
    for settled in ({"given": False}, {"muted": [row["channel_id"]]}):
        await settles(jonas, **settled)
        await _gives(told, jonas, row)
        await time_passes(told)
        await told.maria.post(f"conversations/{row['id']}/assign", expect=204, owner_id=None)

    assert service.pushes() == []


async def test_quiet_hours_put_it_off_to_their_end(told: Inbox, service: PushService) -> None:
    jonas, row = await _answered(told, service, "Ana")
    always = {"days": [1, 2, 3, 4, 5, 6, 7], "start": 0, "end": 0, "zone": "UTC"}
    await settles(jonas, quiet=always)
    await _gives(told, jonas, row)
    await time_passes(told)
    assert service.pushes() == []

    await settles(jonas)  # they are over
    await time_passes(told)

    assert [push.says["about"] for push in service.pushes()] == ["given"]


async def test_what_routing_gives_is_told_with_its_turn_and_not_once_more(
    told: Inbox, service: PushService
) -> None:
    minji = await told.a_member("Minji")
    await speaks(minji, ko="native")
    await listens(told, service, minji)

    await (await told.on_telegram("Seoyeon")).says("안녕하세요, 배송은 얼마나 걸리나요?")
    await told.work()
    await time_passes(told)

    assert (await told.row())["owner_id"] == _id(minji)
    assert len(service.pushes()) == 1


async def test_what_is_routed_again_is_told_though_it_was_read_while_it_was_nobodys(
    told: Inbox, service: PushService
) -> None:
    minji = await told.a_member("Minji")
    await speaks(minji, en="native")
    await listens(told, service, minji)
    await (await told.on_telegram("Seoyeon")).says("안녕하세요, 배송은 얼마나 걸리나요?")
    await told.work()
    await time_passes(told)
    row = await told.row()
    await _reads(minji, row)

    await speaks(minji, ko="native")
    await told.work()
    await time_passes(told)

    assert (row["owner_id"], (await told.row())["owner_id"]) == (None, _id(minji))
    assert service.pushes()[-1].says["about"] == "given"


async def test_who_is_told_of_no_turns_is_told_of_what_a_rule_gives_them(
    told: Inbox, service: PushService
) -> None:
    jonas = await told.a_member("Jonas")
    await listens(told, service, jonas)
    await settles(jonas, who="nothing")
    await made(told, {"do": "assign", "value": [_id(jonas)]})

    await (await told.on_telegram("Ana")).says("abracadabra")
    await told.work()
    await time_passes(told)

    assert [push.says["about"] for push in service.pushes()] == ["given"]


async def _answered(
    told: Inbox, service: PushService, name: str, jonas: Person | None = None
) -> tuple[Person, Row]:
    """A conversation that Jonas has read, who then turns notifications on, and that waits for nobody."""
    customer = await told.on_telegram(name)
    await customer.says("hello?")
    await told.work()
    row = next(each for each in await told.rows() if each["contact"]["name"] == name)
    is_new = jonas is None
    jonas = jonas or await told.a_member("Jonas")
    await _reads(jonas, row)
    await told.maria.reply(row["id"], "Hello!")
    await time_passes(told)
    await told.maria.post(f"conversations/{row['id']}/assign", expect=204, owner_id=None)
    if is_new:
        await listens(told, service, jonas)
    return jonas, next(each for each in await told.rows("all") if each["id"] == row["id"])


async def _reads(person: Person, row: Row) -> None:
    await person.post(f"conversations/{row['id']}/read", expect=204, read_up_to=row["last_arrived_at"])


async def _gives(told: Inbox, to: Person, row: Row) -> None:
    await told.maria.post(f"conversations/{row['id']}/assign", expect=204, owner_id=_id(to))


def _id(person: Person) -> Any:
    return str(person.membership.member_id)
