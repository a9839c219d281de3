"""Templates as parts: products that customers share, and the cards and buttons in echoes of other apps."""

from __future__ import annotations

from dragoman.channels.events import Link, Part, Unsupported
from dragoman.channels.meta.reading import web_address
from dragoman.kit.json_reading import Record, record_in, records_in, text


def template_parts(payload: Record) -> tuple[Part, ...]:
    """A link per product or card; else the words on the template and on its buttons."""
    products = [
        _card("product", each) for each in records_in(record_in(payload, "product") or {}, "elements")
    ]
    cards = [_card("template", each) for each in records_in(payload, "elements") if text(each, "title")]
    words = "\n".join([*_lines(payload, "text"), *_button_titles(payload)])
    described = [Unsupported(kind="template", text=words)] if words else []
    return (*products, *cards, *described) or (Unsupported(kind="template"),)


def _card(kind: str, element: Record) -> Link:
    words = [*_lines(element, "title"), *_lines(element, "subtitle")]
    return Link(kind=kind, title=" – ".join(words) or None, url=_target(element))


def _target(element: Record) -> str | None:
    """Where a click on the card, or else on its first link button, leads."""
    places = [record_in(element, "default_action") or {}, *records_in(element, "buttons")]
    return next((url for url in (web_address(place, "url") for place in places) if url), None)


def _button_titles(payload: Record) -> list[str]:
    return [f"[{title}]" for button in records_in(payload, "buttons") for title in _lines(button, "title")]


def _lines(record: Record, key: str) -> list[str]:
    words = text(record, key)
    return [] if words is None else [words]
