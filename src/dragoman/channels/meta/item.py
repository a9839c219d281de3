"""One item of an envelope: whose account, who to whom, when. What every reader of an event starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dragoman.channels.events import Direction, Person, Unrecognised
from dragoman.channels.meta.reading import fingerprint, identifier, joined, moment
from dragoman.kit.json_reading import Record, flag, record_in
from dragoman.kit.text import clean


@dataclass(frozen=True, slots=True)
class Item:
    account: str  # the Page, or the Instagram account
    at: datetime | None
    sender: str | None
    recipient: str | None
    standby: bool  # it was only shown to us: another app holds the conversation
    record: Record

    @property
    def customer(self) -> Person | None:
        """The other side of the account."""
        address = self.recipient if self.is_from_account else self.sender
        return None if address is None else Person(address=address)

    @property
    def is_from_account(self) -> bool:
        is_echo = flag(record_in(self.record, "message") or {}, "is_echo")
        return is_echo or (self.sender is not None and self.sender == self.account)

    @property
    def direction(self) -> Direction:
        return Direction.OUT if self.is_from_account else Direction.IN

    @property
    def stamp(self) -> str:
        """The item's own time as it came: the part of a key that tells two like events apart."""
        return identifier(self.record, "timestamp") or ""


def read_item(record: Record, *, account: str, entry_at: datetime | None, standby: bool) -> Item:
    return Item(
        account=account,
        at=moment(record, "timestamp") or entry_at,
        sender=identifier(record_in(record, "sender") or {}, "id"),
        recipient=identifier(record_in(record, "recipient") or {}, "id"),
        standby=standby,
        record=record,
    )


def unrecognised(
    account: str, what: str, content: object, at: datetime | None = None, *, known: bool = False
) -> Unrecognised:
    """``content`` is kept in the envelope; here its fingerprint tells one from the other."""
    what = clean(what)[:100]
    key = joined("unrecognised", what, fingerprint(content))
    return Unrecognised(account=account, natural_key=key, at=at, what=what, known=known)
