"""The replay law: whatever happens, an old snapshot and the stream's frames give what a fresh snapshot shows.

For every action, for clients that have loaded different views and stretches, with different rights, some of whom
come in while it is happening. Over the real stream. The same for the browser's own reducer.
"""

from __future__ import annotations

import asyncio
import shutil
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from dragoman.db.database import Transaction
from tests.inbox.house import House, Person
from tests.laws.happenings import HAPPENINGS, Happening
from tests.laws.reducer import Row, differences
from tests.laws.scene import Scene, a_scene
from tests.laws.stream import Listener, listening

VIEWS = (
    "waiting",
    "mine",
    "all",
    "closed",
    "snoozed",
    "snoozed_waiting",
    "window_closing",
    "at_risk",
    "mentions",
)
WEB = Path(__file__).parents[2] / "web"
LATE_SECONDS = (0.0, 0.03, 0.1, 0.25)  # after the start of an action, that a client joins


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1])
async def test_whatever_happens_every_screen_equals_a_fresh_snapshot(house: House, seed: int) -> None:
    await _play(house, seed)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(2, 12))
async def test_whatever_happens_in_any_order_every_screen_equals_a_fresh_snapshot(
    house: House, seed: int
) -> None:
    await _play(house, seed)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(
    "kind", ["message", "message.state", "conversation", "message.gone", "read", "channel", "draft", "alarm"]
)
async def test_a_change_that_is_not_recorded_is_noticed(
    house: House, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = Transaction.changed

    def forgetful(tx: Transaction, what: str, **more: Any) -> None:
        if what != kind:
            recorded(tx, what, **more)

    monkeypatch.setattr(Transaction, "changed", forgetful)

    with pytest.raises((AssertionError, TimeoutError)):
        await _play(house, seed=1)


async def _play(house: House, seed: int) -> None:
    """Every happening once, in an order of its own for each seed; all clients are compared after each."""
    scene = await a_scene(house, seed)
    heard: list[tuple[str, Listener, Row]] = []
    order = list(HAPPENINGS)
    scene.chance.shuffle(order)
    for happening in order:
        heard += await _see_it_happen(scene, happening, seed)
    await _agree_in_the_browser(heard)


async def _see_it_happen(scene: Scene, happening: Happening, seed: int) -> list[tuple[str, Listener, Row]]:
    what = f"seed {seed}, {happening.__name__}"
    async with AsyncExitStack() as stack:
        whole = [("Maria", scene.maria), ("Jonas", scene.jonas)]
        clients = [await stack.enter_async_context(listening(*who, view="all", limit=100)) for who in whole]
        # Each client looks by chance of its own: else who comes in when would decide about what happens next.
        early_and_late = [Random(scene.chance.random()) for _ in range(4)]
        clients += [await _a_client(scene, stack, chance) for chance in early_and_late[:2]]
        late = [asyncio.create_task(_joins_late(scene, stack, chance)) for chance in early_and_late[2:]]
        await happening(scene)
        clients += await asyncio.gather(*late)
        return [await _compared(client, what) for client in clients]


async def _joins_late(scene: Scene, stack: AsyncExitStack, chance: Random) -> Listener:
    await asyncio.sleep(chance.choice(LATE_SECONDS))
    return await _a_client(scene, stack, chance)


async def _a_client(scene: Scene, stack: AsyncExitStack, chance: Random) -> Listener:
    """Somebody with a view, a page of some length, and perhaps a conversation open."""
    who, person = chance.choice([("Maria", scene.maria), ("Jonas", scene.jonas), ("Lena", scene.lena)])
    conversation = await _one_of_theirs(chance, person)
    limit = chance.choice([1, 2, 3, 5, 100])
    view = chance.choice(VIEWS)
    filtered = {} if view == "mentions" else await _a_filter(chance, person)
    asked = {"view": view, "limit": limit, "conversation": conversation, **filtered}
    return await stack.enter_async_context(listening(who, person, **asked))


async def _a_filter(chance: Random, person: Person) -> dict[str, Any]:
    """Half of them look at what a filter leaves."""
    snapshot = await person.snapshot("all", limit=1)
    choices: list[dict[str, Any]] = [
        {},
        {},
        {"unread": True},
        {"owner": "none"},
        {"owner": "me"},
        {"priority": ["high", "urgent"]},
    ]
    choices += [{"label": [each["id"] for each in snapshot["labels"][:3]]}] if snapshot["labels"] else []
    choices += [{"team": [each["id"] for each in snapshot["teams"][:2]]}] if snapshot["teams"] else []
    choices += [{"channel": snapshot["channels"][0]["id"]}] if snapshot["channels"] else []
    return chance.choice(choices)


async def _one_of_theirs(chance: Random, person: Person) -> str | None:
    rows = (await person.snapshot("all", limit=100))["rows"]["items"]
    return str(chance.choice(rows)["id"]) if rows and chance.random() < 0.8 else None


async def _compared(client: Listener, what: str) -> tuple[str, Listener, Row]:
    """With the frames up to then: who is here may still change while the others are compared."""
    fresh = await client.fresh()
    shown, wanted = client.inbox.shown(), client.inbox.fresh(fresh)
    for name, value in wanted.items():
        assert shown[name] == value, (
            f"{what}: {client.who} sees other {name} than a fresh snapshot\n{differences(shown[name], value)}"
        )
    return what, replace(client, frames=list(client.frames)), wanted


async def _agree_in_the_browser(heard: list[tuple[str, Listener, Row]]) -> None:
    """The same cases through the reducer that the browser runs."""
    npm = shutil.which("npm")
    if npm is None or not (WEB / "node_modules").exists():
        pytest.skip("the browser's client is not set up: run `make setup`")
    lines = [
        msgspec.json.encode({"snapshot": client.snapshot, "frames": client.frames}) for _, client, _ in heard
    ]
    running = await asyncio.create_subprocess_exec(
        npm, "run", "-s", "replay", cwd=WEB, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await running.communicate(b"\n".join(lines) + b"\n")
    answers = [msgspec.json.decode(line) for line in out.splitlines()]
    assert running.returncode == 0
    assert len(answers) == len(heard)
    for (what, client, wanted), answer in zip(heard, answers, strict=True):
        assert "stale" not in answer, f"{what}: {client.who} had to start over: {answer}"
        shown = {
            "seq": answer["seq"],
            "counts": answer["counts"],
            "channels": {row["id"]: row for row in answer["channels"]},
            "members": {row["id"]: row for row in answer["members"]},
            "setups": {row["id"]: row for row in answer["setups"]},
            "alarms": {row["id"]: row for row in answer["alarms"]["items"]},
            "labels": {row["id"]: row for row in answer["labels"]},
            "teams": {row["id"]: row for row in answer["teams"]},
            "saved_views": {row["id"]: row for row in answer["saved_views"]},
            "rules_version": answer["rules_version"],
            "service_levels": answer["service_levels"],
            "mentions_unseen": answer["mentions_unseen"],
            "rows": answer["rows"]["items"],
            "conversation": answer["conversation"],
            "timeline": answer["timeline"]["items"] if answer["timeline"] else [],
            "drafts": answer["drafts"],
        }
        for name, value in wanted.items():
            assert shown[name] == value, f"{what}: in the browser {client.who} sees other {name}"
