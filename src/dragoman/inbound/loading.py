"""Everything that a batch of events concerns, read in seven statements whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dragoman.channels.events import (
    Choice,
    DeletionEvent,
    Direction,
    EditEvent,
    Event,
    MessageEvent,
    ProfileEvent,
    ReactionEvent,
    ReceiptEvent,
    question_of,
)
from dragoman.conversations import people, shelving, store, timeline
from dragoman.db.database import Transaction
from dragoman.inbound.desk import Desk
from dragoman.inbound.model import Arrival

Pairs = Sequence[tuple[Arrival, Event]]


async def load(tx: Transaction, desk: Desk, pairs: Pairs) -> None:
    """Fill the desk. Conversations are locked, in the order of their ids."""
    addresses = {key for a, e in pairs for key in _customers(a, e)}
    desk.identities = await people.find(tx, addresses)
    desk.known = await timeline.known(tx, {key for a, e in pairs for key in _external_ids(a, e)})
    desk.own = await timeline.known_by_id(tx, {own for _, e in pairs if (own := _correlation(e))})
    desk.by_key = await store.ids_of(tx, {i.identity_id for i in desk.identities.values()})
    concerned = {*desk.by_key.values()}
    concerned |= {k.conversation_id for k in desk.known.values()} | {
        k.conversation_id for k in desk.own.values()
    }
    channels = {a.channel_id for a, _ in pairs if a.channel_id is not None}
    desk.capabilities = await store.capabilities(tx, channels)
    desk.wanted = await shelving.wanted(tx, channels)
    desk.before = await store.lock(tx, concerned)
    desk.conversations = dict(desk.before)


def _customers(arrival: Arrival, event: Event) -> list[tuple[UUID, str]]:
    """Every name by which the event may mean somebody whom we know."""
    customer = getattr(event, "customer", None)
    if customer is None or arrival.channel_id is None:
        return []
    named = [customer.address, *customer.also]
    if isinstance(event, ProfileEvent) and event.moved_from is not None:
        named.append(event.moved_from)
    return [(arrival.channel_id, address) for address in named]


def _external_ids(arrival: Arrival, event: Event) -> list[tuple[UUID, str]]:
    if arrival.channel_id is None:
        return []
    if isinstance(event, MessageEvent | EditEvent | DeletionEvent | ReactionEvent):
        return [(arrival.channel_id, event.external_id)]
    if isinstance(event, ReceiptEvent):
        return [(arrival.channel_id, external_id) for external_id in event.external_ids]
    return []


def _correlation(event: Event) -> UUID | None:
    """Which of our own messages an echo, a receipt or a press on a choice speaks of."""
    if isinstance(event, ReceiptEvent):
        return own_id(event.correlation)
    if isinstance(event, MessageEvent):
        return own_id(event.correlation) if event.direction is Direction.OUT else own_question(event)
    return None


def own_question(event: MessageEvent | EditEvent) -> UUID | None:
    """The message of ours that offered what the customer pressed; None: nothing of ours was pressed."""
    pressed = (part.payload for part in event.parts or () if isinstance(part, Choice))
    return next((own for payload in pressed if (own := own_id(question_of(payload)))), None)


def own_id(correlation: str | None) -> UUID | None:
    """The message of ours that went out with this; None: none of ours would be called so."""
    try:
        return UUID(correlation) if correlation else None
    except ValueError:
        return None
