"""Anything at all at the door: never a crash, never a 5xx, always in the ledger, and every screen goes on."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest

from dragoman.inbound import ledger
from dragoman.inbound.body import MAX_BODY
from tests.inbox.house import House
from tests.laws.knocking import Hook, hook_of, knock
from tests.laws.nasty import WHOLE, messenger_bodies, mutants, telegram_bodies
from tests.laws.oracle import asking, mistakes
from tests.laws.scene import Scene, a_scene
from tests.laws.stream import listening

AT_ONCE = 32


@pytest.mark.timeout(600)
async def test_whatever_is_delivered_is_taken_accounted_for_and_shown(house: House) -> None:
    await _deliver_nonsense(house, seed=1, at_most=150)


@pytest.mark.long
@pytest.mark.timeout(3000)
async def test_every_nasty_value_in_every_place_is_taken_accounted_for_and_shown(house: House) -> None:
    await _deliver_nonsense(house, seed=2, at_most=100_000)


async def test_the_largest_body_is_taken_and_one_byte_more_is_refused(house: House) -> None:
    await house.a_bot()
    hook = await hook_of(house, "telegram")
    frame = b'{"update_id": 9, "unheard_of": "%b"}'
    full = frame % (b"x" * (MAX_BODY - len(frame) + 2))

    assert (await knock(house.http, hook, full)).status_code == 200
    assert (await knock(house.http, hook, full + b" ")).status_code == 413
    await house.work()
    verified = await ledger.verify(house.database, house.workspace_id)
    assert (verified.envelopes, verified.unaccounted) == (1, 0)


async def test_nothing_is_taken_without_a_right_signature(house: House) -> None:
    await house.a_bot()
    await house.a_page()
    for platform in ("telegram", "messenger"):
        hook = await hook_of(house, platform)
        for body in WHOLE:
            for headers in ({}, hook.headers(body + b"!") | {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
                answer = await house.http.post(hook.url, content=body, headers=headers)
                assert answer.status_code == 401
    assert await house.sql("select count(*) from envelopes") == [(0,)]


async def _deliver_nonsense(house: House, seed: int, at_most: int) -> None:
    scene = await a_scene(house, seed, customers=3)
    chance = Random(seed)
    page = next(c.account for c in scene.customers if c.platform == "messenger")
    deliveries = {
        "telegram": [*WHOLE, *mutants(telegram_bodies(), chance, at_most)],
        "messenger": [*WHOLE, *mutants(messenger_bodies(page), chance, at_most)],
    }
    async with listening("Maria", scene.maria, view="all", limit=100) as maria:
        for platform, bodies in deliveries.items():
            hook = await hook_of(house, platform)
            answers = Counter(
                [status for chunk in _chunks(bodies) for status in await _knock_all(house, hook, chunk)]
            )
            assert set(answers) == {200}, f"seed {seed}: {platform} got {answers}"
            await house.work()
        await _is_accounted_for(scene, sum(map(len, deliveries.values())))
        fresh = await maria.fresh() if at_most < 1000 else await scene.maria.snapshot("all", limit=100)
        await maria.stands_at(fresh["seq"])
        assert maria.inbox.shown()["rows"] == maria.inbox.fresh(fresh)["rows"]
        for row in fresh["rows"]["items"]:
            await scene.maria.get(f"conversations/{row['id']}")


def _chunks(bodies: list[bytes]) -> list[list[bytes]]:
    return [bodies[start : start + AT_ONCE] for start in range(0, len(bodies), AT_ONCE)]


async def _knock_all(house: House, hook: Hook, bodies: list[bytes]) -> list[int]:
    answers = await asyncio.gather(*(knock(house.http, hook, body) for body in bodies))
    return [answer.status_code for answer in answers]


async def _is_accounted_for(scene: Scene, delivered: int) -> None:
    house = scene.house
    broken = await house.sql(
        """select reason, count(*) from arrivals
           where reason like 'it could not be placed%%' or reason like 'our parser failed%%' group by 1"""
    )
    assert broken == []
    verified = await ledger.verify(house.database, house.workspace_id)
    assert (verified.unaccounted, verified.missing) == (0, [])
    assert verified.envelopes >= delivered
    waiting = await house.sql(
        "select kind from arrivals where outcome is null and kind not in ('reaction', 'deletion')"
    )
    assert waiting == []
    await house.sql("update arrivals set due_at = null, outcome = 'parked' where outcome is null")
    assert await mistakes(asking(house.database.dsn)) == []
