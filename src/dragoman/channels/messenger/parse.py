"""A webhook body of Meta's ``page`` object as events. Total: what is not known becomes Unrecognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dragoman.channels.errors import MalformedPayload
from dragoman.channels.events import InboundEvent
from dragoman.channels.messenger import control, messages, signals
from dragoman.channels.messenger.item import Item, read_item, unrecognised
from dragoman.channels.messenger.reading import identifier, moment
from dragoman.kit.json_reading import NotAnObject, Record, read_object, record_in

# A reader gives None where the content is not what the key promises.
Reader = Callable[[Item, Record], InboundEvent | None]

READERS: dict[str, Reader] = {
    "message": messages.read_message,
    "message_edit": messages.read_edit,
    "postback": messages.read_postback,
    "order": messages.read_order,
    "messaging_customer_information": messages.read_customer_information,
    "reaction": signals.read_reaction,
    "delivery": signals.read_delivery,
    "read": signals.read_read,
    "referral": signals.read_referral,
    "optin": signals.read_optin,
    "policy_enforcement": signals.read_policy_enforcement,
    "pass_thread_control": control.read_pass,
    "take_thread_control": control.read_take,
    "request_thread_control": control.read_request,
    "app_roles": control.read_app_roles,
}

_ITEM_FRAME = frozenset({"sender", "recipient", "timestamp"})
_ENTRY_FRAME = frozenset({"id", "time", "uid", "messaging", "standby", "changes", "field", "value"})

# What a Page can be told of that no customer says to it:
# https://developers.facebook.com/docs/graph-api/webhooks/reference/page
_LEFT_FIELDS = frozenset({
    "feed", "mention", "ratings", "live_videos", "videos", "leadgen", "conversations", "inbox_labels", "name",
    "picture", "category", "description", "page_upcoming_change", "page_change_proposal",
})  # fmt: skip
_LEFT_ITEMS = frozenset({"account_linking", "response_feedback"})


def parse(body: bytes, account: str) -> list[InboundEvent]:
    """All events of one webhook body, each under the account (Page id) that its entry names.

    ``account`` counts only where an entry names none. Raises MalformedPayload if the body is no JSON object.
    """
    try:
        envelope = read_object(body)
    except NotAnObject as error:
        raise MalformedPayload(str(error)) from None
    return list(_events(envelope, account))


def _events(envelope: Record, account: str) -> Iterator[InboundEvent]:
    entries = envelope.get("entry")
    if envelope.get("object") != "page":
        yield unrecognised(account, f"object {_word(envelope.get('object'))}", envelope)
    elif not isinstance(entries, list) or not entries:
        yield unrecognised(account, "page without entries", envelope)
    else:
        for entry in entries:
            yield from _events_of_entry(entry, account)


def _events_of_entry(entry: Any, account: str) -> Iterator[InboundEvent]:
    if not isinstance(entry, dict):
        yield unrecognised(account, "entry that is no object", entry)
        return
    page = identifier(entry, "id") or account
    found = [*_from_items(entry, page), *_from_changes(entry, page)]
    strange = sorted(set(entry) - _ENTRY_FRAME)
    if strange or not found:
        found.append(unrecognised(page, "entry with " + (", ".join(strange) or "nothing in it"), entry))
    yield from found


def _from_items(entry: Record, page: str) -> Iterator[InboundEvent]:
    for place in ("messaging", "standby"):
        for record in _listed(entry, place):
            yield from _events_of_item(record, entry, page, standby=place == "standby")


def _from_changes(entry: Record, page: str) -> Iterator[InboundEvent]:
    for change in [*_listed(entry, "changes"), *([entry] if "field" in entry else [])]:
        value = record_in(change, "value") if isinstance(change, dict) else None
        if value is not None and any(isinstance(value.get(key), dict) for key in READERS):
            # The app dashboard's Test button wraps an ordinary item like this. (A comment in the feed also
            # has a "message", yet that is a mere string.)
            yield from _events_of_item(value, entry, page, standby=change.get("field") == "standby")
        else:
            field = _word(change.get("field") if isinstance(change, dict) else None)
            at = moment(entry, "time")
            yield unrecognised(page, f"change of {field}", change, at, known=field in _LEFT_FIELDS)


def _listed(entry: Record, key: str) -> list[Any]:
    """A single value in place of the list is read as a list of one: nothing is lost over a bracket."""
    value = entry.get(key, [])
    return value if isinstance(value, list) else [value]


def _events_of_item(record: Any, entry: Record, page: str, *, standby: bool) -> Iterator[InboundEvent]:
    entry_at = moment(entry, "time")
    if not isinstance(record, dict):
        yield unrecognised(page, "item that is no object", record, entry_at)
        return
    item = read_item(record, account=page, entry_at=entry_at, standby=standby)
    events = list(_events_in(item))
    if standby:
        yield from control.standing_by(item, events)
    yield from events


def _events_in(item: Item) -> Iterator[InboundEvent]:
    known = [key for key in READERS if key in item.record]
    for key in known:
        content = record_in(item.record, key)
        event = None if content is None else READERS[key](item, content)
        yield event or unrecognised(item.account, f"{key} of an unknown form", item.record, item.at)
    if not known:
        what = ", ".join(sorted(set(item.record) - _ITEM_FRAME)) or "empty item"
        yield unrecognised(item.account, what, item.record, item.at, known=what in _LEFT_ITEMS)


def _word(value: Any) -> str:
    return value if isinstance(value, str) and value else "unknown"
