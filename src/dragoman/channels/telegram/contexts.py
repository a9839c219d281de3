"""Where a message comes from: a forwarded message, a quote, a story, the link that started the bot."""

from __future__ import annotations

import re

from dragoman.channels.events import Context, Part
from dragoman.channels.telegram.places import name_of
from dragoman.kit.json_reading import Record, integer, record_in, text

SITE = "https://t.me"

# A link https://t.me/<bot>?start=<payload> opens the chat with this as the customer's message.
_START = re.compile(r"/start(?:@\w{1,64})? ([A-Za-z0-9_-]{1,64})")
_USERNAME = re.compile(r"\w{1,64}", re.ASCII)


def contexts_of(message: Record, words: str | None) -> list[Part]:
    found = (
        _forward(message),
        story_context(message, "reply_to_story"),
        _quote(message),
        _referral(words),
    )
    return [context for context in found if context is not None]


def _forward(message: Record) -> Context | None:
    origin = record_in(message, "forward_origin")
    if origin is None:
        return None
    return Context(kind="forward", text=_name_of_origin(origin), url=_url_of_origin(origin))


def story_context(message: Record, key: str) -> Context | None:
    story = record_in(message, key)
    if story is None:
        return None
    chat, number = record_in(story, "chat") or {}, integer(story, "id")
    username = _username(chat)
    url = f"{SITE}/{username}/s/{number}" if username and number is not None else None
    return Context(kind="story", text=name_of(chat) or text(chat, "username"), url=url)


def _quote(message: Record) -> Context | None:
    """A part of a message that the customer chose, or a message that stands in another chat."""
    words = text(record_in(message, "quote") or {}, "text")
    elsewhere = record_in(message, "external_reply")
    if elsewhere is None:
        return Context(kind="quote", text=words) if words else None
    origin = record_in(elsewhere, "origin") or {}
    told = (_name_of_origin(origin), words)
    return Context(
        kind="quote", text=": ".join(each for each in told if each) or None, url=_url_of_origin(origin)
    )


def _referral(words: str | None) -> Context | None:
    started = _START.fullmatch(words or "")
    return Context(kind="referral", text=started.group(1)) if started else None


def _name_of_origin(origin: Record) -> str | None:
    """By the kind of origin: a user, a user who hides, a group, a channel with its author's signature."""
    if hidden := text(origin, "sender_user_name"):
        return hidden
    known = (
        record_in(origin, "sender_user")
        or record_in(origin, "sender_chat")
        or record_in(origin, "chat")
        or {}
    )
    named = (name_of(known) or text(known, "username"), text(origin, "author_signature"))
    return ", ".join(each for each in named if each) or None


def _url_of_origin(origin: Record) -> str | None:
    """Only a public channel's messages have an address."""
    username, number = _username(record_in(origin, "chat") or {}), integer(origin, "message_id")
    return f"{SITE}/{username}/{number}" if username and number is not None else None


def _username(chat: Record) -> str | None:
    username = text(chat, "username")
    return username if username and _USERNAME.fullmatch(username) else None
