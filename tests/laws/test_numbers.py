"""Many act at once: the log is numbered without a gap, in the order of the commits, and every stream hears it all."""

from __future__ import annotations

import asyncio

import pytest

from dragoman.db import database
from tests.inbox.house import House
from tests.laws.oracle import asking, mistakes
from tests.laws.scene import Scene, a_scene
from tests.laws.stream import listening

ROUNDS = 6
UNDER_LOCK = """update workspaces set seq = seq + %(how_many)s where workspace_id = %(workspace)s
        returning seq"""
WITHOUT = """select seq + %(how_many)s as seq from workspaces where workspace_id = %(workspace)s
    ), too_late as (
        update workspaces set seq = seq + %(how_many)s where workspace_id = %(workspace)s"""


async def test_what_many_do_at_once_is_numbered_without_a_gap_and_heard_by_all(house: House) -> None:
    await _all_at_once(house)


@pytest.mark.long
async def test_numbers_that_are_taken_without_their_lock_are_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await a_scene(house, seed=1)
    unlocked = database.APPEND_CHANGES.replace(UNDER_LOCK, WITHOUT)
    assert unlocked != database.APPEND_CHANGES
    monkeypatch.setattr(database, "APPEND_CHANGES", unlocked)

    with pytest.raises(AssertionError):
        await _act(scene)


async def _all_at_once(house: House) -> None:
    scene = await a_scene(house, seed=1)
    async with listening("Maria", scene.maria, view="all", limit=100) as maria:
        await _act(scene)
        fresh = await maria.fresh()
        assert maria.inbox.shown() == maria.inbox.fresh(fresh)
    assert await mistakes(asking(house.database.dsn)) == []


async def _act(scene: Scene) -> None:
    """Every conversation is closed and opened again, and read, all of them at the same time."""
    conversations = [await scene.conversation_of(customer) for customer in scene.customers]
    await asyncio.gather(*(_closes_and_reads(scene, each) for each in conversations))


async def _closes_and_reads(scene: Scene, conversation: str) -> None:
    seq = (await scene.maria.snapshot())["seq"]
    for _ in range(ROUNDS):
        await scene.maria.post(f"conversations/{conversation}/close", expect=204, seen_seq=seq)
        await scene.maria.post(f"conversations/{conversation}/reopen", expect=204)
    opened = await scene.maria.get(f"conversations/{conversation}")
    mark = opened["conversation"]["last_arrived_at"]
    await scene.maria.post(f"conversations/{conversation}/read", expect=204, read_up_to=mark)
