"""What was done without words: a button, a reaction, blocking the bot, connecting an account to it."""

from __future__ import annotations

from typing import Any

from dragoman.channels.events import (
    AccountEvent,
    Choice,
    FollowEvent,
    InboundEvent,
    PostbackEvent,
    ReactionEvent,
    UnfollowEvent,
)
from dragoman.channels.telegram.business import connected_account_of, connection_of, may_answer
from dragoman.channels.telegram.places import (
    account_of,
    bounded,
    customer_of,
    direction_of,
    message_key,
    place_of,
    private_chat_of,
    time_of,
)
from dragoman.channels.telegram.update import Update
from dragoman.kit.json_reading import Record, integer, record_in, records_in, text


def pressed_button(update: Update) -> list[InboundEvent]:
    """A press has no time of its own, and names the message of ours that carries the button."""
    query = update.thing
    message = record_in(query, "message") or {}
    query_id = text(query, "id")
    chat = private_chat_of(message)
    message_id = integer(message, "message_id")
    if query_id is None or chat is None or message_id is None:
        return []
    payload = text(query, "data") or text(query, "game_short_name")
    title = _title_of_button(message, payload) or payload or "?"
    external_id = f"callback:{bounded(query_id)}"
    presser = {"from": query.get("from")}
    return [
        PostbackEvent(
            account=account_of(message, update.bot),
            natural_key=external_id,
            external_id=external_id,
            customer=customer_of(presser, chat),
            direction=direction_of(presser, chat),
            text=title,
            parts=(Choice(title=title, payload=payload),),
            reply_to=message_key(customer_of(presser, chat).address, message_id),
            answer_token=query_id,
        )
    ]


def _title_of_button(message: Record, payload: str | None) -> str | None:
    rows: Any = (record_in(message, "reply_markup") or {}).get("inline_keyboard")
    if payload is None or not isinstance(rows, list):
        return None
    buttons = (button for row in rows for button in records_in({"row": row}, "row"))
    return next((text(each, "text") for each in buttons if text(each, "callback_data") == payload), None)


def reaction(update: Update) -> list[InboundEvent]:
    place = place_of(update.thing, update.bot)
    if place is None:
        return []
    reactor = {"from": update.thing.get("user")}
    return [
        ReactionEvent(
            account=place.account,
            natural_key=f"reaction:{place.external_id}:{update.number}",
            at=time_of(update.thing, "date"),
            external_id=place.external_id,
            customer=place.customer,
            by=direction_of(reactor, update.thing["chat"]),
            emoji="".join(map(_emoji_of, records_in(update.thing, "new_reaction"))) or None,
        )
    ]


def _emoji_of(given: Record) -> str:
    """A custom emoji has no letter of its own: a sparkle stands for it, and a star for a paid reaction."""
    match given.get("type"):
        case "emoji":
            return text(given, "emoji") or ""
        case "custom_emoji":
            return "✨"
        case "paid":
            return "⭐"
        case _:
            return ""


def membership(update: Update) -> list[InboundEvent]:
    """In a private chat Telegram tells of the bot's membership only when it is blocked or unblocked."""
    chat = private_chat_of(update.thing)
    match (record_in(update.thing, "new_chat_member") or {}).get("status"):
        case "member":
            event_of: type[FollowEvent | UnfollowEvent] = FollowEvent
        case "kicked":
            event_of = UnfollowEvent
        case _:
            return []
    if chat is None:
        return []
    customer = customer_of(update.thing, chat)
    return [
        event_of(
            account=update.bot,
            natural_key=f"membership:{customer.address}:{update.number}",
            at=time_of(update.thing, "date"),
            customer=customer,
        )
    ]


def connection(update: Update) -> list[InboundEvent]:
    """An owner connected the bot to their own account, changed what it may do, or disconnected it.

    Telegram numbers such updates, and dates all of them with the day of the connection: which of two is the newer
    one is not said, so it is a reason to ask and no more.
    """
    account = connected_account_of(update.thing)
    if account is None:
        return []
    return [
        AccountEvent(
            account=update.bot,
            natural_key=f"connection:{update.number}",
            at=account.connected_at,
            trouble=account.trouble,
            facts={
                "connection_id": connection_of(account.account) or "",
                "owner_id": account.lasting_id,
                "owner_name": account.name,
                "can_reply": str(may_answer(update.thing)).lower(),
                "enabled": str(account.enabled).lower(),
            },
            connected=account.account,
        )
    ]
