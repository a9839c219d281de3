"""What we want to say as the request that says it. Pure: what cannot arrive is refused before anybody is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dragoman.channels.contract import FilledTemplate, Outgoing, OutgoingFile
from dragoman.channels.errors import Undeliverable
from dragoman.channels.events import Choice, ContactCard, Location, MediaKind
from dragoman.channels.whatsapp.item import is_user_id
from dragoman.channels.whatsapp.manifest import CAPABILITIES, MAX_OFFER, MAX_ROW_TITLE, MAX_ROWS, REPLY_WINDOW
from dragoman.channels.whatsapp.statuses import CORRELATION_PREFIX
from dragoman.channels.whatsapp.templates import BODY, BUTTON, HEAD

Body = dict[str, Any]

MAX_NAME = 240
MAX_BUTTONS, MAX_BUTTON_TITLE = 3, 20
MAX_PAYLOAD = 200
LIST_BUTTON = "…"  # opens a list: it has to bear something, and our words may be in any language

_TYPES = {
    MediaKind.IMAGE: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
    MediaKind.VOICE: "audio",
    MediaKind.STICKER: "sticker",
    MediaKind.FILE: "document",
}
_WITH_CAPTION = frozenset({"image", "video", "document"})


def check(outgoing: Outgoing, now: datetime) -> None:
    """Raises Undeliverable for what WhatsApp would refuse; before a file of it is uploaded in vain."""
    render(outgoing, "media", now)


def render(outgoing: Outgoing, media_id: str | None, now: datetime) -> Body:
    """The body for ``/{phone-number-id}/messages``. ``media_id``: what the upload of the file gave.

    Raises Undeliverable for what WhatsApp would refuse anyway.
    """
    if outgoing.template is None:
        _must_be_within_window(outgoing.last_customer_at, now)
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(outgoing.to),
        **_said(outgoing, media_id),
        "biz_opaque_callback_data": CORRELATION_PREFIX + outgoing.correlation,
    }
    if outgoing.reply_to is not None:
        body["context"] = {"message_id": outgoing.reply_to}
    return body


def reaction(customer: str, to: str, emoji: str | None) -> Body:
    """A message of its own to WhatsApp, with one status and nothing that names us."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(customer),
        "type": "reaction",
        "reaction": {"message_id": to, "emoji": emoji or ""},
    }


def _must_be_within_window(last_customer_at: datetime | None, now: datetime) -> None:
    shut_at = REPLY_WINDOW.free_until(last_customer_at)
    if shut_at is not None and now > shut_at:
        raise Undeliverable(
            "More than 24 hours have passed since the customer last wrote: only a template may be sent."
        )


def _recipient(to: str) -> Body:
    """Who hides their number is written to by the id that WhatsApp gives them for us."""
    return {"recipient": to} if is_user_id(to) else {"to": to}


def _said(outgoing: Outgoing, media_id: str | None) -> Body:
    if outgoing.template is not None:
        return {"type": "template", "template": _template(outgoing.template, outgoing.file, media_id)}
    if outgoing.location is not None:
        return {"type": "location", "location": _location(outgoing.location)}
    if outgoing.contact is not None:
        return {"type": "contacts", "contacts": [_contact(outgoing.contact)]}
    if outgoing.file is not None:
        return _file(outgoing.file, outgoing.text, media_id)
    words = _words(outgoing.text or "")
    if outgoing.choices:
        return {"type": "interactive", "interactive": _offer(words, outgoing.choices)}
    return {"type": "text", "text": {"body": words, "preview_url": "https://" in words}}


def _words(words: str) -> str:
    if not words.strip():
        raise Undeliverable("An empty message cannot be sent.")
    if len(words) > CAPABILITIES.text.max:
        raise Undeliverable(
            f"The text has {len(words)} characters, and WhatsApp takes {CAPABILITIES.text.max}."
        )
    return words


def _location(place: Location) -> Body:
    """An address is shown below a name only."""
    named = {"name": place.title or place.address, "address": place.address}
    given = {key: value for key, value in named.items() if value}
    return {"latitude": str(place.latitude), "longitude": str(place.longitude), **given}


def _contact(card: ContactCard) -> Body:
    """WhatsApp wants one part of a name beside the whole."""
    name = {"formatted_name": card.name, "first_name": card.name}
    return {"name": name, "phones": [{"phone": card.phone, "type": "CELL"}] if card.phone else []}


# ------------------------------------------------------------------------------------------------------ files


def _file(file: OutgoingFile, caption: str | None, media_id: str | None) -> Body:
    kind = _checked_type(file)
    shown: Body = {"id": media_id} if media_id is not None else {"link": file.link}
    if caption:
        shown["caption"] = _checked_caption(caption, kind)
    if kind == "document":
        shown["filename"] = file.name[-MAX_NAME:]
    if file.kind is MediaKind.VOICE:
        shown["voice"] = True
    return {"type": kind, kind: shown}


def _checked_type(file: OutgoingFile) -> str:
    limit = CAPABILITIES.files.get(file.kind)
    if limit is None:
        raise Undeliverable(f"WhatsApp lets us send no file of the kind {file.kind.value}.")
    if file.size_bytes > limit.max_bytes:
        most = f"{limit.max_bytes / 1024**2:.3g}"
        raise Undeliverable(f"The file is too big: WhatsApp takes {most} MB for {file.kind.value}.")
    plain = plain_type(file.mime_type)
    if limit.types and plain not in limit.types:
        raise Undeliverable(f"WhatsApp takes no {plain} for {file.kind.value}: send it as a document.")
    return _TYPES[file.kind]


def plain_type(mime_type: str) -> str:
    return mime_type.partition(";")[0].strip().lower()


def _checked_caption(caption: str, kind: str) -> str:
    if kind not in _WITH_CAPTION:
        raise Undeliverable("WhatsApp has no captions here: the text must be sent as a message of its own.")
    if len(caption) > CAPABILITIES.caption_max:
        raise Undeliverable(
            f"The text has {len(caption)} characters, and WhatsApp takes {CAPABILITIES.caption_max}."
        )
    return caption


# ----------------------------------------------------------------------------------------- offers, templates


def _offer(words: str, choices: tuple[Choice, ...]) -> Body:
    """Up to three short answers are buttons; up to ten, or longer ones, the rows of a list."""
    if len(words) > MAX_OFFER:
        raise Undeliverable(f"The text has {len(words)} characters, and WhatsApp takes {MAX_OFFER}.")
    if len(choices) > MAX_ROWS:
        raise Undeliverable(f"WhatsApp offers at most {MAX_ROWS} answers.")
    for choice in choices:
        _must_be_short(choice.title, MAX_ROW_TITLE)
    answers = [{"id": _payload(choice), "title": choice.title} for choice in choices]
    if len(choices) <= MAX_BUTTONS and all(len(choice.title) <= MAX_BUTTON_TITLE for choice in choices):
        action: Body = {"buttons": [{"type": "reply", "reply": answer} for answer in answers]}
        return {"type": "button", "body": {"text": words}, "action": action}
    rows: Body = {"button": LIST_BUTTON, "sections": [{"rows": answers}]}
    return {"type": "list", "body": {"text": words}, "action": rows}


def _payload(choice: Choice) -> str:
    return (choice.payload or choice.title)[:MAX_PAYLOAD]


def _must_be_short(title: str, most: int) -> None:
    if not title.strip() or len(title) > most:
        raise Undeliverable(f"An offered answer has 1 to {most} characters: “{title}” has {len(title)}.")


def _template(template: FilledTemplate, file: OutgoingFile | None, media_id: str | None) -> Body:
    """Each part of it that has gaps, with what fills them. The file, where there is one, is its head."""
    parts = _by_part(template.values)
    head = _place(parts.get(HEAD, {})) or _texts(parts.get(HEAD, {}))
    if file is not None:
        head = [_head_file(file, media_id)]
    components = [
        *([{"type": "header", "parameters": head}] if head else []),
        *([{"type": "body", "parameters": _texts(parts[BODY])}] if BODY in parts else []),
        *(_link(part, values) for part, values in parts.items() if part.startswith(BUTTON)),
    ]
    sent: Body = {"name": template.name, "language": {"policy": "deterministic", "code": template.language}}
    return {**sent, "components": components} if components else sent


def _by_part(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """``body.1`` and ``body.2`` are two values of the body."""
    parts: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        part, _, key = name.rpartition(".")
        parts.setdefault(part, {})[key] = value
    return parts


def _texts(values: Mapping[str, str]) -> list[Body]:
    """Numbered ones in their order; named ones each by its name."""
    if all(key.isdecimal() for key in values):
        return [{"type": "text", "text": values[key]} for key in sorted(values, key=int)]
    return [{"type": "text", "parameter_name": key, "text": value} for key, value in values.items()]


def _place(values: Mapping[str, str]) -> list[Body]:
    return [{"type": "location", "location": dict(values)}] if "latitude" in values else []


def _head_file(file: OutgoingFile, media_id: str | None) -> Body:
    rule = CAPABILITIES.templates
    limit = rule.head_files.get(file.kind) if rule else None
    plain = plain_type(file.mime_type)
    if limit is None or plain not in limit.types:
        raise Undeliverable(f"WhatsApp takes no {plain} at the head of a template.")
    return _file(file, None, media_id)


def _link(part: str, values: Mapping[str, str]) -> Body:
    index = part.rpartition(".")[2]
    return {"type": "button", "sub_type": "url", "index": index, "parameters": _texts(values)}
