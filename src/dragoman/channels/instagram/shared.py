"""Attachments that only Instagram has: stories, what disappears, and hearts."""

from __future__ import annotations

from dragoman.channels.events import Context, Link, Media, MediaKind, Part, Unsupported
from dragoman.channels.meta.attachments import Describer, shared
from dragoman.channels.meta.reading import web_address
from dragoman.kit.json_reading import Record, text


def _story_mention(_: Record, payload: Record) -> tuple[Part, ...]:
    """Meta lets nobody keep what the story shows, so there is nothing to fetch: its address alone is told, and
    leads nowhere once the story is over."""
    return (Context(kind="story_mention", url=web_address(payload, "url")),)


def _story(_: Record, payload: Record) -> tuple[Part, ...]:
    return (shared("story", payload),)


def _ephemeral(_: Record, _payload: Record) -> tuple[Part, ...]:
    """A photo or film that disappears once it was seen: it cannot be fetched."""
    return (Unsupported(kind="ephemeral"),)


def _like_heart(_: Record, payload: Record) -> tuple[Part, ...]:
    url = web_address(payload, "url")
    if url is None:
        return (Unsupported(kind="like_heart", text="❤"),)
    return (Media(kind=MediaKind.STICKER, source={"url": url}, emoji="❤"),)


def _media(_: Record, payload: Record) -> tuple[Part, ...]:
    """Listed by Meta and described nowhere."""
    url, title = web_address(payload, "url"), text(payload, "title")
    return (Unsupported(kind="media", text=title) if url is None else Link(url=url, title=title),)


DESCRIBED: dict[str, Describer] = {
    "story_mention": _story_mention,
    "story": _story,
    "ig_story": _story,
    "ephemeral": _ephemeral,
    "like_heart": _like_heart,
    "media": _media,
}
