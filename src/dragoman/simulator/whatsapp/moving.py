"""What happens to a customer rather than being said: another number, another phone, a username."""

from msgspec.structs import replace

from dragoman.simulator.whatsapp.events import tell, tell_of_message
from dragoman.simulator.whatsapp.model import Chat, Json
from dragoman.simulator.whatsapp.office import Office


def moves(office: Office, chat: Chat, kind: str) -> bool:
    """Let it happen; whether there is such a thing."""
    match kind:
        case "changed_number":
            _changes_number(office, chat)
        case "new_device":
            identity = {"acknowledged": True, "created_timestamp": str(office.network.now()), "hash": "h4sh"}
            changed = {"type": "customer_identity_changed", "body": "The security code changed."}
            _system(office, chat, changed, identity=identity)
        case "takes_username":
            person = office.network.people[chat.person_id]
            name = f"{person.first_name.lower()}.{office.network.digits(3)}"
            office.network.keep_person(replace(person, username=name))
        case "stop_marketing" | "resume_marketing":
            _prefers(office, chat, kind.removesuffix("_marketing"))
        case _:
            return False
    return True


def _changes_number(office: Office, chat: Chat) -> None:
    """A new number brings a new id, and WhatsApp tells of both."""
    person = office.network.people[chat.person_id]
    country = person.user_id[:2]
    moved = replace(
        person,
        phone=person.phone[:-6] + office.network.digits(6),
        user_id=f"{country}.{office.network.digits(20)}",
    )
    words = f"User {person.name} changed from {person.phone} to {moved.phone}"
    _system(office, chat, {"type": "user_changed_number", "body": words, "wa_id": moved.phone})
    office.network.keep_person(moved)
    update: Json = {
        "wa_id": moved.phone,
        "user_id": {"previous": person.user_id, "current": moved.user_id},
        "detail": "The user changed their number.",
        "timestamp": str(office.network.now()),
    }
    tell(office, chat, "user_id_update", "user_id_update", update, [])


def _system(office: Office, chat: Chat, told: Json, **more: Json) -> None:
    item = {"id": office.network.new_wamid(), "type": "system", **more, "system": told}
    tell_of_message(office, chat, item, contacts=False)


def _prefers(office: Office, chat: Chat, value: str) -> None:
    person = office.network.people[chat.person_id]
    phone = {"wa_id": person.shown_phone} if person.shown_phone else {}
    item = {
        **phone,
        "user_id": person.user_id,
        "category": "marketing_messages",
        "value": value,
        "detail": "User requested it.",
        "timestamp": office.network.now(),
    }
    tell(office, chat, "user_preferences", "user_preferences", item, [])
