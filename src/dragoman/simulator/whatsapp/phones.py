"""The customer's phone: a chat as they see it, both ways."""

from dragoman.simulator.phone import MOST_LINES, Line, Phone
from dragoman.simulator.whatsapp.model import Chat, Json, Message
from dragoman.simulator.whatsapp.office import Office

WORDS = ("text", "interactive", "template", "button")  # of what is no file by itself


def phone(office: Office, chat: Chat) -> Phone:
    person, number = office.network.people[chat.person_id], office.network.numbers[chat.number_id]
    messages = [one for one in office.network.messages_of(chat).values() if not one.is_deleted]
    lines = [_line(office, chat, one) for one in messages[-MOST_LINES:]]
    typing_until = office.typing_until.get((chat.number_id, chat.person_id), 0.0)
    typing = office.network.clock.seconds() < typing_until
    return Phone(person.name, number.name, chat.has_blocked_us, lines, typing)


def _line(office: Office, chat: Chat, message: Message) -> Line:
    kind = str(message.content.get("type"))
    held = message.content.get(kind)
    held = held if isinstance(held, dict) else {}
    return Line(
        id=message.wamid,
        mine=not message.is_from_us,
        at=float(message.at),
        text=message.text if kind == "template" else _words(kind, message.content.get(kind)),
        media=message.content.get("head_kind") if kind in WORDS else kind,
        media_path=_path(office, (message.content.get("head") or held).get("id")),
        reply_to=(message.content.get("context") or {}).get("id"),
        edited=message.edited,
        my_reaction=message.customer_reaction,
        their_reaction=message.our_reaction,
        buttons=_buttons(message.content, held) if message.is_from_us else [],
        seen=not message.is_from_us and message.order <= chat.seen_up_to,
    )


def _words(kind: str, shown: object) -> str | None:
    if kind == "contacts" and isinstance(shown, list):
        return "\n".join(_card(card) for card in shown)
    held = shown if isinstance(shown, dict) else {}
    match kind:
        case "location":
            place = (held.get("name"), held.get("address"), f"{held['latitude']}, {held['longitude']}")
            return ", ".join(each for each in place if each)
        case "text":
            return held.get("body")
        case "interactive":
            chosen = held.get("button_reply") or held.get("list_reply") or held.get("body") or {}
            return chosen.get("title") or chosen.get("text")
        case "button":
            return held.get("text")
        case _:
            return held.get("caption") or held.get("name")


def _card(card: Json) -> str:
    numbers = [str(phone.get("phone")) for phone in card.get("phones") or []]
    return " ".join([str((card.get("name") or {}).get("formatted_name")), *numbers])


def _path(office: Office, media_id: str | None) -> str | None:
    upload = office.network.uploads.get(media_id or "")
    return f"/kept/{upload.file}/{upload.file_name}" if upload else None


def _buttons(content: Json, held: Json) -> list[tuple[str, str]]:
    """A template's, or the choices that we offered: pressing one names the message below which it stands."""
    if content.get("buttons"):
        return [(title, payload) for title, payload in content["buttons"]]
    action = held.get("action") or {}
    buttons = [button.get("reply") or {} for button in action.get("buttons") or []]
    rows = [row for section in action.get("sections") or [] for row in section.get("rows") or []]
    return [(str(one["title"]), str(one["id"])) for one in [*buttons, *rows]]
