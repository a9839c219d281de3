"""The frame of what a change holds: which number of ours, and who everybody in it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from dragoman.channels.events import Person, Unrecognised
from dragoman.channels.meta.reading import fingerprint, identifier, joined
from dragoman.kit.json_reading import Record, record_in, records_in, text
from dragoman.kit.text import clean


@dataclass(frozen=True, slots=True)
class Frame:
    """``people``: who the contacts beside the messages say that somebody is, by each of their ids."""

    account: str  # the phone number's id
    people: dict[str, Record] = field(default_factory=dict)
    own_phone: str | None = None  # the number itself
    is_past: bool = False  # what it holds was said before the number was connected
    at: datetime | None = None  # of the entry, for news that have no time of their own

    def person(self, phone: str | None, user: str | None) -> Person | None:
        """Somebody by phone number and by business-scoped id, of which one may be hidden or too old to be there.

        The number comes first: whoever shows it is written to by it.
        """
        ids = [each for each in (phone, user) if each is not None]
        if not ids:
            return None
        known = next((self.people[each] for each in ids if each in self.people), {})
        # A message may leave out what its contact tells.
        found = [*ids, *(other for other in contact_ids(known) if other not in ids)]
        found.sort(key=is_user_id)
        profile = record_in(known, "profile") or {}
        return Person(
            address=found[0],
            also=tuple(found[1:2]),
            name=text(profile, "name"),
            username=text(profile, "username"),
        )


def read_frame(value: Record, account: str, at: datetime | None, *, is_past: bool) -> Frame:
    """``account`` is taken where the change does not say which number it is about."""
    metadata = record_in(value, "metadata") or {}
    shown = identifier(metadata, "display_phone_number") or ""
    return Frame(
        account=identifier(metadata, "phone_number_id") or account,
        people=_people(records_in(value, "contacts")),
        own_phone="".join(filter(str.isdigit, shown)) or None,
        is_past=is_past,
        at=at,
    )


def _people(contacts: Iterable[Record]) -> dict[str, Record]:
    return {each: contact for contact in contacts for each in contact_ids(contact)}


def contact_ids(contact: Record) -> list[str]:
    """Phone number, then business-scoped id."""
    ids = (address(contact, "wa_id"), address(contact, "user_id"))
    return [each for each in ids if each is not None]


def address(record: Record, key: str) -> str | None:
    """A phone number without its plus, or a business-scoped id, as everybody else writes it too."""
    found = identifier(record, key)
    if found is None:
        return None
    return found.removeprefix("+") or None


def is_user_id(given: str) -> bool:
    """A business-scoped id begins with a country's two letters and a point; a phone number is digits."""
    return given[:2].isalpha() and given[2:3] == "."


def unrecognised(account: str, what: str, content: object, *, known: bool = False) -> Unrecognised:
    """``content`` is kept in the envelope; here its fingerprint tells one from the other."""
    what = clean(what)[:100]
    key = joined("unrecognised", what, fingerprint(content))
    return Unrecognised(account=account, natural_key=key, what=what, known=known)
