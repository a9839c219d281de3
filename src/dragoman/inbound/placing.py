"""The second stage: arrivals take their places. All that is due in the free lanes of a workspace, in one go:

    lock lanes → read what is due → load what it concerns → handle each in memory → write it all → conclude

One arrival that cannot be placed stops no other: the batch is then tried one by one, and the culprit waits or is
parked with its reason.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from dragoman.access.sealing import Sealer
from dragoman.channels.events import Event
from dragoman.db.away import is_away
from dragoman.db.database import Database, Transaction
from dragoman.inbound import store
from dragoman.inbound.desk import Desk
from dragoman.inbound.handlers import handle
from dragoman.inbound.loading import load
from dragoman.inbound.model import Arrival, Outcome
from dragoman.inbound.parsing import Events, Parsed, load_routes, read
from dragoman.inbound.saving import save
from dragoman.kit.clock import now
from dragoman.work import lanes

log = logging.getLogger(__name__)

# Arrivals in one transaction: more would make a member's action wait for the conversations' locks.
BATCH = 120
RETRIES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15))


async def place_some(
    database: Database, sealer: Sealer, workspace_id: UUID, wanted: Sequence[int], parsed: Parsed
) -> int:
    """Place what is due in those of the wanted lanes that are free. Returns how many arrivals there were."""
    try:
        return await _place(database, sealer, workspace_id, wanted, parsed, BATCH)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("a batch could not be placed; its arrivals are tried one by one")
        return await _one_by_one(database, sealer, workspace_id, wanted, parsed)


async def _place(
    database: Database, sealer: Sealer, workspace_id: UUID, wanted: Sequence[int], parsed: Parsed, limit: int
) -> int:
    async with database.transaction(workspace_id) as tx:
        held = await lanes.lock(tx, wanted)
        if not held:
            return 0
        arrivals = (await store.due_arrivals(tx, held, limit))[:limit]
        await place(tx, sealer, arrivals, parsed)
    return len(arrivals)


async def place(tx: Transaction, sealer: Sealer, arrivals: Sequence[Arrival], parsed: Parsed) -> None:
    """Place these arrivals; the caller holds their lanes."""
    if not arrivals:
        return
    events = await _events_of(tx, arrivals, parsed)
    desk = Desk(now())
    await load(tx, desk, [(a, e) for a, e in zip(arrivals, events, strict=True) if e is not None])
    for arrival, event in zip(arrivals, events, strict=True):
        if event is None:
            desk.conclude(arrival, "parked", reason="its envelope does not hold it any more")
        else:
            handle(desk, arrival, event)
    await save(tx, sealer, desk)


async def _events_of(tx: Transaction, arrivals: Sequence[Arrival], parsed: Parsed) -> list[Event | None]:
    """Each arrival's event, from memory or by parsing its envelope again; None: it is not found there."""
    found = {a.envelope_id: parsed.get(a.envelope_id) for a in arrivals}
    missing = [envelope_id for envelope_id, events in found.items() if events is None]
    if missing:
        routes = await load_routes(tx)
        for envelope in await store.bodies(tx, missing):
            # Kept here as well: what is remembered now may push the batch's own events out of the memory.
            events = read(envelope, routes[envelope.connection_id])
            if not isinstance(events, str):
                found[envelope.envelope_id] = events
                parsed.remember(envelope, events)
    return [_find(found[a.envelope_id], a) for a in arrivals]


def _find(events: Events | None, arrival: Arrival) -> Event | None:
    for event in events or ():
        if event.natural_key == arrival.natural_key and event.account == arrival.account:
            return event
    return None


async def _one_by_one(
    database: Database, sealer: Sealer, workspace_id: UUID, wanted: Sequence[int], parsed: Parsed
) -> int:
    """Every arrival in a transaction of its own, so that the one that fails is known."""
    async with database.transaction(workspace_id) as tx:
        held = await lanes.lock(tx, wanted)
        suspects = (await store.due_arrivals(tx, held, BATCH))[:BATCH] if held else []
    for arrival in suspects:
        try:
            await _place_one(database, sealer, workspace_id, arrival, parsed)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("arrival %s could not be placed", arrival.arrival_id)
            await _later_or_parked(database, workspace_id, arrival, error)
    return len(suspects)


async def _place_one(
    database: Database, sealer: Sealer, workspace_id: UUID, arrival: Arrival, parsed: Parsed
) -> None:
    async with database.transaction(workspace_id) as tx:
        if await lanes.lock(tx, [arrival.lane]) and await store.is_due(tx, arrival.arrival_id):
            await place(tx, sealer, [arrival], parsed)


async def _later_or_parked(
    database: Database, workspace_id: UUID, arrival: Arrival, error: Exception
) -> None:
    again = now() + RETRIES[arrival.attempts] if arrival.attempts < len(RETRIES) else None
    reason = f"it could not be placed ({type(error).__name__})"
    outcome = Outcome(arrival.arrival_id, None if again else "parked", reason=reason, again_at=again)
    async with database.transaction(workspace_id) as tx:
        await store.conclude(tx, [outcome])
