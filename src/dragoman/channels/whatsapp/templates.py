"""Message templates as WhatsApp lists them, in our words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dragoman.channels.contract import (
    Gap,
    GapKind,
    Template,
    TemplateButton,
    TemplatePage,
    TemplateState,
)
from dragoman.channels.events import MediaKind
from dragoman.channels.meta.reading import web_address
from dragoman.kit.json_reading import Record, record_in, records_in, text

# A gap's name begins with the component that it is in: ``body.1``, ``button.0.1``. ``render`` reads them again.
HEAD, BODY, BUTTON = "head", "body", "button"
MOST_IN_HEAD, MOST_IN_BODY, MOST_IN_LINK, MOST_IN_PLACE = 60, 1024, 2000, 1000

_GAP = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")
_HEAD_FILES = {"IMAGE": MediaKind.IMAGE, "VIDEO": MediaKind.VIDEO, "DOCUMENT": MediaKind.FILE}
_PLACE = (
    ("latitude", GapKind.LATITUDE),
    ("longitude", GapKind.LONGITUDE),
    ("name", GapKind.PLACE_NAME),
    ("address", GapKind.PLACE_ADDRESS),
)
# Buttons that need nothing from us.
_PLAIN_BUTTONS = frozenset({"QUICK_REPLY", "URL", "PHONE_NUMBER", "VOICE_CALL", "REQUEST_CONTACT_INFO"})

_STATES = {
    "APPROVED": TemplateState.APPROVED,
    "PENDING": TemplateState.PENDING,
    "IN_APPEAL": TemplateState.PENDING,
    "REJECTED": TemplateState.REJECTED,
    "PAUSED": TemplateState.PAUSED,
}
_REASONS = {
    TemplateState.PENDING: "Meta is still looking at it, which may take a day.",
    TemplateState.PAUSED: "Meta has paused it, as people report it: it comes back by itself, or once it is edited.",
    TemplateState.DISABLED: "Meta has switched it off: make another one.",
}
_REJECTED = {
    "ABUSIVE_CONTENT": "Meta refused it: what it says was taken for abuse.",
    "INVALID_FORMAT": "Meta refused it: its form, or one of its gaps, is not as it must be.",
    "PROMOTIONAL": "Meta refused it: it advertises, and its category is for something else.",
    "SCAM": "Meta refused it: it was taken for a fraud.",
    "TAG_CONTENT_MISMATCH": "Meta refused it: its category or its language does not fit what it says.",
    "INCORRECT_CATEGORY": "Meta refused it: its category or its language does not fit what it says.",
}
_REJECTED_SILENTLY = "Meta refused it: the WhatsApp Manager may say why."
_FOR_PROGRAMS = "It carries a code for signing in, which a program sends and not a person."


def read_page(listed: Record) -> TemplatePage:
    """One page of the list. What has no name or language is none."""
    found = (_read(each) for each in records_in(listed, "data"))
    paging = record_in(listed, "paging") or {}
    after = text(record_in(paging, "cursors") or {}, "after") if text(paging, "next") else None
    return TemplatePage(templates=tuple(each for each in found if each is not None), after=after)


def _read(listed: Record) -> Template | None:
    name, language = text(listed, "name"), text(listed, "language")
    if not name or not language:
        return None
    components = {text(each, "type") or "": each for each in records_in(listed, "components")}
    head, body = components.get("HEADER", {}), components.get("BODY", {})
    buttons = records_in(components.get("BUTTONS", {}), "buttons")
    state, reason = _standing(listed, components, buttons)
    return Template(
        name=name,
        language=language,
        state=state,
        reason=reason,
        category=(text(listed, "category") or "").lower(),
        head=_with_named_gaps(text(head, "text") or "", HEAD) if _format(head) == "TEXT" else "",
        head_file=_HEAD_FILES.get(_format(head)),
        body=_with_named_gaps(text(body, "text") or "", BODY),
        foot=text(components.get("FOOTER", {}), "text") or "",
        buttons=tuple(_button(each, nth) for nth, each in enumerate(buttons)),
        gaps=(*_head_gaps(head), *_body_gaps(body), *_button_gaps(buttons)),
    )


def _standing(
    listed: Record, components: dict[str, Record], buttons: list[Record]
) -> tuple[TemplateState, str | None]:
    """Whether it can be sent, and if not, why."""
    state = _STATES.get(text(listed, "status") or "", TemplateState.DISABLED)
    if state is TemplateState.REJECTED:
        return state, _REJECTED.get(text(listed, "rejected_reason") or "", _REJECTED_SILENTLY)
    if state is not TemplateState.APPROVED:
        return state, _REASONS[state]
    if text(listed, "category") == "AUTHENTICATION":
        return TemplateState.UNFIT, _FOR_PROGRAMS
    unknown = next(_unknown_in(components, buttons), None)
    if unknown is not None:
        return TemplateState.UNFIT, f"It has something that cannot be filled in from here: {unknown.lower()}."
    return state, None


def _unknown_in(components: dict[str, Record], buttons: list[Record]) -> Iterator[str]:
    yield from (each for each in components if each not in ("HEADER", "BODY", "FOOTER", "BUTTONS"))
    form = _format(components.get("HEADER", {}))
    if form not in ("", "TEXT", "LOCATION", *_HEAD_FILES):
        yield form
    kinds = (text(each, "type") or "button" for each in buttons)
    yield from (kind for kind in kinds if kind not in _PLAIN_BUTTONS)


def _format(head: Record) -> str:
    return (text(head, "format") or "TEXT") if head else ""


# ------------------------------------------------------------------------------------------------------- gaps


def _with_named_gaps(words: str, place: str) -> str:
    return _GAP.sub(lambda found: f"{{{{{place}.{found[1]}}}}}", words)


def _in(words: str) -> list[str]:
    """What Meta calls the gaps in a text, each once: numbers in their order, else as they are read."""
    named = list(dict.fromkeys(_GAP.findall(words)))
    return sorted(named, key=int) if all(each.isdecimal() for each in named) else named


def _head_gaps(head: Record) -> Iterator[Gap]:
    if _format(head) == "LOCATION":
        for key, kind in _PLACE:
            yield Gap(name=f"{HEAD}.{key}", kind=kind, max=MOST_IN_PLACE)
        return
    if _format(head) == "TEXT":
        example = record_in(head, "example") or {}
        numbered = _texts(example.get("header_text"))
        examples = _examples(numbered, records_in(example, "header_text_named_params"))
        yield from _gaps(text(head, "text") or "", HEAD, examples, MOST_IN_HEAD)


def _body_gaps(body: Record) -> Iterator[Gap]:
    example = record_in(body, "example") or {}
    sets = example.get("body_text")
    numbered = _texts(sets[0]) if isinstance(sets, list) and sets else []
    examples = _examples(numbered, records_in(example, "body_text_named_params"))
    yield from _gaps(text(body, "text") or "", BODY, examples, MOST_IN_BODY)


def _button_gaps(buttons: list[Record]) -> Iterator[Gap]:
    for nth, button in enumerate(buttons):
        address = text(button, "url") or ""
        # The example is the whole address; what is filled in is its end.
        ends = [each.removeprefix(_GAP.split(address)[0]) for each in _texts(button.get("example"))]
        yield from _gaps(address, f"{BUTTON}.{nth}", _examples(ends, []), MOST_IN_LINK)


def _gaps(words: str, place: str, examples: dict[str, str], most: int) -> Iterator[Gap]:
    for key in _in(words):
        label = "" if key.isdecimal() else key.replace("_", " ")
        yield Gap(name=f"{place}.{key}", label=label, example=examples.get(key), max=most)


def _examples(numbered: list[str], named: list[Record]) -> dict[str, str]:
    by_number = {str(nth): example for nth, example in enumerate(numbered, start=1)}
    by_name = {text(each, "param_name") or "": text(each, "example") or "" for each in named}
    return {key: example for key, example in {**by_number, **by_name}.items() if key and example}


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _button(button: Record, nth: int) -> TemplateButton:
    address = web_address(button, "url")
    if address is not None:
        address = _with_named_gaps(address, f"{BUTTON}.{nth}")
    phone = text(button, "phone_number")
    return TemplateButton(
        title=text(button, "text") or "", address=address or (f"tel:{phone}" if phone else None)
    )
