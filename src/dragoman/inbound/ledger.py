"""The ledger: every arrival has exactly one outcome, and everything that we kept can be found again.

``verify`` does not subtract: it parses all kept envelopes once more and looks for every natural key, and for the
message behind every one that became a message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import msgspec

from dragoman.channels.events import Event, MessageEvent
from dragoman.db.database import Database, Transaction
from dragoman.inbound.model import Envelope, Unaccounted
from dragoman.inbound.parsing import WHOLE, Route, load_routes, read

BATCH = 500
ALARM_SECONDS = 60  # what is in progress for longer needs a person
SHOWN = 100  # of what is unaccounted, by name


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    workspace_id: UUID
    arrivals: int
    outcomes: dict[str, int]  # by outcome; in_progress, and those older than a minute as overdue
    standing: dict[str, int]  # of those on conversations: how their conversation stands now
    envelopes: int
    verified: int | None = None  # envelopes that were parsed again
    unaccounted: int | None = None  # None: not verified
    missing: list[Unaccounted] = []  # the first hundred


async def counted(database: Database, workspace_id: UUID) -> Ledger:
    """What became of everything that came in."""
    async with database.reading(workspace_id) as tx:
        outcomes = await _outcomes(tx)
        return Ledger(
            workspace_id=workspace_id,
            arrivals=sum(outcomes.values()) - outcomes["overdue"],
            outcomes=outcomes,
            standing=await _standing(tx),
            envelopes=await tx.value(
                "select count(*) from envelopes where workspace_id = %(workspace)s",
                {"workspace": workspace_id},
            ),
        )


async def verify(database: Database, workspace_id: UUID) -> Ledger:
    """The same, after looking every kept thing up again."""
    ledger = await counted(database, workspace_id)
    missing: list[Unaccounted] = []
    verified = 0
    async for envelopes in _envelopes(database, workspace_id):
        async with database.reading(workspace_id) as tx:
            missing += await missing_among(tx, envelopes)
        verified += len(envelopes)
    return msgspec.structs.replace(
        ledger, verified=verified, unaccounted=len(missing), missing=missing[:SHOWN]
    )


async def missing_of_newest(database: Database, workspace_id: UUID, limit: int) -> list[Unaccounted]:
    """The quick look: only the newest envelopes that were taken up are parsed again."""
    async with database.reading(workspace_id) as tx:
        rows = await tx.rows(
            """
            select envelope_id, connection_id, received_at, body, attempts from envelopes
            where workspace_id = %(workspace)s and due_at is null
            order by envelope_id desc limit %(limit)s""",
            {"workspace": workspace_id, "limit": limit},
        )
        return await missing_among(tx, [Envelope(*row) for row in rows])


async def _outcomes(tx: Transaction) -> Counter[str]:
    rows = await tx.rows(
        """
        select coalesce(outcome, 'in_progress'), count(*) from arrivals
        where workspace_id = %(workspace)s group by 1""",
        {"workspace": tx.workspace_id},
    )
    found = Counter({row[0]: row[1] for row in rows})
    waiting = await tx.row(
        """
        select count(*), count(*) filter (where received_at < now() - make_interval(secs => %(alarm)s))
        from envelopes where workspace_id = %(workspace)s and due_at is not null""",
        {"workspace": tx.workspace_id, "alarm": ALARM_SECONDS},
    )
    overdue: int = await tx.value(
        """
        select count(*) from arrivals
        where workspace_id = %(workspace)s and due_at is not null
          and received_at < now() - make_interval(secs => %(alarm)s)""",
        {"workspace": tx.workspace_id, "alarm": ALARM_SECONDS},
    )
    assert waiting is not None
    found["in_progress"] += waiting[0]
    found["overdue"] = overdue + waiting[1]
    return found


async def _standing(tx: Transaction) -> dict[str, int]:
    rows = await tx.rows(
        """
        select case when c.status = 'open' then c.waiting_for else c.status end, count(*)
        from arrivals a
        join conversations c on c.workspace_id = a.workspace_id and c.conversation_id = a.conversation_id
        where a.workspace_id = %(workspace)s and a.outcome = 'conversation' group by 1""",
        {"workspace": tx.workspace_id},
    )
    return {row[0]: row[1] for row in rows}


async def _envelopes(database: Database, workspace_id: UUID) -> AsyncIterator[list[Envelope]]:
    """All kept envelopes that were taken up, in batches, oldest first."""
    after = UUID(int=0)
    while True:
        async with database.reading(workspace_id) as tx:
            envelopes = await kept(tx, after, UUID(int=2**128 - 1), BATCH)
        if not envelopes:
            return
        after = envelopes[-1].envelope_id
        yield envelopes


async def kept(tx: Transaction, after: UUID, last: UUID, limit: int) -> list[Envelope]:
    """Envelopes that were taken up, the oldest first: after the one id and before the other."""
    rows = await tx.rows(
        """
        select envelope_id, connection_id, received_at, body, attempts from envelopes
        where workspace_id = %(workspace)s and envelope_id > %(after)s and envelope_id < %(last)s
          and due_at is null
        order by envelope_id limit %(limit)s""",
        {"workspace": tx.workspace_id, "after": after, "last": last, "limit": limit},
    )
    return [Envelope(*row) for row in rows]


async def missing_among(tx: Transaction, envelopes: Sequence[Envelope]) -> list[Unaccounted]:
    """What is in these envelopes, parsed once more, and cannot be found."""
    routes = await load_routes(tx)
    missing: list[Unaccounted] = []
    events: list[tuple[Envelope, Event]] = []
    told = await _told(tx, envelopes)
    for envelope in envelopes:
        if told.get(envelope.envelope_id):
            continue
        found = read(envelope, routes[envelope.connection_id])
        if not isinstance(found, str):
            events += [(envelope, event) for event in found]
        elif envelope.envelope_id not in told:
            missing.append(Unaccounted(envelope.envelope_id, "", "it holds nothing, and nobody was told"))
    return missing + await _lookup(tx, routes, events)


async def _told(tx: Transaction, envelopes: Sequence[Envelope]) -> dict[UUID, bool]:
    """Those of which there is an arrival; True where a person was told of the envelope as a whole."""
    rows = await tx.rows(
        """
        select envelope_id, bool_or(natural_key = %(whole)s || envelope_id) from arrivals
        where workspace_id = %(workspace)s and envelope_id = any(%(envelopes)s) group by envelope_id""",
        {"workspace": tx.workspace_id, "whole": WHOLE, "envelopes": [e.envelope_id for e in envelopes]},
    )
    return {row[0]: row[1] for row in rows}


async def _lookup(
    tx: Transaction, routes: dict[UUID, Route], events: Sequence[tuple[Envelope, Event]]
) -> list[Unaccounted]:
    """Every natural key must be an arrival, and every message that arrived must be a message."""
    channels = [routes[e.connection_id].channels.get(event.account) for e, event in events]
    rows = await tx.rows(
        """
        select k.nth, a.arrival_id is not null, a.outcome, m.message_id is not null
        from unnest(%(envelopes)s::uuid[], %(channels)s::uuid[], %(keys)s::text[], %(externals)s::text[])
             with ordinality as k(envelope_id, channel_id, natural_key, external_id, nth)
        left join lateral (
            (select * from arrivals a
             where a.workspace_id = %(workspace)s and a.channel_id = k.channel_id
               and a.natural_key = k.natural_key and a.duplicate_of is null)
            union all
            (select * from arrivals a
             where a.workspace_id = %(workspace)s and a.envelope_id = k.envelope_id
               and a.natural_key = k.natural_key)
            limit 1
        ) a on true
        left join messages m on m.workspace_id = %(workspace)s and m.channel_id = a.channel_id
             and (m.message_id = a.message_id or m.external_id = k.external_id)
        order by k.nth""",
        {
            "workspace": tx.workspace_id,
            "envelopes": [e.envelope_id for e, _ in events],
            "channels": channels,
            "keys": [event.natural_key for _, event in events],
            "externals": [getattr(event, "external_id", None) for _, event in events],
        },
    )
    missing: list[Unaccounted] = []
    for nth, has_arrival, outcome, has_message in rows:
        (envelope, event), channel = events[nth - 1], channels[nth - 1]
        key = event.natural_key
        if not has_arrival:
            missing.append(Unaccounted(envelope.envelope_id, key, "its arrival is missing", channel))
        elif isinstance(event, MessageEvent) and outcome == "conversation" and not has_message:
            missing.append(Unaccounted(envelope.envelope_id, key, "its message is missing", channel))
    return missing
