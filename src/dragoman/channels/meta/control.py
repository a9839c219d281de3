"""Who may answer. While another app holds a conversation, what happens in it is only shown to us: standby."""

from __future__ import annotations

from dragoman.channels.events import ControlEvent, InboundEvent
from dragoman.channels.meta.item import Item
from dragoman.channels.meta.reading import fingerprint, identifier, joined
from dragoman.kit.json_reading import Record

# Meta's own apps, where people answer: the Page inbox, Business Suite and the phone app (Meta's pages print both
# ids), and the inbox of Instagram.
PAGE_INBOX = "The Page's inbox"
INBOX_APPS = {
    "26390203743090": PAGE_INBOX,
    "263902037430900": PAGE_INBOX,
    "1217981644879628": "Instagram's own inbox",
}

# Meta tells the receiver of a conversation that it was passed, and the loser that it was taken. On standby
# the very same items tell a bystander, to whom it does not belong either way.


def read_pass(item: Item, passed: Record) -> InboundEvent:
    owner = identifier(passed, "new_owner_app_id")
    if owner is None:
        return _control(item, "passed", ours=None, words="No app holds this conversation now.")
    if item.standby or owner in INBOX_APPS:
        return _control(item, "passed", ours=False, words=f"{_app(owner)} was given this conversation.")
    return _control(item, "passed", ours=True, words="We were given this conversation.")


def read_take(item: Item, taken: Record) -> InboundEvent:
    owner = identifier(taken, "new_owner_app_id")
    return _control(item, "taken", ours=False, words=f"{_app(owner)} took this conversation over.")


def read_request(item: Item, request: Record) -> InboundEvent:
    asking = identifier(request, "requested_owner_app_id")
    return _control(item, "requested", ours=None, words=f"{_app(asking)} asks for this conversation.")


def read_app_roles(item: Item, _: Record) -> InboundEvent:
    return _control(item, "roles", ours=None, words="The roles of the apps on this Page changed.")


def _app(identity: str | None) -> str:
    if identity is None:
        return "Another app"
    return INBOX_APPS.get(identity) or f"App {identity}"


def _control(item: Item, what: str, *, ours: bool | None, words: str) -> ControlEvent:
    key = joined("control", what, item.sender, item.stamp, fingerprint(item.record))
    return _event(item, key, ours=ours, words=words)


def standing_by(item: Item, events: list[InboundEvent]) -> list[InboundEvent]:
    """Coming as standby says by itself that the conversation is not ours."""
    if item.customer is None or any(isinstance(event, ControlEvent) for event in events):
        return []
    key = joined("standby", *(event.natural_key for event in events))
    return [_event(item, key, ours=False, words="Another app holds this conversation.")]


def _event(item: Item, key: str, *, ours: bool | None, words: str) -> ControlEvent:
    return ControlEvent(
        account=item.account, natural_key=key, at=item.at, customer=item.customer, ours=ours, text=words
    )
