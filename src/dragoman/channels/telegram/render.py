"""One bubble of ours as one request of Telegram's: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.channels.contract import Json, Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice, ContactCard, Location, MediaKind
from dragoman.channels.telegram.business import connection_of
from dragoman.channels.telegram.manifest import (
    MAX_CAPTION,
    MAX_PHOTO_BYTES,
    MAX_TEXT,
    MAX_UPLOAD_BYTES,
)
from dragoman.kit.text import clean

CONNECTION_SETTING = "business_connection_id"
MAX_FILE_NAME = 120  # characters

_MIME_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NOT_IN_A_FILE_NAME = re.compile(r"[\x00-\x1f\x7f/\\:]+")


@dataclass(frozen=True, slots=True)
class Upload:
    field: str
    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API with its parameters, and with a file it travels as multipart."""

    method: str
    fields: dict[str, Json]
    upload: Upload | None = None


def render(account: str, outgoing: Outgoing) -> Call:
    """Raises Undeliverable for what Telegram would refuse anyhow, so that it need not be asked.

    Text goes as it is, without markup: what a member types, the customer reads. Their app shows a preview of
    the first link.
    """
    addressed = {
        "chat_id": chat_id_of(outgoing.to),
        **on_behalf_of(account, outgoing.settings.get(CONNECTION_SETTING)),
        **_in_reply_to(outgoing),
    }
    if outgoing.location is not None:
        return _place(addressed, outgoing.location)
    if outgoing.contact is not None:
        return Call("sendContact", {**addressed, **_contact(outgoing.contact)})
    if outgoing.file is None:
        words = {"text": _text(outgoing.text, MAX_TEXT)}
        return Call("sendMessage", {**addressed, **words, **_keyboard(outgoing.choices)})
    if outgoing.text:
        addressed["caption"] = _text(outgoing.text, MAX_CAPTION)
    method, field = _way_of(outgoing.file)
    return Call(method, addressed, _upload(outgoing.file, field))


def chat_id_of(address: str) -> int:
    if not _INTEGER.fullmatch(address):
        raise Undeliverable("This customer's address is no Telegram chat.")
    return int(address)


def on_behalf_of(account: str, setting: str | None = None) -> dict[str, Json]:
    """In a connected account's chats the bot speaks for its owner, and must name the connection: the one that the
    conversation has of its own (``setting``), or the account's."""
    connection = setting or connection_of(account)
    return {"business_connection_id": connection} if connection else {}


def reaction(account: str, customer: str, to: str, emoji: str | None) -> dict[str, Json]:
    """The fields of ``setMessageReaction``, which replaces what the bot had put there. Raises Undeliverable."""
    if connection_of(account):
        raise Undeliverable(
            "Telegram lets bots react in their own chats only, not in those of a connected account."
        )
    message_id = _message_in(customer, to)
    if message_id is None:
        raise Undeliverable("Telegram knows no message here that could bear a reaction.")
    shown = [] if emoji is None else [{"type": "emoji", "emoji": emoji}]
    return {"chat_id": chat_id_of(customer), "message_id": message_id, "reaction": shown}


def _in_reply_to(outgoing: Outgoing) -> dict[str, Json]:
    """A pressed button is a message to us and none to Telegram: what cannot be quoted is left out.

    The quoted message may have been deleted meanwhile; then the answer goes without it.
    """
    message_id = _message_in(outgoing.to, outgoing.reply_to or "")
    if message_id is None:
        return {}
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}}


def _message_in(customer: str, external_id: str) -> int | None:
    chat, _, message_id = external_id.rpartition(":")
    return int(message_id) if chat == customer and _INTEGER.fullmatch(message_id) else None


def _text(text: str | None, most: int) -> str:
    words = clean(text or "")
    if not words.strip():
        raise Undeliverable("There is nothing to send: the message is empty.")
    if len(words) > most:
        raise Undeliverable(f"The text has {len(words)} characters; Telegram takes at most {most} here.")
    return words


def _keyboard(choices: tuple[Choice, ...]) -> dict[str, Json]:
    """A button a line below the text: side by side their words would be cut off on a telephone."""
    if not choices:
        return {}
    rows = [[{"text": choice.title, "callback_data": choice.payload or choice.title}] for choice in choices]
    return {"reply_markup": {"inline_keyboard": rows}}


def _place(addressed: dict[str, Json], place: Location) -> Call:
    """Telegram names a place with its address or not at all: what is missing of both is told by the other one."""
    where = {**addressed, "latitude": place.latitude, "longitude": place.longitude}
    title = place.title or place.address
    if title is None:
        return Call("sendLocation", where)
    address = place.address or f"{place.latitude:.5f}, {place.longitude:.5f}"
    return Call("sendVenue", {**where, "title": title, "address": address})


def _contact(card: ContactCard) -> dict[str, Json]:
    return {"phone_number": card.phone, "first_name": card.name}


# By kind: the method, its parameter, and the types that customers' apps show as such. The rest goes as a file.
_WAYS = {
    MediaKind.IMAGE: ("sendPhoto", "photo", ("image/jpeg", "image/png", "image/webp")),
    MediaKind.ANIMATION: ("sendAnimation", "animation", ("image/gif", "video/mp4")),
    MediaKind.VIDEO: ("sendVideo", "video", ("video/mp4",)),
    MediaKind.AUDIO: ("sendAudio", "audio", ("audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/m4a")),
    MediaKind.VOICE: (
        "sendVoice",
        "voice",
        ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/m4a"),
    ),
}
_AS_A_FILE = ("sendDocument", "document")


def _way_of(file: OutgoingFile) -> tuple[str, str]:
    if file.size_bytes > MAX_UPLOAD_BYTES:
        raise Undeliverable(
            f"The file has over {MAX_UPLOAD_BYTES // 2**20} MB, the most that Telegram takes."
        )
    if file.kind is MediaKind.IMAGE and file.size_bytes > MAX_PHOTO_BYTES:
        return _AS_A_FILE
    method, field, types = _WAYS.get(file.kind, (*_AS_A_FILE, ()))
    return (method, field) if _plain_type(file) in types else _AS_A_FILE


def _upload(file: OutgoingFile, field: str) -> Upload:
    if not file.content:
        raise Undeliverable("The file is empty, or no longer here: attach it again.")
    return Upload(field, _file_name(file.name), _plain_type(file), file.content)


def _plain_type(file: OutgoingFile) -> str:
    """The MIME type without its parameters: a recorder says "audio/ogg; codecs=opus"."""
    plain = file.mime_type.partition(";")[0].strip().lower()
    return plain if _MIME_TYPE.fullmatch(plain) else "application/octet-stream"


def _file_name(name: str) -> str:
    """Without anything that could end a header line or name a folder, and with its ending kept."""
    safe = _NOT_IN_A_FILE_NAME.sub("_", clean(name)).strip()
    return safe[-MAX_FILE_NAME:] or "file"
