"""What one message holds, whatever its kind: its text and its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.channels.events import Link, Part, Unsupported
from dragoman.channels.telegram.cards import (
    choice_of_web_app,
    contact,
    dice_text,
    location,
    shared_users,
    story,
    venue,
    web_app_text,
)
from dragoman.channels.telegram.contexts import contexts_of
from dragoman.channels.telegram.media import (
    animation,
    audio,
    document,
    live_photo,
    paid_media,
    photo,
    sticker,
    video,
    video_note,
    voice,
)
from dragoman.channels.telegram.not_shown import ABOUT_A_MESSAGE, SERVICE, words_of
from dragoman.channels.telegram.rich import rich_content
from dragoman.kit.json_reading import Record, integer, record_in, records_in, text
from dragoman.kit.text import clean

MAX_WORD = 100  # characters of a key that we do not know


@dataclass(frozen=True, slots=True)
class Content:
    text: str | None
    parts: tuple[Part, ...]


# In this order: an animation sets ``document`` too, a live photo ``photo``, a venue ``location``.
PART_READERS: dict[str, Callable[[Record], list[Part]]] = {
    "live_photo": live_photo,
    "animation": animation,
    "venue": venue,
    "photo": photo,
    "video": video,
    "video_note": video_note,
    "voice": voice,
    "audio": audio,
    "document": document,
    "sticker": sticker,
    "location": location,
    "contact": contact,
    "paid_media": paid_media,
    "story": story,
    "users_shared": shared_users,
    "web_app_data": choice_of_web_app,
}


def content_of(message: Record) -> Content:
    """Never empty: what we cannot show is at least named.

    What the customer answers to in another chat, a picture in our Telegram channel say, comes first: it is
    nowhere else in the conversation.
    """
    words, parts = _words_of(message), parts_of(message)
    if "rich_message" in message:
        words, parts = rich_content(message["rich_message"])
    if not words and not parts:
        parts = [_unsupported(message)]
    before = (*contexts_of(message, words), *parts_of(record_in(message, "external_reply") or {}))
    return Content(words, (*before, *parts, *_hidden_links(message)))


def _words_of(message: Record) -> str | None:
    return text(message, "text") or text(message, "caption") or dice_text(message) or web_app_text(message)


def parts_of(message: Record) -> list[Part]:
    """The parts of the first kind that is there and can be read."""
    return next(
        (found for key, read in PART_READERS.items() if key in message and (found := read(message))), []
    )


def service_of(message: Record) -> str | None:
    """The kind of a service message: one that tells of something, a pinned message say, and says nothing."""
    return next((key for key in message if key in SERVICE), None)


def _unsupported(message: Record) -> Unsupported:
    kind = next((key for key in message if key not in ABOUT_A_MESSAGE), "message")
    return Unsupported(kind=clean(kind)[:MAX_WORD], text=words_of(message, kind))


def _hidden_links(message: Record) -> list[Part]:
    """Links whose address does not stand in the text; Telegram counts places in UTF-16 code units."""
    words = text(message, "text") or text(message, "caption") or ""
    units = words.encode("utf-16-le")
    entities = records_in(message, "entities") + records_in(message, "caption_entities")
    links: list[Part] = []
    for entity in entities:
        url = text(entity, "url")
        start, length = integer(entity, "offset"), integer(entity, "length")
        if (
            entity.get("type") == "text_link"
            and url
            and start is not None
            and length is not None
            and start >= 0
        ):
            title = units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
            links.append(Link(url=url, title=title or None))
    return links
