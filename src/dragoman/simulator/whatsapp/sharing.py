"""Words and files that a customer sends, as contents of messages."""

from dragoman.simulator import acts
from dragoman.simulator.acts import NotPossibleError
from dragoman.simulator.media.kinds import Media
from dragoman.simulator.whatsapp.media import address_of, keep_media, sha256_of
from dragoman.simulator.whatsapp.model import Chat, Json
from dragoman.simulator.whatsapp.office import Office
from dragoman.simulator.whatsapp.rarities import rare_message

TYPES = {
    "photo": "image", "screenshot": "image", "animation": "video", "video": "video", "video_note": "video",
    "voice": "audio", "audio": "audio", "document": "document", "sticker": "sticker",
}  # fmt: skip
ALBUM_MOST = 30


def message_contents(office: Office, chat: Chat, act: acts.Act) -> list[Json]:
    """What an act sends, a message each; nothing for acts that send nothing."""
    match act:
        case acts.Write(text, reply_to, _):
            return [{"type": "text", "text": {"body": text}, **_context(office, chat, reply_to)}]
        case acts.QuickReply(title, payload):
            reply = {"type": "button_reply", "button_reply": {"id": payload, "title": title}}
            return [{"type": "interactive", "interactive": reply}]
        case acts.Press(message, data, title):
            return [_pressed(office, chat, message, data, title)]
        case acts.SendMedia():
            return _album(office, chat, act)
        case acts.SendLocation(latitude, longitude, title, address):
            place = {"latitude": latitude, "longitude": longitude, "name": title, "address": address}
            given = {key: value for key, value in place.items() if value is not None}
            return [{"type": "location", "location": given}]
        case acts.SendContact(phone_number, first_name):
            name = {"formatted_name": first_name, "first_name": first_name}
            phones = [{"phone": phone_number, "wa_id": phone_number.lstrip("+"), "type": "CELL"}]
            return [{"type": "contacts", "contacts": [{"name": name, "phones": phones}]}]
        case acts.SendOther(kind):
            content = rare_message(kind)
            return [content] if content else []
        case acts.Unheard(kind, body):
            return [{"type": kind, kind: body}]
        case _:
            return []


def _pressed(office: Office, chat: Chat, message: str, data: str, title: str) -> Json:
    """A button under a message of ours: a template's comes as another kind than an offered answer."""
    context = _context(office, chat, message)
    pressed = office.network.messages_of(chat)[message]
    if pressed.content.get("type") == "template":
        return {"type": "button", "button": {"payload": data, "text": title}, **context}
    kind = "list_reply" if pressed.content.get("interactive", {}).get("type") == "list" else "button_reply"
    return {
        "type": "interactive",
        "interactive": {"type": kind, kind: {"id": data, "title": title}},
        **context,
    }


def _album(office: Office, chat: Chat, act: acts.SendMedia) -> list[Json]:
    """Every file is a message of its own; the caption stands with the first."""
    if not 1 <= act.count <= ALBUM_MOST:
        raise NotPossibleError("One to thirty files can be sent together.")
    contents = [_media(office, chat, act) for _ in range(act.count)]
    kind = TYPES[act.kind]
    if act.caption and kind in ("image", "video", "document"):
        contents[0][kind]["caption"] = act.caption
    return contents


def _media(office: Office, chat: Chat, act: acts.SendMedia) -> Json:
    media, kind = _chosen(office, act), TYPES[act.kind]
    upload = keep_media(office, chat.number_id, media, is_ours=False)
    file: Json = {
        "id": upload.id,
        "mime_type": media.mime_type,
        "sha256": sha256_of(office, upload),
        "url": address_of(office, upload),
    }
    if kind == "audio":
        file["voice"] = act.kind == "voice"
    if kind == "sticker":
        file["animated"] = False
    if kind == "document":
        file["filename"] = media.name
    return {"type": kind, kind: file, **_context(office, chat, act.reply_to)}


def _chosen(office: Office, act: acts.SendMedia) -> Media:
    if act.content is None:
        return office.drawer.take("video" if TYPES[act.kind] == "video" else act.kind)
    return Media(act.file_name or "file", act.mime_type or "application/octet-stream", act.content)


def _context(office: Office, chat: Chat, wamid: str | None) -> Json:
    if wamid is None:
        return {}
    quoted = office.network.messages_of(chat).get(wamid)
    if quoted is None:
        raise NotPossibleError(f"There is no message {wamid} in this chat.")
    number = office.network.numbers[chat.number_id].display.lstrip("+").replace(" ", "")
    by = number if quoted.is_from_us else office.network.people[chat.person_id].shown_phone
    return {"context": {**({"from": by} if by else {}), "id": wamid}}
