"""What was said in a chat: messages, their edits, and their deletions."""

from __future__ import annotations

from typing import Any

from dragoman.channels.events import DeletionEvent, Direction, EditEvent, InboundEvent, MessageEvent
from dragoman.channels.telegram.content import content_of, service_of
from dragoman.channels.telegram.places import (
    business_account,
    message_key,
    person,
    place_of,
    private_chat_of,
    time_of,
)
from dragoman.channels.telegram.update import Update
from dragoman.kit.json_reading import MAX_INTEGER, Record, flag, integer, record_in, text


def business_message(update: Update) -> list[InboundEvent]:
    return message(update) if text(update.thing, "business_connection_id") else []


def message(update: Update) -> list[InboundEvent]:
    said = update.thing
    place = place_of(said, update.bot)
    if place is None or service_of(said) is not None:
        return []
    ours = _sent_by_us(said, update.bot)
    content = content_of(said)
    return [
        MessageEvent(
            account=place.account,
            natural_key=f"message:{place.external_id}",
            at=time_of(said, "date"),
            external_id=place.external_id,
            customer=place.customer,
            direction=place.direction,
            text=content.text,
            parts=content.parts,
            reply_to=_reply_to(said, place.customer.address),
            platform_order=place.message_id,
            automatic=not ours and _said_by_a_machine(said, place.direction),
            ours=ours,
            edited=integer(said, "edit_date") is not None,
        )
    ]


def _sent_by_us(said: Record, bot: str) -> bool:
    """What our bot sends for a connected account comes back to it as a message of that account."""
    sender = record_in(said, "sender_business_bot")
    return sender is not None and str(integer(sender, "id")) == bot


def _said_by_a_machine(said: Record, direction: Direction) -> bool:
    """A greeting or away message, another bot that answers for the account, a bot as the customer."""
    if flag(said, "is_from_offline") or "sender_business_bot" in said:
        return True
    return direction is Direction.IN and flag(record_in(said, "from") or {}, "is_bot")


def _reply_to(said: Record, chat_id: str) -> str | None:
    quoted = integer(record_in(said, "reply_to_message") or {}, "message_id")
    return message_key(chat_id, quoted) if quoted is not None else None


def business_edit(update: Update) -> list[InboundEvent]:
    return edit(update) if text(update.thing, "business_connection_id") else []


def edit(update: Update) -> list[InboundEvent]:
    said = update.thing
    place = place_of(said, update.bot)
    if place is None or service_of(said) is not None:
        return []
    content = content_of(said)
    return [
        EditEvent(
            account=place.account,
            natural_key=f"edit:{place.external_id}:{integer(said, 'edit_date') or 0}:{update.number}",
            at=time_of(said, "edit_date"),
            external_id=place.external_id,
            customer=place.customer,
            direction=place.direction,
            text=content.text,
            parts=content.parts,
            sent_at=time_of(said, "date"),
            platform_order=place.message_id,
        )
    ]


def deletions(update: Update) -> list[InboundEvent]:
    """Only of a connected account's chats does Telegram tell a bot that messages were deleted."""
    chat = private_chat_of(update.thing)
    connection = text(update.thing, "business_connection_id")
    if chat is None or connection is None:
        return []
    customer = person(chat)
    keys = [message_key(customer.address, each) for each in _integers_in(update.thing, "message_ids")]
    return [
        DeletionEvent(
            account=business_account(connection),
            natural_key=f"deletion:{key}",
            external_id=key,
            customer=customer,
        )
        for key in dict.fromkeys(keys)
    ]


def _integers_in(record: Record, key: str) -> list[int]:
    found: Any = record.get(key)
    if not isinstance(found, list):
        return []
    return [each for each in found if type(each) is int and abs(each) <= MAX_INTEGER]
