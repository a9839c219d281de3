"""Whatever the order in which things arrive, however often, in whatever batches: the same inbox comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dragoman.access.sealing import Sealer
from dragoman.conversations.model import Place, Side
from dragoman.conversations.turns import Fragment, group
from dragoman.db.database import Database
from tests.inbox.house import settings_for
from tests.laws import mailroom
from tests.laws.mailroom import NOON, Mailroom
from tests.laws.oracle import grouped, mistakes

FEW = settings(
    max_examples=10,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # an example takes a database: shrinking takes for ever
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = settings(FEW, max_examples=400)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation, and what became of it. Times are seconds after noon."""

    chat: int
    at: int
    by_us: bool
    edits: int
    taken_back: bool
    words: str | None = None  # else what numbers it


said = st.builds(
    Said,
    chat=st.integers(1, 2),
    at=st.sampled_from([0, 1, 5, 9, 10, 11, 19, 20, 30, 600]) | st.integers(0, 900),
    by_us=st.sampled_from([False, False, True]),
    edits=st.sampled_from([0, 0, 0, 1, 2]),
    taken_back=st.sampled_from([False, False, False, False, True]),
    words=st.sampled_from([None, None, "🔥", "thanks!", "Friday, 2 pm?"]),
)
dialogues = st.lists(said, min_size=1, max_size=12)
disorder = st.integers(0, 2**32)

Trial = Callable[[Mailroom], Awaitable[None]]
Rooms = Callable[[Trial], None]


@pytest.fixture
def in_a_room(dsn: str, tmp_path: Path) -> Rooms:
    """Runs a trial in a workspace that nobody has used."""
    sealer = Sealer.from_settings(settings_for(dsn, tmp_path, "http://127.0.0.1:9", 8088))

    async def run(trial: Trial) -> None:
        async with Database(dsn) as database:
            await trial(await Mailroom.opened(database, sealer))

    return lambda trial: asyncio.run(run(trial))


@given(dialogue=dialogues, seed=disorder, long_apart=st.booleans())
@FEW
def test_the_same_inbox_comes_of_every_order_of_arrival(
    in_a_room: Rooms, dialogue: list[Said], seed: int, long_apart: bool
) -> None:
    _same_in_every_order(in_a_room, dialogue, seed, long_apart)


@pytest.mark.long
@pytest.mark.timeout(1800)
@given(dialogue=dialogues, seed=disorder, long_apart=st.booleans())
@MANY
def test_the_same_inbox_comes_of_very_many_orders_of_arrival(
    in_a_room: Rooms, dialogue: list[Said], seed: int, long_apart: bool
) -> None:
    _same_in_every_order(in_a_room, dialogue, seed, long_apart)


@given(seed=disorder)
@FEW
def test_what_was_taken_back_long_before_it_came_is_taken_back(in_a_room: Rooms, seed: int) -> None:
    gone, stays = Said(1, 0, False, 1, True), Said(1, 5, True, 0, False)

    _same_in_every_order(in_a_room, [gone, stays], seed, long_apart=True)


def test_what_is_left_of_a_split_turn_once_it_was_taken_back_lies_nowhere(in_a_room: Rooms) -> None:
    """The shelf held both as one turn, until it turned out that we had said something between them."""
    gone, ours, stays = (
        Said(1, 0, False, 0, True, "🔥"),
        Said(1, 3, True, 0, False),
        Said(1, 5, False, 0, False, "🔥"),
    )
    first, between, last, takes_back = _bodies([gone, ours, stays])

    async def trial(room: Mailroom) -> None:
        await room.takes([[first, last], [takes_back], [between]], NOON + timedelta(hours=1))
        assert await mistakes(room.ask) == []

    in_a_room(trial)


def _same_in_every_order(in_a_room: Rooms, dialogue: list[Said], seed: int, long_apart: bool) -> None:
    bodies, at = _bodies(dialogue), NOON + timedelta(hours=1)
    chance = Random(seed)

    async def as_it_was_said(room: Mailroom) -> None:
        await room.takes([bodies], at)
        assert await mistakes(room.ask) == []
        wanted.append(await _inbox(room))

    async def in_disorder_and_twice(room: Mailroom) -> None:
        batches = _batches(_shuffled_and_duplicated(bodies, chance), chance)
        await room.takes(batches, at, long_apart=long_apart)
        assert await mistakes(room.ask) == []
        assert await _inbox(room) == wanted[0]

    wanted: list[Any] = []
    in_a_room(as_it_was_said)
    in_a_room(in_disorder_and_twice)


@given(dialogue=dialogues)
@FEW
def test_everything_parsed_and_delivered_once_more_changes_nothing(
    in_a_room: Rooms, dialogue: list[Said]
) -> None:
    bodies, at = _bodies(dialogue), NOON + timedelta(hours=1)

    async def trial(room: Mailroom) -> None:
        await room.takes([bodies], at)
        before = await _everything(room)

        await room.parses_everything_again()
        assert await _everything(room) == before

        await room.takes([bodies], at)
        assert await _everything(room) == before
        assert await mistakes(room.ask) == []

    in_a_room(trial)


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=30), disorder)
def test_turns_depend_on_what_was_said_and_not_on_when_it_came(
    messages: list[tuple[int, bool]], seed: int
) -> None:
    """The product's grouping against the plain one, and each message in exactly one turn."""
    arrival = list(range(len(messages)))
    Random(seed).shuffle(arrival)
    rows: list[dict[str, Any]] = [
        {"sent_at": NOON + timedelta(seconds=at), "platform_order": nth, "message_id": UUID(int=arrival[nth]),
         "side": "team" if by_us else "customer"}
        for nth, (at, by_us) in enumerate(messages)
    ]  # fmt: skip
    rows.sort(key=mailroom_place)

    turns = group(
        Fragment(Place(r["sent_at"], r["platform_order"], r["message_id"]), Side(r["side"]), NOON)
        for r in rows
    )

    runs = grouped(rows)
    assert [[f.place.id for f in t.fragments] for t in turns] == [
        [r["message_id"] for r in run] for run in runs
    ]
    assert [t.turn_id for t in turns] == [min(r["message_id"] for r in run) for run in runs]


def mailroom_place(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["sent_at"], row["platform_order"]


def _bodies(dialogue: list[Said]) -> list[bytes]:
    """What the platform delivers, as it happened: message, edits, deletion. Numbers grow with time in each chat."""
    found: list[tuple[int, bytes]] = []
    for number, one in enumerate(sorted(dialogue, key=lambda s: s.at), start=1):
        update = number * 100
        words = one.words or f"message {number}"
        found.append((one.at, mailroom.written(update, one.chat, number, one.at, words, by_us=one.by_us)))
        for nth in range(1, one.edits + 1):
            text, when = f"{one.words or 'edit'} {nth} of {number}", one.at + 3 * nth
            body = mailroom.edited(update + nth, one.chat, number, one.at, when, text, by_us=one.by_us)
            found.append((when, body))
        if one.taken_back:
            found.append((one.at + 60, mailroom.taken_back(update + 99, one.chat, number)))
    return [body for _, body in sorted(found, key=lambda pair: pair[0])]


def _shuffled_and_duplicated(bodies: list[bytes], chance: Random) -> list[bytes]:
    again = [body for body in bodies if chance.random() < 0.3]
    mixed = [*bodies, *again]
    chance.shuffle(mixed)
    return mixed


def _batches(bodies: list[bytes], chance: Random) -> list[list[bytes]]:
    cut: list[list[bytes]] = []
    rest = bodies
    while rest:
        size = chance.choice([1, 1, 2, 5, len(rest)])
        cut.append(rest[:size])
        rest = rest[size:]
    return cut


async def _inbox(room: Mailroom) -> Any:
    """What does not depend on the order of arrival: who said what, in which turns, and who waits since when."""
    messages = await room.ask(
        """select m.external_id, m.side, m.sent_at, m.platform_order, m.text, m.deleted_at is not null as deleted,
                  case when m.deleted_at is null then m.edited_at end as edited_at,
                  (select t.noise from turns t where t.turn_id = m.turn_id) as noise,
                  (select array_agg(o.external_id order by o.external_id) from messages o
                                where o.workspace_id = m.workspace_id and o.turn_id = m.turn_id) as turn
           from messages m order by m.external_id"""
    )
    conversations = await room.ask(
        """select i.address, c.unanswered_count, f.external_id as first, l.external_id as last,
                  c.last_message_at, c.said_at,
                  (select array_agg(x.class order by x.at, x.class) from shelf x
                   where x.conversation_id = c.conversation_id) as shelved,
                  c.answered_at, c.answered_order
           from conversations c join identities i using (workspace_id, identity_id)
           left join messages f on f.message_id = c.first_unanswered_id
           left join messages l on l.message_id = c.last_unanswered_id order by i.address"""
    )
    return messages, conversations


TABLES = (
    "messages", "conversations", "turns", "reactions", "counters", "episodes", "contacts", "identities", "changes",
)  # fmt: skip


async def _everything(room: Mailroom) -> Any:
    return {table: sorted(map(str, await room.ask(f"select * from {table}"))) for table in TABLES} | {
        "arrivals": sorted(
            map(str, await room.ask("select * from arrivals where outcome is distinct from 'duplicate'"))
        )
    }
