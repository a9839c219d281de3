"""What WhatsApp tells about people: new numbers and ids, new devices, what they want to hear from us."""

from __future__ import annotations

from datetime import datetime

from dragoman.channels.events import InboundEvent, Person, ProfileEvent
from dragoman.channels.meta.reading import fingerprint, identifier, joined, moment
from dragoman.channels.whatsapp.item import Frame, address, is_user_id, unrecognised
from dragoman.kit.json_reading import Record, record_in, text


def read_system(
    account: str, key: str, at: datetime | None, customer: Person, told: Record
) -> ProfileEvent | None:
    """A system message. It opens no window, as nobody said anything."""
    match told.get("type"):
        case "user_changed_number" | "customer_changed_number":
            new = address(told, "wa_id") or address(told, "new_wa_id")
            is_hidden = is_user_id(customer.address)
            return None if new is None or is_hidden else _new_number(account, key, at, customer, new)
        case "user_changed_user_id":
            new = address(told, "user_id")
            return None if new is None else _new_id(account, key, at, customer, new, address(told, "wa_id"))
        case "customer_identity_changed":
            words = "WhatsApp says that this customer's device or security code changed."
            return ProfileEvent(account=account, natural_key=key, at=at, customer=customer, referral=words)
        case _:
            return None


def _new_number(account: str, key: str, at: datetime | None, customer: Person, new: str) -> ProfileEvent:
    return ProfileEvent(
        account=account,
        natural_key=key,
        at=at,
        customer=Person(address=new, also=customer.also, name=customer.name, username=customer.username),
        moved_from=customer.address,
        referral=f"The customer's number changed from +{customer.address} to +{new}.",
    )


def _new_id(
    account: str, key: str, at: datetime | None, customer: Person, new: str, phone: str | None
) -> ProfileEvent:
    """A new number brings a new id, of which nobody need be told."""
    before = customer.also[0] if customer.also else customer.address
    moved = Person(
        address=phone or new,
        also=(new,) if phone else (),
        name=customer.name,
        username=customer.username,
    )
    return ProfileEvent(account=account, natural_key=key, at=at, customer=moved, moved_from=before)


def read_user_id_update(frame: Frame, update: Record) -> InboundEvent:
    ids = record_in(update, "user_id") or {}
    before, new = address(ids, "previous"), address(ids, "current")
    phone = address(update, "wa_id")
    if before is None or new is None:
        return unrecognised(frame.account, "user_id_update of an unknown form", update)
    known = frame.person(phone, new) or Person(address=new)
    return ProfileEvent(
        account=frame.account,
        natural_key=joined("user_id", before, new),
        at=moment(update, "timestamp"),
        customer=known,
        moved_from=before,
    )


def read_preference(frame: Frame, preference: Record) -> InboundEvent:
    """Wants advertisements no longer, or again. What they write is answered all the same."""
    customer = frame.person(address(preference, "wa_id"), address(preference, "user_id"))
    words = _PREFERENCES.get(text(preference, "value") or "")
    if customer is None or words is None:
        return unrecognised(frame.account, "user_preferences of an unknown form", preference)
    stamp = identifier(preference, "timestamp")
    return ProfileEvent(
        account=frame.account,
        natural_key=joined("preference", customer.address, stamp, fingerprint(preference)),
        at=moment(preference, "timestamp"),
        customer=customer,
        referral=words,
    )


_PREFERENCES = {
    "stop": "The customer wants no marketing messages any more.",
    "resume": "The customer wants marketing messages again.",
}
