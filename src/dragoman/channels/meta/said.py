"""What is said alike on all of Meta's networks: edits, pressed buttons, tapped replies, filled-in things."""

from __future__ import annotations

from dragoman.channels.events import (
    Choice,
    DeletionEvent,
    EditEvent,
    InboundEvent,
    MessageEvent,
    Part,
    Person,
    PostbackEvent,
    deletion_key,
)
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.origin import origin
from dragoman.channels.meta.reading import composed_id, fingerprint, identifier, joined
from dragoman.kit.json_reading import Record, record_in, records_in, text


def taken_back(item: Item, customer: Person, mid: str) -> DeletionEvent:
    """A message that came with ``is_deleted``."""
    return DeletionEvent(
        account=item.account,
        natural_key=deletion_key(mid),
        at=item.at,
        external_id=mid,
        customer=customer,
    )


def read_edit(item: Item, edit: Record) -> InboundEvent | None:
    mid = identifier(edit, "mid")
    if mid is None or item.customer is None:
        return None
    which = identifier(edit, "num_edit") or fingerprint(item.record)
    return EditEvent(
        account=item.account,
        natural_key=joined("edit", mid, which),
        at=item.at,
        external_id=mid,
        customer=item.customer,
        direction=item.direction,
        text=text(edit, "text"),
    )


def read_postback(item: Item, postback: Record) -> InboundEvent | None:
    """A pressed button: Get started, the menu, an ice breaker, a template's. Standby leaves the payload out."""
    title, payload = text(postback, "title"), text(postback, "payload")
    words = title or payload
    if words is None or item.customer is None:
        return None
    # The mid may be that of the message whose button was pressed, and a button can be pressed twice.
    where = identifier(postback, "mid") or item.customer.address
    own_id = composed_id("postback", where, item.stamp, words)
    return PostbackEvent(
        account=item.account,
        natural_key=joined("postback", own_id),
        at=item.at,
        external_id=own_id,
        customer=item.customer,
        text=words,
        parts=(Choice(title=words, payload=payload), *origin(record_in(postback, "referral") or {})),
    )


def choices(message: Record) -> tuple[Choice, ...]:
    """A tapped quick reply, whose title is the message's text too, and commands picked from the menu."""
    quick_reply = record_in(message, "quick_reply")
    payload = text(quick_reply or {}, "payload")
    title = text(message, "text") or payload
    tapped = () if quick_reply is None or title is None else (Choice(title=title, payload=payload),)
    commands = (text(command, "name") for command in records_in(message, "commands"))
    return (*tapped, *(Choice(title=name) for name in commands if name is not None))


def said_in_a_form(item: Item, what: str, words: str | None, parts: tuple[Part, ...]) -> MessageEvent | None:
    if item.customer is None or (words is None and not parts):
        return None
    own_id = composed_id(what, item.customer.address, item.stamp, fingerprint(item.record))
    return MessageEvent(
        account=item.account,
        natural_key=joined("message", own_id),
        at=item.at,
        external_id=own_id,
        customer=item.customer,
        text=words,
        parts=parts,
    )
