"""Everything that a batch of events concerns, read in five statements whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dragoman.channels.events import (
    DeletionEvent,
    Direction,
    EditEvent,
    Event,
    MessageEvent,
    ReactionEvent,
    ReceiptEvent,
)
from dragoman.conversations import people, store, timeline
from dragoman.db.database import Transaction
from dragoman.inbound.desk import Desk
from dragoman.inbound.model import Arrival

Pairs = Sequence[tuple[Arrival, Event]]


async def load(tx: Transaction, desk: Desk, pairs: Pairs) -> None:
    """Fill the desk. Conversations are locked, in the order of their ids."""
    addresses = {key for a, e in pairs if (key := _customer(a, e))}
    desk.identities = await people.find(tx, addresses)
    desk.known = await timeline.known(tx, {key for a, e in pairs for key in _external_ids(a, e)})
    desk.own = await timeline.known_by_id(tx, {own for _, e in pairs if (own := _correlation(e))})
    desk.by_key = await store.ids_of(tx, {i.identity_id for i in desk.identities.values()})
    concerned = {*desk.by_key.values()}
    concerned |= {k.conversation_id for k in desk.known.values()} | {
        k.conversation_id for k in desk.own.values()
    }
    desk.before = await store.lock(tx, concerned)
    desk.conversations = dict(desk.before)


def _customer(arrival: Arrival, event: Event) -> tuple[UUID, str] | None:
    customer = getattr(event, "customer", None)
    return (arrival.channel_id, customer.address) if customer and arrival.channel_id else None


def _external_ids(arrival: Arrival, event: Event) -> list[tuple[UUID, str]]:
    if arrival.channel_id is None:
        return []
    if isinstance(event, MessageEvent | EditEvent | DeletionEvent | ReactionEvent):
        return [(arrival.channel_id, event.external_id)]
    if isinstance(event, ReceiptEvent):
        return [(arrival.channel_id, external_id) for external_id in event.external_ids]
    return []


def _correlation(event: Event) -> UUID | None:
    """Which of our own messages an echo speaks of."""
    if not isinstance(event, MessageEvent) or event.direction is Direction.IN or not event.correlation:
        return None
    try:
        return UUID(event.correlation)
    except ValueError:
        return None
