"""The customer's phone: a chat as they see it, both ways."""

from dragoman.simulator.phone import MOST_LINES, Line, Phone
from dragoman.simulator.telegram.call import Office
from dragoman.simulator.telegram.model import Json, Message

SHOWN_KINDS = (
    "photo", "video", "animation", "voice", "audio", "video_note", "document", "sticker",
    "venue", "location", "contact", "dice", "poll",
)  # fmt: skip


def phone(office: Office, bot_id: int, person_id: int) -> Phone:
    person = office.network.people[person_id]
    talks_to = office.network.bots.get(bot_id) or office.network.people[bot_id]
    chat = office.network.chat(bot_id, person_id)
    messages = office.network.messages.get((bot_id, person_id), {}).values()
    shown = [message for message in messages if not message.is_deleted][-MOST_LINES:]
    lines = [_line(office, message) for message in shown]
    typing = office.network.clock.seconds() < office.typing_until.get((bot_id, person_id), 0.0)
    names = [person.first_name, *([person.last_name] if person.last_name else [])]
    return Phone(" ".join(names), talks_to.first_name, bool(chat and chat.has_blocked_bot), lines, typing)


def _line(office: Office, message: Message) -> Line:
    kind = next((kind for kind in SHOWN_KINDS if kind in message.content), None)
    return Line(
        id=str(message.message_id),
        mine=not message.is_from_bot,
        at=float(message.date),
        text=message.text or _card(message.content),
        media=kind,
        media_path=_media_path(office, message.content, kind),
        reply_to=str(message.content["reply_to_message_id"])
        if "reply_to_message_id" in message.content
        else None,
        edited=message.edit_date is not None,
        my_reaction=message.customer_reaction,
        their_reaction=message.bot_reaction,
        buttons=_buttons(message.content),
    )


def _media_path(office: Office, content: Json, kind: str | None) -> str | None:
    if kind is None:
        return None
    shown = content[kind][-1] if kind == "photo" else content[kind]
    stored = office.network.stored_files.get(shown.get("file_id", ""))
    return f"/kept/{stored.name}/{stored.path.rpartition('/')[2]}" if stored else None


def _card(content: Json) -> str | None:
    """What a place or a contact card says."""
    if "contact" in content:
        return f"{content['contact']['first_name']} {content['contact']['phone_number']}"
    if "location" not in content:
        return None
    where = content["location"]
    named = content.get("venue", {})
    told = (named.get("title"), named.get("address"), f"{where['latitude']}, {where['longitude']}")
    return ", ".join(each for each in told if each)


def _buttons(content: Json) -> list[tuple[str, str]]:
    rows = content.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    return [(button["text"], button["callback_data"]) for button in buttons if button.get("callback_data")]
