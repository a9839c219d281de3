"""What is said, changed or taken back: by a customer, by a colleague in the phone's app, or long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dragoman.channels.events import (
    DeletionEvent,
    Direction,
    EditEvent,
    InboundEvent,
    MessageEvent,
    Person,
    ProfileEvent,
    ReactionEvent,
    deletion_key,
)
from dragoman.channels.meta.reading import fingerprint, identifier, joined, moment
from dragoman.channels.whatsapp.content import read_content
from dragoman.channels.whatsapp.item import Frame, address, unrecognised
from dragoman.channels.whatsapp.system import read_system
from dragoman.kit.json_reading import Record, record_in, text


@dataclass(frozen=True, slots=True)
class Said:
    """One message with who said it to whom, however it came."""

    frame: Frame
    record: Record
    wamid: str
    customer: Person
    direction: Direction
    imported: bool = False

    @property
    def at(self) -> datetime | None:
        return moment(self.record, "timestamp")

    @property
    def stamp(self) -> str:
        """The time as it came: the part of a key that tells two like events apart."""
        return identifier(self.record, "timestamp") or ""


def read_message(frame: Frame, record: Record) -> InboundEvent:
    """A customer's message. What happens in a group is not for us."""
    if "group_id" in record:
        return unrecognised(frame.account, "message in a group", record, known=True)
    if frame.is_past:
        return read_past(frame, record)
    customer = frame.person(address(record, "from"), address(record, "from_user_id"))
    return _read(frame, record, customer, Direction.IN)


def read_echo(frame: Frame, record: Record) -> InboundEvent:
    """What a colleague typed in the WhatsApp Business app: WhatsApp never echoes what we sent ourselves."""
    customer = frame.person(address(record, "to"), address(record, "to_user_id"))
    return _read(frame, record, customer, Direction.OUT)


def read_past(frame: Frame, record: Record, thread: str | None = None) -> InboundEvent:
    """A message of the time before the number was connected; ``thread`` is the customer's number. Of a file there is
    first only a place in the row, and nothing that could be shown there."""
    sender = address(record, "from")
    direction = Direction.OUT if sender is not None and sender == frame.own_phone else Direction.IN
    if record.get("type") == "media_placeholder":
        return unrecognised(frame.account, "a file of the past that comes later", record, known=True)
    end = "to" if direction is Direction.OUT else "from"
    customer = frame.person(thread or address(record, end), address(record, f"{end}_user_id"))
    return _read(frame, record, customer, direction, imported=True)


def _read(
    frame: Frame, record: Record, customer: Person | None, direction: Direction, *, imported: bool = False
) -> InboundEvent:
    wamid, kind = identifier(record, "id"), text(record, "type") or "unknown"
    event = None
    if wamid is not None and customer is not None:
        said = Said(frame, record, wamid, customer, direction, imported)
        event = _BY_TYPE.get(kind, _message)(said)
    return event or unrecognised(frame.account, f"{kind} of an unknown form", record)


def _message(said: Said) -> MessageEvent:
    content = read_content(said.record)
    context = record_in(said.record, "context") or {}
    return MessageEvent(
        account=said.frame.account,
        natural_key=joined("message", said.wamid),
        at=said.at,
        external_id=said.wamid,
        customer=said.customer,
        direction=said.direction,
        text=content.words,
        parts=content.parts,
        # A product that was asked about is no message.
        reply_to=None if "referred_product" in context else identifier(context, "id"),
        imported=said.imported,
    )


def _edit(said: Said) -> EditEvent | None:
    """The whole new message, under the id of the old one."""
    edit = record_in(said.record, "edit") or {}
    original, changed = identifier(edit, "original_message_id"), record_in(edit, "message")
    if original is None or changed is None:
        return None
    content = read_content(changed)
    return EditEvent(
        account=said.frame.account,
        natural_key=joined("edit", said.wamid),
        at=said.at,
        external_id=original,
        customer=said.customer,
        direction=said.direction,
        text=content.words,
        parts=content.parts or None,
    )


def _revoke(said: Said) -> DeletionEvent | None:
    original = identifier(record_in(said.record, "revoke") or {}, "original_message_id")
    if original is None:
        return None
    return DeletionEvent(
        account=said.frame.account,
        natural_key=deletion_key(original),
        at=said.at,
        external_id=original,
        customer=said.customer,
    )


def _reaction(said: Said) -> ReactionEvent | None:
    """Taken back by an empty emoji, or none."""
    reaction = record_in(said.record, "reaction") or {}
    target, emoji = identifier(reaction, "message_id"), text(reaction, "emoji")
    if target is None:
        return None
    return ReactionEvent(
        account=said.frame.account,
        natural_key=joined("reaction", said.wamid, said.stamp, emoji),
        at=said.at,
        external_id=target,
        customer=said.customer,
        by=said.direction,
        emoji=emoji,
    )


def _system(said: Said) -> ProfileEvent | None:
    told = record_in(said.record, "system")
    if told is None:
        return None
    key = joined("system", said.wamid, fingerprint(told))
    return read_system(said.frame.account, key, said.at, said.customer, told)


def _welcome(said: Said) -> ProfileEvent:
    """The chat was opened for the first time, and nothing said yet."""
    key = joined("welcome", said.wamid)
    return ProfileEvent(account=said.frame.account, natural_key=key, at=said.at, customer=said.customer)


_BY_TYPE = {
    "edit": _edit,
    "revoke": _revoke,
    "reaction": _reaction,
    "system": _system,
    "request_welcome": _welcome,
}
