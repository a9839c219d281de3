"""May this message go, to this person, now? Every refusal that WhatsApp gives at once."""

from dragoman.simulator.limits import Bucket
from dragoman.simulator.whatsapp.graph.call import GraphCall
from dragoman.simulator.whatsapp.graph.errors import (
    GraphError,
    bad_value,
    pair_rate,
    throughput,
    unreachable,
    window_closed,
)
from dragoman.simulator.whatsapp.graph.templating import filled_in
from dragoman.simulator.whatsapp.media import is_alive
from dragoman.simulator.whatsapp.model import Chat, Json, Number, Person

DAY_SECONDS = 86_400
PER_SECOND, IN_APP_PER_SECOND = 80.0, 20.0
PAIR_PER_SECOND, PAIR_BURST = 1 / 6, 45.0
MOST_TEXT, MOST_CAPTION, MOST_CALLBACK = 4096, 1024, 512
MB = 1024 * 1024
MOST_BYTES = {
    "image": 5 * MB,
    "video": 16 * MB,
    "audio": 16 * MB,
    "document": 100 * MB,
    "sticker": 500 * 1024,
}
MEDIA = tuple(MOST_BYTES)
TYPES = ("text", *MEDIA, "location", "contacts", "reaction", "interactive", "template")


def recipient_of(call: GraphCall) -> Person:
    """A phone number in `to` wins over an id in `recipient`."""
    address = call.text("to") or call.text("recipient")
    if not address:
        raise GraphError(131008, "(#131008) Required parameter is missing: to")
    person = call.network.person_by(address)
    if person is None:
        raise unreachable()
    return person


def check_limits(call: GraphCall, number: Number, person: Person) -> None:
    if not call.office.limits_enabled:
        return
    now = call.network.clock.seconds()
    rate = IN_APP_PER_SECOND if number.in_app else PER_SECOND
    whole = call.office.buckets.setdefault((number.id, ""), Bucket.full(rate, rate, now))
    pair = call.office.buckets.setdefault(
        (number.id, person.id), Bucket.full(PAIR_PER_SECOND, PAIR_BURST, now)
    )
    if whole.wait_seconds(now) > 0:
        raise throughput()
    if pair.wait_seconds(now) > 0:
        raise pair_rate()
    whole.take()
    pair.take()


def check_window(call: GraphCall, chat: Chat, content: Json) -> None:
    if content["type"] == "template":
        return
    wrote = chat.customer_wrote_at
    if wrote is None or call.network.now() - wrote > DAY_SECONDS:
        raise window_closed()


def check_content(call: GraphCall, chat: Chat) -> Json:
    """The message as the phone shows it."""
    kind = call.text("type") or "text"
    if kind not in TYPES:
        raise GraphError(131051, "(#131051) Unsupported message type")
    if len(call.text("biz_opaque_callback_data") or "") > MOST_CALLBACK:
        raise bad_value("biz_opaque_callback_data is too long.")
    if kind == "contacts":
        cards = call.parameters.get(kind)
        _check_contacts(cards)
        return {"type": kind, kind: cards, **_quoted(call, chat, kind)}
    held = call.structure(kind)
    _CHECKS.get(kind, _nothing)(held)
    if kind in MEDIA:
        _check_media(call, chat, kind, held)
    if kind == "template":
        shown = filled_in(call, chat, held)
        if "head" in shown:
            _check_media(call, chat, shown["head_kind"], shown["head"])
        return {"type": kind, kind: held, **shown, **_quoted(call, chat, kind)}
    return {"type": kind, kind: held, **_quoted(call, chat, kind)}


def _nothing(held: Json) -> None:
    """Taken as it is."""


def _check_text(held: Json) -> None:
    body = held.get("body")
    if not isinstance(body, str) or not body.strip():
        raise GraphError(131008, "(#131008) Required parameter is missing: text.body")
    _at_most(body, MOST_TEXT, "text.body")


def _check_location(held: Json) -> None:
    try:
        far = [abs(float(held[key])) > most for key, most in (("latitude", 90), ("longitude", 180))]
    except (KeyError, TypeError, ValueError) as error:
        raise bad_value("location needs latitude and longitude.") from error
    if any(far):
        raise bad_value("There is no such place.")


def _check_contacts(cards: object) -> None:
    """A whole name is not enough: one of its parts has to stand beside it."""
    if not isinstance(cards, list) or not cards:
        raise GraphError(131008, "(#131008) Required parameter is missing: contacts")
    for card in cards:
        name = card.get("name") or {}
        if not name.get("formatted_name") or not (set(name) - {"formatted_name"}):
            raise bad_value("contacts needs name.formatted_name and one more part of the name.")


def _check_interactive(held: Json) -> None:
    action = held.get("action") or {}
    _at_most(str((held.get("body") or {}).get("text") or ""), 1024, "body.text")
    match held.get("type"):
        case "button":
            buttons = action.get("buttons") or []
            if not 1 <= len(buttons) <= 3:
                raise bad_value("There may be one to three buttons.")
            for button in buttons:
                _at_most(str(button["reply"]["title"]), 20, "button title")
                _at_most(str(button["reply"]["id"]), 256, "button id")
        case "list":
            _check_list(action)
        case None:
            raise GraphError(131008, "(#131008) Required parameter is missing: interactive.type")


def _check_list(action: Json) -> None:
    _at_most(str(action.get("button") or ""), 20, "list button")
    rows = [row for section in action.get("sections") or [] for row in section.get("rows") or []]
    if not 1 <= len(rows) <= 10:
        raise bad_value("There may be one to ten rows.")
    for row in rows:
        _at_most(str(row["title"]), 24, "row title")
        _at_most(str(row["id"]), 200, "row id")


_CHECKS = {
    "text": _check_text,
    "location": _check_location,
    "interactive": _check_interactive,
}


def _check_media(call: GraphCall, chat: Chat, kind: str, held: Json) -> None:
    _at_most(str(held.get("caption") or ""), MOST_CAPTION, "caption")
    if held.get("caption") and kind in ("audio", "sticker"):
        raise bad_value(f"{kind} has no caption.")
    if held.get("link"):
        return
    upload = call.network.uploads.get(str(held.get("id", "")))
    if upload is None or upload.number_id != chat.number_id or not is_alive(call.office, upload):
        raise GraphError(131053, "(#131053) Media upload error", "The media id does not exist.")
    if call.network.files.size(upload.file) > MOST_BYTES[kind]:
        raise GraphError(131053, "(#131053) Media upload error", "The file is too big.")


def _quoted(call: GraphCall, chat: Chat, kind: str) -> Json:
    context = call.parameters.get("context")
    if not isinstance(context, dict) or kind == "reaction":
        return {}
    wamid = str(context.get("message_id", ""))
    # WhatsApp sends the words without their quote where it does not know the message.
    return {"context": {"id": wamid}} if wamid in call.network.messages_of(chat) else {}


def _at_most(value: str, most: int, what: str) -> None:
    if len(value) > most:
        raise bad_value(f"{what} must be at most {most} characters long.")
