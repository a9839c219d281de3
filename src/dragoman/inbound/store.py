"""SQL about envelopes and arrivals: what came in, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from dragoman.access.sealing import Sealer
from dragoman.db.database import Transaction
from dragoman.db.many_rows import Columns
from dragoman.inbound.model import Arrival, Envelope, NewAttachment, Outcome
from dragoman.kit.ids import new_id


async def add_envelopes(
    tx: Transaction, connection_id: UUID, found: Sequence[bytes], received_at: datetime
) -> None:
    """Store raw bodies that we asked for ourselves; what is delivered goes through the door."""
    await tx.execute(
        """
        insert into envelopes (workspace_id, envelope_id, connection_id, received_at, due_at, body)
        select %(workspace)s, e.envelope_id, %(connection)s, %(at)s, %(at)s, e.body
        from unnest(%(ids)s::uuid[], %(bodies)s::bytea[]) as e(envelope_id, body)""",
        {
            "workspace": tx.workspace_id,
            "connection": connection_id,
            "at": received_at,
            "ids": [new_id() for _ in found],
            "bodies": list(found),
        },
    )


async def claim_envelopes(tx: Transaction, limit: int, max_bytes: int) -> list[Envelope]:
    """The oldest envelopes that want to be parsed and that no other worker has in hand: at least one."""
    rows = await tx.rows(
        """
        select envelope_id, octet_length(body) from envelopes
        where workspace_id = %(workspace)s and due_at <= now()
        order by due_at limit %(limit)s for update skip locked""",
        {"workspace": tx.workspace_id, "limit": limit},
    )
    ids: list[UUID] = []
    size = 0
    for envelope_id, length in rows:
        size += length
        if ids and size > max_bytes:
            break
        ids.append(envelope_id)
    return await bodies(tx, ids)


async def claim_envelope(tx: Transaction, envelope_id: UUID) -> list[Envelope]:
    """This one, unless it was taken up meanwhile or another worker has it in hand."""
    rows = await tx.rows(
        """
        select envelope_id, connection_id, received_at, body, attempts from envelopes
        where workspace_id = %(workspace)s and envelope_id = %(envelope)s and due_at <= now()
        for update skip locked""",
        {"workspace": tx.workspace_id, "envelope": envelope_id},
    )
    return [Envelope(*row) for row in rows]


async def bodies(tx: Transaction, ids: Collection[UUID]) -> list[Envelope]:
    return [
        Envelope(*row)
        for row in await tx.rows(
            """
            select envelope_id, connection_id, received_at, body, attempts from envelopes
            where workspace_id = %(workspace)s and envelope_id = any(%(ids)s) order by envelope_id""",
            {"workspace": tx.workspace_id, "ids": list(ids)},
        )
    ]


async def envelopes_parsed(tx: Transaction, ids: Sequence[UUID]) -> None:
    await tx.execute(
        """
        update envelopes set due_at = null
        where workspace_id = %(workspace)s and envelope_id = any(%(ids)s)""",
        {"workspace": tx.workspace_id, "ids": ids},
    )


async def park_envelope(tx: Transaction, envelope_id: UUID, reason: str) -> None:
    await tx.execute(
        """
        update envelopes set due_at = null, parked_reason = %(reason)s
        where workspace_id = %(workspace)s and envelope_id = %(envelope)s""",
        {"workspace": tx.workspace_id, "envelope": envelope_id, "reason": reason},
    )


async def envelope_again(tx: Transaction, envelope_id: UUID, after: timedelta) -> None:
    """Try it later: it could not be taken up now."""
    await tx.execute(
        """
        update envelopes set due_at = now() + %(after)s, attempts = attempts + 1
        where workspace_id = %(workspace)s and envelope_id = %(envelope)s""",
        {"workspace": tx.workspace_id, "envelope": envelope_id, "after": after},
    )


ARRIVAL = Columns({
    "arrival_id": "uuid", "envelope_id": "uuid", "connection_id": "uuid", "channel_id": "uuid", "account": "text",
    "natural_key": "text", "kind": "text", "lane": "smallint", "received_at": "timestamptz", "due_at": "timestamptz",
    "outcome": "text", "reason": "text", "duplicate_of": "uuid",
})  # fmt: skip


async def add_arrivals(tx: Transaction, arrivals: Sequence[Arrival]) -> set[UUID]:
    """Write arrivals; those whose natural key is there already are left out. Returns the ids that were new."""
    if not arrivals:
        return set()
    # By key in every process: two that write the same ones in different orders would wait for each other.
    by_key = sorted(arrivals, key=lambda a: (str(a.channel_id), a.natural_key))
    rows = [
        (a.arrival_id, a.envelope_id, a.connection_id, a.channel_id, a.account, a.natural_key, a.kind, a.lane,
         a.received_at, None if a.outcome else a.received_at, a.outcome, a.reason, a.duplicate_of)
        for a in by_key
    ]  # fmt: skip
    added = await tx.rows(
        f"""
        insert into arrivals ({ARRIVAL.names}, workspace_id)
        select a.*, %(workspace)s from json_to_recordset(%(rows)s) as a({ARRIVAL.typed})
        on conflict (workspace_id, channel_id, natural_key)
            where duplicate_of is null and channel_id is not null do nothing
        returning arrival_id""",
        {"workspace": tx.workspace_id, "rows": ARRIVAL(rows)},
    )
    return {row[0] for row in added}


async def firsts(
    tx: Transaction, keys: Sequence[tuple[UUID, str]]
) -> dict[tuple[UUID, str], tuple[UUID, UUID]]:
    """Of each (channel, natural key) the first arrival: its id and its envelope."""
    rows = await tx.rows(
        """
        select a.channel_id, a.natural_key, a.arrival_id, a.envelope_id
        from unnest(%(channels)s::uuid[], %(keys)s::text[]) as k(channel_id, natural_key)
        join arrivals a on a.workspace_id = %(workspace)s and a.channel_id = k.channel_id
             and a.natural_key = k.natural_key and a.duplicate_of is null""",
        {
            "workspace": tx.workspace_id,
            "channels": [channel for channel, _ in keys],
            "keys": [key for _, key in keys],
        },
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


async def due_arrivals(tx: Transaction, lanes: Sequence[int], limit: int) -> list[Arrival]:
    """What is due in these (locked) lanes, oldest first within each."""
    rows = await tx.rows(
        """
        select a.arrival_id, a.envelope_id, a.connection_id, a.channel_id, a.account, a.natural_key, a.kind, a.lane,
               a.received_at, a.attempts
        from unnest(%(lanes)s::smallint[]) as l(lane),
        lateral (
            select * from arrivals
            where workspace_id = %(workspace)s and lane = l.lane and due_at <= now()
            order by due_at, arrival_id limit %(per_lane)s
        ) as a
        order by a.arrival_id""",
        {"workspace": tx.workspace_id, "lanes": list(lanes), "per_lane": max(1, limit // len(lanes))},
    )
    return [
        Arrival(
            arrival_id=row[0],
            envelope_id=row[1],
            connection_id=row[2],
            channel_id=row[3],
            account=row[4],
            natural_key=row[5],
            kind=row[6],
            lane=row[7],
            received_at=row[8],
            attempts=row[9],
        )
        for row in rows
    ]


async def is_due(tx: Transaction, arrival_id: UUID) -> bool:
    return bool(
        await tx.value(
            """
            select true from arrivals
            where workspace_id = %(workspace)s and arrival_id = %(arrival)s and due_at is not null""",
            {"workspace": tx.workspace_id, "arrival": arrival_id},
        )
    )


OUTCOME = Columns({
    "arrival_id": "uuid", "outcome": "text", "reason": "text", "conversation_id": "uuid", "message_id": "uuid",
    "again_at": "timestamptz",
})  # fmt: skip


async def conclude(tx: Transaction, outcomes: Sequence[Outcome]) -> None:
    """Write what became of arrivals."""
    if not outcomes:
        return
    rows = [
        (o.arrival_id, o.outcome, o.reason, o.conversation_id, o.message_id, o.again_at) for o in outcomes
    ]
    await tx.execute(
        f"""
        update arrivals a set outcome = o.outcome, reason = o.reason, conversation_id = o.conversation_id,
               message_id = o.message_id, due_at = o.again_at, attempts = a.attempts + 1
        from json_to_recordset(%(rows)s) as o({OUTCOME.typed})
        where a.workspace_id = %(workspace)s and a.arrival_id = o.arrival_id""",
        {"workspace": tx.workspace_id, "rows": OUTCOME(rows)},
    )


async def add_attachments(
    tx: Transaction, sealer: Sealer, attachments: Sequence[NewAttachment], now: datetime
) -> None:
    """Files that still lie at the platform. Where they lie is sealed: it may hold a token."""
    if not attachments or tx.workspace_id is None:
        return
    rows = []
    for a in attachments:
        m = a.media
        source, key = sealer.seal(
            msgspec.json.encode(m.source), workspace=tx.workspace_id, column="attachments.source"
        )
        rows.append(
            (a.attachment_id, a.channel_id, a.message_id, m.kind.value, source, key, m.name, m.mime_type, m.size_bytes,
             m.width, m.height, m.duration_seconds, m.emoji)
        )  # fmt: skip
    await tx.connection.execute(
        """
        insert into attachments (workspace_id, attachment_id, channel_id, message_id, kind, source, source_key, name,
                                 mime_type, size_bytes, width, height, duration_seconds, emoji, state, created_at)
        select %s, a.*, 'waiting', %s from unnest(
            %s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::bytea[], %s::text[], %s::text[], %s::text[],
            %s::bigint[], %s::integer[], %s::integer[], %s::real[], %s::text[]) as a""",
        [tx.workspace_id, now, *map(list, zip(*rows, strict=True))],
    )


async def routes(tx: Transaction) -> dict[UUID, tuple[str, str, dict[str, UUID]]]:
    """Of each connection: its platform, its first account, and its channels by account."""
    rows: list[Any] = await tx.rows(
        """
        select n.connection_id, n.platform, c.account, c.channel_id from connections n
        left join channels c on c.workspace_id = n.workspace_id and c.connection_id = n.connection_id
                                and c.state <> 'removed'
        where n.workspace_id = %(workspace)s order by n.connection_id, c.created_at""",
        {"workspace": tx.workspace_id},
    )
    found: dict[UUID, tuple[str, str, dict[str, UUID]]] = {}
    for connection_id, platform, account, channel_id in rows:
        route = found.setdefault(connection_id, (platform, account or "", {}))
        if channel_id:
            route[2][account] = channel_id
    return found
