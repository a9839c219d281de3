"""What each kind of event does to the desk. One handler per kind; decisions are the model's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from dragoman.channels.capabilities import Move
from dragoman.channels.events import (
    AccountEvent,
    ControlEvent,
    DeletionEvent,
    Direction,
    EditEvent,
    Event,
    FollowEvent,
    Media,
    MessageEvent,
    Part,
    PostbackEvent,
    ProfileEvent,
    ReactionEvent,
    ReceiptEvent,
    TemplatesEvent,
    UnfollowEvent,
)
from dragoman.conversations.model import (
    Origin,
    Side,
    answered_up_to,
    customer_said,
    cut,
    is_late,
    waits,
)
from dragoman.conversations.timeline import Known, NewMessage
from dragoman.inbound import echoes
from dragoman.inbound.desk import Desk
from dragoman.inbound.fragments import class_of
from dragoman.inbound.loading import own_id, own_question
from dragoman.inbound.model import Arrival, Outcome
from dragoman.inbound.signals import (
    account_changed,
    controlled,
    followed,
    introduced,
    received,
    templates_changed,
)
from dragoman.kit.ids import new_id
from dragoman.work.jobs import Job

RETRIES = (timedelta(seconds=1), timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15))
ECHOED = "it is what we sent"  # the ledger knows it by these words
E = TypeVar("E", bound=Event)


def handle(desk: Desk, arrival: Arrival, event: Event) -> None:
    """Apply one event and give its arrival its outcome."""
    HANDLERS[type(event)](desk, arrival, event)


# ---------------------------------------------------------------------------------------------------- said


def said(desk: Desk, arrival: Arrival, event: MessageEvent) -> None:
    assert arrival.channel_id is not None
    key = arrival.channel_id, event.external_id
    if (new := desk.by_external.get(key)) is not None:
        _original_of_new(desk, arrival, event, new) if new.from_edit else _seen(desk, arrival, new)
    elif (known := desk.known.get(key)) is not None:
        _original_of_known(desk, arrival, event, known) if known.from_edit else _seen(desk, arrival, known)
    elif (own := _own(desk, event)) is not None:
        desk.echoes.append((own, event.external_id, event.at, event.platform_order))
        desk.conclude(arrival, "conversation", conversation_id=own.conversation_id, message_id=own.message_id)
    elif echoes.waits_for_its_answer(desk, arrival, event):
        return
    else:
        message = _new_message(desk, arrival, event, event.text, event.at)
        echoes.look_for_its_send(desk, event, message)
        desk.conclude(
            arrival,
            "imported" if event.imported else "conversation",
            conversation_id=message.conversation_id,
            message_id=message.message_id,
        )
    if isinstance(event, PostbackEvent) and event.answer_token:
        c = desk.conversation(arrival.channel_id, event.customer, event.thread_key)
        desk.jobs.append(
            Job(
                kind="acknowledge",
                subject=arrival.arrival_id,
                lane=c.lane,
                due_at=desk.now,
                payload={"channel": str(arrival.channel_id), "token": event.answer_token},
            )
        )


def _own(desk: Desk, event: MessageEvent) -> Known | None:
    """An echo that carries our correlation is the message that we sent."""
    if event.direction is Direction.IN or (own := own_id(event.correlation)) is None:
        return None
    return desk.own.get(own)


def _seen(desk: Desk, arrival: Arrival, message: NewMessage | Known) -> None:
    desk.conclude(
        arrival,
        "duplicate",
        reason=ECHOED if message.side is Side.TEAM else "the same message came under another key",
        conversation_id=message.conversation_id,
        message_id=message.message_id,
    )


def _new_message(
    desk: Desk, arrival: Arrival, event: MessageEvent | EditEvent, text: str | None, at: datetime | None
) -> NewMessage:
    assert arrival.channel_id is not None
    imported = isinstance(event, MessageEvent) and event.imported
    c = desk.conversation(arrival.channel_id, event.customer, event.thread_key, is_past=imported)
    sent_at = cut(at, arrival.received_at)
    incoming = event.direction is Direction.IN
    arrived_at = sent_at if imported else arrival.received_at  # the past is no news: nobody has it unread
    message_id = new_id(after=c.newest_id)
    message = NewMessage(
        message_id=message_id,
        conversation_id=c.conversation_id,
        channel_id=arrival.channel_id,
        turn_id=message_id,
        side=Side.CUSTOMER if incoming else Side.TEAM,
        origin=_origin(event),
        sent_at=sent_at,
        arrived_at=arrived_at,
        platform_order=event.platform_order,
        platform_at=at,
        external_id=event.external_id,
        text=text,
        reply_to=_quoted(desk, event, c.conversation_id),
        late=is_late(sent_at, arrived_at),
        waits=incoming and not imported and waits(sent_at, arrived_at),
        state=None if incoming else "sent",
        receipt=0 if incoming else 1,
    )
    message.parts = [_stored(desk, message, part) for part in event.parts or ()]
    message.noise = class_of(text, message.parts) if incoming else None
    if incoming and (move := _move_of(event)) is not None:
        desk.moves_window(c, move, sent_at)
    _moves(
        desk, message
    )  # before it is added: what a reopened conversation passes over is what came before it
    desk.add(message)
    _here_after_all(desk, event.external_id)
    _gives_back_control(desk, arrival, message)
    return message


def _quoted(desk: Desk, event: MessageEvent | EditEvent, conversation_id: UUID) -> str | None:
    """What it answers, as the platform says. Some do not say below which question a pressed choice stood: what it
    carries does."""
    if named := getattr(event, "reply_to", None):
        return str(named)
    question = own_question(event)
    own = desk.own.get(question) if question else None
    return own.external_id if own and own.conversation_id == conversation_id else None


def _move_of(event: MessageEvent | EditEvent) -> Move | None:
    """None: when it was said is not known. Its original, if it ever comes, will tell."""
    if isinstance(event, EditEvent) and event.sent_at is None:
        return None
    return Move.BUTTON if isinstance(event, PostbackEvent) else Move.MESSAGE


def _gives_back_control(desk: Desk, arrival: Arrival, message: NewMessage) -> None:
    """What a customer says comes to who may answer it, unless its envelope says that another app does."""
    c = desk.conversations[message.conversation_id]
    if (
        message.origin is Origin.CUSTOMER
        and (arrival.envelope_id, c.conversation_id) not in desk.held_elsewhere
    ):
        desk.keep(replace(c, held_elsewhere=False))


def _origin(event: MessageEvent | EditEvent) -> Origin:
    if event.direction is Direction.IN:
        return Origin.CUSTOMER
    return Origin.AUTOMATIC if getattr(event, "automatic", False) else Origin.ELSEWHERE


def _stored(desk: Desk, message: NewMessage | Known, part: Part) -> dict[str, Any]:
    if isinstance(part, Media):
        return desk.attach(message, part)
    built: dict[str, Any] = msgspec.to_builtins(part)
    return built


def _moves(desk: Desk, message: NewMessage) -> None:
    """What a new message does to its conversation."""
    c = desk.conversations[message.conversation_id]
    if message.origin is Origin.CUSTOMER and message.waits:
        message.is_quiet = desk.is_quiet(message)
        if not message.is_quiet:
            c = customer_said(c, message.place, new_episode=new_id(), now=desk.now)
    elif message.origin is Origin.ELSEWHERE:
        c = answered_up_to(c, message.place)
        desk.recount.add(c.conversation_id)
    desk.keep(c)


def _original_of_new(desk: Desk, arrival: Arrival, event: MessageEvent, new: NewMessage) -> None:
    """The edit was faster than its message: the edit's words stay, at the original's place. Some platforms' edits do
    not speak of files: those are the original's."""
    desk.disorder(new.conversation_id, new.sent_at, cut(event.at, arrival.received_at))
    new.sent_at = cut(event.at, arrival.received_at)
    new.platform_order = event.platform_order or new.platform_order
    _original_moves(desk, new.conversation_id, event, new.sent_at)
    new.reply_to, new.from_edit = event.reply_to, False
    new.parts = _parts_then(desk, event, new)
    _says_new(desk, new)
    desk.conclude(arrival, "conversation", conversation_id=new.conversation_id, message_id=new.message_id)


def _original_of_known(desk: Desk, arrival: Arrival, event: MessageEvent, known: Known) -> None:
    sent_at = cut(event.at, arrival.received_at)
    order = event.platform_order or known.platform_order
    desk.disorder(known.conversation_id, known.sent_at, sent_at)
    _original_moves(desk, known.conversation_id, event, sent_at)
    _says_known(
        desk,
        replace(
            known,
            sent_at=sent_at,
            platform_order=order,
            reply_to=event.reply_to,
            from_edit=False,
            parts=_parts_then(desk, event, known),
        ),
    )
    desk.conclude(arrival, "conversation", conversation_id=known.conversation_id, message_id=known.message_id)


def _original_moves(desk: Desk, conversation_id: UUID, event: MessageEvent, sent_at: datetime) -> None:
    if event.direction is Direction.IN:
        desk.moves_window(desk.conversations[conversation_id], Move.MESSAGE, sent_at)


def _parts_then(desk: Desk, original: MessageEvent, message: NewMessage | Known) -> list[dict[str, Any]]:
    """What an edit that came first brought, else the original's; nothing where it was taken back since."""
    if message.parts or message.deleted_at is not None:
        return message.parts
    return [_stored(desk, message, part) for part in original.parts]


# ------------------------------------------------------------------------------------- changed, taken back


def edited(desk: Desk, arrival: Arrival, event: EditEvent) -> None:
    """Changes the message in place. An edit of a message that we never saw is that message."""
    assert arrival.channel_id is not None
    key = arrival.channel_id, event.external_id
    if (new := desk.by_external.get(key)) is not None:
        _edit_new(arrival, event, new)
        _says_new(desk, new)
        _applied(desk, arrival, new)
    elif (known := desk.known.get(key)) is not None:
        _edit_known(desk, arrival, event, known)
        _applied(desk, arrival, known)
    else:
        message = _new_message(desk, arrival, event, event.text, event.sent_at or event.at)
        message.edited_at, message.from_edit = event.at or arrival.received_at, True
        desk.conclude(
            arrival, "conversation", conversation_id=message.conversation_id, message_id=message.message_id
        )


def _edit_new(arrival: Arrival, event: EditEvent, new: NewMessage) -> None:
    at = event.at or arrival.received_at
    older = new.edited_at is not None and at < new.edited_at
    if new.deleted_at is not None or older:
        return
    new.text, new.edited_at = event.text, at
    if event.parts is not None:
        new.parts = [*_files_of(new.parts), *_without_files(event.parts)]


def _edit_known(desk: Desk, arrival: Arrival, event: EditEvent, known: Known) -> None:
    at = event.at or arrival.received_at
    older = known.edited_at is not None and at < known.edited_at
    same = known.text == event.text and event.parts is None
    if known.deleted_at is not None or older or same:
        return
    parts = known.parts if event.parts is None else [*_files_of(known.parts), *_without_files(event.parts)]
    _says_known(desk, replace(known, text=event.text, parts=parts, edited_at=at))


def _says_new(desk: Desk, new: NewMessage) -> None:
    """Other words or parts than a moment ago: noise may have become work, and work noise."""
    if new.side is Side.CUSTOMER and (now := class_of(new.text, new.parts)) != new.noise:
        new.noise = now
        desk.judge_from(new.conversation_id, new.sent_at)


def _says_known(desk: Desk, known: Known) -> None:
    if known.side is Side.CUSTOMER and (now := class_of(known.text, known.parts)) != known.noise:
        known = replace(known, noise=now)
        desk.judge_from(known.conversation_id, known.sent_at)
    desk.edit(known)


def _files_of(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A file that was fetched stays what it is: platforms do not say which file an edit replaces."""
    return [part for part in parts if part["type"] == "attachment"]


def _without_files(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(part) for part in parts if not isinstance(part, Media)]


def deleted(desk: Desk, arrival: Arrival, event: DeletionEvent) -> None:
    assert arrival.channel_id is not None
    key = arrival.channel_id, event.external_id
    at = event.at or arrival.received_at
    if (new := desk.by_external.get(key)) is not None:
        new.text, new.parts, new.deleted_at = None, [], at
        desk.take_back(new.message_id, new.conversation_id, new.sent_at)
        _applied(desk, arrival, new)
    elif (known := desk.known.get(key)) is not None:
        desk.edit(replace(known, text=None, parts=[], deleted_at=at))
        desk.take_back(known.message_id, known.conversation_id, known.sent_at)
        _applied(desk, arrival, known)
    else:
        _not_here_yet(desk, arrival, event.external_id)


def reacted(desk: Desk, arrival: Arrival, event: ReactionEvent) -> None:
    """An annotation on a message, never a message; it moves the platform's reply window, be its message here or not."""
    assert arrival.channel_id is not None
    key = arrival.channel_id, event.external_id
    target = desk.by_external.get(key) or desk.known.get(key)
    if event.by is Direction.IN and event.emoji is not None:
        known = desk.conversations[target.conversation_id] if target else None
        c = known or desk.conversation(arrival.channel_id, event.customer, event.thread_key)
        desk.moves_window(c, Move.REACTION, cut(event.at, arrival.received_at))
    if target is None:
        _not_here_yet(desk, arrival, event.external_id)
        return
    at = cut(event.at, arrival.received_at)
    side = Side.CUSTOMER if event.by is Direction.IN else Side.TEAM
    _, newest, _ = desk.reactions.get((target.message_id, side), (None, at, None))
    if at >= newest:
        own = _reaction_id(desk, target) if (side, target.side) == (Side.CUSTOMER, Side.TEAM) else None
        desk.reactions[target.message_id, side] = event.emoji, at, own
    desk.touch(target.message_id, target.conversation_id)
    _applied(desk, arrival, target)


def _reaction_id(desk: Desk, target: NewMessage | Known) -> UUID:
    """It may answer what we asked: it arrives like a message, with an id that grows."""
    c = desk.conversations[target.conversation_id]
    own = new_id(after=c.newest_id)
    desk.keep(replace(c, newest_id=own))
    desk.recount.add(c.conversation_id)
    return own


def _applied(desk: Desk, arrival: Arrival, message: NewMessage | Known) -> None:
    desk.conclude(arrival, "applied", conversation_id=message.conversation_id, message_id=message.message_id)


def _not_here_yet(desk: Desk, arrival: Arrival, external_id: str) -> None:
    """Its message may still be on the way. After the last try it was older than our connection, as a rule: a deletion
    is taken up again should its message come after all."""
    if arrival.attempts < len(RETRIES):
        desk.try_again(arrival, desk.now + RETRIES[arrival.attempts])
    else:
        desk.conclude(arrival, "applied", reason=_given_up(external_id))


def _given_up(external_id: str) -> str:
    return f"its message is not here: {external_id}"


def _here_after_all(desk: Desk, external_id: str) -> None:
    """The batch that brings a message gave up waiting for it just before, and nothing of that is written yet."""
    given_up = _given_up(external_id)
    for nth, outcome in enumerate(desk.outcomes):
        if outcome.reason == given_up:
            desk.outcomes[nth] = Outcome(outcome.arrival_id, None, again_at=desk.now)


HANDLERS: dict[type[Event], Callable[[Desk, Arrival, Any], None]] = {
    MessageEvent: said,
    PostbackEvent: said,
    EditEvent: edited,
    DeletionEvent: deleted,
    ReactionEvent: reacted,
    ReceiptEvent: received,
    FollowEvent: followed,
    UnfollowEvent: followed,
    ControlEvent: controlled,
    ProfileEvent: introduced,
    AccountEvent: account_changed,
    TemplatesEvent: templates_changed,
}
