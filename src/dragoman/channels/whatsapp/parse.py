"""A webhook body of Meta's ``whatsapp_business_account`` object as events. Total: the unknown is Unrecognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import InboundEvent
from dragoman.channels.meta.reading import identifier, moment
from dragoman.channels.whatsapp import account as accounts
from dragoman.channels.whatsapp import history
from dragoman.channels.whatsapp.item import Frame, read_frame, unrecognised
from dragoman.channels.whatsapp.messages import read_echo, read_message
from dragoman.channels.whatsapp.statuses import read_status
from dragoman.channels.whatsapp.system import read_preference, read_user_id_update
from dragoman.kit.json_reading import NotAnObject, Record, read_object, record_in

OBJECT = "whatsapp_business_account"

# What lies in lists under these keys, whatever the field: a handed-over number shows messages as standby too.
LISTS: dict[str, Callable[[Frame, Record], InboundEvent]] = {
    "messages": read_message,
    "message_echoes": read_echo,
    "statuses": read_status,
    "user_preferences": read_preference,
    "user_id_update": read_user_id_update,
    "errors": accounts.read_error,
}

# Fields about the account rather than about what is said; the value itself is the news.
NEWS: dict[str, Callable[[Frame, Record], InboundEvent]] = {
    "account_update": accounts.read_account_update,
    "message_template_status_update": accounts.read_template_update,
    "message_template_components_update": accounts.read_template_update,
    "message_template_quality_update": accounts.read_template_update,  # pausing follows on it
    "template_category_update": accounts.read_template_update,
}

# What a business account can be told of that is no work of the inbox.
_LEFT_FIELDS = frozenset({
    "account_alerts", "account_review_update", "business_capability_update", "business_status_update",
    "calls", "group_lifecycle_update", "group_participants_update", "group_settings_update",
    "group_status_update", "partner_solutions", "payment_configuration_update", "phone_number_name_update",
    "phone_number_quality_update", "security", "smb_app_state_sync", "flows",
})  # fmt: skip


def parse(body: bytes, account: str) -> list[InboundEvent]:
    """All events of one webhook body, each under the phone number's id that its change names.

    ``account`` counts where a change names none: news of the business account. Raises MalformedPayload if the
    body is no JSON object.
    """
    try:
        envelope = read_object(body)
    except NotAnObject as error:
        raise MalformedPayload(str(error)) from None
    return _without_repetition(_events(envelope, account))


def _without_repetition(events: Iterator[InboundEvent]) -> list[InboundEvent]:
    """The same thing twice in one body is one thing."""
    return list({(event.account, event.natural_key): event for event in events}.values())


def _events(envelope: Record, account: str) -> Iterator[InboundEvent]:
    entries = envelope.get("entry")
    if envelope.get("object") != OBJECT:
        yield unrecognised(account, f"object {_word(envelope.get('object'))}", envelope)
    elif not isinstance(entries, list) or not entries:
        yield unrecognised(account, "account without entries", envelope)
    else:
        for entry in entries:
            yield from _events_of_entry(entry, account)


def _events_of_entry(entry: Any, account: str) -> Iterator[InboundEvent]:
    changes = entry.get("changes") if isinstance(entry, dict) else None
    if isinstance(changes, dict):
        changes = [changes]
    if not isinstance(changes, list) or not changes:
        yield unrecognised(account, "entry without changes", entry)
        return
    waba = identifier(entry, "id")
    for change in changes:
        yield from _events_of_change(change, account or waba or "", moment(entry, "time"))


def _events_of_change(change: Any, account: str, at: datetime | None) -> Iterator[InboundEvent]:
    value = record_in(change, "value") if isinstance(change, dict) else None
    if value is None:
        yield unrecognised(account, "change without a value", change)
        return
    field = _word(change.get("field"))
    frame = read_frame(value, account, at, is_past=field == "history")
    found = [*_from_lists(frame, value), *_from_history(frame, value)]
    if not found:
        reader = NEWS.get(field)
        known = field in _LEFT_FIELDS
        found = [
            reader(frame, value)
            if reader
            else unrecognised(frame.account, f"change of {field}", change, known=known)
        ]
    yield from found


def _from_lists(frame: Frame, value: Record) -> Iterator[InboundEvent]:
    for key, reader in LISTS.items():
        for item in _listed(value, key):
            if isinstance(item, dict):
                yield reader(frame, item)
            else:
                yield unrecognised(frame.account, f"one of {key} that is no object", [key, item])


def _from_history(frame: Frame, value: Record) -> Iterator[InboundEvent]:
    for chunk in _listed(value, "history"):
        if isinstance(chunk, dict):
            yield from history.read_chunk(frame, chunk)
        else:
            yield unrecognised(frame.account, "history that is no object", ["history", chunk])


def _listed(value: Record, key: str) -> list[Any]:
    """A single value in place of the list is read as a list of one: nothing is lost over a bracket."""
    found = value.get(key, [])
    return found if isinstance(found, list) else [found]


def _word(value: Any) -> str:
    return value if isinstance(value, str) and value else "unknown"
