"""One of Telegram's updates as our events: pure and total.

An update is a JSON object with its number and, beside it, one thing under a key that names its kind. What we
do not know, and what does not happen in a private chat, becomes Unrecognised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import InboundEvent, Unrecognised
from dragoman.channels.telegram import said, signals
from dragoman.channels.telegram.content import service_of
from dragoman.channels.telegram.places import account_of, time_of
from dragoman.channels.telegram.update import Update, update_in
from dragoman.kit.json_reading import NotAnObject, read_object, record_in

READERS: dict[str, Callable[[Update], list[InboundEvent]]] = {
    "message": said.message,
    "edited_message": said.edit,
    "business_message": said.business_message,
    "edited_business_message": said.business_edit,
    "deleted_business_messages": said.deletions,
    "callback_query": signals.pressed_button,
    "message_reaction": signals.reaction,
    "my_chat_member": signals.membership,
    "business_connection": signals.connection,
}

# Not said to us by a customer: https://core.telegram.org/bots/api#update
LEFT = frozenset({
    "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "chat_member", "chat_join_request",
    "message_reaction_count", "chat_boost", "removed_chat_boost", "guest_message",
})  # fmt: skip


def parse(body: bytes, account: str) -> list[InboundEvent]:
    """The events in one update. ``account`` is the bot's id: an update does not name the bot it is for.

    Raises MalformedPayload where ``body`` is no JSON object.
    """
    try:
        found = read_object(body)
    except NotAnObject as error:
        raise MalformedPayload(str(error)) from None
    update = update_in(found, body, account, known=READERS)
    reader = READERS.get(update.kind)
    return (reader(update) if reader else []) or [_unrecognised(update)]


def _unrecognised(update: Update) -> Unrecognised:
    return Unrecognised(
        account=account_of(update.thing, update.bot),
        natural_key=f"update:{update.number}",
        at=time_of(update.thing, "date"),
        what=_what_it_is(update),
        known=_is_left(update),
    )


def _is_left(update: Update) -> bool:
    """Whether we know what it is: other people's business, or a message that tells of something and says nothing."""
    if update.kind in LEFT:
        return True
    elsewhere = _chat_type(update) in ("group", "supergroup", "channel")
    return update.kind in READERS and (elsewhere or service_of(update.thing) is not None)


def _what_it_is(update: Update) -> str:
    match _chat_type(update):
        case "group" | "supergroup":
            return f"group {update.kind}"
        case "channel":
            return update.kind if "channel" in update.kind else f"channel {update.kind}"
        case _:
            return service_of(update.thing) or update.kind


def _chat_type(update: Update) -> Any:
    message = update.thing if "chat" in update.thing else record_in(update.thing, "message") or {}
    return (record_in(message, "chat") or {}).get("type")
