"""What a message says, by its type: words and parts. The same for customers and for what colleagues type."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dragoman.channels.events import (
    Choice,
    ContactCard,
    Context,
    Link,
    Location,
    Media,
    MediaKind,
    Part,
    Unsupported,
)
from dragoman.channels.meta.reading import identifier, web_address
from dragoman.kit.json_reading import Record, flag, number, record_in, records_in, text


class Content(NamedTuple):
    words: str | None
    parts: tuple[Part, ...] = ()


def read_content(message: Record) -> Content:
    """What cannot be shown is named, never nothing."""
    kind = text(message, "type") or "unknown"
    reader = READERS.get(kind)
    read = reader(message) if reader else None
    words, parts = read or Content(None, (_unsupported(message, kind),))
    return Content(words, (*parts, *origins(message)))


# ---------------------------------------------------------------------------------------------- words, files


def _text(message: Record) -> Content | None:
    words = text(record_in(message, "text") or {}, "body")
    return None if words is None else Content(words)


def _file(kind: str, media: MediaKind) -> Callable[[Record], Content | None]:
    def read(message: Record) -> Content | None:
        file = record_in(message, kind) or {}
        source = _source(file)
        if source is None:
            return None
        shown = MediaKind.VOICE if kind == "audio" and flag(file, "voice") else media
        part = Media(
            kind=shown, source=source, name=text(file, "filename"), mime_type=text(file, "mime_type")
        )
        return Content(text(file, "caption"), (part,))

    return read


def _source(file: Record) -> dict[str, str] | None:
    """The id: the address that may stand beside it is dead after five minutes."""
    media = identifier(file, "id")
    return None if media is None else {"media_id": media}


# ----------------------------------------------------------------------------------------- things with fields


def _location(message: Record) -> Content | None:
    place = record_in(message, "location") or {}
    latitude, longitude = number(place, "latitude"), number(place, "longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    located = Location(
        latitude=latitude, longitude=longitude, title=text(place, "name"), address=text(place, "address")
    )
    return Content(None, (located,))


def _contacts(message: Record) -> Content | None:
    cards = tuple(_card(contact) for contact in records_in(message, "contacts"))
    return Content(None, cards) if cards else None


def _card(contact: Record) -> ContactCard:
    name = record_in(contact, "name") or {}
    names = (text(name, "first_name"), text(name, "last_name"))
    phones = [phone for each in records_in(contact, "phones") if (phone := _phone(each))]
    called = text(name, "formatted_name") or " ".join(each for each in names if each)
    return ContactCard(
        name=called or (phones[0] if phones else "?"),
        phone=phones[0] if phones else None,
        vcard=text(contact, "vcard"),
    )


def _phone(entry: Record) -> str | None:
    return text(entry, "phone") or identifier(entry, "wa_id")


def _order(message: Record) -> Content | None:
    order = record_in(message, "order") or {}
    products = tuple(
        Link(kind="product", title=_product(item)) for item in records_in(order, "product_items")
    )
    words = text(order, "text")
    return Content(words, products) if words or products else None


def _product(item: Record) -> str:
    quantity, price = number(item, "quantity"), number(item, "item_price")
    count = "" if quantity is None else f"{quantity:g} × "
    each = "" if price is None else f", {price:g} {text(item, 'currency') or ''}".rstrip()
    return f"{count}{identifier(item, 'product_retailer_id') or '?'}{each}"


# ------------------------------------------------------------------------------------------------- pressed


def _interactive(message: Record) -> Content | None:
    """A button or a row of a list that we offered, or a form that was filled in."""
    interactive = record_in(message, "interactive") or {}
    for kind in ("button_reply", "list_reply"):
        chosen = record_in(interactive, kind)
        if chosen is not None and (title := text(chosen, "title")):
            return Content(title, (Choice(title=title, payload=identifier(chosen, "id")),))
    form = record_in(interactive, "nfm_reply")
    return None if form is None else _form(form)


def _form(form: Record) -> Content:
    words = text(form, "body") or text(form, "name") or "…"
    return Content(words, (Choice(title=words, payload=text(form, "response_json")),))


def _button(message: Record) -> Content | None:
    """A quick reply of a template."""
    button = record_in(message, "button") or {}
    payload = text(button, "payload")
    title = text(button, "text") or payload
    return None if title is None else Content(title, (Choice(title=title, payload=payload),))


# --------------------------------------------------------------------------------------------- not to be shown


def _unsupported(message: Record, kind: str) -> Unsupported:
    """Of what WhatsApp withholds it tells at most the kind, and why."""
    told = record_in(message, "unsupported") or {}
    errors = records_in(message, "errors")
    word = text(told, "type") or kind
    return Unsupported(kind=word, text=_WITHHELD.get(_code(errors[0])) if errors else None)


def _code(error: Record) -> int:
    code = error.get("code")
    return code if type(code) is int else 0


_WITHHELD = {
    131052: "WhatsApp could not hand over this file: it may be larger than 100 MB.",
    131060: "WhatsApp cannot hand over this message just now: look at it on the phone.",
}

READERS: dict[str, Callable[[Record], Content | None]] = {
    "text": _text,
    "image": _file("image", MediaKind.IMAGE),
    "video": _file("video", MediaKind.VIDEO),
    "audio": _file("audio", MediaKind.AUDIO),
    "voice": _file("voice", MediaKind.VOICE),
    "document": _file("document", MediaKind.FILE),
    "sticker": _file("sticker", MediaKind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "interactive": _interactive,
    "button": _button,
}


# ---------------------------------------------------------------------------------------- where it comes from


def origins(message: Record) -> tuple[Context, ...]:
    context = record_in(message, "context") or {}
    return (*_forwarded(context), *_product_asked_about(context), *_advertisement(message))


def _forwarded(context: Record) -> tuple[Context, ...]:
    is_forwarded = flag(context, "forwarded") or flag(context, "frequently_forwarded")
    return (Context(kind="forward"),) if is_forwarded else ()


def _product_asked_about(context: Record) -> tuple[Context, ...]:
    product = identifier(record_in(context, "referred_product") or {}, "product_retailer_id")
    return () if product is None else (Context(kind="product", text=product),)


def _advertisement(message: Record) -> tuple[Context, ...]:
    """A click on an advertisement or post of ours led here."""
    referral = record_in(message, "referral")
    if not referral:
        return ()
    words = text(referral, "headline") or text(referral, "body") or identifier(referral, "source_id")
    return (Context(kind="advertisement", text=words, url=web_address(referral, "source_url")),)
