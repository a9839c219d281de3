"""A storm of webhooks while door, worker and PostgreSQL are killed in the middle of batches: none lost, none doubled.

What must be there is read from what the simulator noted as acknowledged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid5

import click
import pytest

from dragoman.kit.clock import now
from dragoman.kit.ids import new_id
from dragoman.rules import store
from dragoman.rules.model import Action, Do, Rule
from dragoman.simulator.faults import Fault, Trouble
from dragoman.simulator.journal import Kind
from tests.laws.doomed import AT_THE_DOOR, AT_WORK
from tests.laws.notes import missing_or_wrong
from tests.laws.oracle import Ask, mistakes
from tests.laws.processes import STILL_IN_HAND, Installation, Victim, installed

PLACES: dict[Victim, tuple[str, ...]] = {
    "web": AT_THE_DOOR,
    "worker": AT_WORK,
    "database": (*AT_THE_DOOR, *AT_WORK),
}


@pytest.mark.timeout(600)
async def test_a_storm_with_a_kill_of_each_loses_and_doubles_nothing(server_folder: Path) -> None:
    async with installed(server_folder) as whole:
        assert await _storm(whole, seed=1, webhooks=600, a_second=60, kills_of_each=1) == []


@pytest.mark.long
@pytest.mark.timeout(3000)
async def test_twenty_thousand_webhooks_with_twenty_kills_of_each(server_folder: Path) -> None:
    async with installed(server_folder, workers=2) as whole:
        assert await _storm(whole, seed=2, webhooks=20_000, a_second=50, kills_of_each=20) == []


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_an_answer_before_the_commit_is_noticed(server_folder: Path) -> None:
    async with installed(server_folder, saboteur="answers_before_it_has_stored") as whole:
        wrong = await _storm(whole, seed=3, webhooks=600, a_second=60, kills_of_each=1)

    assert any("acknowledged and lost" in sentence for sentence in wrong)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_a_door_that_takes_everything_for_new_is_noticed(server_folder: Path) -> None:
    async with installed(server_folder, saboteur="takes_everything_for_new") as whole:
        wrong = await _storm(whole, seed=4, webhooks=300, a_second=60, kills_of_each=0)

    assert wrong != []


async def _storm(
    whole: Installation, *, seed: int, webhooks: int, a_second: int, kills_of_each: int
) -> list[str]:
    """Play it; what is wrong afterwards."""
    click.echo(f"\nseed {seed}: {webhooks} webhooks, {kills_of_each} kills of each")
    simulator = whole.simulator
    accounts = await whole.one_of_each()
    await _rule_that_notes_every_turn(whole)
    for platform in accounts:
        await simulator.post("/patience", platform=platform, first_seconds=0.2, cap_seconds=1)
    await simulator.trouble(Fault(Trouble.LOST_ACKNOWLEDGEMENT, "webhook", probability=0.03))
    weather = {
        "customers": 12 + webhooks // 400,
        "rate": a_second / len(accounts),
        "duplicates": 0.1,
        "shuffle": 0.1,
        "hours": 2.0,
    }
    everybody_died = asyncio.Event()
    async with asyncio.TaskGroup() as storms:
        for account in accounts.items():
            blowing = _blow(whole, account, webhooks // len(accounts), seed, weather, everybody_died)
            storms.create_task(blowing)
        for victim, place in _plan(Random(seed), kills_of_each):
            await whole.kill(victim, place)
        everybody_died.set()
    await whole.quiet(STILL_IN_HAND, seconds=300)
    return await _wrong(whole, webhooks)


async def _blow(
    whole: Installation,
    account: tuple[str, str],
    webhooks: int,
    seed: int,
    weather: dict[str, Any],
    is_enough: asyncio.Event,
) -> None:
    """So many, and on a machine on which all of them have come before everybody died, a tenth of them again each
    time: who waits for something to come by at a place dies there."""
    for nth in count():
        number = await whole.simulator.start_storm(
            *account, webhooks if nth == 0 else max(webhooks // 10, 15), **weather, seed=seed + nth
        )
        await whole.simulator.storm_is_over(number, 900)
        if is_enough.is_set():
            return


async def _rule_that_notes_every_turn(whole: Installation) -> None:
    rule = Rule(name="Seen", actions=[Action(Do.NOTE, "A rule has seen this.")])
    async with whole.services() as services, services.database.transaction(whole.workspace_id) as tx:
        await store.lock_set(tx)
        await store.add(tx, new_id(), rule, new_id(), now())


async def _rules_wrong(ask: Ask) -> list[str]:
    """Each turn that settled was asked about as it was then, and every effect is there once."""
    runs = {run["subject"]: run for run in await ask("select * from rule_runs")}
    settled = await ask(
        "select * from turns where settled_at is not null and side = 'customer' and noise is null"
    )
    unasked = [t for t in settled if uuid5(t["turn_id"], str(t["settled_fragments"])) not in runs]
    acted = sum(run["outcome"] == "done" for run in runs.values())
    (counted,) = await ask(
        "select (select count(*) from notes) as notes, (select count(*) from trail where cause = 'rule') as trail"
    )
    wrong = [f"no rule was asked about the turn {turn['turn_id']}" for turn in unasked]
    wrong += [
        f"a rule {run['outcome']}: {run['subject']}" for run in runs.values() if run["outcome"] == "failed"
    ]
    if not counted["notes"] == counted["trail"] == acted:
        wrong.append(f"rules acted {acted} times, and left {counted}")
    click.echo(f"  {len(runs)} runs of rules, {acted} notes")
    return wrong


def _plan(chance: Random, kills_of_each: int) -> Iterator[tuple[Victim, str]]:
    victims = [victim for victim in PLACES for _ in range(kills_of_each)]
    chance.shuffle(victims)
    for victim in victims:
        yield victim, chance.choice(PLACES[victim])


async def _wrong(whole: Installation, webhooks: int) -> list[str]:
    acknowledged = await whole.simulator.notes(Kind.ACKNOWLEDGED)
    sent = await whole.simulator.notes(Kind.SENT)
    assert len(acknowledged) >= webhooks, "the storm was no storm"
    verified = await whole.unaccounted()
    click.echo(f"  {len(sent)} deliveries, {len(acknowledged)} acknowledged, ledger {verified.outcomes}")
    async with whole.one_snapshot() as ask:
        return [
            *await missing_or_wrong(ask, acknowledged, sent),
            *await mistakes(ask),
            *await _rules_wrong(ask),
            *(f"unaccounted: {one}" for one in verified.missing),
        ]
