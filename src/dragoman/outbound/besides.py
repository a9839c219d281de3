"""What goes out beside words and files: choices to press, a location, a contact. Pure.

Choices stand below the last words of a reply, in the same bubble; a location and a contact are a bubble each. All are
kept as parts of their message, from which they leave however often it is tried.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec.structs import replace

from dragoman.channels.capabilities import Capabilities, ChoicesRule, ContactRule, LocationRule, TextLimit
from dragoman.channels.contract import Outgoing
from dragoman.channels.events import Choice, ContactCard, Location, choice_payload
from dragoman.kit.errors import invalid
from dragoman.kit.text import one_line

Part = dict[str, Any]

CHOICES = "choices"  # the part of a message that offers some
MOST_CHOICES = 20  # that we read at all; a channel's own limits are told by its capabilities
LONGEST_WORDS = 500  # characters of a choice, a name or an address that we read at all

_NATIONAL_ZERO = re.compile(r"((?:\+|00)[0-9\s]+)\(0\)")  # dialled within a country only: +49 (0)30
_BETWEEN_DIGITS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]+")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")  # a country, and 7 to 15 digits in all


class Besides(msgspec.Struct, frozen=True, kw_only=True):
    """What of it goes with one reply."""

    choices: tuple[str, ...] = ()
    location: Location | None = None
    contact: ContactCard | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.choices or self.location or self.contact)


NOTHING = Besides()


def tidied(asked: Besides) -> Besides:
    """As it is kept and sent: every name on one line, and a phone number without what people put between its digits."""
    place, card = asked.location, asked.contact
    return Besides(
        choices=tuple(one_line(title) for title in asked.choices),
        location=place
        and replace(
            place, title=one_line(place.title or "") or None, address=one_line(place.address or "") or None
        ),
        contact=card and replace(card, name=one_line(card.name), phone=dialled(card.phone or "")),
    )


def dialled(written: str) -> str:
    """``00`` before a country is written for ``+``."""
    number = _BETWEEN_DIGITS.sub("", _NATIONAL_ZERO.sub(r"\1", one_line(written), count=1))
    return f"+{number[2:]}" if number.startswith("00") else number


def check_besides(besides: Besides, text: str | None, can: Capabilities) -> None:
    """Refuse before sending what the channel would refuse after. Raises Refused (422) with a sentence."""
    if besides.choices:
        _check_choices(besides.choices, text, can.choices)
    if besides.location:
        _check_location(besides.location, can.location)
    if besides.contact:
        _check_contact(besides.contact, can.contact)


def _check_choices(titles: tuple[str, ...], text: str | None, rule: ChoicesRule | None) -> None:
    if rule is None:
        raise invalid(choices="This channel carries no choices.")
    if not (text and text.strip()):
        raise invalid(choices="Choices stand below a question: write it first.")
    if len(titles) > rule.most:
        raise invalid(choices=f"This channel offers at most {rule.most} choices.")
    for nth, title in enumerate(titles):
        if not title:
            raise invalid(choices="A choice needs words.")
        if len(title) > rule.title_max:
            raise invalid(
                choices=f"“{title}” has {len(title)} characters; a choice has {rule.title_max} at most here."
            )
        if title in titles[:nth]:
            raise invalid(choices=f"“{title}” is offered twice.")


def _check_location(place: Location, rule: LocationRule | None) -> None:
    if rule is None:
        raise invalid(location="This channel carries no locations.")
    if len(place.title or "") > rule.name_max:
        raise invalid(location=f"The name of a location has {rule.name_max} characters at most here.")
    if len(place.address or "") > rule.address_max:
        raise invalid(location=f"The address of a location has {rule.address_max} characters at most here.")


def _check_contact(card: ContactCard, rule: ContactRule | None) -> None:
    if rule is None:
        raise invalid(contact="This channel carries no contact cards.")
    if not card.name:
        raise invalid(contact="A contact card needs a name.")
    if len(card.name) > rule.name_max:
        raise invalid(contact=f"The name on a contact card has {rule.name_max} characters at most here.")
    if not _PHONE.fullmatch(card.phone or ""):
        raise invalid(contact="Write the phone number with its country first, as in +49 30 123456.")


def text_limit(besides: Besides, can: Capabilities) -> TextLimit:
    """How long a text may be: choices may stand below shorter ones only."""
    with_choices = can.choices.text if besides.choices and can.choices else None
    return with_choices or can.text


def choices_part(titles: tuple[str, ...]) -> Part:
    return {"type": CHOICES, "titles": list(titles)}


def card_parts(besides: Besides) -> list[Part]:
    """Those that are a bubble each."""
    return [msgspec.to_builtins(part) for part in (besides.location, besides.contact) if part is not None]


def with_parts(outgoing: Outgoing, parts: list[Part]) -> Outgoing:
    """What a message is to be sent as, with what its parts add to its words."""
    by_type = {part["type"]: part for part in parts}
    titles = by_type.get(CHOICES, {}).get("titles", ())
    return replace(
        outgoing,
        choices=tuple(
            Choice(title=title, payload=choice_payload(outgoing.correlation, nth))
            for nth, title in enumerate(titles)
        ),
        location=msgspec.convert(by_type["location"], Location) if "location" in by_type else None,
        contact=msgspec.convert(by_type["contact"], ContactCard) if "contact" in by_type else None,
    )
