"""What arrived for an account before there was a channel for it: it waits, parked, and is taken in once there is one.

The name by which it came may be an old one of the account's by then, so that it is the arrivals that get their
channel here, and not the envelopes that are parsed anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from dragoman.channels.events import Event, Unrecognised
from dragoman.db.database import Transaction
from dragoman.inbound import store
from dragoman.inbound.model import Arrival
from dragoman.inbound.parsing import Events, customer_of, load_routes, read, record
from dragoman.work.lanes import lane_of

BATCH = 250  # arrivals in one transaction
MOST_ACCOUNTS = 20  # asked about in one look
MOST_LOOKS = 3  # at what arrived for an account that the platform does not know either


async def unknown_accounts(tx: Transaction, connection_id: UUID) -> list[str]:
    """For which accounts without a channel something waits, the longest waiting first."""
    rows = await tx.rows(
        """
        select account from arrivals
        where workspace_id = %(workspace)s and outcome = 'parked' and channel_id is null
          and connection_id = %(connection)s and account <> '' and attempts < %(looks)s
        group by account order by min(received_at) limit %(most)s""",
        {
            "workspace": tx.workspace_id,
            "connection": connection_id,
            "looks": MOST_LOOKS,
            "most": MOST_ACCOUNTS,
        },
    )
    return [row[0] for row in rows]


async def something_waits(tx: Transaction, connection_id: UUID, account: str) -> bool:
    return bool(await _waiting(tx, connection_id, account, 1))


async def adopt(tx: Transaction, connection_id: UUID, account: str, channel_id: UUID) -> int:
    """Give a batch of what waits for this account its channel, and let it be placed. Returns how many there were."""
    waiting = await _waiting(tx, connection_id, account, BATCH)
    if not waiting:
        return 0
    route = (await load_routes(tx))[connection_id]
    events: dict[UUID, Events | str] = {
        envelope.envelope_id: read(envelope, route)
        for envelope in await store.bodies(tx, {a.envelope_id for a in waiting})
    }
    await _forget(tx, waiting)
    await record(tx, [_adopted(a, _event_of(a, events.get(a.envelope_id)), channel_id) for a in waiting])
    tx.wake_worker("arrivals")
    return len(waiting)


def _event_of(arrival: Arrival, events: Events | str | None) -> Event | None:
    if events is None or isinstance(events, str):
        return None
    return next(
        (e for e in events if (e.account, e.natural_key) == (arrival.account, arrival.natural_key)), None
    )


def _adopted(arrival: Arrival, event: Event | None, channel_id: UUID) -> Arrival:
    own = replace(arrival, channel_id=channel_id, outcome=None, reason=None)
    match event:
        case None:
            return replace(own, outcome="parked", reason="its envelope does not hold it any more")
        case Unrecognised():
            reason = f"we do not know this kind of event yet: {event.what}"
            return replace(own, outcome="parked", reason=reason)
        case _:
            return replace(own, lane=lane_of(channel_id, customer_of(event)))


async def leave_unread(tx: Transaction, connection_id: UUID, account: str) -> None:
    """Somebody of ours removed this account's channel: what still arrives for it is nobody's work."""
    await tx.execute(
        """
        update arrivals set outcome = 'shelved', reason = 'the channel of this account was removed'
        where workspace_id = %(workspace)s and outcome = 'parked' and channel_id is null
          and connection_id = %(connection)s and account = %(account)s""",
        {"workspace": tx.workspace_id, "connection": connection_id, "account": account},
    )


async def looked_in_vain(tx: Transaction, connection_id: UUID, account: str) -> None:
    """The platform does not know this account: it is asked a few times, then a person decides."""
    await tx.execute(
        """
        update arrivals set attempts = attempts + 1
        where workspace_id = %(workspace)s and outcome = 'parked' and channel_id is null
          and connection_id = %(connection)s and account = %(account)s""",
        {"workspace": tx.workspace_id, "connection": connection_id, "account": account},
    )


async def _waiting(tx: Transaction, connection_id: UUID, account: str, limit: int) -> list[Arrival]:
    rows = await tx.rows(
        """
        select arrival_id, envelope_id, natural_key, kind, lane, received_at from arrivals
        where workspace_id = %(workspace)s and outcome = 'parked' and channel_id is null
          and connection_id = %(connection)s and account = %(account)s
        order by arrival_id limit %(limit)s for update""",
        {"workspace": tx.workspace_id, "connection": connection_id, "account": account, "limit": limit},
    )
    return [
        Arrival(
            arrival_id=arrival_id,
            envelope_id=envelope_id,
            connection_id=connection_id,
            channel_id=None,
            account=account,
            natural_key=natural_key,
            kind=kind,
            lane=lane,
            received_at=received_at,
        )
        for arrival_id, envelope_id, natural_key, kind, lane, received_at in rows
    ]


async def _forget(tx: Transaction, waiting: Sequence[Arrival]) -> None:
    """They are written anew under the same ids, where their natural keys count."""
    await tx.execute(
        "delete from arrivals where workspace_id = %(workspace)s and arrival_id = any(%(ids)s)",
        {"workspace": tx.workspace_id, "ids": [a.arrival_id for a in waiting]},
    )
