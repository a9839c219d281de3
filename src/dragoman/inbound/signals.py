"""What happens beside the words: receipts, following, control, referrals, the account itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.channels.capabilities import Move
from dragoman.channels.events import (
    AccountEvent,
    Context,
    ControlEvent,
    Event,
    FollowEvent,
    Person,
    ProfileEvent,
    ReceiptEvent,
    ReceiptRank,
    TemplatesEvent,
    UnfollowEvent,
)
from dragoman.connecting import looks
from dragoman.conversations.model import Conversation, Origin, Side, cut, is_late
from dragoman.conversations.timeline import Known, NewMessage
from dragoman.inbound.desk import Desk
from dragoman.inbound.loading import own_id
from dragoman.inbound.model import Arrival, Watermark
from dragoman.kit.ids import new_id
from dragoman.templates import looking

RANKS = {ReceiptRank.SENT: 1, ReceiptRank.DELIVERED: 2, ReceiptRank.READ: 3}


def received(desk: Desk, arrival: Arrival, event: ReceiptEvent) -> None:
    """Ranks only rise: for the messages named, and for all up to the watermark."""
    assert arrival.channel_id is not None
    c = desk.conversation(arrival.channel_id, event.customer, event.thread_key)
    named = _named(desk, arrival.channel_id, event)
    if event.rank is ReceiptRank.FAILED:
        for known in named:
            desk.failures[known.message_id] = known.conversation_id, event.reason
        desk.conclude(arrival, "applied", conversation_id=c.conversation_id)
        return
    rank = RANKS[event.rank]
    for known in named:
        desk.ranks[known.message_id] = max(desk.ranks[known.message_id], rank)
    watermark = _watermark(event, named)
    if watermark is not None:
        desk.watermarks.append(Watermark(c.conversation_id, rank, watermark))
        desk.keep(_risen(c, event.rank, watermark))
    desk.conclude(arrival, "applied", conversation_id=c.conversation_id)


def _watermark(event: ReceiptEvent, named: list[Known]) -> datetime | None:
    if not event.all_before:
        return event.watermark
    return max(message.sent_at for message in named) if named else event.at


def _named(desk: Desk, channel_id: UUID, event: ReceiptEvent) -> list[Known]:
    """The messages that it names. One that gives our correlation back was accepted, whatever became of our request."""
    found = [desk.known.get((channel_id, external_id)) for external_id in event.external_ids]
    own = desk.own.get(own_id(event.correlation) or UUID(int=0))
    if own is not None and own.state in ("sending", "unknown") and len(event.external_ids) == 1:
        if event.rank is not ReceiptRank.FAILED:
            desk.echoes.append((own, event.external_ids[0], None, 0))
        found = [own]
    return [known for known in found if known is not None]


def _risen(c: Conversation, rank: ReceiptRank, watermark: datetime) -> Conversation:
    if rank is ReceiptRank.READ and (c.read_up_to is None or watermark > c.read_up_to):
        return replace(c, read_up_to=watermark)
    if rank is ReceiptRank.DELIVERED and (c.delivered_up_to is None or watermark > c.delivered_up_to):
        return replace(c, delivered_up_to=watermark)
    return c


def followed(desk: Desk, arrival: Arrival, event: FollowEvent | UnfollowEvent) -> None:
    """Whether we reach them: the later word holds, by the platform's time, whichever comes first."""
    assert arrival.channel_id is not None
    identity = desk.identity(arrival.channel_id, event.customer)
    at = cut(event.at, arrival.received_at)
    heard_at = identity.block_heard_at or identity.blocked_us_at
    if heard_at is None or at >= heard_at:
        blocked = at if isinstance(event, UnfollowEvent) else None
        desk.keep_identity(replace(identity, blocked_us_at=blocked, block_heard_at=at))
    c = desk.conversation(arrival.channel_id, event.customer, "")
    desk.conclude(arrival, "applied", conversation_id=c.conversation_id)


def controlled(desk: Desk, arrival: Arrival, event: ControlEvent) -> None:
    assert arrival.channel_id is not None
    if event.customer is None:
        desk.conclude(arrival, "applied")
        return
    c = desk.conversation(arrival.channel_id, event.customer, "")
    if event.text and event.ours != (not c.held_elsewhere):  # on standby each message says it again
        _stands_there(desk, arrival, event, event.customer, Context(kind="control", text=event.text))
    if event.ours is not None:
        c = desk.conversations[c.conversation_id]
        desk.keep(replace(c, held_elsewhere=not event.ours))
    if event.ours is False:
        desk.held_elsewhere.add((arrival.envelope_id, c.conversation_id))
    desk.conclude(arrival, "applied", conversation_id=c.conversation_id)


def introduced(desk: Desk, arrival: Arrival, event: ProfileEvent) -> None:
    assert arrival.channel_id is not None
    if event.moved_from is not None:
        desk.moved(arrival.channel_id, event.customer, event.moved_from)
    c = desk.conversation(arrival.channel_id, event.customer, "")
    if event.moves_window:
        desk.moves_window(c, Move.LINK, cut(event.at, arrival.received_at))
    if event.referral:
        _stands_there(desk, arrival, event, event.customer, Context(kind="referral", text=event.referral))
    desk.conclude(arrival, "applied", conversation_id=c.conversation_id)


def account_changed(desk: Desk, arrival: Arrival, event: AccountEvent) -> None:
    """Of another account that came by the same connection this tells only that there is something to see."""
    assert arrival.channel_id is not None
    if event.connected is None:
        desk.accounts[arrival.channel_id] = event.trouble
    else:
        desk.jobs.append(looks.told_of(arrival.connection_id, event.connected, desk.now))
    desk.conclude(arrival, "applied")


def templates_changed(desk: Desk, arrival: Arrival, _: TemplatesEvent) -> None:
    """Only a reason to look: they are kept as the platform lists them."""
    desk.jobs.append(looking.look_at(arrival.connection_id, desk.now))
    desk.conclude(arrival, "applied")


def _stands_there(desk: Desk, arrival: Arrival, event: Event, customer: Person, what: Context) -> None:
    """Something that a person should see in the timeline, and that nobody said: it opens nothing and waits for
    nothing. The platform's reply window is another matter."""
    assert arrival.channel_id is not None
    c = desk.conversation(arrival.channel_id, customer, "")
    message_id = new_id(after=c.newest_id)
    sent_at = cut(event.at, arrival.received_at)
    desk.add(
        NewMessage(
            message_id=message_id,
            conversation_id=c.conversation_id,
            channel_id=arrival.channel_id,
            turn_id=message_id,
            side=Side.CUSTOMER,
            origin=Origin.CUSTOMER,
            sent_at=sent_at,
            arrived_at=arrival.received_at,
            platform_at=event.at,
            late=is_late(sent_at, arrival.received_at),
            parts=[msgspec.to_builtins(what)],
        )
    )
