"""Two workers take up the same things at the same moment: neither waits for the other in a ring."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

from dragoman.access.sealing import Sealer
from dragoman.db.database import Database
from dragoman.inbound import store
from dragoman.inbound.model import Arrival
from dragoman.kit.ids import new_id
from tests.inbox.house import settings_for
from tests.laws.mailroom import ACCOUNT, NOON, Mailroom

MANY = 1500


async def test_the_same_arrivals_in_opposite_orders_are_written_once_and_without_a_deadlock(
    database: Database, tmp_path: Path
) -> None:
    sealer = Sealer.from_settings(settings_for(database.dsn, tmp_path, "http://127.0.0.1:9", 8088))
    room = await Mailroom.opened(database, sealer)
    channel = (await room.ask("select channel_id, connection_id from channels"))[0]
    arrivals = [_arrival(channel["channel_id"], channel["connection_id"], nth) for nth in range(MANY)]

    async def write(some: list[Arrival]) -> int:
        async with database.transaction(room.workspace_id) as tx:
            return len(await store.add_arrivals(tx, some))

    again = [_arrival(channel["channel_id"], channel["connection_id"], nth) for nth in reversed(range(MANY))]
    written = await asyncio.gather(write(arrivals), write(again))

    assert sorted(written) == [0, MANY]


def _arrival(channel_id: UUID, connection_id: UUID, nth: int) -> Arrival:
    return Arrival(
        arrival_id=new_id(),
        envelope_id=new_id(),
        connection_id=connection_id,
        channel_id=channel_id,
        account=ACCOUNT,
        natural_key=f"message:{nth:05}",
        kind="message",
        lane=0,
        received_at=NOON,
    )
