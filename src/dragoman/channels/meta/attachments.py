"""Attachments as parts: what can be fetched, what is shared, and what can only be described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import unquote

from dragoman.channels.events import Link, Location, Media, MediaKind, Part, Unsupported
from dragoman.channels.meta.reading import identifier, moment, web_address
from dragoman.channels.meta.templates import template_parts
from dragoman.kit.json_reading import Record, number, record_in, records_in, text
from dragoman.kit.text import clean

MAX_NAME = 200

_MEDIA = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
    "file": MediaKind.FILE,
    "sticker": MediaKind.STICKER,
}
_SHARED = {"reel": "reel", "ig_reel": "reel", "post": "post", "ig_post": "post", "share": "post"}

# The thumb beside the text field, in the three sizes that come of holding it down.
_THUMBS_UP = frozenset({"369239263222822", "369239343222814", "369239383222810"})


# Reads one attachment: as it came, and its payload.
Describer = Callable[[Record, Record], tuple[Part, ...]]


def attachment_parts(message: Record, more: Mapping[str, Describer] | None = None) -> tuple[Part, ...]:
    """``more``: what only one network has, by its type."""
    attachments = _without_doubled_stickers(records_in(message, "attachments"))
    describers = {**_DESCRIBED, **(more or {})}
    return tuple(part for attachment in attachments for part in _parts(attachment, describers))


def _without_doubled_stickers(attachments: list[Record]) -> list[Record]:
    """In the summer of 2026 each sticker came twice: as ``image`` with a sticker id, and as ``sticker``."""
    named = {_sticker_id(each) for each in attachments if each.get("type") == "sticker"} - {None}
    return [each for each in attachments if each.get("type") != "image" or _sticker_id(each) not in named]


def _parts(attachment: Record, describers: Mapping[str, Describer]) -> tuple[Part, ...]:
    kind = text(attachment, "type") or "attachment"
    payload = record_in(attachment, "payload") or {}
    if kind in _MEDIA:
        return (_media(kind, payload),)
    if kind in _SHARED:
        return (shared(_SHARED[kind], payload),)
    reader = describers.get(kind)
    return reader(attachment, payload) if reader else (_unsupported(kind, payload),)


def _media(kind: str, payload: Record) -> Part:
    url = web_address(payload, "url")
    if url is None:
        return _unsupported(kind, payload)
    sticker = identifier(payload, "sticker_id")
    return Media(
        kind=_MEDIA[kind] if sticker is None else MediaKind.STICKER,
        source={"url": url},
        name=_name_in(url) if kind == "file" else None,
        emoji="👍" if sticker in _THUMBS_UP else None,
    )


def _name_in(url: str) -> str | None:
    """Meta tells no file's name; the address that it gives ends in it. Pictures' end in mere numbers."""
    last = url.partition("?")[0].rpartition("/")[2]
    return clean(unquote(last))[:MAX_NAME] or None


def _sticker_id(attachment: Record) -> str | None:
    return identifier(record_in(attachment, "payload") or {}, "sticker_id")


def shared(kind: str, payload: Record) -> Part:
    """What stands elsewhere on the network; only its address and its words are given."""
    url, title = web_address(payload, "url"), text(payload, "title")
    return Link(kind=kind, url=url, title=title) if url or title else Unsupported(kind=kind)


def _unsupported(kind: str, payload: Record) -> Unsupported:
    return Unsupported(kind=kind, text=text(payload, "title"))


def _fallback(attachment: Record, payload: Record) -> tuple[Part, ...]:
    """A shared link, or what Meta cannot hand over. Echoes put title and address beside an empty payload."""
    url = web_address(payload, "url") or web_address(attachment, "url")
    title = text(payload, "title") or text(attachment, "title")
    return (Unsupported(kind="fallback", text=title) if url is None else Link(url=url, title=title),)


def _location(attachment: Record, payload: Record) -> tuple[Part, ...]:
    coordinates = record_in(payload, "coordinates") or {}
    latitude, longitude = number(coordinates, "lat"), number(coordinates, "long")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return (_unsupported("location", attachment),)
    return (Location(latitude=latitude, longitude=longitude, title=text(attachment, "title")),)


def _appointment(_: Record, payload: Record) -> tuple[Part, ...]:
    words = ["Appointment", text(payload, "status")]
    start, end = moment(payload, "start_time"), moment(payload, "end_time")
    times = " to ".join(_minute(each) for each in (start, end) if each is not None)
    zone = text(payload, "timezone")
    when = f"{times} UTC" + (f" (time zone {zone})" if zone else "") if times else None
    described = " ".join(word for word in words if word)
    return (Unsupported(kind="appointment", text=f"{described}: {when}" if when else described),)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _template(_: Record, payload: Record) -> tuple[Part, ...]:
    return template_parts(payload)


_DESCRIBED: dict[str, Describer] = {
    "fallback": _fallback,
    "location": _location,
    "appointment_booking": _appointment,
    "template": _template,
}
