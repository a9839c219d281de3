"""Places, people and small things that a message can hold beside text and files."""

from __future__ import annotations

from dragoman.channels.events import Choice, ContactCard, Context, Location, Part
from dragoman.channels.telegram.contexts import story_context
from dragoman.channels.telegram.places import name_of
from dragoman.kit.json_reading import Record, integer, number, record_in, records_in, text


def location(message: Record) -> list[Part]:
    """A live location moves for a while: each new place arrives as an edit of the message."""
    return _location(record_in(message, "location") or {})


def venue(message: Record) -> list[Part]:
    found = record_in(message, "venue") or {}
    where = record_in(found, "location") or {}
    return _location(where, title=text(found, "title"), address=text(found, "address"))


def _location(where: Record, title: str | None = None, address: str | None = None) -> list[Part]:
    latitude, longitude = number(where, "latitude"), number(where, "longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return []
    live = integer(where, "live_period") is not None
    return [Location(latitude=latitude, longitude=longitude, title=title, address=address, live=live)]


def contact(message: Record) -> list[Part]:
    found = record_in(message, "contact") or {}
    phone = text(found, "phone_number")
    name = name_of(found) or phone
    return [ContactCard(name=name, phone=phone, vcard=text(found, "vcard"))] if name else []


def shared_users(message: Record) -> list[Part]:
    """People whom the customer chose with a button of the bot; their names come only if it asked for them."""
    users = records_in(record_in(message, "users_shared") or {}, "users")
    names = [name_of(user) or text(user, "username") or integer(user, "user_id") for user in users]
    return [ContactCard(name=str(name)) for name in names if name is not None]


def story(message: Record) -> list[Part]:
    """A story that the customer passed on. Bots are told whose it is, and get nothing of it."""
    found: Context | None = story_context(message, "story")
    return [found] if found else []


def choice_of_web_app(message: Record) -> list[Part]:
    """A web app of the bot, opened by a button, sent what it wanted to."""
    found = record_in(message, "web_app_data") or {}
    title, payload = text(found, "button_text"), text(found, "data")
    return [Choice(title=title or payload or "?", payload=payload)] if title or payload else []


def web_app_text(message: Record) -> str | None:
    return text(record_in(message, "web_app_data") or {}, "button_text")


def dice_text(message: Record) -> str | None:
    """A thrown dice, dart or ball is an emoji and what came up."""
    thrown = record_in(message, "dice") or {}
    emoji, value = text(thrown, "emoji"), integer(thrown, "value")
    return f"{emoji} {value}" if emoji and value is not None else emoji
