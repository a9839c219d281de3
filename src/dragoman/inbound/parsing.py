"""The first stage: envelopes become arrivals. Many envelopes in one transaction; a broken one stops no other: what
cannot be read is parked, and when arrivals cannot be written, the batch is tried one by one, and the culprit waits or
is parked with its reason.

The events themselves are not stored (text lives in few places): the next stage parses the body again, or takes
them from ``Parsed``, which remembers the newest.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import Event, InboundEvent, Unrecognised
from dragoman.channels.registry import channel
from dragoman.db.away import is_away
from dragoman.db.database import Database, Transaction
from dragoman.inbound import store
from dragoman.inbound.model import Arrival, Envelope
from dragoman.kit.ids import new_id
from dragoman.work.lanes import lane_of

log = logging.getLogger(__name__)

BATCH = 250
IN_ONE_BREATH = 8  # parsed in one go: placing holds locks, and shares this process's one thread
BATCH_BYTES = 32 * 1024 * 1024
REMEMBERED = 4000  # envelopes whose events are kept in memory between the stages
REMEMBERED_BYTES = 64 * 1024  # of a body; larger ones are parsed again
RETRIES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15))

WHOLE = "envelope:"  # begins the natural key of an arrival that stands for all of its envelope

Events = tuple[InboundEvent, ...]


class Route(msgspec.Struct, frozen=True):
    """Where a connection's envelopes go."""

    platform: str
    account: str  # for platforms whose bodies do not name one
    channels: dict[str, UUID]


class Parsed:
    """Events of the envelopes parsed last, by envelope. Forgetting costs time, never truth."""

    def __init__(self) -> None:
        self._events: OrderedDict[UUID, Events] = OrderedDict()

    def remember(self, envelope: Envelope, events: Events) -> None:
        if len(envelope.body) > REMEMBERED_BYTES:
            return
        self._events[envelope.envelope_id] = events
        if len(self._events) > REMEMBERED:
            self._events.popitem(last=False)

    def get(self, envelope_id: UUID) -> Events | None:
        return self._events.get(envelope_id)


async def parse_some(database: Database, workspace_id: UUID, parsed: Parsed) -> int:
    """Parse a batch of this workspace's envelopes. Returns how many there were."""
    try:
        async with database.transaction(workspace_id) as tx:
            envelopes = await store.claim_envelopes(tx, BATCH, BATCH_BYTES)
            await _take_up(tx, envelopes, parsed)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("a batch of envelopes could not be taken up; they are tried one by one")
        return await _one_by_one(database, workspace_id, parsed)
    return len(envelopes)


async def _take_up(tx: Transaction, envelopes: Sequence[Envelope], parsed: Parsed) -> None:
    """Write the arrivals in these envelopes, which the caller has locked."""
    if not envelopes:
        return
    routes = await load_routes(tx)
    arrivals: list[Arrival] = []
    for nth, envelope in enumerate(envelopes):
        if nth % IN_ONE_BREATH == 0:
            await asyncio.sleep(0)
        arrivals += await _arrivals_of(tx, envelope, routes, parsed)
    await record(tx, arrivals)
    await store.envelopes_parsed(tx, [e.envelope_id for e in envelopes])
    tx.wake_worker("arrivals")


async def _one_by_one(database: Database, workspace_id: UUID, parsed: Parsed) -> int:
    """Every envelope in a transaction of its own, so that the one that fails is known."""
    async with database.transaction(workspace_id) as tx:
        suspects = await store.claim_envelopes(tx, BATCH, BATCH_BYTES)
    for envelope in suspects:
        try:
            async with database.transaction(workspace_id) as tx:
                await _take_up(tx, await store.claim_envelope(tx, envelope.envelope_id), parsed)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("envelope %s could not be taken up", envelope.envelope_id)
            await _later_or_parked(database, workspace_id, envelope, error)
    return len(suspects)


async def _later_or_parked(
    database: Database, workspace_id: UUID, envelope: Envelope, error: Exception
) -> None:
    async with database.transaction(workspace_id) as tx:
        if envelope.attempts < len(RETRIES):
            await store.envelope_again(tx, envelope.envelope_id, RETRIES[envelope.attempts])
        else:
            reason = f"what it holds could not be written down ({type(error).__name__})"
            await record(tx, [await _parked_whole(tx, envelope, reason)])


async def load_routes(tx: Transaction) -> dict[UUID, Route]:
    return {connection: Route(*route) for connection, route in (await store.routes(tx)).items()}


async def _arrivals_of(
    tx: Transaction, envelope: Envelope, routes: dict[UUID, Route], parsed: Parsed
) -> list[Arrival]:
    route = routes[envelope.connection_id]
    events = read(envelope, route)
    if isinstance(events, str):
        return [await _parked_whole(tx, envelope, events)]
    parsed.remember(envelope, events)
    return [_arrival(envelope, event, route) for event in events]


def read(envelope: Envelope, route: Route) -> Events | str:
    """The events in an envelope, at least one; else in a sentence why there are none. Raises nothing."""
    try:
        events = parse(envelope.body, route)
    except MalformedPayload as malformed:
        return malformed.reason
    except Exception as bug:  # of ours, in one body: its neighbours go on
        log.exception("the %s parser failed on envelope %s", route.platform, envelope.envelope_id)
        return f"our parser failed on this body ({type(bug).__name__})"
    return events or "there is no event in this body"


def parse(body: bytes, route: Route) -> Events:
    return tuple(channel(route.platform).parse(body, route.account))


def _arrival(envelope: Envelope, event: Event, route: Route) -> Arrival:
    channel_id = route.channels.get(event.account)
    kind = type(event).__struct_config__.tag
    outcome, reason = _at_once(event, channel_id)
    return Arrival(
        arrival_id=new_id(),
        envelope_id=envelope.envelope_id,
        connection_id=envelope.connection_id,
        channel_id=channel_id,
        account=event.account,
        natural_key=event.natural_key,
        kind=str(kind),
        lane=lane_of(channel_id, customer_of(event)) if channel_id else 0,
        received_at=envelope.received_at,
        outcome=outcome,
        reason=reason,
    )


def customer_of(event: Event) -> str:
    customer = getattr(event, "customer", None)
    return customer.address if customer else ""


def _at_once(event: Event, channel_id: UUID | None) -> tuple[str | None, str | None]:
    """The outcome and its reason, of what need not be placed."""
    if isinstance(event, Unrecognised) and event.known:
        return "shelved", f"this kind of event is not for us: {event.what}"
    if channel_id is None:
        return "parked", f"no channel is connected for the account {event.account}"
    if isinstance(event, Unrecognised):
        return "parked", f"we do not know this kind of event yet: {event.what}"
    return None, None


async def _parked_whole(tx: Transaction, envelope: Envelope, reason: str) -> Arrival:
    """An envelope that gives us nothing is accounted for as well."""
    await store.park_envelope(tx, envelope.envelope_id, reason)
    return Arrival(
        arrival_id=new_id(),
        envelope_id=envelope.envelope_id,
        connection_id=envelope.connection_id,
        channel_id=None,
        account="",
        natural_key=f"{WHOLE}{envelope.envelope_id}",
        kind="unrecognised",
        lane=0,
        received_at=envelope.received_at,
        outcome="parked",
        reason=reason,
    )


async def record(tx: Transaction, arrivals: Sequence[Arrival]) -> None:
    """Write arrivals; what came before under the same natural key makes a duplicate.

    An envelope that is parsed a second time (after a retry) finds its own arrivals, which are no duplicates.
    """
    new = await store.add_arrivals(tx, arrivals)
    known = [a for a in arrivals if a.arrival_id not in new]
    if not known:
        return
    firsts = await store.firsts(tx, [(a.channel_id, a.natural_key) for a in known if a.channel_id])
    duplicates: list[Arrival] = []
    for arrival in known:
        first, envelope_id = firsts[arrival.channel_id, arrival.natural_key]  # type: ignore[index]  # has a channel
        if envelope_id != arrival.envelope_id:
            duplicates.append(_duplicate(arrival, first))
    await store.add_arrivals(tx, duplicates)


def _duplicate(arrival: Arrival, first: UUID) -> Arrival:
    return msgspec.structs.replace(arrival, outcome="duplicate", reason=None, duplicate_of=first)
