"""A webhook body of Meta's as events, whatever its object. Total: what is not known becomes Unrecognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import InboundEvent
from dragoman.channels.meta import control
from dragoman.channels.meta.item import Item, read_item, unrecognised
from dragoman.channels.meta.past import read_past
from dragoman.channels.meta.reading import identifier, moment
from dragoman.kit.json_reading import NotAnObject, Record, read_object, record_in

# A reader gives None where the content is not what the key promises.
Reader = Callable[[Item, Record], InboundEvent | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What one network's bodies hold. ``left``: what we know and leave, by its name."""

    object: str  # "page"
    readers: Mapping[str, Reader]  # by the key that an item has
    left_fields: frozenset[str] = frozenset()
    left_items: frozenset[str] = frozenset()

    def read(self, body: bytes, account: str) -> list[InboundEvent]:
        """All events of one webhook body, each under the account that its entry names.

        ``account`` counts only where an entry names none. Raises MalformedPayload if the body is no JSON object.
        """
        try:
            envelope = read_object(body)
        except NotAnObject as error:
            raise MalformedPayload(str(error)) from None
        return list(_events(self, envelope, account))


_ITEM_FRAME = frozenset({"sender", "recipient", "timestamp"})
_ENTRY_FRAME = frozenset({"id", "time", "uid", "messaging", "standby", "changes", "field", "value"})


def _events(known: Envelope, envelope: Record, account: str) -> Iterator[InboundEvent]:
    entries = envelope.get("entry")
    past = record_in(envelope, "past")
    if envelope.get("object") != known.object:
        yield unrecognised(account, f"object {_word(envelope.get('object'))}", envelope)
    elif past is not None and entries is None:
        yield from read_past(past, account)
    elif not isinstance(entries, list) or not entries:
        yield unrecognised(account, f"{known.object} without entries", envelope)
    else:
        for entry in entries:
            yield from _events_of_entry(known, entry, account)


def _events_of_entry(known: Envelope, entry: Any, account: str) -> Iterator[InboundEvent]:
    if not isinstance(entry, dict):
        yield unrecognised(account, "entry that is no object", entry)
        return
    account = identifier(entry, "id") or account
    found = [*_from_items(known, entry, account), *_from_changes(known, entry, account)]
    strange = sorted(set(entry) - _ENTRY_FRAME)
    if strange or not found:
        found.append(unrecognised(account, "entry with " + (", ".join(strange) or "nothing in it"), entry))
    yield from found


def _from_items(known: Envelope, entry: Record, account: str) -> Iterator[InboundEvent]:
    for place in ("messaging", "standby"):
        for record in _listed(entry, place):
            yield from _events_of_item(known, record, entry, account, standby=place == "standby")


def _from_changes(known: Envelope, entry: Record, account: str) -> Iterator[InboundEvent]:
    in_the_entry = [{key: entry.get(key) for key in ("field", "value")}] if "field" in entry else []
    for change in [*_listed(entry, "changes"), *in_the_entry]:
        value = record_in(change, "value") if isinstance(change, dict) else None
        if value is not None and any(isinstance(value.get(key), dict) for key in known.readers):
            # The app dashboard's Test button wraps an ordinary item like this. (A comment in the feed also
            # has a "message", yet that is a mere string.)
            yield from _events_of_item(known, value, entry, account, standby=change.get("field") == "standby")
        else:
            field = _word(change.get("field") if isinstance(change, dict) else None)
            at = moment(entry, "time")
            yield unrecognised(account, f"change of {field}", change, at, known=field in known.left_fields)


def _listed(entry: Record, key: str) -> list[Any]:
    """A single value in place of the list is read as a list of one: nothing is lost over a bracket."""
    value = entry.get(key, [])
    return value if isinstance(value, list) else [value]


def _events_of_item(
    known: Envelope, record: Any, entry: Record, account: str, *, standby: bool
) -> Iterator[InboundEvent]:
    entry_at = moment(entry, "time")
    if not isinstance(record, dict):
        yield unrecognised(account, "item that is no object", record, entry_at)
        return
    item = read_item(record, account=account, entry_at=entry_at, standby=standby)
    events = list(_events_in(known, item))
    if standby:
        yield from control.standing_by(item, events)
    yield from events


def _events_in(known: Envelope, item: Item) -> Iterator[InboundEvent]:
    keys = [key for key in known.readers if key in item.record]
    for key in keys:
        content = record_in(item.record, key)
        event = None if content is None else known.readers[key](item, content)
        yield event or unrecognised(item.account, f"{key} of an unknown form", item.record, item.at)
    if not keys:
        what = ", ".join(sorted(set(item.record) - _ITEM_FRAME)) or "empty item"
        yield unrecognised(item.account, what, item.record, item.at, known=what in known.left_items)


def _word(value: Any) -> str:
    return value if isinstance(value, str) and value else "unknown"
